/* Numbered suggestions: where they begin, what each asks for, sentence by sentence. */
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/proposal.h"

static size_t skip_spaces(struct str s, size_t at)
{
    for (size_t next = at; next < s.n; at = next)
        if (!point_is_space(utf8_next(s, &next)))
            return at;
    return s.n;
}

/* 一 … 九十九 at byte *at, or 0; moves *at past it. */
static uint32_t han_number(struct str s, size_t *at)
{
    static const char digits[] = "一二三四五六七八九";
    uint32_t value = 0, digit = 0, read = 0;
    for (; *at + 3 <= s.n && read < 3; *at += 3, read++) {
        if (memcmp(s.p + *at, "十", 3) == 0) {
            if (value != 0)
                break;
            value = (digit == 0 ? 1 : digit) * 10;
            digit = 0;
            continue;
        }
        size_t found = str_find(STR(digits), str_sub(s, *at, *at + 3), 0);
        if (found == STR_NONE || found % 3 != 0 || digit != 0)
            break;
        digit = (uint32_t)(found / 3) + 1;
    }
    return value + digit;
}

static uint32_t digits_number(struct str s, size_t *at)
{
    uint32_t value = 0;
    for (size_t n = 0; n < 2 && *at < s.n && point_is_digit((unsigned char)s.p[*at]); n++, *at += 1)
        value = value * 10 + (uint32_t)(s.p[*at] - '0');
    return *at < s.n && point_is_digit((unsigned char)s.p[*at]) ? 0 : value;
}

static struct ordinal ordinal_of(struct str s, enum ordinal_kind kind, uint32_t number, size_t end)
{
    if (number == 0)
        return (struct ordinal){ORDINAL_NONE, 0, 0, 0};
    return (struct ordinal){kind, number, end, skip_spaces(s, end)};
}

/* （一） （1） 1） */
static struct ordinal bracket_ordinal(struct str s, size_t at)
{
    size_t i = at;
    uint32_t c = utf8_next(s, &i);
    bool open = c == 0xFF08 || c == '(';
    if (!open)
        i = at;
    i = skip_spaces(s, i);
    size_t start = i;
    enum ordinal_kind kind = ORDINAL_HAN_BRACKET;
    uint32_t number = open ? han_number(s, &i) : 0;
    if (i == start) {
        kind = ORDINAL_DIGIT_BRACKET;
        number = digits_number(s, &i);
    }
    i = skip_spaces(s, i);
    c = utf8_next(s, &i);
    if (number == 0 || (c != 0xFF09 && c != ')'))
        return (struct ordinal){ORDINAL_NONE, 0, 0, 0};
    struct ordinal o = ordinal_of(s, kind, number, i);
    size_t after = o.text;
    if (utf8_next(s, &after) == 0x3001)
        o.text = skip_spaces(s, after);
    return o;
}

/* 第一， 其一， 首先， : a comma or colon must follow. */
static struct ordinal word_ordinal(struct str s, size_t at)
{
    static const struct {
        struct str word;
        uint32_t number;
    } words[] = {
        {STR_INIT("首先"), 1}, {STR_INIT("其次"), 2}, {STR_INIT("再次"), 3},
        {STR_INIT("再者"), 3}, {STR_INIT("第四"), 4}, {STR_INIT("最后"), 9},
    };
    struct str rest = str_sub(s, at, s.n);
    enum ordinal_kind kind = ORDINAL_FIRSTLY;
    uint32_t number = 0;
    size_t end = at;
    for (size_t i = 0; i < sizeof words / sizeof *words && number == 0; i++)
        if (str_starts(rest, words[i].word)) {
            number = words[i].number;
            end = at + words[i].word.n;
        }
    if ((str_starts(rest, STR("第")) || str_starts(rest, STR("其"))) && number == 0) {
        kind = ORDINAL_NTH;
        end = at + 3;
        number = han_number(s, &end);
    }
    size_t after = end;
    uint32_t c = utf8_next(s, &after);
    if (number == 0 || (!mark_is_comma(c) && !mark_is_colon(c) && c != 0x3001))
        return (struct ordinal){ORDINAL_NONE, 0, 0, 0};
    return (struct ordinal){kind, number, end, skip_spaces(s, after)};
}

