/* Lists of those who propose a proposal, join it or deal with it: members, bodies, offices. */
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/proposal.h"

/* s without what stands in brackets at its end. */
static struct str without_remark(struct str s)
{
    size_t at = s.n;
    uint32_t c = utf8_previous(s, &at);
    if (s.n == 0 || (c != 0xFF09 && c != ')'))
        return s;
    size_t wide = str_find_last(s, STR("（")), narrow = str_find_last(s, STR("("));
    size_t open = wide == STR_NONE || (narrow != STR_NONE && narrow > wide) ? narrow : wide;
    return open == STR_NONE || open == 0 ? s : str_trim(str_sub(s, 0, open));
}

/* s without the spaces between its characters: `陶 嘉`. */
static struct str without_spaces(struct arena *a, struct str s)
{
    size_t spaces = 0;
    for (size_t i = 0; i < s.n;)
        spaces += point_is_space(utf8_next(s, &i));
    if (spaces == 0)
        return s;
    struct buffer b = buffer_in(a);
    for (size_t i = 0, at = 0; i < s.n; at = i)
        if (!point_is_space(utf8_next(s, &i)))
            buffer_add(&b, str_sub(s, at, i));
    return buffer_str(&b);
}

/* True where name ends as bodies' names do. */
static bool ends_as_body(struct str name)
{
    static const struct str bodies[] = {STR_INIT("委"), STR_INIT("会"), STR_INIT("联"),
                                        STR_INIT("党"), STR_INIT("社"), STR_INIT("组"),
                                        STR_INIT("界"), STR_INIT("盟"), STR_INIT("部")};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (str_ends(name, bodies[i]))
            return true;
    return false;
}

/* True where name has the length and the first character of a person's. */
static bool is_person(const struct proposal_reader *r, struct str name)
{
    size_t end = 0, count = utf8_count(name);
    const struct lexicon_entry *entry = lexicon_match(r->surnames, name, 0, &end);
    if (str_has(name, STR("·")))
        return true;
    if (entry == NULL || count < 2 || count > 4)
        return false;
    return count == 2 || !ends_as_body(name);
}

/* Who joins a proposal is a member; a surname may be one that no list has. */
static bool is_joint_person(const struct proposal_reader *r, struct str name)
{
    size_t count = utf8_count(name);
    return is_person(r, name) || ((count == 2 || count == 3) && name.n == 3 * count &&
                                  !ends_as_body(name) && lexicon_find(r->words, name) == NULL);
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n;)
        if (point_is_any_digit(utf8_next(s, &i)))
            return true;
    return false;
}

/* 主办：市教育局, 会办 市财政局: without what says how a body takes part. */
static struct str without_part(struct str s)
{
    static const struct str parts[] = {STR_INIT("主办"),    STR_INIT("会办"), STR_INIT("协办"),
                                       STR_INIT("分办"),    STR_INIT("承办"), STR_INIT("主办单位"),
                                       STR_INIT("会办单位")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t after = parts[i].n;
        uint32_t c = str_starts(s, parts[i]) ? utf8_at(s, after) : 0;
        bool office = str_starts(s, parts[i]) && !str_starts(parts[i], STR("承办")) &&
                      proposal_ends_as_office(str_sub(s, after, s.n));
        if (!mark_is_colon(c) && !point_is_space(c) && !office)
            continue;
        if (!office)
            utf8_next(s, &after);
        return str_trim(str_sub(s, after, s.n));
    }
    return s;
}

