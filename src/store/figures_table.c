/* The table `indicator` in SQL: rows read out of indicator_pack, by id in either direction, or by
 * metric over indicator_order. It is never written through. */
#include "facts.h"
#include "figures.h"

/* How a cursor reads. The bits of xBestIndex's idxNum. */
enum {
    BY_ID = 1,
    FROM_ID = 2,
    TO_ID = 4,
    BY_METRIC = 8,
    DESCENDING = 16,
};

enum question { ASCEND, DESCEND, OF_METRIC, QUESTIONS };

/* A row holds FIGURES_PACKED figures at most, so that whichever has the first id asked for begins
 * less than as many before it. */
static const char *const SQL[QUESTIONS] = {
    [ASCEND] = "SELECT first, packed FROM indicator_pack WHERE first>?1 ORDER BY first",
    [DESCEND] = "SELECT first, packed FROM indicator_pack WHERE first<=?1 ORDER BY first DESC",
    [OF_METRIC] = ("SELECT id FROM indicator_order WHERE metric=?1 UNION ALL"
                   " SELECT id FROM indicator_order WHERE metric=?2"),
};

enum { IDLE_MOST = 4 };

/* Statements are kept for the next cursor: preparing one costs more than a look-up. */
struct figures_table {
    sqlite3_vtab base;
    sqlite3 *db;
    sqlite3_stmt *idle[QUESTIONS][IDLE_MOST];
};

struct figures_cursor {
    sqlite3_vtab_cursor base;
    sqlite3_stmt *running[QUESTIONS];
    int plan;
    sqlite3_int64 from, to;
    struct figure rows[FIGURES_PACKED]; /* of the row at hand; their texts are views into it */
    int n, at;
    bool over;
};

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **message)
{
    (void)aux;
    (void)argc;
    (void)argv;
    (void)message;
    int code = sqlite3_declare_vtab(
        db, "CREATE TABLE indicator(id, passage, start, length, digits, scale, measure, kind,"
            " metric, subject, period, flags, region, rule, more)");
    if (code != SQLITE_OK)
        return code;
    struct figures_table *table = sqlite3_malloc(sizeof *table);
    if (table == NULL)
        return SQLITE_NOMEM;
    memset(table, 0, sizeof *table);
    table->db = db;
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    *out = &table->base;
    return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *base)
{
    struct figures_table *table = (struct figures_table *)base;
    for (int q = 0; q < QUESTIONS; q++)
        for (int i = 0; i < IDLE_MOST; i++)
            sqlite3_finalize(table->idle[q][i]);
    sqlite3_free(table);
    return SQLITE_OK;
}

/* The bit of a constraint that helps, or 0. */
static int helps(const struct sqlite3_index_constraint *c)
{
    bool by_id = c->iColumn == FIGURE_ID || c->iColumn == -1;
    if (!c->usable)
        return 0;
    if (c->iColumn == FIGURE_METRIC)
        return c->op == SQLITE_INDEX_CONSTRAINT_EQ ? BY_METRIC : 0;
    if (!by_id)
        return 0;
    switch (c->op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
        return BY_ID;
    case SQLITE_INDEX_CONSTRAINT_GT:
    case SQLITE_INDEX_CONSTRAINT_GE:
        return FROM_ID;
    case SQLITE_INDEX_CONSTRAINT_LT:
    case SQLITE_INDEX_CONSTRAINT_LE:
        return TO_ID;
    default:
        return 0;
    }
}

static int plan_of(int found)
{
    if ((found & BY_ID) != 0)
        return BY_ID;
    return (found & (FROM_ID | TO_ID)) != 0 ? found & (FROM_ID | TO_ID) : found & BY_METRIC;
}