struct ordinal ordinal_at(struct str s, size_t at)
{
    struct ordinal none = {ORDINAL_NONE, 0, 0, 0};
    size_t i = at;
    uint32_t c = utf8_next(s, &i);
    if (c >= 0x2460 && c <= 0x2473)
        return ordinal_of(s, ORDINAL_CIRCLE, c - 0x2460 + 1, i);
    if (point_is_digit(c) || c == 0xFF08 || c == '(') {
        struct ordinal o = bracket_ordinal(s, at);
        if (o.kind != ORDINAL_NONE || !point_is_digit(c))
            return o;
        i = at;
        uint32_t number = digits_number(s, &i);
        uint32_t mark = utf8_next(s, &i);
        bool stop = mark == '.' || mark == 0xFF0E || mark == 0x3001;
        return stop && !point_is_digit(utf8_at(s, i)) ? ordinal_of(s, ORDINAL_DIGIT, number, i)
                                                      : none;
    }
    i = at;
    uint32_t number = han_number(s, &i);
    if (number == 0)
        return word_ordinal(s, at);
    size_t end = i;
    c = utf8_next(s, &i);
    if (c == 0x662F || c == 0x8981) { /* 是 要 */
        struct ordinal o = ordinal_of(s, ORDINAL_IS, number, i);
        if (mark_is_comma(utf8_at(s, o.text)))
            utf8_next(s, &o.text);
        return o;
    }
    (void)end;
    return c == 0x3001 ? ordinal_of(s, ORDINAL_HAN, number, i) : none;
}

size_t lead_clause(struct str s, size_t *after)
{
    int depth = 0;
    size_t loose = STR_NONE, loose_after = s.n;
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = utf8_next(s, &i);
        depth += mark_depth(c);
        if (!mark_ends_sentence(c) && !mark_is_colon(c))
            continue;
        if (depth <= 0) {
            *after = i;
            return at;
        }
        if (loose == STR_NONE && mark_ends_sentence(c)) {
            loose = at;
            loose_after = i;
        }
    }
    /* A quotation that never closes hides no full stop. */
    bool unclosed = depth > 0 && loose != STR_NONE;
    *after = unclosed ? loose_after : s.n;
    return unclosed ? loose : s.n;
}

/* s without marks and spaces at its end that join it to what follows. */
static struct str trim_joint(struct str s)
{
    for (;;) {
        s = str_trim(s);
        size_t at = s.n;
        uint32_t c = utf8_previous(s, &at);
        if (!mark_is_semicolon(c) && !mark_is_comma(c) && c != 0x3002 && !mark_is_colon(c))
            return s;
        s.n = at;
    }
}

/* --- Where the suggestions begin ------------------------------------------------------------- */

/* True where entry has this label. */
static bool has_label(const struct lexicon_entry *entry, struct str label)
{
    return entry != NULL && str_eq(lexicon_field(entry, "label"), label);
}

/* A heading or line that says no more than that suggestions follow: `三、对策建议`, `建议：`. */
static bool is_suggestions_title(const struct proposal_reader *r, const struct segment *s)
{
    struct ordinal o = ordinal_at(s->text, 0);
    struct str text =
        trim_joint(o.kind == ORDINAL_NONE ? s->text : str_sub(s->text, o.text, s->text.n));
    if (has_label(lexicon_find(r->words, text), STR("suggestions")))
        return true;
    if (s->kind == SEGMENT_PARAGRAPH && (o.kind == ORDINAL_NONE || text.n > 60))
        return false;
    return s->kind != SEGMENT_TITLE && o.kind != ORDINAL_IS &&
           (str_ends(text, STR("建议")) || str_ends(text, STR("对策")));
}

