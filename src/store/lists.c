/* Lists: ids in an order, a page at a time, from where the page before ended. */
#include "facts.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *table, *total;
} lists[LIST_COUNT] = {
    [LIST_DOCUMENTS] = {"document", "documents"},    [LIST_PROPOSALS] = {"proposal", "proposals"},
    [LIST_INDICATORS] = {"indicator", "indicators"}, [LIST_METRICS] = {"metric", "metrics"},
    [LIST_ENTITIES] = {"entity", "entities"},        [LIST_FINDINGS] = {"finding", "findings"},
    [LIST_TABLES] = {"found_table", "tables"},
};

/* The columns of each order; each has an index, whose rows end in the id. */
static const char *const order_columns[ORDER_COUNT] = {
    [ORDER_PATH] = "path",
    [ORDER_DATE] = "date",
    [ORDER_TITLE] = "title",
    [ORDER_PROPOSAL_TITLE] = "title",
    [ORDER_SPEAKER] = "speakers",
    [ORDER_SESSION] = "session",
    [ORDER_NUMBER] = "number",
    [ORDER_METRIC] = "metric, period",
    [ORDER_METRIC_COUNT] = "indicators",
    [ORDER_METRIC_NAME] = "name",
    [ORDER_ENTITY_NAME] = "name",
    [ORDER_DOCUMENTS] = "documents",
    [ORDER_FINDING_KIND] = "kind",
};

/* Numbers are bound to ?1 and on, texts from here. */
#define TEXTS_FROM 20

/* The SQL of a list, and what is bound to it. Values are bound, never written. */
struct statement {
    char sql[1024];
    size_t n;
    int n_numbers, n_texts;
    int64_t numbers[16];
    struct str texts[8];
    bool by_sum; /* the stored sum tells the count */
};

__attribute__((format(printf, 2, 3))) static void add(struct statement *st, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it was started in the line above. */
    int n = vsnprintf(st->sql + st->n, sizeof st->sql - st->n, format, arguments);
    va_end(arguments);
    if (n > 0 && st->n + (size_t)n < sizeof st->sql)
        st->n += (size_t)n;
}

/* Binds a number and gives its place. */
static int number(struct statement *st, int64_t value)
{
    st->numbers[st->n_numbers++] = value;
    return st->n_numbers;
}

static int text(struct statement *st, struct str value)
{
    st->texts[st->n_texts++] = value;
    return TEXTS_FROM + st->n_texts - 1;
}

static void where_number(struct statement *st, const char *condition, int64_t value)
{
    add(st, " AND %s?%d", condition, number(st, value));
    st->by_sum = false;
}

static void where_contains(struct statement *st, const char *column, struct str value)
{
    if (value.n == 0)
        return;
    add(st, " AND instr(%s, ?%d)>0", column, text(st, value));
    st->by_sum = false;
}

/* Indicators whose subject or region has the words: the few thousand words are gone through, not
 * each indicator's. */
static void where_word(struct statement *st, struct str value)
{
    static const char *const words = "(SELECT id FROM word WHERE instr(text, ?%d)>0)";
    if (value.n == 0)
        return;
    int at = text(st, value);
    add(st, " AND (subject IN ");
    add(st, words, at);
    add(st, " OR region IN ");
    add(st, words, at);
    add(st, ")");
    st->by_sum = false;
}

static void where_begins(struct statement *st, const char *column, struct str value)
{
    if (value.n == 0)
        return;
    int at = text(st, value);
    add(st, " AND substr(%s, 1, length(?%d))=?%d", column, at, at);
    st->by_sum = false;
}

/* A bit for every kind that is asked for; one alone can use an index. */
static void where_kinds(struct statement *st, const char *column, uint32_t kinds)
{
    if (kinds == 0)
        return;
    int one = 0;
    while ((kinds >> one & 1) == 0)
        one++;
    if (kinds >> one == 1)
        add(st, " AND %s=?%d", column, number(st, one));
    else
        add(st, " AND (?%d>>%s)&1", number(st, kinds), column);
    st->by_sum = false;
}

