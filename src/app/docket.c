#include "app/docket.h"

#include "app/corrections.h"
#include "baolan/message.h"

#include "baolan/buffer.h"
#include "baolan/lexicon.h"
#include "baolan/utf8.h"

#include <stdlib.h>

static const struct {
    const char *name, *heading, *label;
} COLUMNS[] = {
#define X(id, name, heading, label) {name, heading, label},
    DOCKET_TABLE(X)
#undef X
};

const char *docket_column_heading(enum docket_column column)
{
    return COLUMNS[column].heading;
}

const char *docket_column_label(enum docket_column column)
{
    return translate(COLUMNS[column].label);
}

static const char *column_name(uint32_t column, bool shown)
{
    return shown ? translate(COLUMNS[column].label) : COLUMNS[column].name;
}

/* --- What was read last ---------------------------------------------------------------------- */

enum { CACHED_MOST = 512 };

struct docket_cache {
    struct arena *arena;
    size_t n; /* read since the arena was emptied */
    struct {
        size_t item;
        const struct stored_proposal *it; /* NULL: none */
    } slots[CACHED_MOST];
};

static void forget(struct docket_cache *cache)
{
    arena_reset(cache->arena);
    memset(cache->slots, 0, sizeof cache->slots);
    cache->n = 0;
}

const struct stored_proposal *docket_brief(const struct docket *d, size_t item, struct arena *a)
{
    struct stored_proposal *it = arena_new_of(a, struct stored_proposal);
    struct error quiet = ERROR_NONE;
    if (store_proposal_brief(d->store, a, d->items[item].id, it, &quiet) != STATUS_OK)
        *it = (struct stored_proposal){.id = d->items[item].id,
                                       .content_key = d->items[item].content_key};
    return it;
}

/* The same, until the next call: what is kept of it is copied. */
static const struct stored_proposal *brief(const struct docket *d, size_t item)
{
    struct docket_cache *cache = d->cache;
    size_t slot = item % CACHED_MOST;
    if (cache->slots[slot].it != NULL && cache->slots[slot].item == item)
        return cache->slots[slot].it;
    if (cache->n == CACHED_MOST)
        forget(cache);
    cache->slots[slot].it = docket_brief(d, item, cache->arena);
    cache->slots[slot].item = item;
    cache->n++;
    return cache->slots[slot].it;
}

static struct str join(struct arena *a, const struct str *list, uint32_t n)
{
    struct buffer out = buffer_in(a);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_c(&out, "、");
        buffer_add(&out, list[i]);
    }
    return buffer_str(&out);
}

/* What the reviewer set, else what the page says. */
static struct str set_or_printed(const struct docket *d, size_t item, const char *field,
                                 struct str printed, struct arena *a)
{
    struct str set = review_value(d->review, d->items[item].content_key, str_of(field));
    return set.n > 0 ? set : str_dup(a, printed);
}

static struct str handlers(const struct docket *d, size_t item, struct arena *a)
{
    int64_t content_key = d->items[item].content_key;
    const struct proposal *p = &brief(d, item)->it;
    struct str lead = review_value(d->review, content_key, STR("lead"));
    struct str joint = review_value(d->review, content_key, STR("joint"));
    if (lead.n == 0 && joint.n == 0)
        return join(a, p->handlers, p->n_handlers);
    if (lead.n == 0 || joint.n == 0)
        return lead.n == 0 ? joint : lead;
    struct str both[2] = {lead, joint};
    return join(a, both, 2);
}

/* The number that ends at byte `end` of s: 十二, 12. */
static struct str number_before(struct str s, size_t end)
{
    static const struct str digits = STR_INIT("一二三四五六七八九十");
    size_t from = end;
    for (size_t at = end; at > 0; from = at) {
        uint32_t c = utf8_previous(s, &at);
        size_t found = point_is_digit(c) ? 0 : str_find(digits, str_sub(s, at, from), 0);
        if (found == STR_NONE || found % 3 != 0)
            break;
    }
    return str_sub(s, from, end);
}

