/* Whose figures are that the prose only points at: of 该镇, of 该公司, of 他, of 58岁的村民张某. */
#include "parse/anaphors.h"
#include "baolan/parse.h"

#include <stdlib.h>

enum {
    KIND_BYTES = 12, /* of 该产业园区, without 该 */
    BEHIND_AGE = 45, /* how far behind 58岁 the name of who is that old may begin */
    TOPIC_GAP = 45,  /* how far into a sentence its topic may begin */
    BEFORE_AGE = 24  /* how far before 今年58岁 it may end */
};

/* True where `p` stands before `at`, in the title or the text of one article. */
static bool is_before(const struct place *p, const struct place *at)
{
    if (p->article != at->article || p->part != PLACE_BODY)
        return false;
    if (p->paragraph == NONE)
        return true;
    return p->paragraph < at->paragraph || (p->paragraph == at->paragraph && p->start < at->start);
}

static bool is_later(const struct place *a, const struct place *b)
{
    if (a->paragraph == NONE || b->paragraph == NONE)
        return a->paragraph != NONE;
    return a->paragraph > b->paragraph || (a->paragraph == b->paragraph && a->start > b->start);
}

/* 示范区, 园区: what ends like a place with an administration and is none. */
static bool is_administered(const struct entity *e, struct str kind)
{
    static const struct str parks[] = {
        STR_INIT("示范区"), STR_INIT("园区"), STR_INIT("景区"),   STR_INIT("社区"),

        STR_INIT("小区"),   STR_INIT("校区"), STR_INIT("先行区"), STR_INIT("试验区")};
    bool one = kind.n == STR("区").n && !str_eq(kind, STR("园"));
    for (size_t i = 0; i < sizeof parks / sizeof *parks && one; i++)
        if (str_ends(e->name, parks[i]))
            return false;
    return true;
}

/* True where a name is one of a kind: 某镇中心小学 of 校, 某某电子 of 公司. */
static bool is_of_kind(const struct entity *e, struct str kind)
{
    static const struct str schools[] = {STR_INIT("小学"), STR_INIT("中学"), STR_INIT("大学"),
                                         STR_INIT("学院"), STR_INIT("一中"), STR_INIT("二中")};
    static const struct str companies[] = {
        STR_INIT("公司"), STR_INIT("集团"), STR_INIT("厂"),   STR_INIT("电子"), STR_INIT("科技"),
        STR_INIT("股份"), STR_INIT("实业"), STR_INIT("食品"), STR_INIT("药业"), STR_INIT("材料"),
        STR_INIT("机械"), STR_INIT("光电"), STR_INIT("生物"), STR_INIT("纺织"), STR_INIT("智能")};
    if (str_ends(e->name, kind) && e->name.n >= kind.n + STR("某").n)
        return true;
    if (e->type != ENTITY_ORGANISATION)
        return false;
    bool school = str_eq(kind, STR("校")) || str_eq(kind, STR("学校"));
    bool company = str_eq(kind, STR("公司")) || str_eq(kind, STR("企业"));
    for (size_t i = 0; school && i < sizeof schools / sizeof *schools; i++)
        if (str_ends(e->name, schools[i]))
            return true;
    for (size_t i = 0; company && i < sizeof companies / sizeof *companies; i++)
        if (str_ends(e->name, companies[i]))
            return true;
    return false;
}

/* The name last said before a place that is of a kind, or empty. */
static struct str last_named(const struct document *d, const struct place *at, struct str kind)
{
    const struct mention *best = NULL;
    struct str name = {0};
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct entity *e = &d->entities[i];
        if (e->type == ENTITY_PERSON || e->type == ENTITY_DOCUMENT || e->type == ENTITY_PROGRAMME ||
            !is_of_kind(e, kind) || !is_administered(e, kind))
            continue;
        for (uint32_t k = 0; k < e->n_mentions; k++) {
            const struct mention *m = &e->mentions[k];
            if (!is_before(&m->place, at) || (best != NULL && !is_later(&m->place, &best->place)))
                continue;
            best = m;
            name = str_ends(m->spelling, kind) ? m->spelling : e->name;
        }
    }
    return name;
}

