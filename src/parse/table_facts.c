/* The figures of a table as indicators: what its header, its labels and its unit line say. */
#include "baolan/buffer.h"
#include "baolan/spelling.h"
#include "baolan/utf8.h"
#include "parse/grid.h"
#include "parse/phrase.h"
#include "parse/reading.h"

/* What a column holds. */
enum column_role {
    COLUMN_LABEL,
    COLUMN_UNIT,
    COLUMN_PERIOD, /* a year in its header */
    COLUMN_CHANGE,
    COLUMN_SHARE,
    COLUMN_RANK,
    COLUMN_AMOUNT, /* 绝对数: the row's label is the metric */
    COLUMN_PLAN,   /* 预算数: such an amount that is aimed at */
    COLUMN_METRIC
};

struct column {
    enum column_role role;
    struct str name; /* of a metric, without its unit */
    struct str unit;
    int year;
};

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

/* Text without spaces, ornaments of indented labels, closing colons. */
static struct str clean(struct arena *a, struct str text)
{
    struct buffer b = buffer_in(a);
    bool spaced = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (point_is_space(c) || c == '#' || c == '*' || c == 0xFF03) {
            spaced = true;
            continue;
        }
        buffer_add_point(&b, c);
    }
    return spaced ? buffer_str(&b) : text;
}

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

/* Takes （亿元） off the end of a header or label. */
static struct str take_unit(struct str *text)
{
    struct str close = str_ends(*text, STR("）")) ? STR("）") : STR(")");
    struct str open = str_ends(*text, STR("）")) ? STR("（") : STR("(");
    if (!str_ends(*text, close))
        return (struct str){0};
    size_t at = str_find_last(*text, open);
    if (at == STR_NONE)
        return (struct str){0};
    struct str unit = str_sub(*text, at + open.n, text->n - close.n);
    *text = str_trim(str_sub(*text, 0, at));
    return unit;
}

static struct column column_of(struct arena *a, const struct table *t, uint32_t index)
{
    struct buffer name = buffer_in(a);
    for (uint32_t row = 0; row < t->header_rows; row++)
        buffer_add(&name, clean(a, t->cells[row * t->columns + index].text));
    struct column c = {.role = COLUMN_METRIC, .name = buffer_str(&name)};
    c.unit = take_unit(&c.name);
    c.year = period_year(c.name);
    bool short_year = c.year >= 1949 && c.year <= 2100 && c.name.n <= STR("2022年").n;
    if (index == 0)
        c.role = COLUMN_LABEL;
    else if (str_eq(c.name, STR("单位")) || str_eq(c.name, STR("计量单位")))
        c.role = COLUMN_UNIT;
    else if (short_year)
        c.role = COLUMN_PERIOD;
    else if (HAS_ANY(c.name, "增长", "同比", "增速", "增减", "增幅", "±", "比上年"))
        c.role = COLUMN_CHANGE;
    else if (HAS_ANY(c.name, "占比", "比重", "构成", "为预算", "占预算", "完成预算", "完成年度",
                     "完成率", "占年计划", "为年计划"))
        c.role = COLUMN_SHARE;
    else if (HAS_ANY(c.name, "预算", "计划", "目标"))
        c.role = COLUMN_PLAN;
    else if (HAS_ANY(c.name, "排名", "位次", "名次"))
        c.role = COLUMN_RANK;
    else if (c.name.n == 0 ||
             HAS_ANY(c.name, "绝对", "数值", "总量", "实绩", "完成", "本年", "累计", "数量"))
        c.role = COLUMN_AMOUNT;
    return c;
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
    bool label_is_metric;
    struct str metric; /* of the title, where the labels are places or bodies; else empty */
    struct str period;
};

static bool label_names_metrics(const struct facts *f)
{
    for (uint32_t k = 1; k < f->table->columns; k++)
        if (f->columns[k].role == COLUMN_METRIC)
            return false;
    return true;
}

/* The metric column that a 同比 beside it is of. */
static const struct column *metric_left_of(const struct facts *f, uint32_t column)
{
    while (column-- > 1)
        if (f->columns[column].role == COLUMN_METRIC)
            return &f->columns[column];
    return NULL;
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
    bool relative = c->role == COLUMN_CHANGE || c->role == COLUMN_SHARE;
    relative |= str_ends(c->name, STR("%")) || str_ends(c->name, STR("％"));
    struct str unit = c->unit.n > 0 ? c->unit : relative ? STR("%") : row_unit;
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
    const struct column *of = c->role == COLUMN_METRIC ? c : metric_left_of(f, column);
    if (f->metric.n > 0) {
        out->metric = f->metric;
        out->subject = label;
    } else if (f->label_is_metric || of == NULL) {
        out->subject = owner_of_label(r, &label);
        out->metric = label;
    } else {
        out->metric = of->name;
        out->subject = label;
    }
    out->target = c->role == COLUMN_PLAN;
    out->metric_key = spelling_join(r->arena, r->options->lexicons, out->metric);
    out->period = c->role == COLUMN_PERIOD ? str_printf(r->arena, "%d", c->year) : f->period;
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
static struct str metric_of_title(struct reading *r, const struct table *t)
{
    struct str none = {0};
    size_t names = 0, rows = 0, start;
    for (uint32_t row = t->header_rows; row < t->rows; row++) {
        struct str label = clean(r->arena, t->cells[row * t->columns].text);
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

void table_facts(struct reading *r, uint32_t index)
{
    const struct table *t = &r->document->tables[index];
    struct facts f = {.r = r, .table = t};
    f.columns = arena_array(r->arena, struct column, t->columns);
    for (uint32_t k = 0; k < t->columns; k++)
        f.columns[k] = column_of(r->arena, t, k);
    f.label_is_metric = label_names_metrics(&f);
    if (f.label_is_metric)
        f.metric = metric_of_title(r, t);
    size_t at = str_find(t->title, STR("年"), 0);
    int year = at == STR_NONE || at < 4 ? 0 : period_year(str_sub(t->title, at - 4, at));
    if (year == 0)
        year = r->year_context;
    if (year != 0)
        f.period = str_printf(r->arena, "%d", year);
    for (uint32_t row = t->header_rows; row < t->rows; row++) {
        const struct table_cell *cells = &t->cells[row * t->columns];
        struct str label = clean(r->arena, cells[0].text), row_unit = take_unit(&label);
        label = unnumbered(label);
        for (uint32_t k = 1; k < t->columns; k++)
            if (f.columns[k].role == COLUMN_UNIT)
                row_unit = clean(r->arena, cells[k].text);
        for (uint32_t k = 1; k < t->columns; k++)
            if (f.columns[k].role != COLUMN_UNIT)
                add_cell(&f, index, row, k, label, row_unit);
    }
}