/* 政协第十二届云泽市委员会第四次会议 and 市政协十二届四次会议 as 十二届四次: what tells sessions
 * of one body apart. What has not that form stays as it is. */
static struct str short_session(struct str session, struct arena *a)
{
    size_t term = str_find(session, STR("届"), 0);
    size_t meeting = term == STR_NONE ? STR_NONE : str_find(session, STR("次"), term);
    if (meeting == STR_NONE)
        return session;
    struct str first = number_before(session, term), second = number_before(session, meeting);
    if (first.n == 0 || second.n == 0 || first.n > 12 || second.n > 12)
        return session;
    return str_printf(a, "%.*s届%.*s次", STR_ARG(first), STR_ARG(second));
}

/* One's own marks, then the others'. */
static struct str marks(const struct docket *d, int64_t content_key, struct arena *a)
{
    struct str own = review_summary(d->review, content_key, a);
    struct str others = review_others(d->review, content_key, a);
    if (own.n == 0 || others.n == 0)
        return own.n == 0 ? others : own;
    return str_printf(a, "%.*s %.*s", STR_ARG(own), STR_ARG(others));
}

/* What a title is about: the topic whose words take most of it, the first of equals. */
static struct str topic_of(const struct docket *d, struct str title)
{
    enum { TOPICS_MOST = 32 };
    struct str topics[TOPICS_MOST];
    size_t weights[TOPICS_MOST] = {0}, n = 0, best = 0;
    if (d->topics == NULL)
        return (struct str){NULL, 0};
    for (size_t at = 0; at < title.n;) {
        size_t end = at, k = 0;
        const struct lexicon_entry *entry = lexicon_match(d->topics, title, at, &end);
        if (entry == NULL) {
            utf8_next(title, &at);
            continue;
        }
        struct str topic = lexicon_field(entry, "topic");
        while (k < n && !str_eq(topics[k], topic))
            k++;
        if (k == n && n < TOPICS_MOST)
            topics[n++] = topic;
        if (k < n)
            weights[k] += end - at;
        at = end;
    }
    for (size_t k = 1; k < n; k++)
        if (weights[k] > weights[best])
            best = k;
    return n == 0 ? (struct str){NULL, 0} : topics[best];
}

struct str docket_cell(const struct docket *d, size_t item, enum docket_column column,
                       struct arena *a)
{
    int64_t content_key = d->items[item].content_key;
    if (column == DOCKET_MARK)
        return marks(d, content_key, a);
    if (column == DOCKET_NOTE)
        return review_value(d->review, content_key, STR("note"));
    const struct stored_proposal *s = brief(d, item);
    switch (column) {
    case DOCKET_NUMBER:
        return str_dup(a, s->it.number);
    case DOCKET_TITLE:
        return str_dup(a, s->it.title);
    case DOCKET_SPEAKER:
        return join(a, s->it.speakers, s->it.n_speakers);
    case DOCKET_BODY:
        return join(a, s->it.bodies, s->it.n_bodies);
    case DOCKET_SESSION:
        if (s->it.session.n == 0 && s->it.year != 0)
            return str_printf(a, "%d年", s->it.year);
        return str_dup(a, short_session(s->it.session, a));
    case DOCKET_SUGGESTIONS:
        return s->n_suggestions == 0 ? STR("") : str_printf(a, "%u", s->n_suggestions);
    case DOCKET_CATEGORY:
        return set_or_printed(d, item, "category", s->it.category, a);
    case DOCKET_HANDLER:
        return handlers(d, item, a);
    case DOCKET_STATUS:
        return str_dup(a, s->it.status);
    case DOCKET_TOPIC:
        return topic_of(d, s->it.title);
    default:
        return (struct str){NULL, 0};
    }
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    return docket_cell(context, item, (enum docket_column)column, a);
}