static void add_name(struct proposal_reader *r, struct draft *d, enum name_list list,
                     struct str name)
{
    size_t mark = (name = str_trim(name)).n;
    uint32_t c = name.n > 0 ? utf8_previous(name, &mark) : 0;
    if (mark_ends_sentence(c) || mark_is_colon(c)) /* 主办：市教育局。 */
        name.n = mark;
    if (list == LIST_HANDLERS)
        name = without_part(name);
    bool people = list == LIST_SPEAKERS || list == LIST_JOINT;
    if (list != LIST_BODIES)
        name = without_remark(name);
    size_t etc = str_find(name, STR("等"), 0);
    if (people && etc != STR_NONE && etc > 3)
        name = str_trim(str_sub(name, 0, etc));
    struct ordinal o = people ? ordinal_at(name, 0) : (struct ordinal){ORDINAL_NONE, 0, 0, 0};
    if (o.kind == ORDINAL_DIGIT || o.kind == ORDINAL_DIGIT_BRACKET) /* 1.伍某某 */
        name = str_trim(str_sub(name, o.text, name.n));
    if (people && (has_digit(name) || proposal_label(r, name) != FIELD_NONE))
        return; /* 委员证号 0312 */
    if (people)
        name = without_spaces(r->arena, name);
    if (people && str_has(name, STR("政协")) &&
        (str_ends(name, STR("委员")) || str_ends(name, STR("常委"))))
        return; /* 市政协委员 罗某某 */
    if (people && str_ends(name, STR("委员")) && utf8_count(name) > 3)
        name.n -= 6;
    if (name.n == 0 || str_eq(name, STR("无")))
        return;
    if (list == LIST_HANDLERS)
        vector_push(r->arena, &d->handlers, name);
    else if (list == LIST_JOINT && is_joint_person(r, name))
        vector_push(r->arena, &d->joint, name);
    else if (list == LIST_SPEAKERS &&
             (is_person(r, name) || (d->speakers.n > 0 && is_joint_person(r, name))))
        vector_push(r->arena, &d->speakers, name);
    else
        vector_push(r->arena, &d->bodies, name);
}

bool proposal_ends_as_office(struct str name)
{
    static const struct str ends[] = {STR_INIT("局"),   STR_INIT("委"),   STR_INIT("办"),
                                      STR_INIT("厅"),   STR_INIT("政府"), STR_INIT("中心"),
                                      STR_INIT("公司"), STR_INIT("支队"), STR_INIT("集团"),
                                      STR_INIT("会"),   STR_INIT("院"),   STR_INIT("部")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(name, ends[i]) && utf8_count(name) > 2)
            return true;
    return false;
}

/* 方 也 知: the end of a name of three characters that a space parts, alone or before a mark;
 * `from` where there is none. */
static size_t spaced_name_end(struct str names, size_t from)
{
    size_t at = from, end = from, n = 0;
    for (bool space = true;; space = false) {
        size_t next = at;
        uint32_t c = utf8_next(names, &next);
        while (c != 0 && point_is_space(c)) {
            space = true;
            at = next;
            c = utf8_next(names, &next);
        }
        if (c == 0 || c == 0x3001 || mark_is_comma(c) || mark_is_semicolon(c))
            return n == 3 ? end : from;
        if (!space || !point_is_han(c) || ++n > 3)
            return from;
        at = end = next;
    }
}

/* 钱某某 市中医院: where a member works, behind the name and a space. */
static bool is_workplace(const struct proposal_reader *r, enum name_list list,
                         const struct draft *d, struct str part)
{
    size_t people = list == LIST_SPEAKERS ? d->speakers.n : d->joint.n;
    return (list == LIST_SPEAKERS || list == LIST_JOINT) && people > 0 && d->bodies.n == 0 &&
           utf8_count(part) > 3 && !is_person(r, part) && !ends_as_body(part);
}

void proposal_add_names(struct proposal_reader *r, struct draft *d, enum name_list list,
                        struct str names)
{
    size_t from = 0;
    bool spaced = false; /* a space parts the name from the one before */
    int depth = 0;
    for (size_t i = 0; i < names.n;) {
        size_t at = i;
        uint32_t c = utf8_next(names, &i);
        depth += mark_depth(c);
        struct str before = str_trim(str_sub(names, from, at));
        bool people = list == LIST_SPEAKERS || list == LIST_JOINT;
        bool gap = point_is_space(c) && utf8_count(before) > 1 &&
                   ((people && spaced_name_end(names, from) <= at) ||
                    (list == LIST_HANDLERS && proposal_ends_as_office(before)));
        if (depth <= 0 &&
            (c == 0x3001 || mark_is_comma(c) || mark_is_semicolon(c) || c == '\n' || gap)) {
            if (!spaced || !is_workplace(r, list, d, before))
                add_name(r, d, list, before);
            spaced = gap || (spaced && before.n == 0);
            from = i;
        }
    }
    struct str last = str_trim(str_sub(names, from, names.n));
    if (!spaced || !is_workplace(r, list, d, last))
        add_name(r, d, list, last);
}

bool proposal_goes_on(const struct proposal_reader *r, struct str line)
{
    struct proposal_reader probe = *r;
    struct draft d = {0};
    line = str_trim(line);
    if (str_starts(line, STR("（")) && str_ends(line, STR("）")))
        return utf8_count(line) < 12;
    proposal_add_names(&probe, &d, LIST_JOINT, line);
    return d.joint.n > 0 && d.bodies.n == 0;
}
