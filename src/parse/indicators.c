/* Indicators out of prose: a paragraph's quantities, each with what it measures. */
#include "baolan/parse.h"
#include "baolan/spelling.h"
#include "baolan/utf8.h"
#include "parse/phrase.h"
#include "parse/reading.h"

/* 本报2018年1月22日讯: the day a piece is dated. */
static struct date dateline_of(const struct reading *r)
{
    struct date none = {0};
    for (size_t i = 0; i < r->times.n; i++) {
        const struct time_phrase *t = &r->times.at[i];
        struct str after = str_sub(r->plain.text, t->end, t->end + 3);
        bool said = str_eq(after, STR("讯")) || str_eq(after, STR("电"));
        if (said && t->from.year != 0 && !t->range)
            return (struct date){t->from.year,
                                 (uint8_t)(t->from.grain >= GRAIN_MONTH ? t->from.month : 0),
                                 (uint8_t)(t->from.grain == GRAIN_DAY ? t->from.day : 0)};
    }
    return none;
}

/* Where the text begins after 本报讯, 本报2018年1月22日讯. */
static size_t dateline_end(const struct reading *r)
{
    struct str head = str_sub(r->plain.text, 0, 90);
    for (size_t i = 0; i < r->times.n && r->times.at[i].end < head.n; i++)
        if (figure_time_is_dateline(r, &r->times.at[i]))
            return r->times.at[i].end + STR("讯").n;
    size_t at = str_find(head, STR("本报讯"), 0);
    if (at == STR_NONE)
        return 0;
    at += STR("本报讯").n;
    /* 本报讯(记者 某某) */
    struct str after = str_sub(r->plain.text, at, at + 120);
    size_t close = str_starts(after, STR("(")) ? str_find(after, STR(")"), 0) : STR_NONE;
    return close == STR_NONE ? at : at + close + STR(")").n;
}

/* Marks that end a clause. */
static bool ends_clause(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == '?' || c == '!' || c == U'。' || c == '\t' ||
           c == '|';
}

static bool ends_sentence(uint32_t c)
{
    return c == U'。' || c == '!' || c == '?' || c == '\t' || c == '|';
}

/* The byte after brackets that open at byte i and hold no quantity: (GDP，下同) ends no clause. i
 * where none do. */
static size_t past_brackets(const struct reading *r, size_t i, size_t next_quantity)
{
    struct str text = str_sub(r->plain.text, i, i + STR("（营收、利润、税收等口径，下同）").n);
    size_t close = str_starts(text, STR("(")) ? str_find(text, STR(")"), 0) : STR_NONE;
    if (close == STR_NONE ||
        (next_quantity < r->quantities.n && r->quantities.at[next_quantity].start < i + close))
        return i;
    return i + close + STR(")").n;
}

/* 预计 in what a report says of the years before its own: reckoned before the year was over. */
static bool is_estimate(const struct reading *r)
{
    return section_is_past(r) &&
           str_starts(str_sub(r->plain.text, r->target.word, r->plain.text.n), STR("预计"));
}

/* 全市现有志愿者3200名, 试点以来违停量下降46%: told amid what is asked for, and no part of it. */
static bool is_so_already(const struct reading *r)
{
    const struct time_phrase *t = r->period >= 0 ? &r->times.at[r->period] : NULL;
    return r->held || (t != NULL && t->open && t->start >= r->sentence_start);
}

/* 争取中央资金140.3亿元, 实施参保计划，参保率稳定在95% in what a report says of the years before
 * its own: these words are of what was done. */
static bool is_done(const struct reading *r, const struct indicator *out)
{
    static const struct str words[] = {STR_INIT("争取"), STR_INIT("计划"), STR_INIT("确保"),
                                       STR_INIT("预期"), STR_INIT("建议"), STR_INIT("规划")};
    struct str word = str_sub(r->plain.text, r->target.word, r->plain.text.n);
    if (!section_is_past(r) || r->target.after > 0 ||
        (out->period_resolved && period_last_year(out->period) >= r->now.year))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(word, words[i]))
            return true;
    return false;
}

/* The period of a figure that is planned, where the one at hand is over: of the section's year
 * below a heading of what is to be done (建设“十四五”批复的6个基地), else none, unless the year is
 * said: 2024年，预计全年增长6%. */