static void where_ids(struct statement *st, uint32_t first, uint32_t count)
{
    where_number(st, "id>=", first);
    where_number(st, "id<", (int64_t)first + count);
}

/* Findings of a document, and those between it and others. */
static void where_findings(struct statement *st, uint32_t document, uint32_t first, uint32_t count)
{
    int low = number(st, first), high = number(st, (int64_t)first + count);
    int id = number(st, document);
    /* Each by its own index: an OR goes through all findings between documents. */
    add(st,
        " AND id IN (SELECT id FROM finding WHERE id>=?%d AND id<?%d"
        " UNION ALL SELECT id FROM finding WHERE across>0 AND across=?%d"
        " UNION ALL SELECT id FROM finding WHERE across>0 AND document=?%d)",
        low, high, id, id);
    st->by_sum = false;
}

/* The document that an article stands in, 0 where there is none. */
static enum status document_of_article(struct store *s, uint32_t article, uint32_t *document,
                                       struct error *e)
{
    bool row;
    sqlite3_stmt *st = database_prepare(&s->db, "SELECT document FROM article WHERE id=?1", e);
    if (st == NULL)
        return failed(e);
    bind_int(st, 1, article);
    enum status status = database_step(&s->db, st, &row, e);
    *document = status == STATUS_OK && row ? column_u32(st, 0) : 0;
    sqlite3_reset(st);
    return status;
}

/* A document's rows are a range of ids. */
static enum status where_document(struct store *s, struct statement *st, const struct list_query *q,
                                  struct error *e)
{
    static const char *const ranges[LIST_COUNT] = {
        [LIST_PROPOSALS] = "SELECT first_proposal, proposals FROM document WHERE id=?1",
        [LIST_INDICATORS] = "SELECT first_indicator, indicators FROM document WHERE id=?1",
        [LIST_FINDINGS] = "SELECT first_finding, findings FROM document WHERE id=?1",
        [LIST_TABLES] = "SELECT first_table, tables FROM document WHERE id=?1",
    };
    bool row;
    uint32_t document = q->document;
    enum status status = STATUS_OK;
    if (ranges[q->list] == NULL || (document == 0 && q->article == 0))
        return STATUS_OK;
    if (document == 0)
        status = document_of_article(s, q->article, &document, e);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *range = database_prepare(&s->db, ranges[q->list], e);
    if (range == NULL)
        return failed(e);
    bind_int(range, 1, document);
    status = database_step(&s->db, range, &row, e);
    uint32_t first = row ? column_u32(range, 0) : 0, count = row ? column_u32(range, 1) : 0;
    sqlite3_reset(range);
    if (status == STATUS_OK && q->list == LIST_FINDINGS)
        where_findings(st, document, first, count);
    else if (status == STATUS_OK)
        where_ids(st, first, count);
    if (q->article != 0 && q->list == LIST_INDICATORS) {
        int at = number(st, q->article);
        add(st,
            " AND passage>=(SELECT first_passage FROM article a WHERE a.id=?%d)"
            " AND passage<(SELECT first_passage+passages FROM article a WHERE a.id=?%d)",
            at, at);
        st->by_sum = false;
    } else if (q->article != 0 && q->list != LIST_FINDINGS) {
        where_number(st, "article=", q->article);
    }
    return status;
}

/* Lists of all leave out what stands in a near copy, as the sums do. */
static void where_no_copies(struct statement *st, const struct list_query *q, const char *table)
{
    if (q->document == 0 && q->article == 0)
        add(st, " AND NOT EXISTS (SELECT 1 FROM copy c WHERE c.article=%s.article)", table);
}

/* Where a list reads from. All figures of a metric, or by metric, come out of their order: without
 * the figures themselves where nothing else of them is asked for. */
