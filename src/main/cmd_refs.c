/* `baolan refs`: the names of the library, or everywhere one of them stands. */
#include "app/name_counts.h"
#include "baolan/map.h"
#include "baolan/message.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "citation.h"
#include "name_edit.h"
#include "output.h"

#define AROUND 20 /* characters shown on each side of a name */

static const struct column name_columns[] = {
    {"id", N_("no."), 8, true},
    {"name", N_("name"), 40, false},
    {"type", N_("type"), 14, false},
    {"documents", N_("documents"), 9, true},
    {"mentions", N_("mentions"), 9, true},
    {"first_date", N_("first"), 10, false},
    {"last_date", N_("last"), 10, false},
    {"spellings", N_("spellings"), 40, false},
};

static const struct column mention_columns[] = {
    {"name", "", 0, false},   {"date", N_("date"), 10, false}, {"title", N_("document"), 24, false},
    {"before", "", 44, true}, {"spelling", "", 40, false},     {"after", "", 44, false},
    {"file", "", 0, false},   {"line", N_("line"), 7, true},
};

static const struct column count_columns[] = {
    {"name", N_("name"), 40, false},           {"key", "", 30, false},
    {"documents", N_("documents"), 9, true},   {"mentions", N_("mentions"), 9, true},
    {"per_10000", N_("per 10,000"), 10, true},
};

struct query {
    struct invocation *i;
    struct store *store;
    struct output *output;
};

static enum status visit_name(void *context, uint32_t id)
{
    struct query *q = context;
    struct stored_entity entity;
    const struct str *spellings;
    size_t n;
    enum status status = store_entity(q->store, q->i->arena, id, &entity, &q->i->error);
    if (status == STATUS_OK)
        status = store_spellings(q->store, q->i->arena, id, &spellings, &n, &q->i->error);
    if (status != STATUS_OK)
        return status;
    output_int(q->output, id);
    output_str(q->output, entity.name);
    output_kind(q->output, &ENTITY_NAMES, (int)entity.type);
    output_int(q->output, entity.documents);
    output_int(q->output, entity.mentions);
    output_str(q->output, entity.first_date);
    output_str(q->output, entity.last_date);
    output_strs(q->output, spellings, (uint32_t)n);
    output_row_end(q->output);
    return STATUS_OK;
}

/* The last, or first, n characters of s. */
static struct str last_points(struct str s, size_t n)
{
    size_t at = s.n;
    while (n-- > 0 && at > 0)
        utf8_previous(s, &at);
    return str_sub(s, at, s.n);
}

static struct str first_points(struct str s, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < s.n)
        utf8_next(s, &at);
    return str_sub(s, 0, at);
}

static void write_mention(struct query *q, const struct stored_entity *entity,
                          const struct citation *c)
{
    output_str(q->output, entity->name);
    output_str(q->output, c->date);
    output_str(q->output, c->title);
    output_str(q->output, last_points(c->before, AROUND));
    output_str(q->output, c->quoted);
    output_str(q->output, first_points(c->after, AROUND));
    output_str(q->output, c->file);
    output_int(q->output, c->line);
    output_row_end(q->output);
    q->i->left--;
}

static enum status write_mentions(struct query *q, const struct stored_entity *entity)
{
    struct stored_mention page[128], *after = NULL, last;
    size_t n;
    do {
        enum status status =
            store_mentions(q->store, entity->id, after, page, 128, &n, &q->i->error);
        if (status != STATUS_OK)
            return status;
        for (size_t k = 0; k < n && q->i->left > 0; k++) {
            struct citation c;
            struct arena_mark mark = arena_mark(q->i->arena);
            status = cite(q->i, q->store, page[k].passage, page[k].start, page[k].end, &c);
            if (status != STATUS_OK)
                return status;
            write_mention(q, entity, &c);
            arena_release(q->i->arena, mark);
        }
        if (n > 0)
            last = page[n - 1];
        after = &last;
    } while (n == 128 && q->i->left > 0);
    return STATUS_OK;
}

/* What --by asks for; 0 where it is none of these. */
static unsigned keys_of(const char *by)
{
    unsigned keys = 0;
    for (struct str rest = str_of(by); rest.p != NULL;) {
        struct str key = str_split(&rest, ',');
        unsigned one = str_eq(key, STR("year"))       ? COUNT_YEAR
                       : str_eq(key, STR("place"))    ? COUNT_PLACE
                       : str_eq(key, STR("document")) ? COUNT_DOCUMENT
                                                      : 0;
        if (one == 0)
            return 0;
        keys |= one;
    }
    return keys;
}