static void set_planned_time(struct reading *r, const struct quantity *q, struct indicator *out)
{
    if (!out->period_resolved || r->now.year == 0 || out->period.n == 0 ||
        period_last_year(out->period) >= r->now.year || is_estimate(r))
        return;
    bool planned = section_is_planned(r), said = false;
    for (size_t i = 0; !planned && i < r->times.n && r->times.at[i].start < q->start; i++)
        said |=
            r->times.at[i].from.year != 0 && r->times.at[i].from.year == period_year(out->period);
    if (planned)
        out->period = r->heading_period;
    else if (!said)
        out->period = (struct str){0};
}

/* 集中开工项目90个，总投资82亿元; 新建住房200套，建筑面积1万平方米: of those just counted, and of
 * their time. */
static bool is_of_counted(const struct reading *r, const struct quantity *q,
                          const struct indicator *made)
{
    static const struct str sums[] = {STR_INIT("总投资"), STR_INIT("建筑面积")};
    static const struct str counted[] = {STR_INIT("项目"), STR_INIT("企业"), STR_INIT("房")};
    const struct reading_note *note = r->notes.n > 0 ? &vector_last(&r->notes) : NULL;
    if (note == NULL || note->sentence != r->sentence || !note->counted ||
        str_starts(str_sub(r->plain.text, q->after, r->plain.text.n), STR("的")))
        return false;
    bool sum = false;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        sum |= str_ends(made->metric, sums[i]) || str_eq(made->metric_key, sums[i]);
    const struct indicator *before = &r->indicators.at[r->notes.n - 1];
    for (size_t i = 0; sum && i < sizeof counted / sizeof *counted; i++)
        if (str_ends(before->metric, counted[i]))
            return true;
    return false;
}

static void add_indicator(struct reading *r, const struct quantity *q,
                          const struct attachment *made)
{
    struct indicator *out = vector_add(r->arena, &r->indicators);
    struct reading_note note = {.class = q->class,
                                .share_of_whole = made->share_of_whole,
                                .whole_of_time = made->fixed,
                                .counted = q->classifier || q->class == UNIT_PEOPLE,
                                .whole = NONE,
                                .sentence = r->sentence};
    out->text = plain_printed(r->arena, &r->plain, r->at->prose.text, q->start, q->end);
    out->value = q->value;
    out->unit = q->unit;
    out->base = q->base;
    out->base_unit = q->base_unit;
    out->kind = made->kind;
    if (made->kind == INDICATOR_CHANGE && made->sign < 0 && out->value.digits > 0) {
        out->value.digits = -out->value.digits;
        out->base.digits = -out->base.digits;
    }
    out->metric = made->metric;
    out->metric_key = spelling_join(r->arena, r->options->lexicons, made->metric);
    out->subject = made->subject;
    out->basis = made->basis;
    out->qualifier = str_dup(r->arena, q->qualifier);
    out->rule = made->rule;
    out->table = NONE;
    /* 由88%提高到95%: where it stands is no aim. */
    bool from = figure_time_is_from(r, q) || target_is_existing(r, q);
    out->target = target_at(r, &r->target, q->start) && !from;
    bool fixed = made->fixed && !is_of_counted(r, q, out);
    figure_time_set(r, q, out, fixed);
    if (out->target && is_done(r, out))
        out->target = false;
    bool so = is_so_already(r);
    if (so && r->target.word < r->clause_start)
        out->target = false;
    if (r->advice && !fixed && !from && !r->target.done && !so)
        out->target = true;
    /* What is put into a project is no aim unless its own clause says so. */
    if (fixed && str_eq(out->metric_key, STR("总投资")))
        out->target &= r->target.planned && r->target.word >= r->clause_start;
    if (out->target)
        set_planned_time(r, q, out);
    /* 到2025年: what is said to be so by then; a page may also hold news of a later year. */
    bool until = r->period >= 0 && r->times.at[r->period].until;
    if (until && out->period_resolved && r->now.year != 0 && period_year(out->period) > r->now.year)
        out->target = true;
    out->place = place_in(r->article, r->paragraph, r->plain.at[q->start], r->plain.at[q->end]);
    vector_push(r->arena, &r->notes, note);
}