static void add_from(struct statement *st, const struct list_query *q)
{
    bool by_metric = q->list == LIST_INDICATORS && q->document == 0 && q->article == 0 &&
                     (q->metric != 0 || q->order == ORDER_METRIC);
    bool whole = q->kinds != 0 || q->subject.n > 0 || q->rows;
    add(st, " FROM %s%s WHERE 1", by_metric ? "indicator_order" : lists[q->list].table,
        by_metric && whole ? " CROSS JOIN indicator USING (id, metric, period)" : "");
    if (by_metric) /* sums leave near copies out as well */
        add(st, " AND metric>=0");
    else if (q->list == LIST_INDICATORS && q->document == 0 && q->article == 0)
        add(st, " AND flags&%d=0", INDICATOR_COPY);
    if (q->list == LIST_INDICATORS && q->rows)
        add(st, " AND flags&%d=0", INDICATOR_BESIDE);
}

static enum status where_all(struct store *s, struct statement *st, const struct list_query *q,
                             struct error *e)
{
    st->by_sum = true;
    add_from(st, q);
    enum status status = where_document(s, st, q, e);
    switch (q->list) {
    case LIST_DOCUMENTS:
        where_contains(st, "title||' '||path", q->name);
        break;
    case LIST_PROPOSALS:
        where_no_copies(st, q, "proposal");
        where_contains(st, "title", q->name);
        where_contains(st, "speakers", q->speaker);
        where_contains(st, "bodies", q->body);
        where_contains(st, "session", q->session);
        break;
    case LIST_INDICATORS:
        if (q->metric != 0)
            where_number(st, "metric=", q->metric);
        where_kinds(st, "kind", q->kinds);
        where_begins(st, "period", q->period);
        where_word(st, q->subject);
        break;
    case LIST_METRICS:
        where_contains(st, "name", q->name);
        break;
    case LIST_ENTITIES:
        where_kinds(st, "type", q->kinds);
        where_contains(st, "name", q->name);
        /* The stored sum is of those that are not hidden. */
        add(st, q->hidden ? " AND hidden=1" : " AND hidden=0");
        st->by_sum &= !q->hidden;
        break;
    case LIST_FINDINGS:
        where_no_copies(st, q, "finding");
        where_kinds(st, "kind", q->kinds);
        break;
    case LIST_TABLES:
        where_contains(st, "title", q->name);
        break;
    default:
        break;
    }
    return status;
}

static void bind_all(sqlite3_stmt *prepared, const struct statement *st)
{
    for (int i = 0; i < st->n_numbers; i++)
        bind_int(prepared, i + 1, st->numbers[i]);
    for (int i = 0; i < st->n_texts; i++)
        bind_str(prepared, TEXTS_FROM + i, st->texts[i]);
}

/* "a, b" as "a DESC, b DESC, id DESC". */
static void add_order(struct statement *st, const char *columns, bool descending)
{
    const char *direction = descending ? " DESC" : "";
    add(st, " ORDER BY ");
    for (struct str rest = str_of(columns); rest.p != NULL;) {
        struct str column = str_split(&rest, ',');
        add(st, "%.*s%s, ", STR_ARG(column), direction);
    }
    add(st, "id%s", direction);
}

/* Only rows past the one that the page before ended with. */
static void where_after(struct statement *st, const struct list_query *q, const char *columns,
                        const char *sign, uint32_t after)
{
    if (after == 0)
        return;
    int at = number(st, after);
    if (columns == NULL)
        add(st, " AND id%s?%d", sign, at);
    else
        add(st, " AND (%s, id)%s(SELECT %s, id FROM %s WHERE id=?%d)", columns, sign, columns,
            lists[q->list].table, at);
}

