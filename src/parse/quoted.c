/* Figures in quoted speech: “今年我家养了60亩虾。”某某说 is of who says it. */
#include "baolan/utf8.h"
#include "parse/anaphors.h"

enum {
    BEHIND_QUOTE = 120, /* how far behind a quotation its speaker may be named */
    BESIDE_NAME = 36,   /* how much may stand between a body and its manager */
    QUOTE_BYTES = 900   /* how long a quotation may be */
};

/* A quotation in a paragraph's text: between its marks. */
struct quote {
    size_t start, end;
};

static bool find_quote(struct str text, const struct place *at, struct quote *out)
{
    struct str mark = STR("”");
    size_t close = str_find(str_sub(text, 0, at->end + QUOTE_BYTES + mark.n), mark, at->end);
    if (close == STR_NONE)
        return false;
    size_t from = at->start > QUOTE_BYTES ? at->start - QUOTE_BYTES : 0;
    struct str before = str_sub(text, from, at->start);
    size_t open = str_find_last(before, STR("“"));
    if (open == STR_NONE || str_find(before, mark, open) != STR_NONE)
        return false;
    *out = (struct quote){from + open + STR("“").n, close};
    struct str said = str_sub(text, out->start, out->end);
    return str_has(said, STR("，")) || str_has(said, STR("。"));
}

/* 我 of 我家, 我流转; 我市, 我县 tell of a region. */
static bool is_first_person(struct str text, size_t at)
{
    static const struct str regions[] = {
        STR_INIT("市"), STR_INIT("县"), STR_INIT("区"), STR_INIT("省"), STR_INIT("国"),
        STR_INIT("镇"), STR_INIT("乡"), STR_INIT("村"), STR_INIT("局"), STR_INIT("州")};
    struct str rest = str_sub(text, at + STR("我").n, text.n);
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (str_starts(rest, regions[i]))
            return false;
    return true;
}

/* Where the last word for the speaker stands in a quotation before its byte `to`, or STR_NONE. */
static size_t find_first_person(struct str text, struct quote q, size_t to, bool *we)
{
    while (to > q.start) {
        size_t at = str_find_last(str_sub(text, q.start, to), STR("我"));
        if (at == STR_NONE)
            break;
        to = q.start + at;
        if (!is_first_person(text, to))
            continue;
        *we = str_starts(str_sub(text, to, q.end), STR("我们"));
        return to;
    }
    return STR_NONE;
}

/* 工业, 规上工业: a branch without a name. */
static bool is_branch(struct str s)
{
    static const struct str branches[] = {
        STR_INIT("工业"), STR_INIT("规上工业"), STR_INIT("规模以上工业"), STR_INIT("服务业"),
        STR_INIT("农业"), STR_INIT("制造业"),   STR_INIT("旅游业")};
    for (size_t i = 0; i < sizeof branches / sizeof *branches; i++)
        if (str_eq(s, branches[i]))
            return true;
    return false;
}

/* True where the words of a quotation before a figure leave its owner to the speaker: nobody was
 * found, or one who is named elsewhere, or only what is the speaker's (我们的产品). */
static bool is_left_to_speaker(struct str text, struct quote q, size_t me, bool we,
                               const struct indicator *in)
{
    struct str said = str_sub(text, q.start, in->place.start);
    struct str mine = str_sub(text, me, in->place.start);
    if (in->subject.n == 0 ||
        (str_starts(in->subject, STR("我")) && is_first_person(in->subject, 0)))
        return true;
    /* “我们…力争工业总产值突破…”: the branch is the speaker's too. */
    if (!str_has(said, in->subject) || (we && is_branch(in->subject)))
        return true;
    struct str ours = STR("我们的");
    return we && str_starts(mine, ours) && str_starts(str_sub(mine, ours.n, mine.n), in->subject);
}

/* The first person named behind a quotation, who says it; else the last before it. */
static const struct person *find_speaker(const struct people *people, const struct place *at,
                                         struct quote q)
{
    struct place close = *at, open = *at;
    close.start = (uint32_t)q.end;
    open.start = (uint32_t)q.start;
    size_t k = people_first_after(people, &close), b = people_first_after(people, &open);
    if (k < people->seen.n) {
        const struct person *p = &people->seen.at[k];
        if (p->place.article == at->article && p->place.paragraph == at->paragraph &&
            p->place.start <= q.end + BEHIND_QUOTE)
            return p;
    }
    if (b == 0)
        return NULL;
    const struct person *p = &people->seen.at[b - 1];
    return p->place.article == at->article && p->place.paragraph == at->paragraph ? p : NULL;
}

static bool manages(struct str title)
{
    static const struct str titles[] = {STR_INIT("经理"),   STR_INIT("董事长"), STR_INIT("负责人"),
                                        STR_INIT("老板"),   STR_INIT("厂长"),   STR_INIT("部长"),
                                        STR_INIT("理事长"), STR_INIT("总裁")};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (str_ends(title, titles[i]))
            return true;
    return false;
}

/* 彭镇|党委书记, 南站|值班站长: who speaks for a place. */
static bool leads(struct str title)
{
    static const struct str titles[] = {STR_INIT("书记"), STR_INIT("主任"), STR_INIT("镇长"),
                                        STR_INIT("乡长"), STR_INIT("站长"), STR_INIT("区长"),
                                        STR_INIT("县长"), STR_INIT("院长")};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (str_ends(title, titles[i]))
            return true;
    return false;
}