/* 镇 of 该镇: it stays as printed, as 全镇 does; the figure's region tells which one it is. */
static bool is_administration(struct str kind)
{
    static const struct str kinds[] = {STR_INIT("镇"), STR_INIT("乡"), STR_INIT("村"),
                                       STR_INIT("县"), STR_INIT("区"), STR_INIT("市"),
                                       STR_INIT("州"), STR_INIT("旗"), STR_INIT("街道")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, kinds[i]))
            return true;
    return false;
}

/* 公司 of 该公司, of 公司 where that is all, or empty. */
static struct str anaphor_kind(const struct indicator *in)
{
    static const struct str alone[] = {STR_INIT("公司"),   STR_INIT("集团"), STR_INIT("研究院"),
                                       STR_INIT("研究所"), STR_INIT("医院"), STR_INIT("学校"),
                                       STR_INIT("基地"),   STR_INIT("园区")};
    if (str_eq(in->subject, STR("公司产品")) && in->place.paragraph != NONE)
        return STR("公司");
    struct str this = STR("该");
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
        if (str_eq(in->subject, alone[i]) && in->place.part == PLACE_BODY &&
            in->place.paragraph != NONE)
            return in->subject;
    if (!str_starts(in->subject, this) || in->subject.n > this.n + KIND_BYTES ||
        in->place.part != PLACE_BODY || in->place.paragraph == NONE)
        return (struct str){0};
    struct str kind = str_sub(in->subject, this.n, in->subject.n);
    return is_administration(kind) ? (struct str){0} : kind;
}

static int compare_people(const void *a, const void *b)
{
    const struct place *p = &((const struct person *)a)->place;
    const struct place *q = &((const struct person *)b)->place;
    if (p->article != q->article)
        return p->article < q->article ? -1 : 1;
    if (p->paragraph != q->paragraph)
        return p->paragraph < q->paragraph ? -1 : 1;
    return (p->start > q->start) - (p->start < q->start);
}

/* Everyone, or every body, place and project, named in the articles' texts, in reading order. */
static void find_people(const struct document *d, bool people, struct people *out)
{
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct entity *e = &d->entities[i];
        bool place =
            e->type == ENTITY_PLACE || e->type == ENTITY_ORGANISATION || e->type == ENTITY_PROJECT;
        bool wanted = people ? e->type == ENTITY_PERSON : place;
        for (uint32_t k = 0; k < e->n_mentions && wanted; k++) {
            const struct mention *m = &e->mentions[k];
            if (m->place.part == PLACE_BODY && m->place.paragraph != NONE)
                vector_push(d->arena, &out->seen,
                            ((struct person){m->place, m->spelling, e->type}));
        }
    }
    if (out->seen.n > 0)
        qsort(out->seen.at, out->seen.n, sizeof *out->seen.at, compare_people);
}