static bool is_list_intro(const struct reading *r, struct stretch clause)
{
    const struct lexicon *labels = lexicons_get(r->options->lexicons, LEXICON_LABELS);
    return role_is(lexicon_match_before(labels, r->plain.text, clause.end, NULL), "list");
}

/* One clause: its times move the period on, its quantities become indicators. */
static void read_clause(struct reading *r, struct stretch clause, bool first_clause,
                        size_t *next_quantity, size_t *next_time)
{
    size_t first = *next_quantity, last = first;
    while (last < r->quantities.n && r->quantities.at[last].start < clause.end)
        last++;
    *next_quantity = last;
    bool any = false;
    for (size_t k = first; k < last; k++)
        any |= !r->quantities.at[k].label;
    r->clause_start = clause.start;
    if (any) {
        while (r->made.n < last - first)
            (void)vector_add(r->arena, &r->made);
        attach_clause(&r->attacher, clause, first, last, r->made.at);
    } else if (last < r->quantities.n) {
        attach_note_clause(&r->attacher, clause);
    }
    for (size_t k = first; k <= last; k++) {
        size_t until = k < last ? r->quantities.at[k].start : clause.end;
        while (*next_time < r->times.n && r->times.at[*next_time].start < until) {
            if (k < last || !any || r->times.at[*next_time].now)
                figure_time_take(r, *next_time, clause, any, first_clause);
            (*next_time)++;
        }
        if (k < last && !r->quantities.at[k].label) {
            add_indicator(r, &r->quantities.at[k], &r->made.at[k - first]);
            struct indicator *made = &vector_last(&r->indicators);
            figure_time_note(r, made);
            /* A holiday ends with its sentence. */
            bool aside = r->period >= 0 && r->times.at[r->period].holiday && r->inherited.n > 0;
            if (made->period.n > 0 && r->period >= 0 && !aside && !r->of_event && !r->own &&
                !figure_time_is_passing(r) && !figure_time_is_visit(r)) {
                r->inherited = made->period;
                r->inherited_resolved = made->period_resolved;
                r->inherited_until = r->times.at[r->period].until;
                r->inherited_open = r->times.at[r->period].open && !r->times.at[r->period].range;
            }
        }
    }
}

static void read_paragraph(struct reading *r)
{
    struct str text = r->plain.text;
    size_t next_quantity = 0, next_time = 0;
    size_t start = dateline_end(r);
    struct stretch sentence = {start, start};
    bool first_clause = true;
    r->period = r->opening = TIME_INHERITED;
    r->base_period = TIME_INHERITED;
    r->own_time = TIME_NONE;
    r->target = (struct target_scan){0};
    r->list_before = (struct str){0};
    r->list_before_resolved = true;
    /* Sentences are found ahead so that a clause knows where its own ends. */
    for (size_t i = start, quantity = 0; i <= text.n;) {
        utf8_skip_han(text, &i);
        size_t at = i;
        uint32_t c = i < text.n ? utf8_next(text, &at) : U'。';
        /* Commas of 1,234 and points of ratios stand inside quantities. */
        while (quantity < r->quantities.n && r->quantities.at[quantity].end <= i)
            quantity++;
        size_t past = c == '(' ? past_brackets(r, i, quantity) : i;
        if (past > i) {
            i = past;
            continue;
        }
        /* 3.6:54.5:41.9 is one ratio. */
        bool ratio = c == ':' && quantity > 0 && quantity < r->quantities.n &&
                     r->quantities.at[quantity - 1].end == i &&
                     r->quantities.at[quantity].start == at && at < text.n;
        bool inside =
            ratio || (quantity < r->quantities.n && r->quantities.at[quantity].start <= i);
        if (!ends_clause(c) || (inside && i < text.n)) {
            i = i < text.n ? at : text.n + 1;
            continue;
        }
        struct stretch clause = {start, i};
        sentence.end = i;
        if (first_clause) {
            figure_time_begin_sentence(r, sentence.start);
            attach_begin_sentence(&r->attacher, sentence);
            target_begin(r, &r->target, sentence.start);
            r->sentence++;
        }
        read_clause(r, clause, first_clause, &next_quantity, &next_time);
        first_clause = first_clause && stretch_is_empty(phrase_trim_front(&r->attacher, clause));
        if (c == ':' && is_list_intro(r, clause)) {
            r->list_period = r->inherited;
            r->list_resolved = r->inherited_resolved;
            r->list_heading = r->at->heading;
        }
        if (c == ';') {
            r->period = r->base_period;
            attach_begin_part(&r->attacher);
        }
        if (ends_sentence(c)) {
            figure_time_end_sentence(r, at);
            /* What is asked for may begin in a sentence without a figure. */
            if (str_has(str_sub(text, sentence.start, i), STR("建议")))
                (void)target_at(r, &r->target, i);
            r->period = r->base_period = TIME_INHERITED;
            first_clause = true;
            sentence.start = at;
        }
        start = at;
        i = i < text.n ? at : text.n + 1;
    }
}

