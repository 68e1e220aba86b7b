/* The fields of a query as sets of passages. */
#include "baolan/message.h"
#include "search_internal.h"

#include <stdlib.h>

enum {
    ENOUGH_NAMES = 400,      /* that begin with the words; then it is not looked inside of names */
    SPELLINGS_MOST = 100000, /* that are looked through for it */
};

struct ids {
    uint32_t *at;
    size_t n, room;
};

bool field_spend(struct searching *s, size_t rows)
{
    s->rows += rows;
    s->over = s->over || s->rows > search_rows(s);
    return !s->over;
}

bool field_add(struct searching *s, struct ranges *out, struct range range)
{
    if (range.first != 0)
        vector_push(s->arena, out, range);
    s->cut = s->cut || out->n >= s->most_ranges;
    return out->n < s->most_ranges;
}

sqlite3_stmt *field_statement(struct searching *s, const char *sql)
{
    sqlite3_stmt *st = database_prepare(&s->store->db, sql, s->error);
    if (st != NULL)
        bind_int(st, sqlite3_bind_parameter_count(st),
                 search_rows(s) < INT32_MAX ? (int64_t)search_rows(s) + 1 : -1);
    return st;
}

bool field_stands_in(struct searching *s, const struct query_term *term, struct str text)
{
    struct arena_mark mark = arena_mark(s->arena);
    struct span where;
    bool found = term_find(term, fold_str(s->arena, text), &where) != NULL;
    arena_release(s->arena, mark);
    return found;
}

static int by_id(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

const uint32_t *ids_sorted(struct arena *a, const uint32_t *ids, size_t n)
{
    uint32_t *out = arena_array(a, uint32_t, n);
    if (n > 0)
        memcpy(out, ids, n * sizeof *out);
    if (n > 1)
        qsort(out, n, sizeof *out, by_id);
    return out;
}

bool ids_have(const uint32_t *sorted, size_t n, uint32_t id)
{
    return n > 0 && bsearch(&id, sorted, n, sizeof id, by_id) != NULL;
}

/* The passages in the columns of a row from `column` on: the first, their number. */
static struct range whole_of(sqlite3_stmt *st, int column)
{
    uint32_t first = column_u32(st, column);
    return (struct range){first, first + column_u32(st, column + 1), 0, 0};
}

/* Adds the passages of all rows of a statement (columns: text, second text, first passage, count)
 * whose text the term stands in. Rows that follow each other often have the same texts. */
static enum status rows_with(struct searching *s, const char *sql, const struct query_term *term,
                             struct ranges *out)
{
    bool more, found = false;
    enum status status;
    struct buffer before = buffer_in(s->arena);
    sqlite3_stmt *st = field_statement(s, sql);
    if (st == NULL)
        return failed(s->error);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        struct str text = column_view(st, 0), second = column_view(st, 1);
        if (!field_spend(s, 1))
            break;
        if (s->rows == 1 || !str_eq(buffer_str(&before), text) || second.n > 0) {
            before.n = 0;
            buffer_add(&before, text);
            found = field_stands_in(s, term, text) ||
                    (second.n > 0 && field_stands_in(s, term, second));
        }
        if (found && !field_add(s, out, whole_of(st, 2)))
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

static bool visit_front(void *context, uint32_t passage, const struct range *range)
{
    struct front *f = context;
    bool more, enough = !field_spend(f->s, f->s->options->exact ? 1 : FIELD_ROWS / FIELD_FRONTS);
    (void)range;
    sqlite3_stmt *st =
        database_prepare(&f->s->store->db,
                         "SELECT unpack(p.text), a.first_passage, a.passages, p.kind FROM passage p"
                         " JOIN article a ON a.id=p.article WHERE p.id=?1",
                         f->s->error);
    if (st == NULL) {
        f->status = failed(f->s->error);
        return false;
    }
    bind_int(st, 1, passage);
    f->status = database_step(&f->s->store->db, st, &more, f->s->error);
    if (f->status == STATUS_OK && more && !enough && (f->kinds >> column_u32(st, 3) & 1) != 0 &&
        field_stands_in(f->s, f->term, column_view(st, 0)))
        enough = !field_add(f->s, f->out, whole_of(st, 1));
    sqlite3_reset(st);
    return f->status == STATUS_OK && !enough && !is_cancelled(f->s);
}

/* Articles with a passage of these kinds that the term stands in. */
static enum status fronts_with(struct searching *s, uint32_t kinds, const struct query_term *term,
                               struct ranges *out)
{
    struct front f = {s, term, kinds, out, STATUS_OK};
    TRY(each_candidate(s, INDEX_HEADS, match_expression(s, term), NULL, visit_front, &f));
    return f.status;
}

static enum status filter_title(struct searching *s, struct field *f, struct ranges *out)
{
    return fronts_with(s, TITLE_KINDS, f->term, out);
}

#define PROPOSAL_ARTICLES " FROM proposal p JOIN article a ON a.id=p.article"

static enum status filter_speaker(struct searching *s, struct field *f, struct ranges *out)
{
    TRY(fronts_with(s, 1u << PASSAGE_BYLINE, f->term, out));
    if (s->over)
        return STATUS_OK;
    return rows_with(s,
                     "SELECT p.speakers, '', a.first_passage, a.passages" PROPOSAL_ARTICLES
                     " ORDER BY p.speakers LIMIT ?1",
                     f->term, out);
}

static enum status filter_body(struct searching *s, struct field *f, struct ranges *out)
{
    return rows_with(
        s, "SELECT p.bodies, p.handlers, a.first_passage, a.passages" PROPOSAL_ARTICLES " LIMIT ?1",
        f->term, out);
}

/* Paths and titles are searched anywhere, not by words: 2023-08 stands in a file's name. */
bool field_in_document(struct searching *s, const struct query_term *t, struct str path,
                       struct str title)
{
    struct arena_mark mark = arena_mark(s->arena);
    bool found = false;
    struct str folded[] = {fold_str(s->arena, path), fold_str(s->arena, title)};
    for (uint32_t i = 0; i < t->n_patterns && !found; i++)
        found = str_has(folded[0], t->patterns[i].text) || str_has(folded[1], t->patterns[i].text);
    arena_release(s->arena, mark);
    return found;
}

static enum status filter_document(struct searching *s, struct field *f, struct ranges *out)
{
    bool more;
    enum status status;
    sqlite3_stmt *st =
        field_statement(s, "SELECT path, title, first_passage, passages FROM document LIMIT ?1");
    if (st == NULL)
        return failed(s->error);
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more)
        if (!field_spend(s, 1) ||
            (field_in_document(s, f->term, column_view(st, 0), column_view(st, 1)) &&
             !field_add(s, out, whole_of(st, 2))))
            break;
    sqlite3_reset(st);
    return status;
}

/* Adds the passages of a statement's rows: passage, start, end. */
static enum status passages_of(struct searching *s, sqlite3_stmt *st, struct ranges *out)
{
    bool more;
    enum status status;
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more) {
        uint32_t passage = column_u32(st, 0);
        struct range range = {passage, passage + 1, column_u32(st, 1), column_u32(st, 2)};
        if (!field_spend(s, 1) || !field_add(s, out, range))
            break;
    }
    sqlite3_reset(st);
    return status;
}

