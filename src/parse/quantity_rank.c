/* Ranks: 第3, 第69位, 首位, 前十. */
#include "baolan/utf8.h"
#include "parse/quantity_scan.h"

/* Words that mean a first place where a rank is spoken of. */
size_t quantity_first_place(struct str text, size_t i)
{
    static const struct str words[] = {STR_INIT("首位"), STR_INIT("榜首"), STR_INIT("头名")};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_starts(str_sub(text, i, text.n), words[k]))
            return i + words[k].n;
    return 0;
}

/* A rank verb (or 占, before 首位) in the clause so far, or a rank right before. */
static bool speaks_of_rank(const struct quantity_scan *s, size_t at, bool shares)
{
    if (s->out->n > 0) {
        const struct quantity *last = &s->out->at[s->out->n - 1];
        if (last->rank && at - last->end < 40)
            return true;
    }
    for (size_t i = quantity_near(s, at); i < at;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(s->verbs, s->text, i, &end);
        if (e != NULL && end <= at) {
            struct str role = lexicon_field(e, "role");
            if (str_eq(role, STR("rank")) || (shares && str_eq(role, STR("share"))))
                return true;
        }
        utf8_next(s->text, &i);
    }
    return false;
}

static bool region_before(const struct quantity_scan *s, size_t at)
{
    size_t start = at;
    const struct lexicon_entry *e = lexicon_match_before(s->labels, s->text, at, &start);
    return quantity_label_is(e, "region") && start >= s->clause;
}

size_t quantity_read_rank(struct quantity_scan *s, size_t i)
{
    size_t at = i, first = quantity_first_place(s->text, i);
    struct quantity q = {.start = (uint32_t)i,
                         .before = (uint32_t)i,
                         .class = UNIT_RANK,
                         .rank = true,
                         .base_unit = STR_INIT("位")};
    struct numeral n = {.value = {1, 0}};
    bool top = false;
    if (first != 0) {
        at = first;
        q.unit = STR("位");
    } else {
        bool field = str_starts(str_sub(s->text, i, s->text.n), STR("前"));
        top = field;
        utf8_next(s->text, &at);
        if (!numeral_read(s->text, at, &n) || n.value.scale != 0 || n.bare || n.multiplier != 0)
            return at;
        at = n.end;
        q.unit = STR("第");
        static const struct str units[] = {STR_INIT("位"), STR_INIT("名")};
        for (size_t k = 0; k < 2; k++)
            if (str_starts(str_sub(s->text, at, s->text.n), units[k])) {
                q.unit = units[k];
                at += units[k].n;
                break;
            }
    }
    uint32_t next = utf8_at(s->text, at);
    size_t b = i;
    uint32_t before = utf8_previous(s->text, &b);
    const struct lexicon_entry *verb = lexicon_match(s->verbs, s->text, at, NULL);
    bool ends = quantity_is_boundary(next) || next == U'和' || next == U'与' || next == U'第' ||
                (verb != NULL && verb->word.n >= STR("位列").n) ||
                lexicon_match(s->changes, s->text, at, NULL) != NULL;
    bool opens = quantity_is_boundary(before) || before == 0;
    bool spoken = speaks_of_rank(s, i, first != 0);
    bool placed = !str_eq(q.unit, STR("第")) || region_before(s, i);
    bool chain = opens && !str_eq(q.unit, STR("第")) && next == U'第';
    if (s->out->n > 0 && s->out->at[s->out->n - 1].end == i)
        chain = true;
    if (top)
        ends |= next == U'的';
    if (!(ends || (top && spoken)) || quantity_in_name(s, i, at) ||
        !(spoken || chain || (placed && !opens && !top && first == 0)))
        return at;
    q.value = n.value;
    q.base = n.value;
    q.end = q.after = (uint32_t)at;
    quantity_push(s, q);
    return at;
}