static enum status write_counts(struct query *q, const struct stored_entity *entity)
{
    const struct name_count *counts;
    size_t n = 0;
    unsigned keys = keys_of(q->i->by);
    if (keys == 0)
        return error_set(&q->i->error, STATUS_BAD_INPUT,
                         "%s: counts are by year, place or document", q->i->by);
    struct name_sums sums;
    enum status status =
        name_sums_read(q->store, q->i->arena, entity->id, NULL, &sums, &q->i->error);
    if (status == STATUS_OK)
        status = name_counts_of(q->store, q->i->arena, &sums, keys, &counts, &n, &q->i->error);
    for (size_t k = 0; k < n && status == STATUS_OK; k++) {
        output_str(q->output, entity->name);
        output_str(q->output, counts[k].key);
        output_int(q->output, counts[k].documents);
        output_int(q->output, counts[k].mentions);
        output_decimal(q->output, (struct decimal){(int64_t)name_count_rate(&counts[k]), 2});
        output_row_end(q->output);
    }
    return status;
}

/* The entities that an operand means: of that spelling, else those whose name contains it. */
static enum status find_entities(struct query *q, const char *name, uint32_t *ids, size_t room,
                                 size_t *n)
{
    struct list_query list = {
        .list = LIST_ENTITIES, .order = ORDER_DOCUMENTS, .descending = true, .name = str_of(name)};
    enum status status =
        store_entities_by_spelling(q->store, str_of(name), ids, room, n, &q->i->error);
    if (status != STATUS_OK || *n > 0)
        return status;
    return store_list(q->store, &list, (struct list_from){0}, ids, room, n, &q->i->error);
}

static int list_mentions(struct query *q, uint32_t kinds)
{
    uint32_t ids[64];
    size_t n;
    enum status status = STATUS_OK;
    for (int k = 0; k < q->i->n_operands && status == STATUS_OK; k++) {
        status = find_entities(q, q->i->operands[k], ids, 64, &n);
        for (size_t e = 0; e < n && status == STATUS_OK; e++) {
            struct stored_entity entity;
            status = store_entity(q->store, q->i->arena, ids[e], &entity, &q->i->error);
            if (status != STATUS_OK || (kinds != 0 && (kinds >> entity.type & 1) == 0))
                continue;
            status = q->i->by != NULL ? write_counts(q, &entity) : write_mentions(q, &entity);
        }
    }
    return status == STATUS_OK ? EXIT_FOUND : EXIT_ERROR;
}

/* The names that stand in one document, in order of place. */
static int list_names_of(struct query *q, uint32_t kinds)
{
    struct stored_document d;
    const struct stored_mention *mentions;
    size_t n;
    struct map seen = map_in(q->i->arena);
    uint32_t document = find_document(q->i, q->store, q->i->doc);
    if (document == 0 ||
        store_document(q->store, q->i->arena, document, &d, &q->i->error) != STATUS_OK ||
        store_mentions_in(q->store, q->i->arena, d.first_passage, d.passages, &mentions, &n,
                          &q->i->error) != STATUS_OK)
        return EXIT_ERROR;
    for (size_t k = 0; k < n; k++) {
        bool is_new;
        struct stored_entity entity;
        map_put(&seen, (struct str){(const char *)&mentions[k].entity, sizeof(uint32_t)}, &is_new);
        if (!is_new)
            continue;
        if (store_entity(q->store, q->i->arena, mentions[k].entity, &entity, &q->i->error) !=
            STATUS_OK)
            return EXIT_ERROR;
        if (kinds != 0 && (kinds >> entity.type & 1) == 0)
            continue;
        if (visit_name(q, mentions[k].entity) != STATUS_OK)
            return EXIT_ERROR;
    }
    return EXIT_FOUND;
}

int command_refs(struct invocation *i)
{
    struct list_query list = {.list = LIST_ENTITIES, .descending = !i->reverse};
    struct query q = {i, NULL, NULL};
    int status;
    if ((i->type != NULL && !kinds_named(i->type, &ENTITY_NAMES, &list.kinds)) ||
        !order_named(i, LIST_ENTITIES, ORDER_DOCUMENTS, &list.order))
        return EXIT_ERROR;
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    if (name_edit_is_asked(i)) {
        status = name_edit_run(i, library, list.kinds);
        library_close(library);
        return status;
    }
    q.store = library->store;
    if (i->n_operands > 0 && i->by != NULL)
        q.output = output_begin(i, count_columns, sizeof count_columns / sizeof *count_columns);
    else if (i->n_operands > 0)
        q.output =
            output_begin(i, mention_columns, sizeof mention_columns / sizeof *mention_columns);
    else
        q.output = output_begin(i, name_columns, sizeof name_columns / sizeof *name_columns);
    if (i->n_operands > 0)
        status = list_mentions(&q, list.kinds);
    else if (i->doc != NULL)
        status = list_names_of(&q, list.kinds);
    else
        status = for_each_id(i, q.store, &list, visit_name, &q);
    status = status == EXIT_ERROR ? fail(i) : output_end(q.output);
    library_close(library);
    return status;
}
