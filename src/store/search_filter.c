/* The fields of a query as sets of passages. */
#include "baolan/message.h"
#include "facts.h"
#include "parse/quantity.h"
#include "search_internal.h"

#include <math.h>
#include <stdlib.h>

#define TRY(expression)                  \
    do {                                 \
        enum status try_ = (expression); \
        if (try_ != STATUS_OK)           \
            return try_;                 \
    } while (0)

/* A row that a query for a field gives: what is tested, and the passages it stands for. */
struct row {
    struct str text, second; /* views until the next row */
    uint32_t first, count;   /* passages */
    uint32_t start, stop;
};

/* Adds the passages of a row; false where there are enough of them. */
static bool add(struct searching *s, struct ranges *out, const struct row *row)
{
    struct range range = {row->first, row->first + row->count, row->start, row->stop};
    if (row->first != 0)
        vector_push(s->arena, out, range);
    s->cut = s->cut || out->n >= s->most_ranges;
    return out->n < s->most_ranges;
}

static bool stands_in(struct searching *s, const struct query_term *term, struct str text)
{
    struct arena_mark mark = arena_mark(s->arena);
    struct span where;
    bool found = term_find(term, fold_str(s->arena, text), &where) != NULL;
    arena_release(s->arena, mark);
    return found;
}

/* Adds the passages of all rows of a statement (columns: text, second text, first passage, count)
 * whose text the term stands in. */
static enum status rows_with(struct searching *s, const char *sql, const struct query_term *term,
                             struct ranges *out)
{
    bool more;
    enum status status;
    sqlite3_stmt *st = database_prepare(&s->store->db, sql, s->error);
    if (st == NULL)
        return failed(s->error);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        struct row row = {
            column_view(st, 0), column_view(st, 1), column_u32(st, 2), column_u32(st, 3), 0, 0};
        bool found =
            stands_in(s, term, row.text) || (row.second.n > 0 && stands_in(s, term, row.second));
        if (found && !add(s, out, &row))
            break;
    }
    sqlite3_reset(st);
    return status;
}

/* Passages of a kind whose text a term stands in, as their articles. */
struct front {
    struct searching *s;
    const struct query_term *term;
    uint32_t kinds;
    struct ranges *out;
    enum status status;
};

static bool visit_front(void *context, uint32_t passage)
{
    struct front *f = context;
    bool more, enough = false;
    sqlite3_stmt *st =
        database_prepare(&f->s->store->db,
                         "SELECT p.text, '', a.first_passage, a.passages, p.kind FROM passage p"
                         " JOIN article a ON a.id=p.article WHERE p.id=?1",
                         f->s->error);
    if (st == NULL) {
        f->status = failed(f->s->error);
        return false;
    }
    bind_int(st, 1, passage);
    f->status = database_step(&f->s->store->db, st, &more, f->s->error);
    if (f->status == STATUS_OK && more && (f->kinds >> column_u32(st, 4) & 1) != 0) {
        struct row row = {column_view(st, 0), {NULL, 0}, column_u32(st, 2),
                          column_u32(st, 3),  0,         0};
        if (stands_in(f->s, f->term, row.text))
            enough = !add(f->s, f->out, &row);
    }
    sqlite3_reset(st);
    return f->status == STATUS_OK && !enough && !is_cancelled(f->s);
}

/* Articles with a passage of these kinds that the term stands in. */
static enum status front_with(struct searching *s, uint32_t kinds, const struct query_term *term,
                              struct ranges *out)
{
    struct front f = {s, term, kinds, out, STATUS_OK};
    TRY(each_candidate(s, INDEX_HEADS, match_expression(s->arena, term), visit_front, &f));
    return f.status;
}

static enum status filter_title(struct searching *s, const struct query_term *t, struct ranges *out)
{
    return front_with(s, 1u << PASSAGE_TITLE | 1u << PASSAGE_KICKER | 1u << PASSAGE_SUBTITLE, t,
                      out);
}

#define PROPOSAL_ARTICLES " FROM proposal p JOIN article a ON a.id=p.article"

static enum status filter_speaker(struct searching *s, const struct query_term *t,
                                  struct ranges *out)
{
    TRY(front_with(s, 1u << PASSAGE_BYLINE, t, out));
    return rows_with(s, "SELECT p.speakers, '', a.first_passage, a.passages" PROPOSAL_ARTICLES, t,
                     out);
}

static enum status filter_body(struct searching *s, const struct query_term *t, struct ranges *out)
{
    return rows_with(
        s, "SELECT p.bodies, p.handlers, a.first_passage, a.passages" PROPOSAL_ARTICLES, t, out);
}

