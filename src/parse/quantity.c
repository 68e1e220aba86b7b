/* Quantities in prose from left to right: numerals with their units, ranges, cells of tables. */
#include "baolan/utf8.h"
#include "parse/quantity_scan.h"

bool quantity_label_is(const struct lexicon_entry *e, const char *role)
{
    return e != NULL && str_eq(e->role, str_of(role));
}

bool quantity_is_boundary(uint32_t c)
{
    switch (c) {
    case 0:
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case ')':
    case '\t':
    case '|':
    case U'。':
    case U'、':
    case U'”':
    case U'’':
    case U'》':
    case U'…':
    case U'」':
    case '(':
    case U'—':
        return true;
    default:
        return false;
    }
}

/* The qualifiers that end before q->start; moves q->before to where they begin. */
void quantity_qualifiers_before(const struct quantity_scan *s, struct quantity *q)
{
    size_t start;
    const struct lexicon_entry *e;
    q->before = q->start;
    while ((e = lexicon_match_before(s->qualifiers, s->text, q->before, &start)) != NULL &&
           start >= s->clause && str_eq(lexicon_field(e, "at"), STR("before"))) {
        if (q->qualifier.n == 0)
            q->qualifier = e->word;
        q->before = (uint32_t)start;
    }
}

void quantity_qualifier_after(const struct quantity_scan *s, struct quantity *q)
{
    size_t end;
    const struct lexicon_entry *e = lexicon_match(s->qualifiers, s->text, q->end, &end);
    q->after = q->end;
    if (e != NULL && str_eq(lexicon_field(e, "at"), STR("after"))) {
        q->after = (uint32_t)end;
        if (q->qualifier.n == 0)
            q->qualifier = e->word;
    }
}

/* A quotation mark's partner closes within this many bytes, or what it opens is speech. */
#define NAME_BYTES 48

/* Keeps clause, quote and title up to date at the mark c that ends before byte `at`. */
static void note_mark(struct quantity_scan *s, uint32_t c, size_t at)
{
    switch (c) {
    case U'“':
    case U'「':
    case U'‘': {
        struct str close = c == U'“' ? STR("”") : c == U'「' ? STR("」") : STR("’");
        struct str near = str_sub(s->text, at, at + NAME_BYTES + close.n);
        size_t end = str_find(near, close, 0);
        s->quote = STR_NONE;
        if (end != STR_NONE) {
            struct str inside = str_sub(near, 0, end);
            bool speech = str_has(inside, STR(",")) || str_has(inside, STR("。"));
            s->quote = speech ? STR_NONE : at;
            s->quote_end = at + end;
        }
        break;
    }
    case U'《': {
        size_t end = str_find(str_sub(s->text, at, at + 240), STR("》"), 0);
        if (end != STR_NONE)
            s->title_end = at + end;
        break;
    }
    case ',':
    case ';':
    case ':':
    case U'。':
    case '?':
    case '!':
    case '\t':
        s->clause = at;
        break;
    default:
        break;
    }
}

void quantity_push(struct quantity_scan *s, struct quantity q)
{
    vector_push(s->arena, s->out, q);
}

/* Where the clause begins, or what of it is near a byte: no look back costs more than this. */
size_t quantity_near(const struct quantity_scan *s, size_t at)
{
    return s->clause + 180 < at ? at - 180 : s->clause;
}

/* 三年半, 半个月. */
static void add_half(const struct quantity_scan *s, struct quantity *q)
{
    if (q->class == UNIT_TIME && q->value.scale == 0 &&
        str_starts(str_sub(s->text, q->end, s->text.n), STR("半"))) {
        q->value = (struct decimal){q->value.digits * 10 + 5, 1};
        q->end += (uint32_t)STR("半").n;
        q->base = q->value;
    }
}