static int best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    static const int arguments[] = {BY_ID, FROM_ID, TO_ID, BY_METRIC};
    int found = 0, n = 0;
    (void)base;
    for (int i = 0; i < info->nConstraint; i++)
        found |= helps(&info->aConstraint[i]);
    int plan = plan_of(found);
    for (size_t k = 0; k < sizeof arguments / sizeof *arguments; k++)
        for (int i = 0, done = 0; i < info->nConstraint && !done; i++)
            if ((plan & arguments[k]) != 0 && helps(&info->aConstraint[i]) == arguments[k]) {
                info->aConstraintUsage[i].argvIndex = ++n;
                done = 1;
            }
    bool ordered = info->nOrderBy == 1 &&
                   (info->aOrderBy[0].iColumn == FIGURE_ID || info->aOrderBy[0].iColumn == -1);
    if (ordered && (plan & BY_METRIC) == 0) {
        info->orderByConsumed = 1;
        plan |= info->aOrderBy[0].desc ? DESCENDING : 0;
    }
    bool both = (plan & FROM_ID) != 0 && (plan & TO_ID) != 0;
    info->idxNum = plan;
    info->estimatedRows = (plan & BY_ID) != 0 ? 1 : both ? 200 : (plan & BY_METRIC) ? 500 : 1000000;
    info->estimatedCost = (double)info->estimatedRows * ((plan & BY_METRIC) != 0 ? 4 : 1);
    if ((plan & BY_ID) != 0)
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
    (void)base;
    struct figures_cursor *c = sqlite3_malloc(sizeof *c);
    if (c == NULL)
        return SQLITE_NOMEM;
    memset(c, 0, sizeof *c);
    *out = &c->base;
    return SQLITE_OK;
}

static void give_back(struct figures_cursor *c)
{
    struct figures_table *table = (struct figures_table *)c->base.pVtab;
    for (int q = 0; q < QUESTIONS; q++) {
        sqlite3_stmt *st = c->running[q];
        c->running[q] = NULL;
        sqlite3_reset(st);
        for (int i = 0; i < IDLE_MOST && st != NULL; i++)
            if (table->idle[q][i] == NULL) {
                table->idle[q][i] = st;
                st = NULL;
            }
        sqlite3_finalize(st);
    }
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    give_back((struct figures_cursor *)base);
    sqlite3_free(base);
    return SQLITE_OK;
}

/* A statement for the cursor to run: one that it has, an idle one, or a new one. */
static int take(struct figures_cursor *c, enum question q)
{
    struct figures_table *table = (struct figures_table *)c->base.pVtab;
    if (c->running[q] != NULL)
        return sqlite3_reset(c->running[q]) == SQLITE_NOMEM ? SQLITE_NOMEM : SQLITE_OK;
    for (int i = 0; i < IDLE_MOST; i++)
        if (table->idle[q][i] != NULL) {
            c->running[q] = table->idle[q][i];
            table->idle[q][i] = NULL;
            return SQLITE_OK;
        }
    return sqlite3_prepare_v3(table->db, SQL[q], -1, SQLITE_PREPARE_PERSISTENT, &c->running[q],
                              NULL);
}

/* Reads what is asked for of the packed row that a statement is at. */
static void unpack_row(struct figures_cursor *c, sqlite3_stmt *st)
{
    struct str packed = column_view(st, 1);
    struct figure f = {.numbers = {[FIGURE_ID] = sqlite3_column_int64(st, 0) - 1}};
    c->n = 0;
    while (c->n < FIGURES_PACKED && f.numbers[FIGURE_ID] < c->to && figure_next(&packed, &f))
        if (f.numbers[FIGURE_ID] >= c->from)
            c->rows[c->n++] = f;
}

/* Steps to the next packed row; at its first figure, or descending at its last. */
static int next_pack(struct figures_cursor *c)
{
    bool down = (c->plan & DESCENDING) != 0;
    sqlite3_stmt *st = c->running[down ? DESCEND : ASCEND];
    int code = sqlite3_step(st);
    c->n = 0;
    c->over = true;
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE ? SQLITE_OK : code;
    sqlite3_int64 first = sqlite3_column_int64(st, 0);
    c->over = down ? first + FIGURES_PACKED <= c->from : first > c->to;
    if (!c->over)
        unpack_row(c, st);
    c->at = down ? c->n - 1 : 0;
    return SQLITE_OK;
}