/* Paths and titles are searched anywhere, not by words: 2023-08 stands in a file's name. */
static enum status filter_document(struct searching *s, const struct query_term *t,
                                   struct ranges *out)
{
    bool more;
    enum status status;
    sqlite3_stmt *st = database_prepare(
        &s->store->db, "SELECT path, title, first_passage, passages FROM document", s->error);
    if (st == NULL)
        return failed(s->error);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        struct row row = {
            column_view(st, 0), column_view(st, 1), column_u32(st, 2), column_u32(st, 3), 0, 0};
        struct arena_mark mark = arena_mark(s->arena);
        bool found = false;
        for (uint32_t i = 0; i < t->n_patterns && !found; i++)
            found = str_has(fold_str(s->arena, row.text), t->patterns[i].text) ||
                    str_has(fold_str(s->arena, row.second), t->patterns[i].text);
        arena_release(s->arena, mark);
        if (found && !add(s, out, &row))
            break;
    }
    sqlite3_reset(st);
    return status;
}

static enum status passages_of(struct searching *s, sqlite3_stmt *st, struct ranges *out)
{
    bool more;
    enum status status;
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        struct row row = {.first = column_u32(st, 0),
                          .count = 1,
                          .start = column_u32(st, 1),
                          .stop = column_u32(st, 2)};
        if (!add(s, out, &row))
            break;
    }
    sqlite3_reset(st);
    return status;
}

/* Names that have the words in a spelling; their mentions. */
static enum status filter_name(struct searching *s, const struct query_term *t, struct ranges *out)
{
    for (uint32_t i = 0; i < t->n_patterns; i++) {
        sqlite3_stmt *st =
            database_prepare(&s->store->db,
                             "SELECT m.passage, m.start, m.end FROM mention m WHERE m.entity IN"
                             " (SELECT entity FROM spelling WHERE instr(key, ?1)>0)"
                             " AND m.entity NOT IN (SELECT id FROM entity WHERE hidden=1)",
                             s->error);
        if (st == NULL)
            return failed(s->error);
        bind_str(st, 1, spelling_key(s->arena, t->patterns[i].text));
        TRY(passages_of(s, st, out));
    }
    return STATUS_OK;
}

/* Kinds of record that type: takes beside those of names and passages. */
static const struct {
    const char *name, *sql;
    bool article;
} record_types[] = {
    {"proposal", "SELECT a.first_passage, a.passages" PROPOSAL_ARTICLES, true},
    {"indicator", "SELECT passage, start, start+length FROM indicator", false},
};

enum { RECORD_TYPES = sizeof record_types / sizeof *record_types };

static enum status wrong_type(struct searching *s, const struct query_term *t)
{
    struct buffer names = buffer_in(s->arena);
    for (size_t i = 0; i < RECORD_TYPES; i++)
        buffer_printf(&names, "%s ", record_types[i].name);
    for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++)
        buffer_printf(&names, "%s ", entity_type_name((enum entity_type)i));
    for (size_t i = 0; i < PASSAGE_KIND_COUNT; i++)
        buffer_printf(&names, "%s%s", passage_kind_name((enum passage_kind)i),
                      i + 1 < PASSAGE_KIND_COUNT ? " " : "");
    s->problem->span = t->words_span;
    s->problem->message = str_printf(s->arena, message(MESSAGE_QUERY_TYPE), buffer_c(&names));
    return STATUS_BAD_INPUT;
}

static enum status filter_type(struct searching *s, const struct query_term *t, struct filter *f,
                               struct ranges *out, bool *whole)
{
    struct str wanted = fold_str(s->arena, t->words);
    for (size_t i = 0; i < PASSAGE_KIND_COUNT; i++)
        if (str_eq(wanted, str_of(passage_kind_name((enum passage_kind)i)))) {
            f->kinds &= t->negated ? ~(1u << i) : 1u << i;
            return STATUS_NOT_FOUND;
        }
    for (size_t i = 0; i < RECORD_TYPES; i++) {
        if (!str_eq(wanted, str_of(record_types[i].name)))
            continue;
        sqlite3_stmt *st = database_prepare(&s->store->db, record_types[i].sql, s->error);
        if (st == NULL)
            return failed(s->error);
        *whole = record_types[i].article;
        if (!*whole)
            return passages_of(s, st, out);
        bool more;
        enum status status;
        while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more)
            if (!add(s, out, &(struct row){.first = column_u32(st, 0), .count = column_u32(st, 1)}))
                break;
        sqlite3_reset(st);
        return status;
    }
    for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (!str_eq(wanted, str_of(entity_type_name((enum entity_type)i))))
            continue;
        sqlite3_stmt *st = database_prepare(
            &s->store->db,
            "SELECT m.passage, m.start, m.end FROM entity e JOIN mention m ON m.entity=e.id"
            " WHERE e.type=?1 AND NOT e.hidden",
            s->error);
        if (st == NULL)
            return failed(s->error);
        bind_int(st, 1, (int64_t)i);
        return passages_of(s, st, out);
    }
    return wrong_type(s, t);
}