/* 6角|8分, 3元|5角: what small money stands behind larger is of one amount, in yuan. */
static void add_change(const struct quantity_scan *s, struct quantity *q)
{
    static const struct {
        const char *word;
        int32_t scale;
    } coins[] = {{"角", 1}, {"毛", 1}, {"分", 2}};
    int32_t least = q->class != UNIT_MONEY || !str_eq(q->base_unit, STR("元")) ? 2
                    : str_ends(q->unit, STR("角"))                             ? 1
                    : str_eq(q->unit, STR("元"))                               ? 0
                                                                               : 2;
    struct decimal sum = decimal_reduce(q->base);
    bool any = false;
    for (size_t i = 0; i < sizeof coins / sizeof *coins && sum.scale <= least; i++) {
        struct str rest = str_sub(s->text, q->end, s->text.n);
        bool coin = coins[i].scale > least && rest.n > 0 &&
                    point_is_digit((unsigned char)rest.p[0]) &&
                    str_starts(str_sub(rest, 1, rest.n), str_of(coins[i].word));
        if (!coin)
            continue;
        while (sum.scale < coins[i].scale) {
            sum.digits *= 10;
            sum.scale++;
        }
        sum.digits += rest.p[0] - '0';
        least = coins[i].scale;
        q->end += (uint32_t)(1 + strlen(coins[i].word));
        any = true;
    }
    if (!any)
        return;
    if (str_starts(str_sub(s->text, q->end, s->text.n), STR("钱")))
        q->end += (uint32_t)STR("钱").n;
    q->value = q->base = sum;
    q->unit = STR("元");
}

/* 两个|半小时: a half between the word that counts and the unit. */
static void add_half_inside(const struct quantity_scan *s, struct quantity *q)
{
    static const struct str units[] = {STR_INIT("小时"), STR_INIT("月"), STR_INIT("星期")};
    struct str rest = str_sub(s->text, q->end, s->text.n);
    if (q->value.scale != 0 || !str_eq(q->unit, STR("个")) || !str_starts(rest, STR("半")))
        return;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!str_starts(str_sub(rest, STR("半").n, rest.n), units[i]))
            continue;
        q->value = (struct decimal){q->value.digits * 10 + 5, 1};
        q->base = q->value;
        q->unit = str_printf(s->arena, "个%.*s", STR_ARG(units[i]));
        q->base_unit = units[i];
        q->class = UNIT_TIME;
        q->classifier = false;
        q->end += (uint32_t)(STR("半").n + units[i].n);
        return;
    }
}

size_t quantity_range_joiner(struct str text, size_t at)
{
    uint32_t c = utf8_next(text, &at);
    switch (c) {
    case U'—':
    case '-': {
        size_t second = at;
        return utf8_next(text, &second) == c ? second : at;
    }
    case '~':
    case U'至':
    case U'到':
        return at;
    default:
        return 0;
    }
}

/* Reads the quantity whose numeral (sign aside) is n; false where it is none. *stop is where to go
 * on. */
static bool read_measured(struct quantity_scan *s, size_t start, size_t number,
                          const struct numeral *n, struct quantity *q, size_t *stop)
{
    struct quantity_unit u = quantity_unit_read(s, n->end);
    *stop = u.entry != NULL || u.multipliers > 0 ? u.end : n->end;
    q->start = (uint32_t)start;
    q->value = n->value;
    if (start < number && str_sub(s->text, start, number).p[0] != '+')
        q->value.digits = -q->value.digits;
    quantity_qualifiers_before(s, q);
    if (n->sequence && n->value.digits > 999)
        return false;
    if (quantity_touches_a_name(s, start, n->end, !n->han))
        return false;
    if (u.entry == NULL) {
        q->end = (uint32_t)(n->end + (u.multipliers > 0 ? u.end - n->end : 0));
        bool left_over = u.multipliers > 0 && u.inner_at < u.end && u.inner.n > 0;
        q->class = UNIT_NONE;
        if (u.multipliers > 0 && !left_over)
            q->unit = quantity_printed(s, n->end, u.end);
        quantity_set_base(q, NULL, u.multipliers > 0 ? u.power : 0);
        q->class = UNIT_NONE;
        quantity_qualifier_after(s, q);
        if (n->bare || point_is_latin(utf8_at(s->text, q->end)))
            return false;
        /* 都超100亿, 5亿和7.5亿: the multiplier stands for the unit. */
        if (u.multipliers > 0) {
            q->classifier = true;
            return !n->han || quantity_stands_alone(s, q);
        }
        return quantity_stands_alone(s, q);
    }
    q->end = (uint32_t)u.end;
    if (!quantity_unit_fits(s, &u, n, q))
        return false;
    q->unit = quantity_unit_printed(s, n->end, &u);
    if (u.inner.n > 0)
        q->qualifier = u.inner;
    else if (n->loose)
        q->qualifier = STR("几");
    quantity_set_base(q, u.entry, u.power);
    if (u.per != NULL) {
        size_t slash = str_find(q->unit, STR("/"), 0);
        struct str under = str_sub(q->unit, slash, q->unit.n);
        q->base_unit = str_printf(s->arena, "%.*s%.*s", STR_ARG(q->base_unit), STR_ARG(under));
    }
    q->classifier = lexicon_flag(u.entry, "classifier");
    q->thing = lexicon_flag(u.entry, "thing");
    add_half(s, q);
    add_half_inside(s, q);
    add_change(s, q);
    quantity_qualifier_after(s, q);
    *stop = q->after;
    if (quantity_is_way_of_speaking(s, q))
        return false;
    q->label = quantity_names_a_class(s, q, n->bare, n->han);
    return true;
}

