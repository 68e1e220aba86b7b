/* The figures of a table as indicators: what its header, its labels and its unit line say. */
#include "baolan/spelling.h"
#include "baolan/utf8.h"
#include "parse/phrase.h"
#include "parse/table_columns.h"

static bool has_any(struct str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_has(text, str_of(words[i])))
            return true;
    return false;
}
#define HAS_ANY(text, ...)                            \
    has_any(text, (const char *const[]){__VA_ARGS__}, \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* A row's label without what numbers it: 一、税收收入, (一)增值税, 1.小麦, 其中：教育. */
static struct str unnumbered(struct str label)
{
    static const struct str openers[] = {STR_INIT("其中："), STR_INIT("其中:"), STR_INIT("其中")};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (str_starts(label, openers[i]) && label.n > openers[i].n)
            label = str_sub(label, openers[i].n, label.n);
    size_t i = 0, digits = 0;
    uint32_t c = label.n > 0 ? utf8_at(label, 0) : 0;
    bool bracket = c == 0xFF08 || c == '(';
    if (bracket)
        utf8_next(label, &i);
    for (size_t at = i; at < label.n; digits++, i = at) {
        c = utf8_next(label, &at);
        if (numeral_digit(c) <= 0 && c != 0x5341 && !point_is_any_digit(c))
            break;
    }
    size_t at = i;
    c = at < label.n ? utf8_next(label, &at) : 0;
    bool mark = bracket ? c == 0xFF09 || c == ')' : c == 0x3001 || c == '.' || c == 0xFF0E;
    bool more = at < label.n && !point_is_any_digit(utf8_at(label, at));
    return digits > 0 && mark && more ? str_sub(label, at, label.n) : label;
}

/* 单位：家、亿元 gives a column none; 单位：亿元 and 单位：亿元、% give all that are no percentage
 * one. */
static struct str table_unit(const struct table *t)
{
    static const struct str marks[] = {STR_INIT("、"), STR_INIT("，"), STR_INIT(","),
                                       STR_INIT("；"), STR_INIT("/")};
    struct str unit = t->unit;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(unit, marks[i], 0);
        if (at == STR_NONE || str_eq(marks[i], STR("/")))
            continue;
        struct str second = str_trim(str_sub(unit, at + marks[i].n, unit.n));
        bool percent = str_eq(second, STR("%")) || str_eq(second, STR("％"));
        return percent ? str_trim(str_sub(unit, 0, at)) : (struct str){0};
    }
    return unit;
}

struct facts {
    struct reading *r;
    const struct table *table;
    struct column *columns;
    uint32_t label;       /* the column of the labels */
    bool label_is_metric; /* no column names one */
    struct str metric;    /* of the title, where the labels are places or bodies; else empty */
    struct str period;
    struct str whole; /* the label that what follows 其中 is part of, or empty */
};

static bool label_names_metrics(const struct facts *f)
{
    for (uint32_t k = 0; k < f->table->columns; k++)
        if (k != f->label && f->columns[k].role != COLUMN_NONE && f->columns[k].metric.n > 0)
            return false;
    return true;
}

/* The metric that a column is of: its own, or that of the column which a 同比 stands beside; empty
 * where the labels are metrics. */
static struct str metric_of_column(const struct facts *f, uint32_t column)
{
    for (uint32_t k = column + 1; k-- > 0;)
        if (k != f->label && f->columns[k].role != COLUMN_NONE && f->columns[k].metric.n > 0)
            return f->columns[k].metric;
    return (struct str){0};
}

/* Takes whose a figure is off a label that names it with the metric: 粮食|产量, 渔业|总产值, and no
 * more of 地方财政收入. */