/* A proposal stands under its first body alone: most lists of bodies are had by one proposal. */
static struct str label(void *context, size_t item, uint32_t column, struct arena *a)
{
    const struct docket *d = context;
    if (column == DOCKET_MARK)
        return review_summary(d->review, d->items[item].content_key, a);
    const struct proposal *p = &brief(d, item)->it;
    if (column == DOCKET_BODY && p->n_bodies > 0)
        return str_dup(a, p->bodies[0]);
    if (column == DOCKET_SESSION && p->session.n > 0)
        return str_dup(a, p->session);
    return docket_cell(d, item, (enum docket_column)column, a);
}

/* The first figure in s, or -1. */
static int64_t figure(struct str s)
{
    int64_t n = -1;
    for (size_t at = 0; at < s.n && n < INT64_MAX / 100;) {
        uint32_t c = utf8_next(s, &at);
        c = c >= 0xFF10 && c <= 0xFF19 ? c - 0xFF10 + '0' : c;
        if (point_is_digit(c))
            n = (n < 0 ? 0 : n * 10) + (int64_t)(c - '0');
        else if (n >= 0)
            break;
    }
    return n;
}

/* Numbers and counts are ordered as numbers. */
static bool key_of(void *context, size_t item, uint32_t column, struct buffer *out)
{
    const struct docket *d = context;
    struct str number = brief(d, item)->it.number;
    uint32_t suggestions = brief(d, item)->n_suggestions;
    if (column == DOCKET_SUGGESTIONS && suggestions > 0)
        listing_key_number(out, suggestions);
    if (column == DOCKET_NUMBER && number.n > 0) {
        listing_key_number(out, (uint64_t)(figure(number) + 2));
        buffer_add(out, number);
    }
    return column == DOCKET_SUGGESTIONS || column == DOCKET_NUMBER;
}

/* Tags, joint bodies and reasons are looked for too, though no column shows them. */
static struct str more(void *context, size_t item, struct arena *a)
{
    static const char *const FIELDS[] = {"tags",  "lead", "joint", "assigned", "handling-reason",
                                         "merger"};
    const struct docket *d = context;
    struct stored_proposal whole;
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        buffer_add(&out, review_value(d->review, d->items[item].content_key, str_of(FIELDS[i])));
        buffer_add_byte(&out, '\n');
    }
    buffer_add(&out, review_others(d->review, d->items[item].content_key, a));
    buffer_add_byte(&out, '\n');
    if (store_proposal(d->store, a, d->items[item].id, &whole, NULL) == STATUS_OK) {
        buffer_add(&out, whole.it.session);
        buffer_add_byte(&out, '\n');
        buffer_add(&out, whole.it.background);
    }
    return buffer_str(&out);
}

static int admit(void *context, size_t item, struct str word)
{
    const struct docket *d = context;
    return review_admits(d->review, d->items[item].content_key, word);
}

static const struct listing_ops OPS = {
    .n_columns = DOCKET_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
    .key = key_of,
    .label = label,
    .more = more,
    .admit = admit,
};

/* --- Loading --------------------------------------------------------------------------------- */