static bool heading_is_advice(const struct reading *r, uint32_t heading)
{
    const struct article *article = &r->document->articles[r->article];
    const struct lexicon *labels = lexicons_get(r->options->lexicons, LEXICON_LABELS);
    for (; heading != NONE && heading < article->n_headings;
         heading = article->headings[heading].parent) {
        struct str text = article->headings[heading].prose.text;
        if (str_eq(str_trim(text), STR("办法")))
            return true;
        for (size_t i = 0; utf8_skip_han_outside(text, &i, labels->forward.begins), i < text.n;) {
            if (role_is(lexicon_match(labels, text, i, NULL), "advice"))
                return true;
            utf8_next(text, &i);
        }
    }
    return false;
}

/* True where heading stands below (or is) the one that opened a list. */
static bool is_below(const struct article *article, uint32_t heading, uint32_t above)
{
    for (; heading != NONE && heading < article->n_headings;
         heading = article->headings[heading].parent)
        if (heading == above)
            return true;
    return above == NONE && heading == NONE;
}

/* 为此，建议：: what stands below it is asked for. */
static bool asks(const struct paragraph *p)
{
    struct str text = str_trim(p->prose.text);
    static const struct str ends[] = {STR_INIT("建议："), STR_INIT("建议:"), STR_INIT("建议如下："),
                                      STR_INIT("建议如下:")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(text, ends[i]))
            return true;
    return false;
}

/* 一是…, 第二，…: an item of a list. */
static bool is_item(const struct paragraph *p)
{
    struct str text = str_trim(p->prose.text);
    size_t at = 0;
    uint32_t c = utf8_next(text, &at);
    if (c == U'第' || c == U'（' || c == '(')
        c = utf8_next(text, &at);
    if (c == U'首' || c == U'其')
        return true;
    return (numeral_digit(c) > 0 || c == U'十') && at < text.n &&
           !point_is_any_digit(utf8_at(text, at));
}

/* 其中…, 分行业看…, 从内容看…: a paragraph that tells of parts of what was said in the one before.
 */
static bool goes_on(struct str text)
{
    struct str head = str_sub(text, 0, STR("分登记注册类型看").n);
    return str_starts(text, STR("其中")) ||
           ((str_starts(text, STR("分")) || str_starts(text, STR("从"))) &&
            str_has(head, STR("看")));
}

static void begin_paragraph(struct reading *r)
{
    const struct article *article = &r->document->articles[r->article];
    const struct paragraph *p = &article->paragraphs[r->paragraph];
    r->at = p;
    r->times.n = r->quantities.n = 0;
    plain_prose(r->arena, p->prose.text, &r->plain);
    times_scan(r->arena, r->options->lexicons, &r->plain, &r->times);
    quantities_scan(r->arena, r->options->lexicons, &r->plain, p->prose.text, &r->times,
                    &r->quantities);
    if (r->now.year == 0)
        r->now = dateline_of(r);
    /* In a report 五年来 counts the year that it ends with. */
    for (size_t i = 0; i < r->times.n && r->reports; i++)
        if (r->times.at[i].span)
            r->times.at[i].from.offset++;
    attach_begin(&r->attacher, &r->plain, p->prose.text, &r->times, &r->quantities);
    if (p->heading != NONE && p->heading < article->n_headings)
        attach_heading(&r->attacher, article->headings[p->heading].prose.text);
    if (!goes_on(str_trim(p->prose.text))) {
        r->inherited = (struct str){0};
        r->inherited_resolved = true;
    }
    if (r->list_period.n > 0 && is_below(article, p->heading, r->list_heading)) {
        r->inherited = r->list_period;
        r->inherited_resolved = r->list_resolved;
    }
    r->heading_period = section_time_of(r, p);
    bool dated = r->reports && r->section.heading != NONE;
    r->advice = r->asked || (dated ? section_is_planned(r) : heading_is_advice(r, p->heading));
    figure_time_begin_paragraph(r);
}

