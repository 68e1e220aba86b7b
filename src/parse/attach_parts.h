/* The parts of attach.c that its files share. */
#ifndef BAOLAN_PARSE_ATTACH_PARTS_H
#define BAOLAN_PARSE_ATTACH_PARTS_H

#include "parse/phrase.h"

/* The most names of a list that values are given to. */
#define LIST_ROOM 16

/* What the words right before a quantity say about it. */
struct lead {
    struct stretch np; /* the phrase in front of those words */
    struct str basis;
    int sign;
    bool change, noun, to, share, apart; /* apart: 分别; noun: 增速 */
    struct stretch verb;                 /* of a share */
};

/* Tests on what stands in a stretch. */
static inline bool phrase_is(const struct attacher *a, struct stretch s, struct str word)
{
    return str_eq(str_sub(a->text, s.start, s.end), word);
}

static inline bool phrase_ends(const struct attacher *a, struct stretch s, struct str word)
{
    return str_ends(str_sub(a->text, s.start, s.end), word);
}

static inline bool phrase_starts(const struct attacher *a, struct stretch s, struct str word)
{
    return str_starts(str_sub(a->text, s.start, s.end), word);
}

/* True where s opens with a region (我市, 全省); *end is the byte after it. */
bool phrase_is_region(const struct attacher *a, struct stretch s, size_t *end);

/* Without adverbs and other words of linking at the end. */
struct stretch phrase_strip_links(const struct attacher *a, struct stretch s);

/* The last verb of a role in a region. */
bool phrase_find_role(const struct attacher *a, struct stretch region, const char *role,
                      struct stretch *verb);

/* 优良天数比例: the word of sharing or growth at byte `verb` is the end of a metric's name, with
 * which np ends. */
bool phrase_names_a_rate(const struct attacher *a, struct stretch np, size_t verb);

/* Where 由 or 从 stands in a region. */
bool phrase_find_from(const struct attacher *a, struct stretch region, size_t *at);

/* How many of the paragraph's times start before a byte. */
size_t phrase_times_before(const struct attacher *a, size_t at);

/* Begins a clause, whose characters phrase_may_have() asks for. */
static inline void attach_enter_clause(struct attacher *a, struct stretch clause)
{
    a->clause = clause;
    a->chars = char_set_of(str_sub(a->text, clause.start, clause.end));
}

/* Takes the words of change, share, rank, quantity off the end of a region. */
struct lead lead_read(const struct attacher *a, struct stretch region);

/* 白鹭镇是渔业大镇, 现全市, 某厂在某岛: the name ends before 是 and 在. */
struct stretch attach_before_predicate(const struct attacher *a, struct stretch s);

/* 养老保险和, 支持项目, 文旅融合也让小镇: no name, but what was done or half a list. */
bool attach_is_no_name(const struct attacher *a, struct stretch s);

/* What a phrase says of whose a figure is; empty where it says nothing of that. */
struct str attach_subject(const struct attacher *a, struct stretch s);

/* 项目, 该公司: a subject that only points back. */
bool attach_is_anaphor(struct str s);

/* The subject at hand for a metric of its own: a sector's turn is over then. */
struct str attach_whose(const struct attacher *a);

/* The last phrase before a byte of the paragraph that ends with `head` and says which one it is:
 * 抽水蓄能电站项目 for 项目. Empty where none does. */
struct str attach_antecedent(const struct attacher *a, struct str head, size_t before);

/* The subject said here, or the one at hand. */
struct str attach_subject_or_said(const struct attacher *a, struct str own);

/* A metric whose owner its phrase does not tell. */
struct metric_at {
    struct stretch name;
    size_t from;                       /* where its phrase begins, verbs included */
    const struct lexicon_entry *entry; /* NULL where the lexicon does not know it */
    bool counted;
};

/* Whose a metric is that its own phrase leaves open, by what the sentence tells; empty where only
 * the subject at hand is left. */
struct str attach_owner_untold(const struct attacher *a, struct metric_at at,
                               struct attachment *out);

/* Whose a metric is: the subject found for it, but of one that only places have (常住人口,
 * 固定资产投资) the region at hand where no place was found. */
struct str attach_owner(const struct attacher *a, struct str metric, struct str subject);

/* 零售业, 光伏产业: a branch of the economy by its name. */
bool attach_is_branch(struct str s);

/* 规上工业, 第一产业. */
bool attach_is_sector(const struct attacher *a, struct str s);

/* Sets metric and subject from a noun phrase that names the metric last; `counted` where what it
 * names is counted by a classifier. */
void attach_split(const struct attacher *a, struct stretch np, bool counted,
                  struct attachment *out);

/* The phrase after a quantity that names what is counted; empty where none does. */
struct stretch attach_noun_after(const struct attacher *a, const struct quantity *q, size_t limit);