/* The other end of 5%—8%, 1年-5年: a group of time is a name, of anything else two quantities.
 * Returns the byte after it, 0 where there is none. */
static size_t read_range_end(struct quantity_scan *s, const struct numeral *n, struct quantity *q)
{
    struct numeral second;
    struct quantity last = {0};
    size_t joined = quantity_range_joiner(s->text, q->end), after;
    if (joined == 0 || !numeral_read(s->text, joined, &second) || second.han != n->han ||
        !read_measured(s, joined, joined, &second, &last, &after) ||
        !str_eq(last.base_unit, q->base_unit) || quantity_in_name(s, q->start, last.end))
        return 0;
    bool group = last.class == UNIT_TIME || last.class == UNIT_AGE;
    q->label = last.label = group || last.label;
    q->range_first = true;
    last.before = last.start;
    quantity_push(s, *q);
    quantity_push(s, last);
    return after;
}

/* 2.16和1.66个百分点, 5.1、6.2%: the first of two numbers takes the unit of the second. False where
 * n has a unit of its own, or the second is no percentage. */
static bool share_unit(struct quantity_scan *s, size_t start, const struct numeral *n,
                       struct quantity *q)
{
    static const struct str joiners[] = {STR_INIT("、"), STR_INIT("和"), STR_INIT("与"),
                                         STR_INIT("及")};
    if (n->han || n->value.scale == 0)
        return false;
    struct str rest = str_sub(s->text, n->end, s->text.n);
    struct quantity second = {0};
    struct numeral next;
    size_t at = 0, stop;
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (str_starts(rest, joiners[i]))
            at = n->end + joiners[i].n;
    if (at == 0 || !numeral_read(s->text, at, &next) || next.han ||
        !read_measured(s, at, at, &next, &second, &stop) || second.unit.n == 0 ||
        (second.class != UNIT_POINTS && second.class != UNIT_SHARE) ||
        quantity_touches_a_name(s, start, n->end, true))
        return false;
    struct quantity_unit u = quantity_unit_read(s, next.end);
    *q = second;
    q->start = (uint32_t)start;
    q->end = q->after = (uint32_t)n->end;
    q->value = n->value;
    quantity_set_base(q, u.entry, u.power);
    q->qualifier = (struct str){0};
    quantity_qualifiers_before(s, q);
    quantity_push(s, *q);
    return true;
}

static bool is_day_mark(uint32_t c)
{
    return c == U'日' || c == U'号' || c == U'月';
}