/* The table whose first row is the paragraph at hand. */
static void read_table_here(struct reading *r)
{
    const struct document *d = r->document;
    if (r->next_table >= d->n_tables)
        return;
    const struct place *place = &d->tables[r->next_table].place;
    if (place->article == r->article && place->paragraph == r->paragraph)
        table_facts(r, r->next_table++);
}

/* What somebody went to see (调研报告) does not look back over a year. */
static bool is_work_report(struct str title)
{
    static const struct str studies[] = {STR_INIT("调研"), STR_INIT("调查"), STR_INIT("考察"),
                                         STR_INIT("视察")};
    for (size_t i = 0; i < sizeof studies / sizeof *studies; i++)
        if (str_has(title, studies[i]))
            return false;
    return str_has(title, STR("报告"));
}

static void read_article(struct reading *r)
{
    const struct article *article = &r->document->articles[r->article];
    r->now = article->date;
    if (r->now.year != article->year)
        r->now = (struct date){(int16_t)article->year, 0, 0};
    r->list_period = (struct str){0};
    r->list_heading = NONE;
    r->year_context = 0;
    r->year_of_part = 0;
    r->reported = (struct str){0};
    r->reported_month = false;
    r->n_compared = 0;
    r->running = r->survey = (struct str){0};
    r->reports = r->asked = false;
    if (str_has(article->title.text, STR("公报")))
        r->year_context = year_of(article->title.text);
    else if (is_work_report(article->title.text) && article->year != 0) {
        r->year_context = (int16_t)(article->year - 1);
        r->reports = true;
    }
    section_time_begin(r, article->title.text);
    r->attacher.report = r->reports || str_ends(article->title.text, STR("工作报告"));
    r->article_first = r->indicators.n;
    bool asked_before = false;
    uint32_t asked_under = NONE;
    for (r->paragraph = 0; r->paragraph < article->n_paragraphs; r->paragraph++) {
        const struct paragraph *p = &article->paragraphs[r->paragraph];
        read_table_here(r);
        bool below = p->heading != asked_under && is_below(article, p->heading, asked_under);
        r->asked = asked_before || (r->asked && (is_item(p) || below));
        asked_before = asks(p);
        if (asked_before)
            asked_under = p->heading;
        if (p->kind == PARAGRAPH_TABLE_ROW || p->prose.text.n == 0)
            continue;
        begin_paragraph(r);
        if (r->quantities.n == 0) {
            /* 五年来，我们取得新成就。: a paragraph without a figure may say which years come next.
             */
            if (r->reports)
                section_time_end(r);
            continue;
        }
        size_t first = r->indicators.n;
        read_paragraph(r);
        section_time_end(r);
        breakdown_resolve(r, first);
    }
    breakdown_tables(r);
}

void parse_indicators(struct document *d, const struct parse_options *o)
{
    struct reading reading = {.document = d, .options = o, .arena = d->arena}, *r = &reading;
    r->attacher.arena = d->arena;
    r->attacher.lexicons = o->lexicons;
    attach_open(&r->attacher);
    for (uint32_t i = 0; i < d->n_tables; i++)
        vector_push(d->arena, &r->tables, d->tables[i]);
    for (r->article = 0; r->article < d->n_articles; r->article++)
        read_article(r);
    d->indicators = r->indicators.at;
    d->n_indicators = (uint32_t)r->indicators.n;
    d->tables = r->tables.at;
    d->n_tables = (uint32_t)r->tables.n;
}