size_t people_first_after(const struct people *people, const struct place *at)
{
    struct person here = {.place = *at};
    size_t low = 0, high = people->seen.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_people(&people->seen.at[middle], &here) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_same_paragraph(const struct place *a, const struct place *b)
{
    return a->article == b->article && a->paragraph == b->paragraph;
}

/* Who is as old as an indicator says: named right behind it or right before. */
static struct str person_beside(const struct people *people, const struct place *at)
{
    struct place end = *at;
    end.start = at->end;
    size_t k = people_first_after(people, &end);
    if (k < people->seen.n && is_same_paragraph(&people->seen.at[k].place, at) &&
        people->seen.at[k].place.start <= at->end + BEHIND_AGE)
        return people->seen.at[k].name;
    if (k > 0 && is_same_paragraph(&people->seen.at[k - 1].place, at) &&
        people->seen.at[k - 1].place.end + BEFORE_AGE >= at->start)
        return people->seen.at[k - 1].name;
    return (struct str){0};
}

/* The person last named before a place in its article. */
static struct str person_before(const struct people *people, const struct place *at)
{
    size_t k = people_first_after(people, at);
    bool found = k > 0 && people->seen.at[k - 1].place.article == at->article;
    return found ? people->seen.at[k - 1].name : (struct str){0};
}

/* True where no sentence ends between two indicators of one paragraph. */
static bool is_same_sentence(const struct document *d, const struct place *a, const struct place *b)
{
    struct str text = d->articles[a->article].paragraphs[a->paragraph].prose.text;
    return is_same_paragraph(a, b) && !str_has(str_sub(text, a->end, b->start), STR("。"));
}

static bool is_pronoun(struct str subject)
{
    return str_eq(subject, STR("他")) || str_eq(subject, STR("她"));
}

/* 承办单位市文旅局高度重视，…，投入资金680万元: the body, place or project that the sentence of a
 * figure of nobody begins with. */
static struct str topic_of(const struct document *d, const struct people *named,
                           const struct indicator *in)
{
    struct str text = d->articles[in->place.article].paragraphs[in->place.paragraph].prose.text;
    struct str before = str_sub(text, 0, in->place.start);
    size_t stop = str_find_last(before, STR("。"));
    struct place at = in->place;
    at.start = stop == STR_NONE ? 0 : (uint32_t)(stop + STR("。").n);
    size_t k = people_first_after(named, &at);
    if (k >= named->seen.n || !is_same_paragraph(&named->seen.at[k].place, &at) ||
        named->seen.at[k].place.end >= in->place.start)
        return (struct str){0};
    const struct person *first = &named->seen.at[k];
    struct str gap = str_trim(str_sub(text, at.start, first->place.start));
    struct str rest = str_sub(text, first->place.end, text.n);
    struct str told = str_sub(text, first->place.end, in->place.start);
    static const struct str behind[] = {STR_INIT("的"), STR_INIT("、"),   STR_INIT("和"),
                                        STR_INIT("与"), STR_INIT("等"),   STR_INIT("及"),
                                        STR_INIT("（"), STR_INIT("以来"), STR_INIT("期间"),
                                        STR_INIT("党"), STR_INIT("超过"), STR_INIT("达")};
    static const struct str speech[] = {STR_INIT("表示"), STR_INIT("介绍"), STR_INIT("说，"),
                                        STR_INIT("说："), STR_INIT("认为"), STR_INIT("指出"),
                                        STR_INIT("告诉")};
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (str_starts(rest, behind[i]))
            return (struct str){0};
    for (size_t i = 0; i < sizeof speech / sizeof *speech; i++)
        if (str_has(told, speech[i]))
            return (struct str){0};
    bool opens = gap.n == 0 || str_ends(gap, STR("单位")) || str_ends(gap, STR("，"));
    return opens && gap.n <= TOPIC_GAP ? first->name : (struct str){0};
}

/* True where a sentence that names somebody goes on to what that one said, or about more of them.
 */
static bool is_told_by(struct str rest, struct str told)
{
    static const struct str behind[] = {STR_INIT("的"), STR_INIT("、"), STR_INIT("和"),
                                        STR_INIT("与"), STR_INIT("等"), STR_INIT("家")};
    static const struct str speech[] = {
        STR_INIT("说"),   STR_INIT("表示"), STR_INIT("介绍"), STR_INIT("认为"), STR_INIT("指出"),
        STR_INIT("告诉"), STR_INIT("："),   STR_INIT("坦言"), STR_INIT("看来"), STR_INIT("透露"),
        STR_INIT("建议"), STR_INIT("强调"), STR_INIT("主持"), STR_INIT("“")};
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (str_starts(rest, behind[i]))
            return true;
    for (size_t i = 0; i < sizeof speech / sizeof *speech; i++)
        if (str_has(told, speech[i]))
            return true;
    return false;
}

/* 村民张某加入了合作社，承租40亩土地: the person whom the sentence of a figure of nobody begins
 * with. */
static struct str person_of_sentence(const struct document *d, const struct people *people,
                                     const struct indicator *in)
{
    struct str text = d->articles[in->place.article].paragraphs[in->place.paragraph].prose.text;
    size_t stop = str_find_last(str_sub(text, 0, in->place.start), STR("。"));
    struct place at = in->place;
    at.start = stop == STR_NONE ? 0 : (uint32_t)(stop + STR("。").n);
    size_t k = people_first_after(people, &at);
    if (k >= people->seen.n || !is_same_paragraph(&people->seen.at[k].place, &at) ||
        people->seen.at[k].place.end >= in->place.start)
        return (struct str){0};
    const struct person *first = &people->seen.at[k];
    bool only = k + 1 >= people->seen.n || !is_same_paragraph(&people->seen.at[k + 1].place, &at) ||
                people->seen.at[k + 1].place.start >= in->place.start;
    struct str gap = str_sub(text, at.start, first->place.start);
    struct str told = str_sub(text, first->place.end, in->place.start);
    bool opens = gap.n <= TOPIC_GAP && !str_has(gap, STR("，")) && !str_has(gap, STR("“"));
    return opens && only && !is_told_by(str_sub(text, first->place.end, text.n), told)
               ? first->name
               : (struct str){0};
}

/* 某集团董事长李某: the person with whose name a subject ends, titles before it; or empty. */
static struct str person_in_subject(const struct people *people, const struct indicator *in)
{
    size_t k = people_first_after(people, &in->place);
    if (k == 0 || !is_same_paragraph(&people->seen.at[k - 1].place, &in->place))
        return (struct str){0};
    struct str name = people->seen.at[k - 1].name;
    return str_ends(in->subject, name) && in->subject.n > name.n ? name : (struct str){0};
}

/* The name that an indicator's subject stands for, or empty. */
static struct str name_of(const struct document *d, const struct people *people,
                          const struct people *named, const struct indicator *in)
{
    struct str kind = anaphor_kind(in);
    if (kind.n > 0)
        return last_named(d, &in->place, kind);
    if (in->place.part != PLACE_BODY || in->place.paragraph == NONE)
        return (struct str){0};
    if (is_pronoun(in->subject))
        return person_before(people, &in->place);
    struct str speaker = in->table == NONE ? quoted_owner(d, people, named, in) : (struct str){0};
    if (speaker.n > 0)
        return speaker;
    if (in->subject.n == 0 && in->table == NONE && !str_eq(in->metric, STR("年龄"))) {
        struct str topic = topic_of(d, named, in);
        return topic.n > 0 ? topic : person_of_sentence(d, people, in);
    }
    struct str person = person_in_subject(people, in);
    if (person.n > 0)
        return person;
    return str_eq(in->metric, STR("年龄")) ? person_beside(people, &in->place) : (struct str){0};
}

void parse_anaphors(struct document *d)
{
    struct people people = {0}, named = {0};
    struct indicator *own = NULL;
    find_people(d, true, &people);
    find_people(d, false, &named);
    for (uint32_t i = 0; i < d->n_indicators; i++) {
        struct str name = name_of(d, &people, &named, &d->indicators[i]), pointed;
        if (name.n == 0)
            continue;
        if (own == NULL) {
            own = arena_dup(d->arena, d->indicators, d->n_indicators * sizeof *own);
            d->indicators = own;
        }
        pointed = own[i].subject;
        own[i].subject = name;
        /* 58岁的村民张某在园区务工3年: what the sentence goes on to say is of the same person. */
        bool age = str_eq(own[i].metric, STR("年龄"));
        while (age && i + 1 < d->n_indicators && str_eq(own[i + 1].subject, pointed) &&
               is_same_sentence(d, &own[i].place, &own[i + 1].place))
            own[++i].subject = name;
    }
}
