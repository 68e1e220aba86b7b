/* Words around a quantity: what stands right before it, and tests on stretches. */
#include "baolan/utf8.h"
#include "parse/attach_parts.h"

bool phrase_is_region(const struct attacher *a, struct stretch s, size_t *end)
{
    return role_is(lexicon_match(a->labels, a->text, s.start, end), "region") && *end <= s.end;
}

/* Without adverbs and other words of linking at the end. */
struct stretch phrase_strip_links(const struct attacher *a, struct stretch s)
{
    for (;;) {
        s = phrase_trim_back(a, s);
        size_t start;
        const struct lexicon_entry *e = phrase_ends_in(a, a->verbs, s, &start);
        /* 马达 is no 马 with a verb behind it: of single characters only adverbs are taken. */
        if (e == NULL || !(role_is(e, "link") || role_is(e, "rank")) ||
            (e->word.n < STR("共有").n && !lexicon_flag(e, "adverb")))
            return s;
        if (e->word.n >= str_sub(a->text, s.start, s.end).n)
            return (struct stretch){s.start, s.start};
        s.end = start;
    }
}

/* The share verb in a region, if any: the last one. */
bool phrase_find_role(const struct attacher *a, struct stretch region, const char *role,
                      struct stretch *verb)
{
    bool found = false;
    const struct str text = str_sub(a->text, 0, region.end);
    for (size_t i = region.start;
         utf8_skip_han_outside(text, &i, a->verbs->forward.begins), i < region.end;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(a->verbs, a->text, i, &end);
        if (e != NULL && end <= region.end && e->word.n > 0) {
            if (role_is(e, role)) {
                *verb = (struct stretch){i, end};
                found = true;
            }
            i = end;
        } else {
            utf8_next(a->text, &i);
        }
    }
    return found;
}

bool phrase_find_from(const struct attacher *a, struct stretch region, size_t *at)
{
    const struct str text = str_sub(a->text, 0, region.end);
    for (size_t i = region.start;
         utf8_skip_han_outside(text, &i, a->changes->forward.begins), i < region.end;) {
        if (role_is(lexicon_match(a->changes, a->text, i, NULL), "from")) {
            *at = i;
            return true;
        }
        utf8_next(a->text, &i);
    }
    return false;
}

bool phrase_names_a_rate(const struct attacher *a, struct stretch np, size_t verb)
{
    size_t start;
    const struct lexicon_entry *e = phrase_ends_in(a, a->metrics, np, &start);
    if (e != NULL && lexicon_flag(e, "rate") && start < verb)
        return true;
    /* 门诊报销比例, 水质优良比例: a rate of its own where nothing is said to be of a whole. */
    struct str front = str_sub(a->text, np.start, verb);
    return str_starts(str_sub(a->text, verb, np.end), STR("比例")) &&
           verb >= np.start + STR("报销").n && !str_has(front, STR("占")) &&
           !str_has(front, STR("中")) && !str_ends(front, STR("的"));
}

/* 户均增收2.6万元: what a household earns more, an amount and no growth of another. */
static bool is_yield(const struct attacher *a, struct stretch np,
                     const struct lexicon_entry *change, size_t start)
{
    size_t at;
    const struct lexicon_entry *e =
        phrase_ends_in(a, a->metrics, (struct stretch){np.start, start}, &at);
    return str_ends(change->word, STR("增收")) && e != NULL && lexicon_flag(e, "prefix");
}

/* 城镇化率|五年提高, 5年增长: over how many years it changed is no part of the name. */
static struct stretch without_years(const struct attacher *a, struct stretch s)
{
    size_t end = s.end - STR("年").n, at = end;
    if (!phrase_ends(a, s, STR("年")))
        return s;
    while (at > s.start) {
        size_t before = at;
        uint32_t c = utf8_previous(a->text, &before);
        if (!point_is_any_digit(c) && numeral_digit(c) <= 0 && c != U'十')
            break;
        at = before;
    }
    return at < end ? phrase_trim_back(a, (struct stretch){s.start, at}) : s;
}

/* Takes the words of change, share, rank, quantity off the end of a region. */
struct lead lead_read(const struct attacher *a, struct stretch region)
{
    struct lead lead = {.np = region};
    struct stretch *np = &lead.np;
    for (;;) {
        *np = phrase_trim_back(a, *np);
        size_t start;
        if (stretch_is_empty(*np))
            break;
        size_t verb_start = np->end, change_start = np->end;
        const struct lexicon_entry *change = phrase_ends_in(a, a->changes, *np, &change_start);
        const struct lexicon_entry *verb = phrase_ends_in(a, a->verbs, *np, &verb_start);
        if (change != NULL && (verb == NULL || change_start <= verb_start)) {
            if (role_is(change, "basis")) {
                if (lead.basis.n == 0)
                    lead.basis = phrase_str(a, (struct stretch){change_start, np->end});
            } else if (role_is(change, "to")) {
                if (!lead.change)
                    lead.to = true;
            } else if (role_is(change, "noun")) {
                /* 人口自然增长率 is a rate of its own. */
                if (lead.change || lead.to || phrase_names_a_rate(a, *np, change_start))
                    break;
                lead.change = lead.noun = true;
                lead.sign = 1;
                /* 同比|增速 has its basis in it. */
                struct str basis = STR("同比");
                if (lead.basis.n == 0 && str_starts(change->word, basis))
                    lead.basis = str_sub(change->word, 0, basis.n);
            } else if (!role_is(change, "from")) {
                if (lead.change || lead.to)
                    break;
                if (is_yield(a, *np, change, change_start))
                    break;
                /* 提高到2025年的7.4万元: where it went, not by how much. */
                struct str rest = str_sub(a->text, np->end, region.end);
                lead.to = str_starts(rest, STR("到")) || str_starts(rest, STR("至"));
                lead.change = !lead.to;
                lead.sign = role_is(change, "down") ? -1 : 1;
            }
            np->end = change_start;
            continue;
        }
        if (verb != NULL) {
            if (role_is(verb, "link")) {
                lead.apart |= str_starts(verb->word, STR("分别"));
            } else if (role_is(verb, "share") && !lead.change &&
                       !phrase_names_a_rate(a, *np, verb_start)) {
                lead.share = true;
                lead.verb = (struct stretch){verb_start, np->end};
                np->end = verb_start;
                *np = phrase_trim_back(a, *np);
                *np = phrase_strip_links(a, *np);
                break;
            } else {
                /* 水质优良比例|达到 is one word of the lexicon. */
                if (role_is(verb, "share") && str_starts(verb->word, STR("比例")))
                    np->end = verb_start + STR("比例").n;
                break;
            }
            np->end = verb_start;
            continue;
        }
        const struct lexicon_entry *q = phrase_ends_in(a, a->qualifiers, *np, &start);
        if (q != NULL && str_eq(lexicon_field(q, "at"), STR("before"))) {
            np->end = start;
            continue;
        }
        break;
    }
    *np = phrase_trim_front(a, lead.change ? without_years(a, *np) : *np);
    return lead;
}

size_t phrase_times_before(const struct attacher *a, size_t at)
{
    size_t low = 0, high = a->times->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (a->times->at[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