/* Walks back from byte end of s over the words that lead to 建议 (`为此，我们特`). */
static size_t lead_before(const struct proposal_reader *r, struct str s, size_t end)
{
    for (;;) {
        size_t start, mark = end;
        uint32_t c = utf8_previous(s, &mark);
        const struct lexicon_entry *entry = lexicon_match_before(r->words, s, end, &start);
        if (entry != NULL && lexicon_flag(entry, "lead")) {
            end = start;
        } else if (mark_is_comma(c)) {
            size_t before = mark;
            utf8_previous(s, &before);
            entry = lexicon_match_before(r->words, s, mark, &start);
            if (entry == NULL || !lexicon_flag(entry, "lead"))
                return end;
            end = start;
        } else {
            return end;
        }
    }
}

/* Where 为此， begins that stands before the name of who suggests, which ends at byte `end` of s:
 * 为此，农工党市委会建议：. Else end. */
static size_t named_lead(const struct proposal_reader *r, struct str s, size_t end)
{
    enum { CHARS_MOST = 16 };
    size_t at = end, start;
    for (size_t n = 0; at > 0 && n < CHARS_MOST; n++) {
        size_t before = at;
        uint32_t c = utf8_previous(s, &before);
        if (mark_is_comma(c)) {
            const struct lexicon_entry *lead = lexicon_match_before(r->words, s, before, &start);
            return lead != NULL && lexicon_flag(lead, "lead") ? start : end;
        }
        if (!point_is_han(c))
            return end;
        at = before;
    }
    return end;
}

/* The clause `为此，建议如下：` in text: where it starts and where the suggestions begin. */
static bool find_marker(const struct proposal_reader *r, struct str text, size_t *start,
                        size_t *end)
{
    const struct str word = STR("建议");
    for (size_t at = str_find(text, word, 0); at != STR_NONE; at = str_find(text, word, at + 6)) {
        size_t after = at + word.n, next;
        const struct lexicon_entry *tail;
        while ((tail = lexicon_match(r->words, text, after, &next)) != NULL &&
               lexicon_flag(tail, "tail"))
            after = next;
        size_t lead = lead_before(r, text, at);
        size_t mark = after;
        uint32_t c = utf8_next(text, &mark);
        size_t before = lead;
        uint32_t edge = utf8_previous(text, &before);
        bool clause = lead == 0 || point_is_punctuation(edge) || point_is_space(edge);
        bool colon = mark_is_colon(c) || (c == 0 && clause);
        if (!clause && mark_is_colon(c)) {
            size_t led_by = named_lead(r, text, lead);
            clause = led_by != lead;
            lead = led_by;
        }
        bool comma = mark_is_comma(c) && clause;
        bool led = clause && !colon && !comma && lead < at && !mark_is_comma(c);
        if (comma && ordinal_at(text, skip_spaces(text, mark)).kind == ORDINAL_NONE && lead == at)
            continue;
        if (!colon && !comma && !led)
            continue;
        if (!clause && !colon)
            continue;
        *end = led ? after : mark;
        *start = clause ? lead : *end;
        return true;
    }
    return false;
}

/* Divides body at segment `at`, byte range [start, end) of which is the marker. */
static void divide(struct proposal_reader *r, struct draft *d, size_t at, size_t start, size_t end)
{
    struct segments body = d->body;
    d->body = (struct segments){0};
    for (size_t i = 0; i < body.n; i++) {
        const struct segment *s = &body.at[i];
        struct segment before = segment_part(s, 0, i == at ? start : s->text.n);
        struct segment after = segment_part(s, i == at ? end : 0, s->text.n);
        if (i <= at && before.text.n > 0)
            vector_push(r->arena, &d->body, before);
        if (i >= at && after.text.n > 0)
            vector_push(r->arena, &d->suggestions, after);
    }
}

/* True where a list begins after byte `end` of segment i of the body. */
static bool list_follows(const struct draft *d, size_t i, size_t end)
{
    struct str text = d->body.at[i].text;
    end = skip_spaces(text, end);
    if (end < text.n)
        return ordinal_at(text, end).number == 1;
    return i + 1 < d->body.n && ordinal_at(d->body.at[i + 1].text, 0).number == 1;
}