/* 2023, 2023-05, 2023-5-9, 2023/5: as dates are stored; empty where it is none. */
static struct str date_of(struct arena *a, struct str text)
{
    unsigned parts[3] = {0};
    size_t n = 0, digits = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c >= '0' && c <= '9' && digits < 4) {
            parts[n] = parts[n] * 10 + (unsigned)(c - '0');
            digits++;
        } else if ((c == '-' || c == '/' || c == '.') && digits > 0 && n < 2) {
            n++;
            digits = 0;
        } else {
            return (struct str){NULL, 0};
        }
    }
    if (parts[0] < 1000 || digits == 0 || (n > 0 && (parts[1] < 1 || parts[1] > 12)) ||
        (n > 1 && (parts[2] < 1 || parts[2] > 31)))
        return (struct str){NULL, 0};
    if (n == 0)
        return str_printf(a, "%04u", parts[0]);
    return n == 1 ? str_printf(a, "%04u-%02u", parts[0], parts[1])
                  : str_printf(a, "%04u-%02u-%02u", parts[0], parts[1], parts[2]);
}

static enum status filter_date(struct searching *s, const struct query_term *t, struct ranges *out)
{
    struct str words = fold_str(s->arena, t->words);
    size_t dots = str_find(words, STR(".."), 0);
    struct str from = dots == STR_NONE ? words : str_sub(words, 0, dots);
    struct str to = dots == STR_NONE ? words : str_sub(words, dots + 2, words.n);
    struct str first = date_of(s->arena, from), last = date_of(s->arena, to);
    if ((from.n > 0 && first.n == 0) || (to.n > 0 && last.n == 0) || from.n + to.n == 0) {
        s->problem->span = t->words_span;
        s->problem->message = str_of(message(MESSAGE_QUERY_DATE));
        return STATUS_BAD_INPUT;
    }
    bool more;
    enum status status;
    sqlite3_stmt *st = database_prepare(
        &s->store->db, "SELECT first_passage, passages FROM article WHERE date>=?1 AND date<?2",
        s->error);
    if (st == NULL)
        return failed(s->error);
    bind_str(st, 1, first.n > 0 ? first : STR("0"));
    /* All that begins with the last date: 2023 has 2023-12-31 in it. */
    bind_str(st, 2, last.n > 0 ? str_printf(s->arena, "%.*s~", STR_ARG(last)) : STR("~"));
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more)
        if (!add(s, out, &(struct row){.first = column_u32(st, 0), .count = column_u32(st, 1)}))
            break;
    sqlite3_reset(st);
    return status;
}

static int by_key(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static bool mark_has(struct searching *s, const struct query_term *t, const struct mark *m)
{
    switch (t->field) {
    case QUERY_BY:
        return stands_in(s, t, m->author);
    case QUERY_ASSIGNED:
        return str_eq(m->field, STR("assigned")) && stands_in(s, t, m->value);
    default:
        return stands_in(s, t, m->value);
    }
}

/* The content keys of a kind of record that have a mark which the term asks for. */
static enum status marked_keys(struct searching *s, const struct query_term *t, const char *kind,
                               int64_t **keys, size_t *n)
{
    const struct mark *marks;
    size_t count;
    VECTOR(int64_t) found = {0};
    TRY(notes_marks(s->options->notes, s->arena, str_of(kind), &marks, &count, s->error));
    for (size_t i = 0; i < count; i++)
        if (mark_has(s, t, &marks[i]))
            vector_push(s->arena, &found, marks[i].content_key);
    if (found.n > 1)
        qsort(found.at, found.n, sizeof *found.at, by_key);
    *keys = found.at;
    *n = found.n;
    return STATUS_OK;
}

static enum status filter_mark(struct searching *s, const struct query_term *t, struct ranges *out)
{
    static const struct {
        const char *kind, *sql;
    } records[] = {
        {"article", "SELECT content_key, first_passage, passages FROM article"},
        {"proposal", "SELECT p.content_key, a.first_passage, a.passages" PROPOSAL_ARTICLES},
    };
    for (size_t i = 0; i < 2 && s->options->notes != NULL; i++) {
        int64_t *keys;
        size_t n;
        bool more;
        enum status status;
        TRY(marked_keys(s, t, records[i].kind, &keys, &n));
        if (n == 0)
            continue;
        sqlite3_stmt *st = database_prepare(&s->store->db, records[i].sql, s->error);
        if (st == NULL)
            return failed(s->error);
        while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
            int64_t key = sqlite3_column_int64(st, 0);
            if (bsearch(&key, keys, n, sizeof *keys, by_key) != NULL)
                (void)add(s, out,
                          &(struct row){.first = column_u32(st, 1), .count = column_u32(st, 2)});
        }
        TRY(status);
    }
    return STATUS_OK;
}

