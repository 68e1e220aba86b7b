/* Which figures are of one thing: whose they are, and how a change runs. */
#include "app/figures.h"

#include "baolan/lexicon.h"
#include "baolan/spelling.h"
#include "baolan/utf8.h"

struct str figures_subject(struct arena *a, const struct lexicons *lexicons, struct str subject,
                           struct str region)
{
    if (indicator_is_of_region(subject, region))
        return STR("");
    /* The longest such beginning: 云泽市 before 云泽. */
    for (size_t at = region.n < subject.n ? region.n : subject.n; at > 0;) {
        if (at < subject.n && indicator_is_of_region(str_sub(subject, 0, at), region))
            return spelling_join(a, lexicons, str_sub(subject, at, subject.n));
        utf8_previous(subject, &at);
    }
    return spelling_join(a, lexicons, subject);
}

enum series_pace figures_pace(enum indicator_kind kind, struct str period, struct str basis)
{
    static const struct str recent[] = {STR_INIT("环比"),  STR_INIT("上月"), STR_INIT("上季"),
                                        STR_INIT("年初"),  STR_INIT("月初"), STR_INIT("上年末"),
                                        STR_INIT("上年底")};
    if (kind != INDICATOR_CHANGE)
        return PACE_YEAR;
    for (size_t i = 0; i < sizeof recent / sizeof *recent; i++)
        if (str_has(basis, recent[i]))
            return PACE_RECENT;
    bool mean = str_has(basis, STR("年均")) || str_has(basis, STR("平均"));
    return str_has(period, STR("/")) && !mean ? PACE_SPAN : PACE_YEAR;
}

/* A sector or a class, of which every place has its own. */
static bool names_a_class(const struct lexicons *lexicons, struct str subject)
{
    static const struct str ends[] = {STR_INIT("企业"), STR_INIT("业"), STR_INIT("居民"),
                                      STR_INIT("类"), STR_INIT("工业")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(subject, ends[i]))
            return true;
    return lexicons != NULL &&
           lexicon_find(lexicons_get(lexicons, LEXICON_METRICS), subject) != NULL;
}

bool figures_are_at_home(const struct lexicons *lexicons, struct str metric_key, struct str subject,
                         struct str region)
{
    if (region.n == 0 && (subject.n == 0 || names_a_class(lexicons, subject)))
        return true;
    const struct lexicon_entry *e =
        lexicons == NULL || subject.n > 0
            ? NULL
            : lexicon_find(lexicons_get(lexicons, LEXICON_METRICS), metric_key);
    return e != NULL && lexicon_flag(e, "common");
}
