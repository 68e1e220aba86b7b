#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/quantity_scan.h"

bool quantity_label_is(const struct lexicon_entry *e, const char *role)
{
    return e != NULL && str_eq(e->role, str_of(role));
}

/* True where a word of this role stands at byte i. */
static bool has_label(const struct quantity_scan *s, size_t i, const char *role)
{
    return quantity_label_is(lexicon_match(s->labels, s->text, i, NULL), role);
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

static enum unit_class class_named(struct str name)
{
    static const char *const names[] = {
#define X(id, text) text,
        UNIT_CLASS_TABLE(X)
#undef X
    };
    for (size_t i = 0; i < UNIT_CLASS_COUNT; i++)
        if (str_eq(name, str_of(names[i])))
            return (enum unit_class)i;
    return UNIT_COUNT;
}

/* A unit as it stands behind a numeral. */
struct unit {
    size_t multipliers; /* bytes of 十百千万亿 in front */
    size_t end;
    int32_t power; /* of those */
    const struct lexicon_entry *entry;
    const struct lexicon_entry *per; /* the unit under `/` */
    struct str inner;                /* 多, 余 between numeral and unit */
    size_t inner_at;
};

/* 多, 余, 来, 几 inside a quantity. */
static bool take_inner(const struct quantity_scan *s, size_t *i, struct unit *u)
{
    size_t at = *i;
    uint32_t c = utf8_next(s->text, &at);
    if (c != U'多' && c != U'余' && c != U'来' && c != U'几')
        return false;
    u->inner = str_sub(s->text, *i, at);
    u->inner_at = *i;
    *i = at;
    return true;
}

static const struct lexicon_entry *match_unit(const struct quantity_scan *s, size_t at, size_t *end)
{
    const struct lexicon_entry *e = lexicon_match(s->units, s->text, at, end);
    /* Latin units end where the Latin letters end: 5 m in 5 months is none. */
    if (e != NULL && point_is_latin((unsigned char)e->word.p[e->word.n - 1]) && *end < s->text.n &&
        (point_is_latin((unsigned char)s->text.p[*end]) ||
         point_is_digit((unsigned char)s->text.p[*end])))
        return NULL;
    if (e != NULL && lexicon_flag(e, "end") && point_is_han(utf8_at(s->text, *end)))
        return lexicon_match(s->units, str_sub(s->text, 0, *end - 1), at, end);
    return e;
}

/* [多余来几] [十百千万亿]* [多余来] unit [/unit]; entry is NULL where no unit follows. */
static struct unit read_unit(const struct quantity_scan *s, size_t at)
{
    struct unit u = {.end = at};
    size_t i = at;
    if (i + 1 < s->text.n && s->text.p[i] == ' ' && point_is_latin((unsigned char)s->text.p[i + 1]))
        i++;
    take_inner(s, &i, &u);
    for (;;) {
        size_t end;
        u.entry = match_unit(s, i, &end);
        if (u.entry != NULL) {
            u.end = end;
            break;
        }
        size_t next = i;
        int power = numeral_power(utf8_next(s->text, &next));
        if (power == 0)
            break;
        u.power += power;
        u.multipliers += next - i;
        u.end = i = next;
        if (u.inner.n == 0)
            take_inner(s, &i, &u);
    }
    size_t per = u.end;
    if (u.entry != NULL && per < s->text.n && s->text.p[per] == '/') {
        size_t end;
        u.per = match_unit(s, per + 1, &end);
        if (u.per == NULL && str_starts(str_sub(s->text, per + 1, s->text.n), STR("月"))) {
            u.per = u.entry;
            end = per + 1 + STR("月").n;
        }
        if (u.per != NULL)
            u.end = end;
    }
    return u;
}

/* What is printed at bytes [start, end) of the plain text. */
static struct str printed(const struct quantity_scan *s, size_t start, size_t end)
{
    return s->plain == NULL ? str_dup(s->arena, str_sub(s->text, start, end))
                            : plain_printed(s->arena, s->plain, s->prose, start, end);
}

/* The unit without 多 and 余, as printed. */
static struct str unit_printed(const struct quantity_scan *s, size_t from, const struct unit *u)
{
    if (u->inner.n == 0 || u->inner_at >= u->end)
        return str_trim(printed(s, from, u->end));
    struct buffer b = buffer_in(s->arena);
    buffer_add(&b, printed(s, from, u->inner_at));
    buffer_add(&b, printed(s, u->inner_at + u->inner.n, u->end));
    return str_trim(buffer_str(&b));
}

static void set_base(struct quantity *q, const struct lexicon_entry *entry, int32_t power)
{
    struct decimal factor = {1, 0};
    struct str base = entry == NULL ? (struct str){0} : lexicon_field(entry, "base");
    if (entry != NULL)
        decimal_parse(lexicon_field(entry, "factor"), &factor);
    if (factor.digits == 0)
        factor = (struct decimal){1, 0};
    factor.scale -= power;
    q->base = decimal_multiply(q->value, factor);
    q->base_unit = base.n > 0 || entry == NULL ? base : entry->word;
    if (entry != NULL)
        q->class = class_named(lexicon_field(entry, "class"));
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

static void read_qualifier_after(const struct quantity_scan *s, struct quantity *q)
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

/* 连续三年, 工期两年: a word before says that what follows lasts. */
static bool is_said_to_last(const struct quantity_scan *s, const struct quantity *q)
{
    size_t start;
    const struct lexicon_entry *e = lexicon_match_before(s->verbs, s->text, q->before, &start);
    return q->before < q->start || (e != NULL && start >= s->clause && lexicon_flag(e, "lasting"));
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

/* Numbers that touch letters, signs of sums, telephone numbers, versions. */
static bool touches_a_name(const struct quantity_scan *s, size_t start, size_t end, bool ascii)
{
    size_t b = start;
    uint32_t before = utf8_previous(s->text, &b), after = utf8_at(s->text, end);
    if (before == '+' || after == '+' || before == '@' || before == '#' || before == '_' ||
        before == '=' || before == '$')
        return true;
    if (!ascii)
        return false;
    if (point_is_latin(before) || before == '.' || point_is_digit(before))
        return true;
    if (before == '/' || after == '.')
        return after != '.' || point_is_digit(utf8_at(s->text, end + 1)) ||
               point_is_latin(utf8_at(s->text, end + 1));
    return false;
}

bool quantity_in_name(const struct quantity_scan *s, size_t start, size_t end)
{
    return start < s->title_end || (s->quote != STR_NONE && start >= s->quote &&
                                    start < s->quote_end && end <= s->quote_end);
}

/* A count of speech: 三个方面, 两个维护. */
static bool is_rhetoric(const struct quantity_scan *s, const struct quantity *q)
{
    struct decimal ten = {12, 0};
    return q->classifier && decimal_compare(q->value, ten) <= 0 && has_label(s, q->end, "rhetoric");
}

/* 年产3万吨零部件项目: the number belongs to the project's name. */
static bool names_a_project(const struct quantity_scan *s, const struct quantity *q)
{
    struct str before = str_sub(s->text, quantity_near(s, q->before), q->before);
    static const char *const yearly[] = {"年产", "年加工", "年处理", "日处理",
                                         "日产", "年屠宰", "年出栏"};
    bool capacity = false;
    for (size_t i = 0; i < sizeof yearly / sizeof *yearly; i++)
        capacity |= str_ends(before, str_of(yearly[i]));
    if (!capacity)
        return false;
    for (size_t i = q->after;
         i < s->text.n && i < q->after + STR("新能源汽车电机铝合金零部件生产线建设项目").n;) {
        if (str_starts(str_sub(s->text, i, s->text.n), STR("项目")))
            return true;
        uint32_t c = utf8_next(s->text, &i);
        if (quantity_is_boundary(c) && c != U'、')
            return false;
    }
    return false;
}

/* True where what follows names a thing that the quantity describes: 19岁以下14387人, 50亿元以上的
 * 项目, 亿元以上企业, 超过5家的行业. */
static bool names_a_class(const struct quantity_scan *s, const struct quantity *q, bool bare,
                          bool han)
{
    uint32_t next = utf8_at(s->text, q->after);
    bool share = q->class == UNIT_SHARE || q->class == UNIT_POINTS;
    bool tail = q->after > q->end;
    bool noun = point_is_han(next) && next != U'的' &&
                lexicon_match(s->verbs, s->text, q->after, NULL) == NULL &&
                lexicon_match(s->changes, s->text, q->after, NULL) == NULL;
    bool of = next == U'的';
    if (share)
        return false;
    if (tail && (noun || of || point_is_digit(next)))
        return !str_ends(str_sub(s->text, q->end, q->after), STR("左右")) || point_is_digit(next);
    if (bare && (noun || of || q->before == q->start))
        return true;
    if (noun && names_a_project(s, q))
        return true;
    /* 100兆瓦级储能, 330千伏线路 name what they describe. */
    if (next == U'级' || (noun && str_ends(q->unit, STR("千伏"))))
        return true;
    if (q->class == UNIT_AGE || q->class == UNIT_TIME) {
        if (point_is_digit(next))
            return true;
        if (next == U'大' && !tail)
            return false;
        if (q->class == UNIT_TIME && (noun || of || han) && !is_said_to_last(s, q) &&
            !(han && quantity_is_boundary(next)))
            return true;
    }
    size_t start;
    const struct lexicon_entry *e = lexicon_match_before(s->qualifiers, s->text, q->start, &start);
    return of && e != NULL && lexicon_flag(e, "compare");
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

/* True where a unitless number is one all the same: 指数达114.29, 占比12.9, 大于1. */
static bool stands_alone(const struct quantity_scan *s, const struct quantity *q)
{
    struct str clause = str_sub(s->text, quantity_near(s, q->before), q->before);
    size_t start;
    if (!quantity_is_boundary(utf8_at(s->text, q->after)) && utf8_at(s->text, q->after) != U'的' &&
        lexicon_match(s->verbs, s->text, q->after, NULL) == NULL &&
        lexicon_match(s->changes, s->text, q->after, NULL) == NULL)
        return false;
    const struct lexicon_entry *verb = lexicon_match_before(s->verbs, s->text, q->before, &start);
    if (verb != NULL && str_eq(lexicon_field(verb, "role"), STR("share")))
        return true;
    static const char *const heads[] = {"指数", "系数", "得分", "比值", "总分", "高度"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_has(clause, str_of(heads[i])))
            return true;
    return false;
}

/* Seconds are scores only beside what is scored: 满意度94.9分. */
static bool is_score(const struct quantity_scan *s, const struct quantity *q)
{
    static const char *const heads[] = {"指数", "得分", "满意度", "评分", "总分",
                                        "分数", "高分", "成绩",   "考核", "测评"};
    struct str clause = str_sub(s->text, quantity_near(s, q->end), q->end + 30);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_has(clause, str_of(heads[i])))
            return true;
    return false;
}

/* 翻一番, 翻了两番. */
static bool is_doubling(const struct quantity_scan *s, const struct lexicon_entry *unit, size_t at)
{
    struct str before = str_sub(s->text, 0, at);
    return str_eq(unit->word, STR("番")) &&
           (str_ends(before, STR("翻")) || str_ends(before, STR("翻了")));
}

static bool unit_fits(const struct quantity_scan *s, const struct unit *u, const struct numeral *n,
                      const struct quantity *q)
{
    const struct lexicon_entry *e = u->entry;
    uint32_t next = utf8_at(s->text, u->end);
    if (is_doubling(s, e, q->start))
        return true;
    /* 十多道 counts whatever the word that counts. */
    if (n->han && u->power == 0 && u->inner.n == 0 &&
        (lexicon_flag(e, "digits") || !lexicon_flag(e, "han"))) {
        /* 年, 天, 小时 after a Han numeral only where something is said to last. */
        if (class_named(lexicon_field(e, "class")) != UNIT_TIME)
            return false;
        if (!is_said_to_last(s, q) && !quantity_is_boundary(next) && next != U'半')
            return false;
        if (str_eq(e->word, STR("年")) && n->value.digits == 1)
            return false;
        /* 这五年, 奋进的五年: a way of naming years, no measure. */
        size_t front = q->start;
        uint32_t before = utf8_previous(s->text, &front);
        if (before == U'这' || before == U'的' || before == U'那' || before == U'头')
            return false;
    }
    if (n->han && n->value.digits == 0 && !n->bare)
        return false;
    if (n->han && n->value.digits == 1 && n->value.scale == 0 && u->power == 0 && !n->bare) {
        enum unit_class class = class_named(lexicon_field(e, "class"));
        if (class == UNIT_COUNT || class == UNIT_PEOPLE || class == UNIT_TIME ||
            class == UNIT_RATIO || class == UNIT_AREA || class == UNIT_WEIGHT)
            return false;
    }
    if (str_eq(e->word, STR("分")))
        return is_score(s, q);
    size_t session = q->start;
    struct str rest = str_sub(s->text, u->end, s->text.n);
    /* 六届三次全会, 三次会议: numbering; 两位数 is a way of speaking. */
    if (str_eq(e->word, STR("次")) &&
        (utf8_previous(s->text, &session) == U'届' || (n->han && str_starts(rest, STR("会议"))) ||
         (n->han && str_starts(rest, STR("全会")))))
        return false;
    if (str_eq(e->word, STR("位")) && str_starts(rest, STR("数")))
        return false;
    if (str_eq(e->word, STR("角"))) {
        size_t b = q->start;
        return utf8_previous(s->text, &b) == U'元';
    }
    if (str_eq(e->word, STR("成"))) {
        /* 三成 is a share; 二成立, 一成本 are no words of number. */
        if (n->bare)
            return false;
        static const char *const words[] = {"势", "型", "立", "本", "功", "为", "员",
                                            "果", "绩", "效", "长", "都", "品", "交",
                                            "年", "熟", "套", "了", "就", "渝"};
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_starts(str_sub(s->text, u->end, s->text.n), str_of(words[i])))
                return false;
    }
    if (str_eq(e->word, STR("对")) || str_eq(e->word, STR("面")) || str_eq(e->word, STR("把")) ||
        str_eq(e->word, STR("次")) || str_eq(e->word, STR("层")))
        return next != U'外' && next != U'待' && next != U'级' && next != U'向';
    return true;
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

/* The first number of 3-5家: takes the unit of the second. Returns the byte after the joiner. */
static size_t range_joiner(const struct quantity_scan *s, size_t at)
{
    static const char *const joiners[] = {"——", "—", "--", "-", "~", "至", "到"};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (str_starts(str_sub(s->text, at, s->text.n), str_of(joiners[i])))
            return at + strlen(joiners[i]);
    return 0;
}

/* Reads the quantity whose numeral (sign aside) is n; false where it is none. *stop is where to go
 * on. */
static bool read_measured(struct quantity_scan *s, size_t start, size_t number,
                          const struct numeral *n, struct quantity *q, size_t *stop)
{
    struct unit u = read_unit(s, n->end);
    *stop = u.entry != NULL || u.multipliers > 0 ? u.end : n->end;
    q->start = (uint32_t)start;
    q->value = n->value;
    if (start < number && str_sub(s->text, start, number).p[0] != '+')
        q->value.digits = -q->value.digits;
    quantity_qualifiers_before(s, q);
    if (n->sequence && n->value.digits > 999)
        return false;
    if (touches_a_name(s, start, n->end, !n->han))
        return false;
    if (u.entry == NULL) {
        q->end = (uint32_t)(n->end + (u.multipliers > 0 ? u.end - n->end : 0));
        bool left_over = u.multipliers > 0 && u.inner_at < u.end && u.inner.n > 0;
        q->class = UNIT_NONE;
        if (u.multipliers > 0 && !left_over)
            q->unit = printed(s, n->end, u.end);
        set_base(q, NULL, u.multipliers > 0 ? u.power : 0);
        q->class = UNIT_NONE;
        read_qualifier_after(s, q);
        if (n->bare || point_is_latin(utf8_at(s->text, q->end)))
            return false;
        /* 都超100亿, 5亿和7.5亿: the multiplier stands for the unit. */
        if (u.multipliers > 0) {
            q->classifier = true;
            return !n->han || stands_alone(s, q);
        }
        return stands_alone(s, q);
    }
    q->end = (uint32_t)u.end;
    if (!unit_fits(s, &u, n, q))
        return false;
    q->unit = unit_printed(s, n->end, &u);
    if (u.inner.n > 0)
        q->qualifier = u.inner;
    else if (n->loose)
        q->qualifier = STR("几");
    set_base(q, u.entry, u.power);
    if (u.per != NULL) {
        size_t slash = str_find(q->unit, STR("/"), 0);
        struct str under = str_sub(q->unit, slash, q->unit.n);
        q->base_unit = str_printf(s->arena, "%.*s%.*s", STR_ARG(q->base_unit), STR_ARG(under));
    }
    q->classifier = lexicon_flag(u.entry, "classifier");
    add_half(s, q);
    read_qualifier_after(s, q);
    *stop = q->after;
    if (has_label(s, q->end, "after") || is_rhetoric(s, q))
        return false;
    struct str rest = str_sub(s->text, q->end, s->text.n);
    if (q->class == UNIT_TIME && (str_starts(rest, STR("来")) || str_starts(rest, STR("以来"))))
        return false;
    /* 5年提高4.5个百分点: over which years, and no measure. */
    const struct lexicon_entry *change = lexicon_match(s->changes, s->text, q->end, NULL);
    bool changes = quantity_label_is(change, "up") || quantity_label_is(change, "down");
    if (q->class == UNIT_TIME && str_eq(q->unit, STR("年")) && changes && !is_said_to_last(s, q))
        return false;
    q->label = names_a_class(s, q, n->bare, n->han);
    return true;
}

/* The other end of 5%—8%, 1年-5年: a group of time is a name, of anything else two quantities.
 * Returns the byte after it, 0 where there is none. */
static size_t read_range_end(struct quantity_scan *s, const struct numeral *n, struct quantity *q)
{
    struct numeral second;
    struct quantity last = {0};
    size_t joined = range_joiner(s, q->end), after;
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
    static const char *const joiners[] = {"、", "和", "与", "及"};
    struct str rest = str_sub(s->text, n->end, s->text.n);
    struct quantity second = {0};
    struct numeral next;
    size_t at = 0, stop;
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (str_starts(rest, str_of(joiners[i])))
            at = n->end + strlen(joiners[i]);
    if (at == 0 || n->han || n->value.scale == 0 || !numeral_read(s->text, at, &next) || next.han ||
        !read_measured(s, at, at, &next, &second, &stop) || second.unit.n == 0 ||
        (second.class != UNIT_POINTS && second.class != UNIT_SHARE) ||
        touches_a_name(s, start, n->end, true))
        return false;
    struct unit u = read_unit(s, next.end);
    *q = second;
    q->start = (uint32_t)start;
    q->end = q->after = (uint32_t)n->end;
    q->value = n->value;
    set_base(q, u.entry, u.power);
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
    if (has_label(s, i, "fixed")) {
        size_t end;
        lexicon_match(s->labels, s->text, i, &end);
        return end;
    }
    if (quantity_read_fraction(s, number, &stop, &q)) {
        q.start = (uint32_t)start;
        q.end = (uint32_t)stop;
        if (start < number)
            q.value.digits = -q.value.digits, q.base.digits = -q.base.digits;
        quantity_qualifiers_before(s, &q);
        read_qualifier_after(s, &q);
        if (!quantity_in_name(s, start, stop))
            quantity_push(s, q);
        return stop;
    }
    if (!numeral_read(s->text, number, &n)) {
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
    size_t joined = range_joiner(s, n.end);
    struct numeral second;
    size_t least = i + 1 > n.end ? i + 1 : n.end;
    if (joined != 0 && n.multiplier == 0 && !n.bare && numeral_read(s->text, joined, &second) &&
        second.han == n.han && !quantity_in_name(s, start, second.end)) {
        struct quantity last = {0}, first;
        size_t after;
        bool fits = read_measured(s, joined, joined, &second, &last, &after) && last.unit.n > 0;
        if (fits && !touches_a_name(s, start, n.end, !n.han)) {
            first = last;
            first.qualifier = (struct str){0};
            first.start = (uint32_t)start;
            first.end = first.after = (uint32_t)n.end;
            first.value = n.value;
            struct unit u = read_unit(s, second.end);
            set_base(&first, u.entry, u.power);
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
    if (found && q.class == UNIT_NONE && has_label(s, q.end, "number"))
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
    const struct lexicon_entry *e = match_unit(s, n.end, &end);
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
    for (size_t i = 0; i < f->text.n;) {
        size_t at = i, end;
        uint32_t c = utf8_next(f->text, &at);
        bool numeral = numeral_may_be(c) && (numeral_digit(c) >= 0 || numeral_power(c) != 0);
        if (point_is_digit(c) || numeral) {
            i = in_time(&s, i, &end) ? end : read_number(&s, i);
        } else if (c == U'第' || c == U'前' || c == U'首' || c == U'榜' || c == U'头') {
            bool rank = c == U'第' || c == U'前' || quantity_first_place(f->text, i) != 0;
            i = in_time(&s, i, &end) ? end : rank ? quantity_read_rank(&s, i) : at;
        } else if (c == U'半') {
            i = read_half(&s, i);
        } else {
            if (c < 0x80 || (c >= 0x2014 && c <= 0x3015))
                note_mark(&s, c, at);
            i = at;
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
    struct unit u = read_unit(&s, n.end);
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
        u = read_unit(&s, 0);
        out->unit = unit;
    }
    set_base(out, u.entry, u.power);
    return true;
}