/* What an indicator is compared with. */
struct wanted {
    enum query_compare compare;
    double value;
    struct str unit; /* of the base; empty: the number as printed */
};

static double decimal_value(struct decimal d)
{
    return (double)d.digits * pow(10, -d.scale);
}

static enum status read_wanted(struct searching *s, const struct query_term *t, struct wanted *out)
{
    struct quantity q;
    struct str none = {NULL, 0};
    struct str value = fold_str(s->arena, t->value);
    out->compare = t->compare;
    if (t->compare == COMPARE_NONE)
        return STATUS_OK;
    if (s->options->lexicons != NULL &&
        quantity_of_cell(s->arena, s->options->lexicons, value, none, &q)) {
        out->unit = q.unit.n > 0 ? q.base_unit : none;
        out->value = decimal_value(q.unit.n > 0 ? q.base : q.value);
        return STATUS_OK;
    }
    char *end, *number = str_dup_c(s->arena, value);
    out->value = strtod(number, &end);
    if (end != number && *end == '\0')
        return STATUS_OK;
    s->problem->span = t->span;
    s->problem->message =
        str_printf(s->arena, message(MESSAGE_QUERY_VALUE), str_dup_c(s->arena, t->value));
    return STATUS_BAD_INPUT;
}

static bool compares(const struct wanted *w, double value)
{
    double slack = fabs(w->value) * 1e-9;
    switch (w->compare) {
    case COMPARE_ABOVE:
        return value > w->value + slack;
    case COMPARE_FROM:
        return value >= w->value - slack;
    case COMPARE_BELOW:
        return value < w->value - slack;
    case COMPARE_TO:
        return value <= w->value + slack;
    case COMPARE_EQUAL:
        return fabs(value - w->value) <= slack;
    case COMPARE_NONE:
        break;
    }
    return true;
}

/* What indicators are measured in, by id: a few hundred rows for millions of indicators. */
struct measure {
    struct str base_unit;
    int32_t shift;
};

struct measures {
    struct measure *at;
    size_t n, room;
};

static enum status read_measures(struct searching *s, struct measures *out)
{
    bool more;
    enum status status;
    sqlite3_stmt *st =
        database_prepare(&s->store->db, "SELECT id, base_unit, shift FROM measure", s->error);
    if (st == NULL)
        return failed(s->error);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        struct measure *m = NULL;
        for (uint32_t id = column_u32(st, 0); out->n <= id;)
            m = vector_add(s->arena, out);
        if (m != NULL)
            *m = (struct measure){column_str(s->arena, st, 1), sqlite3_column_int(st, 2)};
    }
    return status;
}

/* Whether the row of INDICATOR_COLUMNS holds a comparison. */
static bool row_compares(sqlite3_stmt *st, const struct wanted *w, const struct measures *measures)
{
    static const struct measure none = {{NULL, 0}, 0};
    struct decimal value = {sqlite3_column_int64(st, 3), sqlite3_column_int(st, 4)};
    uint32_t id = column_u32(st, 5);
    const struct measure *m = id < measures->n ? &measures->at[id] : &none;
    struct str base = more_get(column_view(st, 6), MORE_BASE);
    if (w->compare == COMPARE_NONE || w->unit.n == 0)
        return compares(w, decimal_value(value));
    if (!str_eq(m->base_unit, w->unit))
        return false;
    value.scale += m->shift;
    if (base.p != NULL)
        value.digits = varint_get_signed(&base);
    return compares(w, decimal_value(value));
}

/* Adds the passages of the indicators that a statement gives. */
static enum status indicators_that(struct searching *s, sqlite3_stmt *st, const struct wanted *w,
                                   const struct measures *measures, struct ranges *out)
{
    bool more;
    enum status status;
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        uint32_t start = column_u32(st, 1);
        struct row row = {.first = column_u32(st, 0),
                          .count = 1,
                          .start = start,
                          .stop = start + column_u32(st, 2)};
        if (row_compares(st, w, measures) && !add(s, out, &row))
            break;
    }
    sqlite3_reset(st);
    return status;
}