/* A number that begins at byte i. Returns where to go on. */
static size_t read_number(struct quantity_scan *s, size_t i)
{
    size_t number = i, start = i, b = i, stop;
    struct quantity q = {0};
    struct numeral n;
    uint32_t before = utf8_previous(s->text, &b);
    /* 几十名, 数百家: no exact value. */
    if ((before == U'几' || before == U'数') && numeral_power(utf8_at(s->text, i)) != 0) {
        utf8_next(s->text, &i);
        while (i < s->text.n && numeral_power(utf8_at(s->text, i)) != 0)
            utf8_next(s->text, &i);
        return i;
    }
    /* 四五十人: between the two. */
    size_t second_at = i, third_at;
    if (numeral_digit(utf8_next(s->text, &second_at)) > 0 && second_at < s->text.n) {
        third_at = second_at;
        bool two = numeral_digit(utf8_next(s->text, &third_at)) > 0;
        if (two && third_at < s->text.n && numeral_power(utf8_at(s->text, third_at)) != 0 &&
            !point_is_digit(utf8_at(s->text, i))) {
            while (third_at < s->text.n && numeral_power(utf8_at(s->text, third_at)) != 0)
                utf8_next(s->text, &third_at);
            return third_at;
        }
    }
    if (before == '-' || before == U'负' || before == '+') {
        size_t c = b;
        uint32_t further = utf8_previous(s->text, &c);
        if (before == U'负' || (!point_is_digit(further) && !point_is_latin(further) &&
                                further != '%' && further != '-' && numeral_digit(further) < 0 &&
                                lexicon_match_before(s->units, s->text, b, NULL) == NULL))
            start = b;
    }
    if (quantity_has_label(s, i, "fixed")) {
        size_t end;
        lexicon_match(s->labels, s->text, i, &end);
        return end;
    }
    if ((stop = quantity_read_one_half(s, start)) != 0)
        return stop;
    if (quantity_read_fraction(s, number, &stop, &q)) {
        q.start = (uint32_t)start;
        q.end = (uint32_t)stop;
        if (start < number)
            q.value.digits = -q.value.digits, q.base.digits = -q.base.digits;
        quantity_qualifiers_before(s, &q);
        quantity_qualifier_after(s, &q);
        if (!quantity_in_name(s, start, stop))
            quantity_push(s, q);
        return stop;
    }
    if (!numeral_read_once(&s->numeral, s->text, number, &n)) {
        utf8_next(s->text, &i);
        while (i < s->text.n && point_is_digit((unsigned char)s->text.p[i]))
            i++;
        return i;
    }
    if ((stop = quantity_read_to_one(s, start, &n)) != 0 ||
        (stop = quantity_read_ratio(s, start, &n)) != 0)
        return stop;
    if (quantity_read_slash(s, &n, &q)) {
        q.start = q.before = (uint32_t)start;
        q.end = q.after = (uint32_t)n.end;
        quantity_push(s, q);
        return n.end;
    }
    size_t joined = quantity_range_joiner(s->text, n.end);
    struct numeral second;
    size_t least = i + 1 > n.end ? i + 1 : n.end;
    if (joined != 0 && n.multiplier == 0 && !n.bare && numeral_read(s->text, joined, &second) &&
        second.han == n.han && !quantity_in_name(s, start, second.end)) {
        struct quantity last = {0}, first;
        size_t after;
        bool fits = read_measured(s, joined, joined, &second, &last, &after) && last.unit.n > 0;
        if (fits && !quantity_touches_a_name(s, start, n.end, !n.han)) {
            first = last;
            first.qualifier = (struct str){0};
            first.start = (uint32_t)start;
            first.end = first.after = (uint32_t)n.end;
            first.value = n.value;
            struct quantity_unit u = quantity_unit_read(s, second.end);
            quantity_set_base(&first, u.entry, u.power);
            first.range_first = true;
            quantity_qualifiers_before(s, &first);
            last.before = last.start;
            /* Groups of age and time are names: 20-49岁, 0-3岁家庭教育. */
            bool group = last.label || last.class == UNIT_AGE || last.class == UNIT_TIME ||
                         utf8_at(s->text, last.after) == U'的';
            first.label = last.label = group && last.class != UNIT_SHARE;
            quantity_push(s, first);
            quantity_push(s, last);
        }
        return after > joined ? after : joined + 1;
    }
    if (share_unit(s, start, &n, &q))
        return n.end;
    bool found = read_measured(s, start, number, &n, &q, &stop);
    size_t after = found ? read_range_end(s, &n, &q) : 0;
    if (after != 0)
        return after;
    if (found && is_day_mark(utf8_at(s->text, n.end)))
        found = false;
    if (found && !q.label && quantity_in_name(s, start, q.end))
        found = false;
    if (found && q.class == UNIT_NONE && quantity_has_label(s, q.end, "number"))
        found = false;
    if (found)
        quantity_push(s, q);
    return stop > least ? stop : least;
}