/* Finds where the suggestions of d->body begin: at a title or clause that announces them, else at
 * the first list. After a list, which may be of problems, a clause counts where another follows. */
static void divide_body(struct proposal_reader *r, struct draft *d)
{
    size_t list = STR_NONE;
    for (size_t i = 0; i < d->body.n; i++) {
        const struct segment *s = &d->body.at[i];
        size_t start, end;
        if (is_suggestions_title(r, s) && i + 1 < d->body.n) {
            divide(r, d, i, 0, s->text.n);
            return;
        }
        if (list == STR_NONE && ordinal_at(s->text, 0).number == 1)
            list = i;
        if (s->kind == SEGMENT_PARAGRAPH && find_marker(r, s->text, &start, &end) &&
            (end < s->text.n || i + 1 < d->body.n) &&
            (list == STR_NONE || list_follows(d, i, end))) {
            divide(r, d, i, start, end);
            return;
        }
    }
    if (list != STR_NONE)
        divide(r, d, list, 0, 0);
}

/* --- The suggestions ------------------------------------------------------------------------- */

struct item {
    struct str ordinal;
    struct segments segments; /* the first without the ordinal */
};

typedef VECTOR(struct item) items;

/* True where an ordinal of this kind may stand behind the mark c: 一、 and the like only behind
 * sentences, for 、 parts numbers too. */
static bool may_follow(enum ordinal_kind kind, uint32_t c)
{
    bool ends = mark_ends_sentence(c) || mark_is_semicolon(c);
    return ends || (kind != ORDINAL_HAN && (mark_is_colon(c) || mark_is_comma(c)));
}

/* The next ordinal of kind after byte from that follows a mark and has this number. */
static size_t find_inline(struct str s, size_t from, enum ordinal_kind kind, uint32_t number,
                          struct ordinal *found)
{
    uint32_t before = 0;
    for (size_t i = from; i < s.n;) {
        size_t at = i;
        if (before != 0 && may_follow(kind, before)) {
            *found = ordinal_at(s, at);
            if (found->kind == kind && found->number == number)
                return at;
        }
        uint32_t c = utf8_next(s, &i);
        if (!point_is_space(c))
            before = c;
    }
    return STR_NONE;
}

