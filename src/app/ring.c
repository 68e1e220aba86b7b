#include "baolan/ring.h"

#include "baolan/vector.h"

static const struct {
    const char *name;
} VIEWS[] = {
#define X(id, name, digit) {name},
    VIEW_TABLE(X)
#undef X
};

const char *view_name(enum view_id id)
{
    return id < VIEW_COUNT ? VIEWS[id].name : "";
}

enum view_id view_named(struct str name)
{
    for (unsigned i = 0; i < VIEW_COUNT; i++)
        if (str_eq(name, str_of(VIEWS[i].name)))
            return (enum view_id)i;
    return VIEW_COUNT;
}

/* A place with its own block for its strings, reused when a slot is written again. */
struct slot {
    struct ring_place place;
    char *text;
    size_t room;
};

struct ring {
    struct arena *arena;
    struct slot *slots; /* places [0, count), oldest first, in slots[(first + i) % room] */
    size_t room, first, count;
    size_t index; /* one stands at place `index`; == count only where nothing was left yet */
};

struct ring *ring_new(struct arena *a, size_t room)
{
    struct ring *r = arena_new_of(a, struct ring);
    r->arena = a;
    r->room = room < 2 ? 2 : room;
    r->slots = arena_array(a, struct slot, r->room);
    return r;
}

static struct slot *slot_at(const struct ring *r, size_t i)
{
    return &r->slots[(r->first + i) % r->room];
}

/* Copies a text into the block at *at; texts of the slot itself may be given, the block is new. */
static struct str put_text(char **at, struct str text)
{
    struct str copy = {*at, text.n};
    if (text.n > 0)
        memcpy(*at, text.p, text.n);
    *at += text.n;
    return copy;
}

static void write_slot(struct ring *r, size_t i, const struct ring_place *p)
{
    struct slot *s = slot_at(r, i);
    size_t need = p->anchor.n + p->state.n + p->found_by.n;
    if (p == &s->place)
        return;
    if (need > s->room) {
        s->text = arena_alloc(r->arena, need * 2);
        s->room = need * 2;
    }
    char *at = s->text;
    s->place = *p;
    s->place.anchor = put_text(&at, p->anchor);
    s->place.state = put_text(&at, p->state);
    s->place.found_by = put_text(&at, p->found_by);
}

static bool same_record(const struct ring_place *a, const struct ring_place *b)
{
    return a->view == b->view && a->record == b->record && a->part == b->part &&
           a->offset == b->offset;
}

void ring_go(struct ring *r, const struct ring_place *from, const struct ring_place *to)
{
    if (r->count == 0)
        r->count = 1;
    write_slot(r, r->index, from);
    if (r->index + 1 < r->count && same_record(&slot_at(r, r->index + 1)->place, to)) {
        r->index++;
        return;
    }
    r->count = r->index + 1;
    if (r->count == r->room) {
        r->first = (r->first + 1) % r->room;
        r->count--;
    }
    r->index = r->count;
    write_slot(r, r->index, to);
    r->count++;
}

const struct ring_place *ring_back(struct ring *r, const struct ring_place *now)
{
    if (r->count == 0 || r->index == 0)
        return NULL;
    write_slot(r, r->index, now);
    return &slot_at(r, --r->index)->place;
}

const struct ring_place *ring_forward(struct ring *r, const struct ring_place *now)
{
    if (r->index + 1 >= r->count)
        return NULL;
    write_slot(r, r->index, now);
    return &slot_at(r, ++r->index)->place;
}

void ring_keep(struct ring *r, const struct ring_place *places, size_t n, size_t index)
{
    size_t skip = n > r->room ? n - r->room : 0;
    r->first = 0;
    r->count = n - skip;
    for (size_t i = 0; i < r->count; i++)
        write_slot(r, i, &places[skip + i]);
    r->index = index < skip ? 0 : index - skip;
    if (r->index >= r->count)
        r->index = r->count == 0 ? 0 : r->count - 1;
}

size_t ring_count(const struct ring *r)
{
    return r->count;
}

size_t ring_index(const struct ring *r)
{
    return r->index;
}

const struct ring_place *ring_at(const struct ring *r, size_t i)
{
    return i < r->count ? &slot_at(r, i)->place : NULL;
}