/* 彭镇 of 彭镇党委: the place that an authority leads. */
static struct str led_place(struct str name)
{
    static const struct str tails[] = {STR_INIT("党委"),   STR_INIT("管委会"), STR_INIT("党工委"),
                                       STR_INIT("党支部"), STR_INIT("党总支"), STR_INIT("人民政府"),
                                       STR_INIT("村委会")};
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (str_ends(name, tails[i]) && name.n > tails[i].n + STR("某镇").n)
            return str_sub(name, 0, name.n - tails[i].n);
    return name;
}

/* The place or body that stands right before its leader's name; empty where none does. */
static struct str place_of_leader(struct str text, const struct people *named,
                                  const struct person *who)
{
    size_t k = people_first_after(named, &who->place);
    if (k == 0)
        return (struct str){0};
    const struct person *p = &named->seen.at[k - 1];
    bool beside = p->place.article == who->place.article &&
                  p->place.paragraph == who->place.paragraph && p->place.end <= who->place.start &&
                  p->place.end + BESIDE_NAME >= who->place.start;
    return beside && leads(str_sub(text, p->place.end, who->place.start)) ? led_place(p->name)
                                                                          : (struct str){0};
}

/* The body that stands right before its manager's name (某公司总经理|某某), or the one last named
 * before the quotation where only 公司 does and `far` is true. */
static struct str body_of(struct str text, const struct people *named, const struct person *who,
                          struct quote q, bool far)
{
    size_t k = people_first_after(named, &who->place);
    struct str title = (struct str){0};
    while (k-- > 0) {
        const struct person *body = &named->seen.at[k];
        bool here = body->place.paragraph == who->place.paragraph;
        if (body->place.article != who->place.article)
            break;
        if (body->type != ENTITY_ORGANISATION)
            continue;
        if (here && body->place.end <= who->place.start &&
            body->place.end + BESIDE_NAME >= who->place.start)
            title = str_sub(text, body->place.end, who->place.start);
        if (manages(title))
            return body->name;
        size_t from = who->place.start > BESIDE_NAME ? who->place.start - BESIDE_NAME : 0;
        bool before = !here || body->place.end < q.start;
        return far && before && manages(str_sub(text, from, who->place.start)) ? body->name
                                                                               : (struct str){0};
    }
    return (struct str){0};
}

/* The longest of some endings taken off s; false where it has none. */
static bool strip_end(struct str *s, const struct str *ends, size_t n)
{
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (str_ends(*s, ends[i]) && ends[i].n > most)
            most = ends[i].n;
    s->n -= most;
    return most > 0;
}

/* “…。”某某站值班站长|李某说: the body or place before the title of who says it, by its own ending
 * where the page names it only here. Empty where no title stands there, or it is an authority's. */
static struct str body_in_title(struct str text, struct quote q, const struct person *who)
{
    static const struct str titles[] = {
        STR_INIT("值班站长"), STR_INIT("站长"),   STR_INIT("项目负责人"), STR_INIT("负责人"),
        STR_INIT("董事长"),   STR_INIT("经理"),   STR_INIT("总经理"),     STR_INIT("副总经理"),
        STR_INIT("院长"),     STR_INIT("校长"),   STR_INIT("园长"),       STR_INIT("厂长"),
        STR_INIT("理事长"),   STR_INIT("创始人"), STR_INIT("老板"),       STR_INIT("项目经理")};
    static const struct str bodies[] = {
        STR_INIT("公司"), STR_INIT("集团"), STR_INIT("合作社"), STR_INIT("站"),   STR_INIT("医院"),
        STR_INIT("学校"), STR_INIT("厂"),   STR_INIT("中心"),   STR_INIT("民宿"), STR_INIT("农场")};
    size_t from = q.end + STR("”").n;
    if (who->place.start <= from || who->place.start > from + BEHIND_QUOTE)
        return (struct str){0};
    struct str body = str_trim(str_sub(text, from, who->place.start));
    if (str_has(body, STR("，")) || str_has(body, STR("。")) ||
        !strip_end(&body, titles, sizeof titles / sizeof *titles))
        return (struct str){0};
    struct str end = body;
    bool named = strip_end(&end, bodies, sizeof bodies / sizeof *bodies);
    return named && end.n >= STR("清江").n ? body : (struct str){0};
}

struct str quoted_owner(const struct document *d, const struct people *people,
                        const struct people *named, const struct indicator *in)
{
    struct str text = d->articles[in->place.article].paragraphs[in->place.paragraph].prose.text;
    struct quote q;
    bool we = false;
    if (!find_quote(text, &in->place, &q))
        return (struct str){0};
    size_t me = find_first_person(text, q, in->place.start, &we);
    const struct person *who = find_speaker(people, &in->place, q);
    if (who == NULL)
        return (struct str){0};
    struct str spoken = body_in_title(text, q, who);
    if (me == STR_NONE) {
        struct str body = in->subject.n == 0 ? body_of(text, named, who, q, false) : STR("");
        return in->subject.n == 0 && body.n == 0 ? spoken : body;
    }
    if (!is_left_to_speaker(text, q, me, we, in))
        return (struct str){0};
    if (!we)
        return who->name;
    struct str led = place_of_leader(text, named, who);
    if (led.n > 0)
        return led;
    return spoken.n > 0 ? spoken : body_of(text, named, who, q, true);
}