/* Adds the whole articles of a statement's rows: first passage, count. */
static enum status articles_of(struct searching *s, sqlite3_stmt *st, struct ranges *out)
{
    bool more;
    enum status status;
    while ((status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more)
        if (!field_spend(s, 1) || !field_add(s, out, whole_of(st, 0)))
            break;
    sqlite3_reset(st);
    return status;
}

/* Names, of those whose spellings a statement gives, that have one of the keys in them. */
static enum status names_with(struct searching *s, sqlite3_stmt *st, const struct str *keys,
                              size_t n, struct ids *out, size_t *seen)
{
    bool more;
    enum status status;
    for (; (status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK && more;
         ++*seen) {
        struct str key = column_view(st, 0);
        bool found = false;
        for (size_t i = 0; i < n && !found; i++)
            found = str_has(key, keys[i]);
        if (found)
            vector_push(s->arena, out, column_u32(st, 1));
        if (*seen % 1024 == 0 && is_cancelled(s)) {
            status = STATUS_INTERRUPTED;
            break;
        }
    }
    sqlite3_reset(st);
    return status;
}

enum status field_names(struct searching *s, struct field *f)
{
    size_t n = f->term->n_patterns, seen = 0;
    struct str *keys = arena_array(s->arena, struct str, n + 1);
    struct ids found = {0};
    if (f->ready)
        return STATUS_OK;
    f->ready = true;
    /* What begins with the words stands together in the index; then the others, as far as it is
     * worth. */
    for (size_t i = 0; i < n; i++) {
        keys[i] = spelling_key(s->arena, f->term->patterns[i].text);
        sqlite3_stmt *st = field_statement(
            s, "SELECT key, entity FROM spelling WHERE key>=?1 AND key<?1||char(1114111) LIMIT ?2");
        if (st == NULL)
            return failed(s->error);
        bind_str(st, 1, keys[i]);
        TRY(names_with(s, st, keys, n, &found, &seen));
    }
    if (found.n < ENOUGH_NAMES || s->options->exact) {
        seen = 0;
        sqlite3_stmt *st =
            database_prepare(&s->store->db, "SELECT key, entity FROM spelling LIMIT ?1", s->error);
        if (st == NULL)
            return failed(s->error);
        bind_int(st, 1, s->options->exact ? -1 : SPELLINGS_MOST);
        TRY(names_with(s, st, keys, n, &found, &seen));
        s->cut = s->cut || (!s->options->exact && seen >= SPELLINGS_MOST);
    } else {
        s->cut = true;
    }
    const uint32_t *sorted = ids_sorted(s->arena, found.at, found.n);
    uint32_t *ids = arena_array(s->arena, uint32_t, found.n);
    for (size_t i = 0; i < found.n; i++)
        if (i == 0 || sorted[i] != sorted[i - 1])
            ids[f->n_ids++] = sorted[i];
    f->ids = f->sorted = ids;
    return STATUS_OK;
}

/* Names that have the words in a spelling; their mentions. */
static enum status filter_name(struct searching *s, struct field *f, struct ranges *out)
{
    TRY(field_names(s, f));
    for (size_t i = 0; i < f->n_ids && !s->over && out->n < s->most_ranges; i++) {
        sqlite3_stmt *st = field_statement(
            s, "SELECT m.passage, m.start, m.end FROM mention m WHERE m.entity=?1"
               " AND m.entity NOT IN (SELECT id FROM entity WHERE hidden=1) LIMIT ?2");
        if (st == NULL)
            return failed(s->error);
        bind_int(st, 1, f->ids[i]);
        TRY(passages_of(s, st, out));
    }
    return STATUS_OK;
}

/* Kinds of record that type: takes beside those of names and passages. */
static const struct {
    const char *name, *sql;
    bool article;
} record_types[] = {
    {"proposal", "SELECT a.first_passage, a.passages" PROPOSAL_ARTICLES " LIMIT ?1", true},
    {"indicator", "SELECT passage, start, start+length FROM indicator LIMIT ?1", false},
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

/* A kind of passage narrows the clause down itself: STATUS_NOT_FOUND. */
static enum status filter_type(struct searching *s, struct field *field, struct filter *f,
                               struct ranges *out, bool *whole)
{
    const struct query_term *t = field->term;
    struct str wanted = fold_str(s->arena, t->words);
    sqlite3_stmt *st;
    for (size_t i = 0; i < PASSAGE_KIND_COUNT; i++)
        if (str_eq(wanted, str_of(passage_kind_name((enum passage_kind)i)))) {
            f->kinds &= t->negated ? ~(1u << i) : 1u << i;
            return STATUS_NOT_FOUND;
        }
    for (size_t i = 0; i < RECORD_TYPES; i++) {
        if (!str_eq(wanted, str_of(record_types[i].name)))
            continue;
        *whole = record_types[i].article;
        if ((st = field_statement(s, record_types[i].sql)) == NULL)
            return failed(s->error);
        return *whole ? articles_of(s, st, out) : passages_of(s, st, out);
    }
    for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++) {
        if (!str_eq(wanted, str_of(entity_type_name((enum entity_type)i))))
            continue;
        st = field_statement(s, "SELECT m.passage, m.start, m.end FROM entity e"
                                " JOIN mention m ON m.entity=e.id"
                                " WHERE e.type=?1 AND NOT e.hidden LIMIT ?2");
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

enum status field_dates(struct searching *s, const struct query_term *t, struct str *from,
                        struct str *before)
{
    struct str words = fold_str(s->arena, t->words);
    size_t dots = str_find(words, STR(".."), 0);
    struct str left = dots == STR_NONE ? words : str_sub(words, 0, dots);
    struct str right = dots == STR_NONE ? words : str_sub(words, dots + 2, words.n);
    struct str first = date_of(s->arena, left), last = date_of(s->arena, right);
    if ((left.n > 0 && first.n == 0) || (right.n > 0 && last.n == 0) || left.n + right.n == 0) {
        s->problem->span = t->words_span;
        s->problem->message = str_of(message(MESSAGE_QUERY_DATE));
        return STATUS_BAD_INPUT;
    }
    *from = first.n > 0 ? first : STR("0");
    /* All that begins with the last date: 2023 has 2023-12-31 in it. */
    *before = last.n > 0 ? str_printf(s->arena, "%.*s~", STR_ARG(last)) : STR("~");
    return STATUS_OK;
}

static enum status filter_date(struct searching *s, struct field *f, struct ranges *out)
{
    struct str from, before;
    TRY(field_dates(s, f->term, &from, &before));
    sqlite3_stmt *st = field_statement(s, "SELECT first_passage, passages FROM article"
                                          " WHERE date>=?1 AND date<?2 LIMIT ?3");
    if (st == NULL)
        return failed(s->error);
    bind_str(st, 1, from);
    bind_str(st, 2, before);
    return articles_of(s, st, out);
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
        return field_stands_in(s, t, m->author);
    case QUERY_ASSIGNED:
        return str_eq(m->field, STR("assigned")) && field_stands_in(s, t, m->value);
    default:
        return field_stands_in(s, t, m->value);
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

bool keys_have(const int64_t *sorted, size_t n, int64_t key)
{
    return n > 0 && bsearch(&key, sorted, n, sizeof key, by_key) != NULL;
}

enum status field_marks(struct searching *s, struct field *f)
{
    static const char *const kinds[] = {"article", "proposal"};
    if (f->ready)
        return STATUS_OK;
    f->ready = true;
    for (size_t i = 0; i < 2 && s->options->notes != NULL; i++) {
        int64_t *keys;
        TRY(marked_keys(s, f->term, kinds[i], &keys, &f->n_keys[i]));
        f->keys[i] = keys;
    }
    return STATUS_OK;
}

static enum status filter_mark(struct searching *s, struct field *f, struct ranges *out)
{
    static const char *const sql[] = {
        "SELECT first_passage, passages FROM article WHERE content_key=?1 LIMIT ?2",
        "SELECT a.first_passage, a.passages" PROPOSAL_ARTICLES " WHERE p.content_key=?1 LIMIT ?2",
    };
    TRY(field_marks(s, f));
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < f->n_keys[i]; k++) {
            sqlite3_stmt *st = field_statement(s, sql[i]);
            if (st == NULL)
                return failed(s->error);
            bind_int(st, 1, f->keys[i][k]);
            TRY(articles_of(s, st, out));
        }
    return STATUS_OK;
}

typedef enum status field_filter(struct searching *s, struct field *f, struct ranges *out);

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

/* What the fields leave is worked out at once where that is little work. A field with more to it
 * is tested in the articles that the rest of the clause finds; a clause that has nothing else
 * begins from as much of the first such field as is worth it. */
static enum status narrow_all(struct searching *s, const struct query_clause *clause,
                              struct filter *out)
{
    struct ranges begun = {0};
    size_t beginning = SIZE_MAX;
    bool words = false;
    for (uint32_t i = 0; i < clause->n_terms; i++) {
        const struct query_term *t = &clause->terms[i];
        struct field field = {.term = t};
        struct ranges found = {0};
        bool whole = fields[t->field].whole;
        words = words || (t->field == QUERY_TEXT && !t->negated);
        if (t->field == QUERY_TEXT)
            continue;
        s->rows = 0;
        s->over = false;
        enum status status = t->field == QUERY_TYPE ? filter_type(s, &field, out, &found, &whole)
                                                    : fields[t->field].run(s, &field, &found);
        if (status == STATUS_NOT_FOUND)
            continue; /* a kind of passage: tested one by one */
        TRY(status);
        out->passages = out->passages || (!whole && !t->negated);
        out->parts = out->parts || !whole;
        if (!s->over) {
            narrow(s, out, found, t->negated);
            continue;
        }
        if (beginning == SIZE_MAX && !t->negated) {
            beginning = out->untried.n;
            begun = found;
        }
        vector_push(s->arena, &out->untried, field);
    }
    if (!words && out->all && beginning != SIZE_MAX) {
        s->cut = true;
        narrow(s, out, begun, false);
        out->untried.at[beginning] = vector_last(&out->untried);
        out->untried.n--;
    }
    return STATUS_OK;
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
        (void)field_add(s, &one,
                        (struct range){document.first_passage,
                                       document.first_passage + document.passages, 0, 0});
        narrow(s, out, one, false);
    }
    return narrow_all(s, clause, out);
}