#define INDICATOR_COLUMNS \
    "SELECT passage, start, length, digits, scale, measure, more FROM indicator"

static enum status filter_metric(struct searching *s, const struct query_term *t,
                                 struct ranges *out)
{
    struct wanted wanted = {.compare = COMPARE_NONE};
    struct measures measures = {0};
    bool more = true;
    enum status status = STATUS_OK;
    VECTOR(uint32_t) metrics = {0};
    TRY(read_wanted(s, t, &wanted));
    if (wanted.compare != COMPARE_NONE)
        TRY(read_measures(s, &measures));
    sqlite3_stmt *st;
    if (t->words.n == 0) {
        st = database_prepare(&s->store->db, INDICATOR_COLUMNS, s->error);
        return st == NULL ? failed(s->error) : indicators_that(s, st, &wanted, &measures, out);
    }
    st = database_prepare(&s->store->db, "SELECT id, name FROM metric", s->error);
    if (st == NULL)
        return failed(s->error);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more)
        if (stands_in(s, t, column_view(st, 1)))
            vector_push(s->arena, &metrics, column_u32(st, 0));
    TRY(status);
    /* Near copies stand in an index of their own. */
    static const char *const sql[] = {INDICATOR_COLUMNS " WHERE metric=?1 AND flags&4=0",
                                      INDICATOR_COLUMNS " WHERE metric=?1 AND flags&4<>0"};
    for (size_t i = 0; i < 2 * metrics.n && out->n < s->most_ranges; i++) {
        st = database_prepare(&s->store->db, sql[i % 2], s->error);
        if (st == NULL)
            return failed(s->error);
        bind_int(st, 1, metrics.at[i / 2]);
        TRY(indicators_that(s, st, &wanted, &measures, out));
    }
    return STATUS_OK;
}

typedef enum status field_filter(struct searching *s, const struct query_term *t,
                                 struct ranges *out);

static const struct {
    field_filter *run;
    bool whole; /* gives articles, not passages */
} fields[QUERY_FIELD_COUNT] = {
    [QUERY_TITLE] = {filter_title, true},       [QUERY_SPEAKER] = {filter_speaker, true},
    [QUERY_BODY] = {filter_body, true},         [QUERY_NAME] = {filter_name, false},
    [QUERY_DOCUMENT] = {filter_document, true}, [QUERY_DATE] = {filter_date, true},
    [QUERY_MARK] = {filter_mark, true},         [QUERY_METRIC] = {filter_metric, false},
    [QUERY_BY] = {filter_mark, true},           [QUERY_ASSIGNED] = {filter_mark, true},
};

static void narrow(struct searching *s, struct filter *f, struct ranges found, bool negated)
{
    ranges_settle(&found);
    if (negated)
        found = ranges_without(s->arena, &found, s->passages);
    f->ranges = f->all ? found : ranges_both(s->arena, &f->ranges, &found);
    f->all = false;
}

enum status filter_of(struct searching *s, const struct query_clause *clause, struct filter *out)
{
    bool alone = clause->n_terms == 1 && !s->options->exact && s->options->document == 0;
    /* Two ranges may be one article's. */
    s->most_ranges =
        alone ? 2 * (size_t)(s->options->most == 0 ? SEARCH_MOST : s->options->most) : SIZE_MAX;
    *out = (struct filter){.all = true, .kinds = ~0u};
    if (s->options->document != 0) {
        struct stored_document document;
        TRY(store_document(s->store, s->arena, s->options->document, &document, s->error));
        struct ranges one = {0};
        (void)add(s, &one,
                  &(struct row){.first = document.first_passage, .count = document.passages});
        narrow(s, out, one, false);
    }
    for (uint32_t i = 0; i < clause->n_terms; i++) {
        const struct query_term *t = &clause->terms[i];
        struct ranges found = {0};
        bool whole = fields[t->field].whole;
        if (t->field == QUERY_TEXT)
            continue;
        enum status status = t->field == QUERY_TYPE ? filter_type(s, t, out, &found, &whole)
                                                    : fields[t->field].run(s, t, &found);
        if (status == STATUS_NOT_FOUND)
            continue; /* a kind of passage: tested one by one */
        TRY(status);
        out->passages = out->passages || (!whole && !t->negated);
        narrow(s, out, found, t->negated);
    }
    return STATUS_OK;
}
