/* What a figure is by its clause and its metric: of a time, of a day, or of no time at all. */
#include "baolan/utf8.h"
#include "parse/phrase.h"
#include "parse/reading.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct str figure_clause(const struct reading *r, const struct quantity *q)
{
    enum { NEAR = 180 };
    size_t start = q->before > NEAR + r->clause_start ? q->before - NEAR : r->clause_start;
    return str_sub(r->plain.text, start, q->before);
}

/* What the words before a figure say of its time: the roles of the lexicon of states. */
enum state {
    STATE_HELD,
    STATE_MADE,
    STATE_REPEATED,
    STATE_SOLD,
    STATE_OWNED,
    STATE_DONE,
    STATE_ENDED
};

static unsigned state_bit(const struct lexicon_entry *e)
{
    static const struct str roles[] = {
        [STATE_HELD] = STR_INIT("held"),         [STATE_MADE] = STR_INIT("made"),
        [STATE_REPEATED] = STR_INIT("repeated"), [STATE_SOLD] = STR_INIT("sold"),
        [STATE_OWNED] = STR_INIT("owned"),       [STATE_DONE] = STR_INIT("done"),
        [STATE_ENDED] = STR_INIT("ended")};
    for (size_t i = 0; i < COUNT(roles); i++)
        if (str_eq(e->role, roles[i]))
            return 1U << i;
    return 0;
}

static const struct lexicon *states_of(const struct reading *r)
{
    return lexicons_get(r->options->lexicons, LEXICON_STATES);
}

/* True where a word at byte `at` of text is one, and not 现有 as the end of 实现 and 有. */
static bool stands_alone(struct str text, size_t at, struct str word)
{
    static const uint32_t years[] = {U'今', U'去', U'上', U'全', U'当', U'本', U'前', U'每'};
    uint32_t c = at > 0 ? utf8_previous(text, &at) : 0;
    bool dated = false; /* 今年|加工 */
    for (size_t i = 0; i < COUNT(years); i++)
        dated |= c == years[i] && str_starts(word, STR("年"));
    return c != U'实' && c != U'出' && c != U'体' && c != U'呈' && !dated && !point_is_digit(c);
}

/* What the clause says before a figure: a bit for each enum state. */
static unsigned clause_says(const struct reading *r, const struct quantity *q)
{
    const struct lexicon *states = states_of(r);
    struct str before = figure_clause(r, q);
    unsigned said = 0;
    for (size_t at = 0, next; trie_seek(&states->forward, before, &at, &next) != 0; at = next) {
        const struct lexicon_entry *e = lexicon_match(states, before, at, NULL);
        if (e != NULL && stands_alone(before, at, e->word))
            said |= state_bit(e);
    }
    return said;
}

static bool metric_is(const struct reading *r, struct str metric, const char *flag)
{
    const struct lexicon_entry *e = lexicon_match_before(states_of(r), metric, metric.n, NULL);
    return e != NULL && lexicon_flag(e, flag);
}

bool figure_is_flow(const struct reading *r, const struct quantity *q, struct str metric)
{
    return metric_is(r, metric, "flow") || (clause_says(r, q) >> STATE_DONE & 1) != 0;
}

bool figure_is_of_whole_year(const struct reading *r, struct str metric)
{
    return metric_is(r, metric, "year");
}

bool figure_is_lifetime(const struct quantity *q, const struct indicator *out)
{
    bool years = q->class == UNIT_TIME && str_eq(q->base_unit, STR("年"));
    bool measured = str_ends(out->metric, STR("年限")) || str_ends(out->metric, STR("寿命"));
    return (years && !measured) || (q->class == UNIT_AGE && str_eq(out->metric, STR("年龄")));
}

/* 2021年至2023年，新增用地210亩，人才缺口|约1200人: what is wanting is so now. */
static bool is_gap(const struct reading *r, const struct indicator *out)
{
    return r->period >= 0 && r->times.at[r->period].range && str_ends(out->metric, STR("缺口"));
}

/* 产品远销|62个国家和地区, 拥有|专利83项 */
static bool is_standing(const struct reading *r, unsigned said, const struct indicator *out)
{
    return ((said >> STATE_SOLD & 1) != 0 && metric_is(r, out->metric, "place")) ||
           ((said >> STATE_OWNED & 1) != 0 && metric_is(r, out->metric, "right"));
}

/* 今年10月完工，…年接待游客|500万人次: what goes on every year is not of a day or month. */
static bool is_yearly(const struct reading *r, const struct indicator *out)
{
    const struct time_phrase *t = r->period >= 0 ? &r->times.at[r->period] : NULL;
    return t != NULL && !t->range && t->from.grain >= GRAIN_MONTH &&
           (str_starts(out->metric, STR("年")) || str_starts(out->metric, STR("年均"))) &&
           !str_starts(out->metric, STR("年末")) && !str_starts(out->metric, STR("年度"));
}

/* 关停小煤窑，退出煤炭产能|210万吨: what was done in a time. */
static bool leaves(unsigned said, const struct indicator *out)
{
    return (said >> STATE_ENDED & 1) != 0 && str_ends(out->metric, STR("产能"));
}

bool figure_is_timeless(struct reading *r, const struct quantity *q, const struct indicator *out,
                        bool fixed)
{
    /* 每吨运费500元: a rate, and not of the time of the sentence before. */
    bool each = r->period == TIME_INHERITED && r->heading_period.n == 0 &&
                str_has(figure_clause(r, q), STR("每"));
    bool here = r->period >= 0 && r->times.at[r->period].start >= r->clause_start;
    /* 截至2023年底…。现有养老机构19家: what there was then. */
    bool until_now = r->period == TIME_INHERITED && r->inherited.n > 0 && r->inherited_until;
    bool until =
        until_now && str_starts(str_sub(r->plain.text, r->sentence_start, q->start), STR("现有"));
    unsigned said = here ? 0 : clause_says(r, q);
    bool exists = !until && (said >> STATE_HELD & 1) != 0;
    /* 整合现有|83个商标，新增…: what is done next is not so already. */
    r->held = !here && !until && (r->held || (exists && !target_is_existing(r, q)));
    bool flows = out->kind == INDICATOR_CHANGE && str_eq(q->unit, STR("%"));
    if (r->lacking && r->period == TIME_INHERITED && !flows)
        return true;
    if (here)
        return false;
    bool stands = r->heading_period.n == 0 && !until_now && is_standing(r, said, out);
    return (fixed && !leaves(said, out)) || stands || each || exists || r->held || is_gap(r, out) ||
           is_yearly(r, out) || (said & (1U << STATE_MADE | 1U << STATE_REPEATED)) != 0;
}