enum status store_list(struct store *s, const struct list_query *q, struct list_from from,
                       uint32_t *ids, size_t n, size_t *found, struct error *e)
{
    bool row;
    struct statement st = {.n = 0};
    bool descending = q->descending != from.backwards;
    const char *columns = q->order < ORDER_COUNT ? order_columns[q->order] : NULL;
    *found = 0;
    add(&st, "SELECT id");
    enum status status = where_all(s, &st, q, e);
    if (status != STATUS_OK)
        return status;
    where_after(&st, q, columns, descending ? "<" : ">", from.after);
    add_order(&st, columns, descending);
    add(&st, " LIMIT ?%d OFFSET ?%d", st.n_numbers + 1, st.n_numbers + 2);
    sqlite3_stmt *prepared = database_prepare(&s->db, st.sql, e);
    if (prepared == NULL)
        return failed(e);
    bind_all(prepared, &st);
    bind_int(prepared, st.n_numbers + 1, (int64_t)n);
    bind_int(prepared, st.n_numbers + 2, (int64_t)from.skip);
    while ((status = database_step(&s->db, prepared, &row, e)) == STATUS_OK && row)
        if (*found < n)
            ids[(*found)++] = column_u32(prepared, 0);
    return status;
}

/* The one number that a query gives. */
static enum status number_of(struct store *s, sqlite3_stmt *st, uint64_t *number, struct error *e)
{
    bool row;
    enum status status = database_step(&s->db, st, &row, e);
    *number = status == STATUS_OK && row ? (uint64_t)sqlite3_column_int64(st, 0) : 0;
    sqlite3_reset(st);
    return status;
}

enum status store_list_count(struct store *s, const struct list_query *q, uint64_t cap,
                             uint64_t *count, bool *exact, struct error *e)
{
    struct statement st = {.n = 0};
    *count = 0;
    *exact = true;
    add(&st, "SELECT count(*) FROM (SELECT 1");
    enum status status = where_all(s, &st, q, e);
    if (status != STATUS_OK)
        return status;
    if (st.by_sum) {
        sqlite3_stmt *sum = database_prepare(&s->db, "SELECT n FROM total WHERE name=?1", e);
        if (sum == NULL)
            return failed(e);
        bind_str(sum, 1, str_of(q->rows ? "figures" : lists[q->list].total));
        return number_of(s, sum, count, e);
    }
    add(&st, " LIMIT ?%d)", st.n_numbers + 1);
    sqlite3_stmt *prepared = database_prepare(&s->db, st.sql, e);
    if (prepared == NULL)
        return failed(e);
    bind_all(prepared, &st);
    bind_int(prepared, st.n_numbers + 1, cap >= INT64_MAX ? INT64_MAX : (int64_t)cap + 1);
    status = number_of(s, prepared, count, e);
    if (*count > cap) {
        *count = cap;
        *exact = false;
    }
    return status;
}

/* STATUS_OK where the query admits the row. */
static enum status has_row(struct store *s, const struct list_query *q, uint32_t id,
                           struct error *e)
{
    uint64_t n;
    struct statement st = {.n = 0};
    add(&st, "SELECT count(*)");
    enum status status = where_all(s, &st, q, e);
    if (status != STATUS_OK)
        return status;
    where_number(&st, "id=", id);
    sqlite3_stmt *prepared = database_prepare(&s->db, st.sql, e);
    if (prepared == NULL)
        return failed(e);
    bind_all(prepared, &st);
    status = number_of(s, prepared, &n, e);
    return status == STATUS_OK && n == 0 ? STATUS_NOT_FOUND : status;
}

enum status store_list_row(struct store *s, const struct list_query *q, uint32_t id, uint64_t *row,
                           struct error *e)
{
    struct statement st = {.n = 0};
    const char *columns = q->order < ORDER_COUNT ? order_columns[q->order] : NULL;
    *row = 0;
    enum status status = has_row(s, q, id, e);
    if (status != STATUS_OK)
        return status;
    add(&st, "SELECT count(*)");
    status = where_all(s, &st, q, e);
    if (status != STATUS_OK)
        return status;
    where_after(&st, q, columns, q->descending ? ">" : "<", id);
    sqlite3_stmt *prepared = database_prepare(&s->db, st.sql, e);
    if (prepared == NULL)
        return failed(e);
    bind_all(prepared, &st);
    return number_of(s, prepared, row, e);
}