static struct str owner_of_label(const struct reading *r, struct str *label)
{
    struct str none = {0}, owner;
    size_t start;
    const struct lexicon *metrics = lexicons_get(r->options->lexicons, LEXICON_METRICS);
    const struct lexicon_entry *e = lexicon_match_before(metrics, *label, label->n, &start);
    if (e == NULL || start < STR("粮食").n)
        return none;
    owner = str_sub(*label, 0, start);
    const struct lexicon_entry *sector = lexicon_find(metrics, owner);
    if (!lexicon_flag(e, "product") && !str_eq(e->word, STR("播种面积")) &&
        !str_eq(e->word, STR("种植面积")) && !(sector != NULL && lexicon_flag(sector, "own")) &&
        !(str_ends(owner, STR("业")) && lexicon_flag(e, "money") && sector == NULL))
        return none;
    *label = str_sub(*label, start, label->n);
    return owner;
}

static void add_cell(const struct facts *f, uint32_t index, uint32_t row, uint32_t column,
                     struct str label, struct str row_unit)
{
    struct reading *r = f->r;
    const struct table *t = f->table;
    struct table_cell *cell = (struct table_cell *)&t->cells[row * t->columns + column];
    const struct column *c = &f->columns[column];
    struct plain plain = {0};
    struct quantity q;
    struct str unit = c->unit.n > 0 ? c->unit : c->percent ? STR("%") : row_unit;
    if (unit.n == 0 && c->role != COLUMN_RANK)
        unit = table_unit(t);
    plain_prose(r->arena, cell->text, &plain);
    if (!quantity_of_cell(r->arena, r->options->lexicons, plain.text, unit, &q))
        return;
    struct indicator *out = vector_add(r->arena, &r->indicators);
    struct reading_note note = {.class = q.class, .whole = NONE, .sentence = ++r->sentence};
    out->kind = c->role == COLUMN_CHANGE  ? INDICATOR_CHANGE
                : c->role == COLUMN_SHARE ? INDICATOR_SHARE
                : c->role == COLUMN_RANK  ? INDICATOR_RANK
                                          : INDICATOR_LEVEL;
    out->text = cell->text;
    out->value = q.value;
    out->unit = q.unit;
    out->base = q.base;
    out->base_unit = q.base_unit;
    struct str of = metric_of_column(f, column);
    if (f->metric.n > 0) {
        out->metric = f->metric;
        out->subject = label;
    } else if (of.n > 0) {
        out->metric = of;
        out->subject = label;
    } else if (f->whole.n > 0) {
        out->metric = f->whole;
        out->subject = label;
    } else {
        out->subject = owner_of_label(r, &label);
        out->metric = label;
    }
    if (c->subject.n > 0)
        out->subject = c->subject;
    if (str_eq(out->subject, STR("合计")) || str_eq(out->subject, STR("总计")))
        out->subject = (struct str){0};
    out->target = c->role == COLUMN_PLAN;
    out->metric_key = spelling_join(r->arena, r->options->lexicons, out->metric);
    out->period = c->period.n > 0 ? c->period : f->period;
    out->period_resolved = true;
    if (out->kind == INDICATOR_CHANGE && HAS_ANY(c->name, "同比"))
        out->basis = STR("同比");
    if (out->subject.n == 0)
        out->region = r->document->articles[r->article].place;
    out->rule = "table";
    out->place = cell->place;
    out->table = index;
    out->row = row;
    out->column = column;
    vector_push(r->arena, &r->notes, note);
    cell->indicator = (uint32_t)r->indicators.n - 1;
}