/* Goes on to the figure at hand: that of the next row, where this one has no more. */
static int settle(struct figures_cursor *c)
{
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !c->over && (c->at < 0 || c->at >= c->n))
        code = next_pack(c);
    return code;
}

/* Begins to read the ids between from and to. */
static int read_range(struct figures_cursor *c)
{
    bool down = (c->plan & DESCENDING) != 0;
    enum question q = down ? DESCEND : ASCEND;
    int code = take(c, q);
    if (code != SQLITE_OK)
        return code;
    sqlite3_bind_int64(c->running[q], 1, down ? c->to : c->from - FIGURES_PACKED);
    c->n = c->at = 0;
    c->over = false;
    return settle(c);
}

/* The figure that indicator_order tells next. */
static int next_of_metric(struct figures_cursor *c)
{
    for (;;) {
        int code = sqlite3_step(c->running[OF_METRIC]);
        c->over = code != SQLITE_ROW;
        if (c->over)
            return code == SQLITE_DONE ? SQLITE_OK : code;
        c->from = c->to = sqlite3_column_int64(c->running[OF_METRIC], 0);
        code = read_range(c);
        if (code != SQLITE_OK || !c->over)
            return code;
    }
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *name, int n,
                  sqlite3_value **values)
{
    struct figures_cursor *c = (struct figures_cursor *)base;
    int at = 0;
    (void)name;
    c->plan = plan;
    c->from = 0;
    c->to = UINT32_MAX;
    if ((plan & BY_METRIC) != 0 && n > 0) {
        int code = take(c, OF_METRIC);
        if (code != SQLITE_OK)
            return code;
        sqlite3_int64 metric = sqlite3_value_int64(values[0]);
        sqlite3_bind_int64(c->running[OF_METRIC], 1, metric);
        sqlite3_bind_int64(c->running[OF_METRIC], 2, ~metric);
        return next_of_metric(c);
    }
    if ((plan & BY_ID) != 0 && at < n)
        c->from = c->to = sqlite3_value_int64(values[at++]);
    if ((plan & FROM_ID) != 0 && at < n)
        c->from = sqlite3_value_int64(values[at++]);
    if ((plan & TO_ID) != 0 && at < n)
        c->to = sqlite3_value_int64(values[at++]);
    if (c->from < 0)
        c->from = 0;
    return read_range(c);
}

static int next(sqlite3_vtab_cursor *base)
{
    struct figures_cursor *c = (struct figures_cursor *)base;
    if ((c->plan & BY_METRIC) != 0)
        return next_of_metric(c);
    if ((c->plan & BY_ID) != 0) {
        c->over = true;
        return SQLITE_OK;
    }
    c->at += (c->plan & DESCENDING) != 0 ? -1 : 1;
    return settle(c);
}

static int is_over(sqlite3_vtab_cursor *base)
{
    return ((struct figures_cursor *)base)->over;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int at)
{
    struct figures_cursor *c = (struct figures_cursor *)base;
    const struct figure *f = &c->rows[c->at];
    if (at == FIGURE_PERIOD)
        sqlite3_result_text64(context, f->period.n == 0 ? "" : f->period.p, f->period.n,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
    else if (at != FIGURE_MORE)
        sqlite3_result_int64(context, f->numbers[at]);
    else if (f->more.n > 0)
        sqlite3_result_blob64(context, f->more.p, f->more.n, SQLITE_TRANSIENT);
    return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
    const struct figures_cursor *c = (const struct figures_cursor *)base;
    *id = c->rows[c->at].numbers[FIGURE_ID];
    return SQLITE_OK;
}

enum status figures_register(struct database *db, struct error *e)
{
    static const sqlite3_module module = {.xConnect = connect,
                                          .xBestIndex = best_index,
                                          .xDisconnect = disconnect,
                                          .xOpen = open_cursor,
                                          .xClose = close_cursor,
                                          .xFilter = filter,
                                          .xNext = next,
                                          .xEof = is_over,
                                          .xColumn = column,
                                          .xRowid = row_id};
    int code = sqlite3_create_module_v2(db->handle, "indicator", &module, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : database_fail(db, e);
}