/* The kind of the outermost list: of the first ordinal at a segment's start, else inside one. */
static enum ordinal_kind list_kind(const struct segments *segments)
{
    for (size_t i = 0; i < segments->n; i++) {
        struct ordinal o = ordinal_at(segments->at[i].text, 0);
        if (o.number == 1)
            return o.kind;
    }
    static const enum ordinal_kind kinds[] = {
        ORDINAL_IS,     ORDINAL_NTH,  ORDINAL_FIRSTLY, ORDINAL_HAN_BRACKET, ORDINAL_DIGIT_BRACKET,
        ORDINAL_CIRCLE, ORDINAL_DIGIT};
    struct ordinal o;
    for (size_t i = 0; i < segments->n; i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (find_inline(segments->at[i].text, 0, kinds[k], 1, &o) != STR_NONE)
                return kinds[k];
    return ORDINAL_NONE;
}

static void add_part(struct arena *a, items *list, const struct segment *s, size_t from, size_t to)
{
    struct segment part = segment_part(s, from, to);
    if (list->n > 0 && part.text.n > 0)
        vector_push(a, &vector_last(list).segments, part);
}

/* Cuts one segment at the ordinals of the list. Returns where the first item begins, or STR_NONE.
 */
static size_t cut_segment(struct arena *a, items *list, const struct segment *s,
                          enum ordinal_kind kind, uint32_t *last)
{
    struct ordinal o = ordinal_at(s->text, 0);
    size_t at = 0, from = 0, first = STR_NONE;
    bool here = o.kind == kind && o.number > *last;
    if (!here && kind != ORDINAL_NONE) {
        at = find_inline(s->text, 0, kind, *last + 1, &o);
        here = at != STR_NONE;
    }
    while (here) {
        add_part(a, list, s, from, at);
        first = first == STR_NONE ? at : first;
        struct item *item = vector_add(a, list);
        item->ordinal = str_sub(s->text, at, o.end);
        *last = o.number;
        from = o.text;
        at = find_inline(s->text, from, kind, *last + 1, &o);
        here = at != STR_NONE;
    }
    add_part(a, list, s, from, s->text.n);
    return first;
}

/* The byte after —— at the head of an item of a list. */
static size_t dashes_end(struct str s)
{
    size_t end = 0;
    for (size_t at = 0; at < s.n; end = at) {
        uint32_t c = utf8_next(s, &at);
        if (c != 0x2014 && c != 0x2015 && c != 0x2500 && !point_is_space(c))
            break;
    }
    return end;
}

static void cut_list(struct proposal_reader *r, struct draft *d, items *list)
{
    enum ordinal_kind kind = list_kind(&d->suggestions);
    uint32_t last = 0;
    for (size_t i = 0; i < d->suggestions.n; i++) {
        const struct segment *s = &d->suggestions.at[i];
        if (kind == ORDINAL_NONE) {
            /* Of what a member says the parts of one paragraph belong together. */
            bool same = d->quoted && i > 0 && s->kind == SEGMENT_PARAGRAPH &&
                        s[-1].kind == SEGMENT_PARAGRAPH && s[-1].paragraph == s->paragraph;
            struct item *item = same ? &vector_last(list) : vector_add(r->arena, list);
            vector_push(r->arena, &item->segments, segment_part(s, dashes_end(s->text), s->text.n));
            continue;
        }
        bool empty = list->n == 0;
        size_t first = cut_segment(r->arena, list, s, kind, &last);
        struct segment lead = segment_part(s, 0, first == STR_NONE ? s->text.n : first);
        size_t end = lead.text.n;
        if (empty && lead.text.n > 0 && !mark_is_colon(utf8_previous(lead.text, &end)))
            vector_push(r->arena, &d->body, lead);
    }
}

typedef VECTOR(struct place) places;

/* Appends the places of the sentences of segment, from byte `from` on. */
static void add_sentences(struct arena *a, places *list, const struct segment *s, size_t from)
{
    struct str text = s->text;
    int depth = 0;
    from = skip_spaces(text, from);
    for (size_t i = from; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        depth += mark_depth(c);
        bool ends = mark_ends_sentence(c) && depth <= 0;
        if (!ends && i < text.n)
            continue;
        struct place place =
            place_in(s->article, s->paragraph, s->start + (uint32_t)from, s->start + (uint32_t)i);
        if (s->kind == SEGMENT_PARAGRAPH && i > from)
            vector_push(a, list, place);
        from = i = skip_spaces(text, i);
        depth = 0;
    }
}

/* Several segments as one text, a line each; a run-in heading gets its full stop back. */
static struct str join(struct arena *a, const struct segments *segments, size_t first, size_t from)
{
    if (segments->n == first + 1)
        return str_trim(str_sub(segments->at[first].text, from, segments->at[first].text.n));
    struct buffer b = buffer_in(a);
    for (size_t i = first; i < segments->n; i++) {
        const struct segment *s = &segments->at[i];
        struct str text = str_trim(str_sub(s->text, i == first ? from : 0, s->text.n));
        if (text.n == 0)
            continue;
        if (b.n > 0 && segments->at[i - 1].kind != SEGMENT_RUN_IN)
            buffer_add_c(&b, "\n");
        buffer_add(&b, text);
        if (s->kind == SEGMENT_RUN_IN)
            buffer_add_c(&b, "。");
    }
    return buffer_str(&b);
}

static struct suggestion suggestion_of(struct arena *a, struct item *item)
{
    struct suggestion s = {.ordinal = item->ordinal};
    places measures = {0};
    size_t after = 0, text_from = 0, first = 0;
    if (item->segments.n == 0) {
        s.place = place_in(0, NONE, 0, 0);
        return s;
    }
    struct segment *lead = &item->segments.at[0];
    if (lead->kind == SEGMENT_PARAGRAPH) {
        s.title = trim_joint(str_sub(lead->text, 0, lead_clause(lead->text, &after)));
        text_from = after;
    } else {
        s.title = trim_joint(lead->text);
        first = 1;
    }
    if (first < item->segments.n)
        s.text = join(a, &item->segments, first, text_from);
    size_t end = s.text.n;
    if (end > 0 && mark_is_semicolon(utf8_previous(s.text, &end)))
        s.text.n = end;
    for (size_t i = first; i < item->segments.n; i++)
        add_sentences(a, &measures, &item->segments.at[i], i == first ? text_from : 0);
    s.measures = measures.at;
    s.n_measures = (uint32_t)measures.n;
    const struct segment *shown = &item->segments.at[first < item->segments.n ? first : 0];
    size_t length = shown->kind == SEGMENT_PARAGRAPH ? shown->text.n : 0;
    s.place =
        place_in(shown->article, shown->paragraph, shown->start, shown->start + (uint32_t)length);
    return s;
}

/* Background: the body without the clause that leads to the suggestions. */
static struct str background_of(struct proposal_reader *r, struct draft *d)
{
    struct str text = d->body.n == 0 ? (struct str){NULL, 0} : join(r->arena, &d->body, 0, 0);
    size_t start, end;
    text = str_trim(text);
    /* The clause may stand at the end though the form names the suggestions too. */
    size_t last = str_find_last(text, STR("建议"));
    if (last != STR_NONE && text.n - last < 24) {
        size_t from = last > 60 ? last - 60 : 0;
        while (from < last && ((unsigned char)text.p[from] & 0xC0) == 0x80)
            from++;
        struct str tail = str_sub(text, from, text.n);
        if (find_marker(r, tail, &start, &end) && end >= tail.n)
            text = str_trim(str_sub(text, 0, from + start));
    }
    size_t at = text.n;
    uint32_t c = utf8_previous(text, &at);
    if (text.n > 0 && mark_is_comma(c))
        text.n = at;
    return text;
}

/* 以上发言，不当之处请批评指正。: what a speech ends with asks for nothing. */
static void drop_courtesy(struct draft *d)
{
    static const struct str words[] = {STR_INIT("以上发言"), STR_INIT("以上建议"),
                                       STR_INIT("以上意见"), STR_INIT("谢谢"),
                                       STR_INIT("妥否"),     STR_INIT("不当之处")};
    enum { CHARS_MOST = 30 };
    for (bool found = true; found && d->suggestions.n > 1;) {
        struct str last = str_trim(vector_last(&d->suggestions).text);
        found = false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            found = found || (str_starts(last, words[i]) && utf8_count(last) <= CHARS_MOST);
        d->suggestions.n -= found;
    }
}

void proposal_finish(struct proposal_reader *r, struct draft *d)
{
    struct proposal *p = &d->proposal;
    if (d->suggestions.n == 0)
        divide_body(r, d);
    if (d->quoted)
        proposal_drop_attributions(r, d);
    drop_courtesy(d);
    items list = {0};
    cut_list(r, d, &list);
    VECTOR(struct suggestion) suggestions = {0};
    for (size_t i = 0; i < list.n; i++) {
        struct suggestion s = suggestion_of(r->arena, &list.at[i]);
        if (list.at[i].segments.n > 0)
            vector_push(r->arena, &suggestions, s);
    }
    p->suggestions = suggestions.at;
    p->n_suggestions = (uint32_t)suggestions.n;
    p->background = background_of(r, d);
    if (d->reply.n > 0)
        p->reply = join(r->arena, &d->reply, 0, 0);
    if (p->status.n == 0)
        p->status = proposal_status_in(r, p->reply);
    p->speakers = d->speakers.at;
    p->n_speakers = (uint32_t)d->speakers.n;
    p->joint = d->joint.at;
    p->n_joint = (uint32_t)d->joint.n;
    p->bodies = d->bodies.at;
    p->n_bodies = (uint32_t)d->bodies.n;
    p->handlers = d->handlers.at;
    p->n_handlers = (uint32_t)d->handlers.n;
    vector_push(r->arena, &r->proposals, *p);
    *d = (struct draft){0};
}