/* 分乡镇财政收入: what the title names, where the rows are places or bodies. */
static struct str metric_of_title(struct reading *r, const struct table *t, uint32_t label_column)
{
    struct str none = {0};
    size_t names = 0, rows = 0, start;
    for (uint32_t row = t->header_rows; row < t->rows; row++) {
        struct str label = table_clean(r->arena, t->cells[row * t->columns + label_column].text);
        if (label.n == 0 || HAS_ANY(label, "合计", "总计", "小计", "全市", "全县", "全区"))
            continue;
        rows++;
        const struct lexicon *labels = lexicons_get(r->options->lexicons, LEXICON_LABELS);
        const struct lexicon *places = lexicons_get(r->options->lexicons, LEXICON_PLACES);
        const struct lexicon_entry *head = lexicon_match_before(labels, label, label.n, &start);
        names +=
            role_is(head, "head") || lexicon_match_before(places, label, label.n, &start) != NULL;
    }
    if (rows == 0 || names < rows)
        return none;
    struct str title = t->title;
    static const struct str tails[] = {STR_INIT("情况表"), STR_INIT("统计表"), STR_INIT("一览表"),
                                       STR_INIT("情况"),   STR_INIT("表"),     STR_INIT("完成"),
                                       STR_INIT("统计")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (str_ends(title, tails[i]) && title.n > tails[i].n)
            title.n -= tails[i].n;
    const struct lexicon *metrics = lexicons_get(r->options->lexicons, LEXICON_METRICS);
    const struct lexicon_entry *e = lexicon_match_before(metrics, title, title.n, &start);
    return e == NULL ? none : str_sub(title, start, title.n);
}

/* What a row under 其中 is part of: the row before that is named by a metric. *whole is set to it,
 * or emptied by the next such row. */
static void take_whole(struct facts *f, struct str raw, struct str label, struct str *last)
{
    size_t start;
    const struct lexicon *metrics = lexicons_get(f->r->options->lexicons, LEXICON_METRICS);
    bool part = str_starts(raw, STR("其中"));
    const struct lexicon_entry *e = lexicon_match_before(metrics, label, label.n, &start);
    bool metric = e != NULL && e->word.n > STR("村").n;
    if (part && !metric)
        f->whole = *last;
    else if (metric)
        f->whole = (struct str){0};
    if (metric && !part)
        *last = label;
}

/* The period of a table: of its title, of the article's, or the year that the article reports on.
 */
static struct str period_of(struct reading *r, const struct table *t)
{
    struct str none = {0}, rest;
    struct str period = table_period(r, t->title, none, &rest);
    if (period.n == 0)
        period = table_period(r, r->document->articles[r->article].title.text, none, &rest);
    if (period.n == 0 && r->year_context != 0)
        period = str_printf(r->arena, "%d", r->year_context);
    return period;
}

static void read_row(struct facts *f, uint32_t index, uint32_t row, struct str *last)
{
    const struct table *t = f->table;
    const struct table_cell *cells = &t->cells[row * t->columns];
    struct str label = {0}, unit = {0};
    for (uint32_t k = 0; k < t->columns; k++)
        if (f->columns[k].role == COLUMN_UNIT)
            unit = table_clean(f->r->arena, cells[k].text);
    for (uint32_t k = f->label; k < t->columns; k++) {
        if (f->columns[k].role == COLUMN_LABEL) {
            struct str raw = table_clean(f->r->arena, cells[k].text), own;
            label = raw;
            own = table_take_unit(&label);
            unit = own.n > 0 ? own : unit;
            label = unnumbered(label);
            take_whole(f, raw, label, last);
        } else if (f->columns[k].role != COLUMN_UNIT && f->columns[k].role != COLUMN_NONE) {
            add_cell(f, index, row, k, label, unit);
        }
    }
    /* A rank in front of the label. */
    if (f->label > 0 && f->columns[0].role == COLUMN_RANK)
        add_cell(f, index, row, 0, label, unit);
}

void table_facts(struct reading *r, uint32_t index)
{
    const struct table *t = &r->document->tables[index];
    struct facts f = {.r = r, .table = t, .period = period_of(r, t)};
    struct str last = {0};
    f.columns = table_columns(r, t, f.period, &f.label);
    f.label_is_metric = label_names_metrics(&f);
    if (f.label_is_metric)
        f.metric = metric_of_title(r, t, f.label);
    for (uint32_t row = t->header_rows; row < t->rows; row++)
        read_row(&f, index, row, &last);
}