static bool in_time(struct quantity_scan *s, size_t i, size_t *end)
{
    while (s->next_time < s->times->n && s->times->at[s->next_time].end <= i)
        s->next_time++;
    if (s->next_time >= s->times->n || s->times->at[s->next_time].start > i)
        return false;
    *end = s->times->at[s->next_time].end;
    return true;
}

static struct quantity_scan scan_of(struct arena *a, const struct lexicons *lexicons,
                                    struct str text, const struct times *times,
                                    struct quantities *out)
{
    struct quantity_scan s = {
        .arena = a, .text = text, .times = times, .out = out, .quote = STR_NONE};
    s.units = lexicons_get(lexicons, LEXICON_UNITS);
    s.qualifiers = lexicons_get(lexicons, LEXICON_QUALIFIERS);
    s.labels = lexicons_get(lexicons, LEXICON_LABELS);
    s.verbs = lexicons_get(lexicons, LEXICON_VERBS);
    s.changes = lexicons_get(lexicons, LEXICON_CHANGES);
    return s;
}

/* 半个月, 半成. */
static size_t read_half(struct quantity_scan *s, size_t i)
{
    struct numeral n = {.value = {5, 1}, .end = i + STR("半").n, .han = true};
    struct quantity q = {0};
    size_t stop;
    size_t end;
    const struct lexicon_entry *e = quantity_unit_match(s, n.end, &end);
    if (e != NULL && (str_eq(e->word, STR("个月")) || str_eq(e->word, STR("成"))) &&
        read_measured(s, i, i, &n, &q, &stop))
        quantity_push(s, q);
    return n.end;
}

void quantities_scan(struct arena *a, const struct lexicons *lexicons, const struct plain *f,
                     struct str prose, const struct times *times, struct quantities *out)
{
    struct quantity_scan s = scan_of(a, lexicons, f->text, times, out);
    s.plain = f;
    s.prose = prose;
    for (size_t i = 0, k = 0; k < times->starts.n; k++) {
        if (times->starts.at[k].at < i)
            continue;
        i = times->starts.at[k].at;
        size_t end;
        uint32_t c = times->starts.at[k].point;
        bool numeral = numeral_may_be(c) && (numeral_digit(c) >= 0 || numeral_power(c) != 0);
        if (point_is_digit(c) || numeral) {
            i = in_time(&s, i, &end) ? end : read_number(&s, i);
        } else if (c != U'半' && quantity_may_begin(c)) {
            bool rank = c == U'第' || c == U'前' || quantity_first_place(f->text, i) != 0;
            i = in_time(&s, i, &end) ? end : rank ? quantity_read_rank(&s, i) : i + 1;
        } else if (c == U'半') {
            i = read_half(&s, i);
        } else {
            note_mark(&s, c, i + (c < 0x80 ? 1 : STR("。").n));
            i++;
        }
    }
}

bool quantity_of_cell(struct arena *a, const struct lexicons *lexicons, struct str cell,
                      struct str unit, struct quantity *out)
{
    struct quantities none = {0};
    struct times times = {0};
    size_t at = 0;
    bool negative = cell.n > 0 && (cell.p[0] == '-' || cell.p[0] == '+');
    struct numeral n;
    at += negative;
    if (at >= cell.n || !point_is_digit((unsigned char)cell.p[at]) || !numeral_read(cell, at, &n))
        return false;
    struct quantity_scan s = scan_of(a, lexicons, cell, &times, &none);
    struct quantity_unit u = quantity_unit_read(&s, n.end);
    size_t end = u.entry != NULL || u.multipliers > 0 ? u.end : n.end;
    if (end != cell.n)
        return false;
    *out = (struct quantity){.end = (uint32_t)end, .after = (uint32_t)end, .class = UNIT_NONE};
    out->value = n.value;
    if (negative && cell.p[0] == '-')
        out->value.digits = -out->value.digits;
    out->unit = str_sub(cell, n.end, end);
    if (out->unit.n == 0 && unit.n > 0) {
        s.text = unit;
        u = quantity_unit_read(&s, 0);
        out->unit = unit;
    }
    quantity_set_base(out, u.entry, u.power);
    return true;
}