/* 9位市政协委员作大会发言: the noun of what is counted ends with its head. */
struct stretch attach_counted_noun(const struct attacher *a, struct stretch s);

/* 投资建设|精密结构件项目: what the sentence, up to a byte, last said to be built: whose the cost,
 * the size and the yield are that follow. Empty where nothing was. */
struct str attach_built(const struct attacher *a, size_t before);

/* 比重, 占比: the last word for a share in a stretch; empty where none is. */
struct str attach_share_word(const struct attacher *a, struct stretch s);

/* A metric with what is told of it behind its name (产值 and 增速), or that alone where none is at
 * hand. */
struct str attach_joined(const struct attacher *a, struct str metric, struct str tail);

/* The limit of what may follow quantity k in its clause, whose quantities end before `last`. */
size_t attach_limit_after(const struct attacher *a, size_t k, size_t last);

/* The four kinds. `after` is what attach_noun_after() finds, `region` what stands between the
 * quantity before and this one, `follows` tells that the one before is a rank too. */
void attach_share(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                  size_t limit, struct attachment *out);
void attach_rank(const struct attacher *a, struct stretch region, bool follows,
                 struct attachment *out);
void attach_change(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                   struct attachment *out);
void attach_level(const struct attacher *a, size_t k, size_t last, const struct lead *lead,
                  struct stretch after, struct attachment *out);

/* 高于全省平均1.2个百分点: by how much the quantity before stands above another. */
bool attach_compared(const struct attacher *a, const struct quantity *q, struct stretch region,
                     struct attachment *out);

/* 比全省(7.7%)和全国(7.0%)分别高…: what stands in brackets behind those compared with. */
bool attach_bracketed(const struct attacher *a, const struct quantity *q, struct attachment *out);

/* True for a quantity in brackets: what follows them goes on from what stood before. */
bool attach_is_aside(const struct attacher *a, const struct quantity *q);

/* 62%的农户, 近三成|企业: a share of those whom the noun behind names. What they say or do
 * (62%的受访者|表示看不懂) tells which of them they are. */
bool attach_share_of(const struct attacher *a, const struct quantity *q, struct stretch region,
                     const struct lead *lead, size_t limit, struct attachment *out);

/* 其中三分之二来自海外, 财政支出近八成用于民生: where a share comes from or goes to, tells which
 * part of the whole it is. */
bool attach_share_going(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                        size_t limit, struct attachment *out);

/* 保持30%以上的增长: a change, though it stands before 的. */
bool attach_kept_growth(const struct attacher *a, const struct quantity *q, struct stretch region,
                        struct attachment *out);

/* 完成年度计划的57.3%: a share of what was planned. */
bool attach_of_plan(const struct attacher *a, struct stretch region, struct attachment *out);

/* 是全县平均水平的3倍: the quantity before, in times. */
bool attach_times(const struct attacher *a, const struct quantity *q, struct stretch region,
                  struct attachment *out);

/* 大专以上学历的不足一成: the phrase before 的 is the part, the whole was said before. */
bool attach_tenths(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                   struct attachment *out);

/* 教师中具有高级职称的有2万人: of those of the first noun, which they are. */
bool attach_among(const struct attacher *a, const struct quantity *q, const struct lead *lead,
                  struct attachment *out);

/* The k-th quantity as a part of a ratio (三次产业结构9.6:45.1:45.3). */
bool attach_ratio(const struct attacher *a, size_t k, struct attachment *out);

/* 其中，制造业增长9%: another part of what was measured before. */
bool attach_sibling(const struct attacher *a, struct stretch np, bool change,
                    struct attachment *out);

/* Only 、 or 和 between two quantities: the second goes on from the first. */
bool attach_is_joiner(const struct attacher *a, struct stretch s);

/* The items of a list as subjects: without 等…, 两大…, a verb after the last. items has LIST_ROOM;
 * 0 where s is no list. */
size_t attach_list_items(const struct attacher *a, struct stretch s, struct stretch *items);

/* Finds runs of like quantities joined by 、 and gives each its name. */
void attach_lists(struct attacher *a, size_t first, size_t last, struct attachment *out,
                  const struct stretch *regions);

/* False where nothing that joins names stands in s, and so it is no list. */
static inline bool attach_may_list(const struct attacher *a, struct stretch s)
{
    return phrase_has(a, s, STR("、")) || phrase_has(a, s, STR("和")) ||
           phrase_has(a, s, STR("与")) || phrase_has(a, s, STR("及"));
}

/* The sentence goes on to tell of groups of what is measured. */
void attach_group(struct attacher *a);

/* A list of names before a clause's first value, for those that come later in the sentence, where
 * no clause before it gave one. */
void attach_note_list(struct attacher *a, struct stretch s);

#endif