enum status docket_open(struct docket *d, struct store *store, struct review *review,
                        struct error *e)
{
    *d = (struct docket){
        .items_arena = arena_new(), .lexicon = arena_new(), .store = store, .review = review};
    struct arena *cached = arena_new();
    if (d->items_arena == NULL || d->lexicon == NULL || cached == NULL ||
        !listing_open(&d->listing, &OPS, d)) {
        arena_free(cached);
        docket_close(d);
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    d->cache = arena_new_of(d->lexicon, struct docket_cache);
    d->cache->arena = cached;
    forget(d->cache);
    if (lexicon_load(d->lexicon, NULL, LEXICON_TOPICS, &d->topics, NULL) != STATUS_OK)
        d->topics = NULL;
    return STATUS_OK;
}

void docket_close(struct docket *d)
{
    arena_free(d->items_arena);
    listing_close(&d->listing);
    if (d->cache != NULL)
        arena_free(d->cache->arena);
    arena_free(d->lexicon);
    *d = (struct docket){0};
}

/* --- Marks of what was read anew ------------------------------------------------------------- */

/* Marks that are looked after in one loading at most. */
enum { ADOPTED_MOST = 256 };

/* The proposal that a passage stands in: of those of its article the last that begins before it. */
static size_t item_at(struct docket *d, struct arena *a, uint32_t passage)
{
    struct stored_passage p;
    struct error quiet = ERROR_NONE;
    size_t best = LISTING_NO_ITEM;
    if (store_passage(d->store, a, passage, &p, &quiet) != STATUS_OK)
        return best;
    for (size_t i = 0; i < d->n_items; i++) {
        const struct docket_item *it = &d->items[i];
        if (it->article == p.article && it->passage <= passage &&
            (best == LISTING_NO_ITEM || it->passage > d->items[best].passage))
            best = i;
    }
    return best;
}

/* Whether the library has the document that an anchor is in, in its old form or a newer one. Marks
 * of other libraries stand in the same notes. */
static bool is_here(struct docket *d, const struct anchor *anchor)
{
    uint32_t id;
    struct error quiet = ERROR_NONE;
    return store_document_by_sha256(d->store, anchor->sha256, &id, &quiet) == STATUS_OK ||
           store_document_by_path(d->store, anchor->path, &id, &quiet) == STATUS_OK;
}

static void adopt(struct docket *d, struct arena *a, int64_t orphan)
{
    struct anchor anchor;
    struct error quiet = ERROR_NONE;
    uint32_t passage, start, end;
    if (review_anchor(d->review, a, orphan, &anchor, &quiet) != STATUS_OK || !is_here(d, &anchor) ||
        store_find_anchor(d->store, &anchor, &passage, &start, &end, &quiet) != STATUS_OK)
        return;
    size_t item = item_at(d, a, passage);
    const int64_t *marked;
    if (item == LISTING_NO_ITEM)
        return;
    size_t n = review_marked(d->review, a, &marked);
    for (size_t i = 0; i < n; i++)
        if (marked[i] == d->items[item].content_key)
            return;
    review_adopt(d->review, orphan, d->items[item].content_key, &anchor, &quiet);
}

static int by_key(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

/* A page that was corrected, or is read better now, may have given a proposal another content key:
 * its marks are found by where they stood. */
static void adopt_orphans(struct docket *d)
{
    const int64_t *marked;
    size_t looked = 0;
    struct arena *a = arena_new();
    if (a == NULL)
        return;
    size_t n = d->n_items == 0 ? 0 : review_marked(d->review, a, &marked);
    int64_t *here = arena_array(a, int64_t, n == 0 ? 1 : d->n_items);
    for (size_t i = 0; n > 0 && i < d->n_items; i++)
        here[i] = d->items[i].content_key;
    if (n > 0)
        qsort(here, d->n_items, sizeof *here, by_key);
    for (size_t i = 0; i < n && looked < ADOPTED_MOST; i++)
        if (bsearch(&marked[i], here, d->n_items, sizeof *here, by_key) == NULL) {
            adopt(d, a, marked[i]);
            looked++;
        }
    arena_free(a);
}

static bool take_item(void *context, const struct proposal_row *row)
{
    struct docket *d = context;
    VECTOR(struct docket_item) items = {d->items, d->n_items, d->room};
    vector_push(d->items_arena, &items,
                ((struct docket_item){row->content_key, row->id, row->document, row->article,
                                      row->passage, row->start}));
    d->items = items.at;
    d->n_items = items.n;
    d->room = items.room;
    return true;
}

/* Room for all at once: an arena keeps what a vector grows out of. */
static void reserve_items(struct docket *d)
{
    struct store_totals totals;
    VECTOR(struct docket_item) items = {NULL, 0, 0};
    if (d->store == NULL || store_totals(d->store, &totals, NULL) != STATUS_OK ||
        totals.proposals <= 0)
        return;
    vector_reserve(d->items_arena, &items, (size_t)totals.proposals);
    d->items = items.at;
    d->room = items.room;
}

enum status docket_more(struct docket *d, size_t most, struct error *e)
{
    enum status status = STATUS_OK;
    size_t before = d->n_items;
    d->whole = d->store == NULL;
    if (!d->whole)
        status = store_each_proposal(d->store, before > 0 ? d->items[before - 1].id : 0, most,
                                     take_item, d, e);
    d->whole = d->whole || status != STATUS_OK || d->n_items - before < most;
    if (d->whole)
        adopt_orphans(d);
    if (d->whole || d->n_items >= 2 * d->listing.n_items)
        listing_set_items(&d->listing, d->n_items);
    return status;
}

enum status docket_begin(struct docket *d, size_t most, struct error *e)
{
    arena_reset(d->items_arena);
    forget(d->cache);
    d->items = NULL;
    d->n_items = d->room = 0;
    d->n_corrected = 0;
    d->whole = false;
    d->listing.n_items = 0;
    enum status status = STATUS_OK;
    if (d->store != NULL)
        status = corrections_records(d->store, d->items_arena,
                                     1u << CORRECTION_PROPOSAL | 1u << CORRECTION_SUGGESTION,
                                     &d->corrected, &d->n_corrected, e);
    if (status != STATUS_OK)
        return status;
    reserve_items(d);
    return docket_more(d, most, e);
}

enum status docket_load(struct docket *d, struct error *e)
{
    return docket_begin(d, SIZE_MAX, e);
}

bool docket_corrected(const struct docket *d, size_t item)
{
    return corrections_has(d->corrected, d->n_corrected, d->items[item].id);
}

uint32_t docket_copies(const struct docket *d, size_t item)
{
    uint32_t n = 0;
    struct error e = ERROR_NONE;
    uint32_t article = d->items[item].article;
    if (d->store == NULL || article == 0 ||
        store_copies_count(d->store, article, &n, &e) != STATUS_OK)
        return 0;
    return n;
}

size_t docket_item(const struct docket *d, uint32_t proposal)
{
    for (size_t i = 0; i < d->n_items; i++)
        if (d->items[i].id == proposal)
            return i;
    return LISTING_NO_ITEM;
}

size_t docket_item_of(const struct docket *d, int64_t content_key)
{
    for (size_t i = 0; i < d->n_items; i++)
        if (d->items[i].content_key == content_key)
            return i;
    return LISTING_NO_ITEM;
}

size_t docket_next_unread(const struct docket *d, size_t row)
{
    const struct listing *l = &d->listing;
    for (size_t step = 1; step <= l->n_rows; step++) {
        size_t at = (row + step) % l->n_rows;
        size_t item = listing_row_at(l, at).item;
        if (item != LISTING_NO_ITEM && !review_is_done(d->review, d->items[item].content_key))
            return at;
    }
    return SIZE_MAX;
}

size_t docket_done(const struct docket *d)
{
    size_t done = 0;
    for (size_t i = 0; i < d->listing.n_rows; i++) {
        size_t item = listing_row_at(&d->listing, i).item;
        done += item != LISTING_NO_ITEM && review_is_done(d->review, d->items[item].content_key);
    }
    return done;
}

/* The first suggestion's lead clause: where a title is corrected, it still stands. */
const struct anchor *docket_anchor(const struct docket *d, size_t item, struct arena *a)
{
    struct error quiet = ERROR_NONE;
    struct stored_proposal p;
    struct anchor *anchor = arena_new_of(a, struct anchor);
    struct place place = brief(d, item)->it.place;
    if (store_load_proposal(d->store, a, d->items[item].id, &p, &quiet) == STATUS_OK &&
        p.it.n_suggestions > 0)
        place = p.it.suggestions[0].place;
    enum status status =
        store_anchor(d->store, a, place.paragraph, place.start, place.end, anchor, &quiet);
    return status == STATUS_OK ? anchor : NULL;
}
