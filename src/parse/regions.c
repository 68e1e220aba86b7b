/* Whose 我市, 全县 a page means: the region that it names most, weighed by where it is named. */
#include "baolan/buffer.h"
#include "baolan/fold.h"
#include "baolan/map.h"
#include "parse/page.h"

enum {
    TEXT_MOST = 1 << 17,  /* bytes of a page that are looked at */
    CANDIDATES_MOST = 12, /* names that are looked at twice */
    COUNT_LEAST = 4,      /* what a name must count where nothing else speaks for it */
    SCORE_LEAST = 6,      /* the score below which nothing is said */
    NAME_LEAST = 6,       /* bytes: a town's name has two characters … */
    NAME_MOST = 24,       /* … and that of an autonomous prefecture up to eight */
    EXTENDED_OF_TEN = 8,  /* of ten times that a name stands, in how many a third character does */
    COUNT_TO_EXTEND = 3,
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* A level of regions: its character; what may stand before it in other words than names (城市,
 * 社区), and what after it (市场, 省级). */
struct level {
    const char *name;
    const char *not_last;
    const char *not_next;
};

static const struct level levels[] = {
    {"市", "上超股楼城早夜入退后开菜集", "场民域值区容面价内外直属管长级"},
    {"县", "各跨近强大该郡困小富穷贫邻外他", "域城级内外直属管长"},
    {"区", "园社地景山城校郊灾小新开片辖专湿牧林禁矿库港税雨灌", "域间别块分位内外直属管长级"},
    {"州", "神九", "内外直属管长级"},
    {"省", "", "级内外直属管道份域际长市"},
};

/* The first level of the nation, whose names are known: of it nothing is guessed. */
static bool level_is_known(const struct level *level)
{
    return level == &levels[COUNT(levels) - 1];
}

/* Characters that no region's name has, as they stand before 市 or 县 in other words (我市, 全省,
 * 代表市…, 为我市); in `first` those that a name may begin with all the same (九江, 内江), in
 * `last` those that it may end with (杭州). */
static bool may_name(uint32_t c, bool is_first, bool is_last)
{
    static const char never[] =
        "我全各本该外省市县区国系者为在是和与及对的了等到从由向于以把被将跨两多个每其此这那同主副"
        "原列居占表助给让使经届第年月日据按当";
    static const char first[] = "一二三四五六七八九十内", last[] = "州";
    char bytes[4];
    struct str s = {bytes, utf8_write(c, bytes)};
    if (!point_is_han(c) || str_has(STR(never), s))
        return false;
    return (is_first || !str_has(STR(first), s)) && (is_last || !str_has(STR(last), s));
}

static bool has_point(const char *list, struct str text, size_t at)
{
    size_t end = at;
    return at < text.n && utf8_next(text, &end) != 0 &&
           str_has(str_of(list), str_sub(text, at, end));
}

static bool starts_with_any(struct str text, size_t at, const struct str *words, size_t n)
{
    struct str rest = str_sub(text, at, text.n);
    for (size_t i = 0; i < n; i++)
        if (str_starts(rest, words[i]))
            return true;
    return false;
}

/* How often a word stands in a text. */
static size_t count_word(struct str text, struct str word)
{
    size_t n = 0;
    for (size_t at = str_find(text, word, 0); at != STR_NONE;
         at = str_find(text, word, at + word.n))
        n++;
    return n;
}

/* What is read: the titles, which weigh more, and the text. */
struct evidence_text {
    struct str head, text; /* in simplified characters, byte for byte beside what is printed */
    struct str printed;
    struct str paper;
    const struct lexicon *places;
    const struct lexicon *words[2];   /* words that are no names: verbs and the like, flag stop */
    VECTOR(size_t) at[COUNT(levels)]; /* where the character of each level stands in text */
};

/* What is known of a name: `key` with its level, `stem` without. */
struct candidate {
    struct str key, stem;
    size_t count; /* times that it stands in the text, more where its offices stand after it */
};

/* Before these a region is named as an office's own. */
static const struct str offices[] = {
    STR_INIT("委"),       STR_INIT("人民政府"), STR_INIT("政府"),
    STR_INIT("政协"),     STR_INIT("人大"),     STR_INIT("统计局"),
    STR_INIT("国民经济"), STR_INIT("第"),       STR_INIT("人民代表大会")};

/* The name that ends before the level's character at byte `at`, with it; empty where there is none.
 * Names of the nation's first level are those of the lexicon; others have two characters, and those
 * of autonomous prefectures and counties as many as lead up to them. */
static struct str name_at(const struct evidence_text *e, const struct level *level, size_t at)
{
    struct str text = e->text, none = {0};
    size_t end = at + strlen(level->name), start;
    const struct lexicon_entry *known = lexicon_match_before(e->places, text, end, &start);
    if (known != NULL && lexicon_flag(known, "region"))
        return str_sub(text, start, end);
    if (level_is_known(level) || has_point(level->not_next, text, end))
        return none;
    static const struct str autonomous = {"自治", 6};
    bool is_autonomous = str_ends(str_sub(text, 0, at), autonomous);
    size_t most = is_autonomous ? NAME_MOST + autonomous.n : NAME_LEAST;
    size_t from = is_autonomous ? at - autonomous.n : at;
    for (size_t i = from; i > 0 && at - i < most; from = i) {
        size_t end_of_it = i;
        uint32_t c = utf8_previous(text, &i);
        if (!may_name(c, !is_autonomous && at - i >= most, end_of_it == at))
            break;
    }
    /* 泸县国民经济: a name of one character is sure before its own office. */
    bool single = at - from == NAME_LEAST / 2 && str_eq(str_of(level->name), STR("县")) &&
                  starts_with_any(text, end, offices, COUNT(offices));
    if (single && !has_point(level->not_last, text, from))
        return str_sub(text, from, end);
    size_t least = is_autonomous ? autonomous.n + NAME_LEAST : NAME_LEAST;
    if (at - from < least || (!is_autonomous && has_point(level->not_last, text, at - 3)))
        return none;
    return str_sub(text, from, end);
}

static void count_level(const struct evidence_text *e, size_t level, struct map *counts)
{
    size_t length = strlen(levels[level].name);
    for (size_t i = 0; i < e->at[level].n; i++) {
        size_t at = e->at[level].at[i];
        struct str key = name_at(e, &levels[level], at);
        if (key.n == 0)
            continue;
        struct map_entry *entry = map_put(counts, key, NULL);
        entry->value.number +=
            starts_with_any(e->text, at + length, offices, COUNT(offices)) ? 3 : 2;
    }
}

/* How often each level stands after 我, 本, 全. */
static void own_levels(const struct evidence_text *e, size_t votes[COUNT(levels)])
{
    static const struct {
        const char *word;
        size_t weight;
    } own[] = {{"我", 3}, {"本", 2}, {"全", 1}};
    for (size_t i = 0; i < COUNT(levels); i++) {
        votes[i] = 0;
        for (size_t j = 0; j < e->at[i].n; j++) {
            struct str before = str_sub(e->text, 0, e->at[i].at[j]);
            for (size_t k = 0; k < COUNT(own); k++)
                votes[i] += str_ends(before, str_of(own[k].word)) ? own[k].weight : 0;
        }
    }
}

/* A region whose name the lexicon has in full, or short. */
static bool is_of_lexicon(const struct lexicon *places, struct str key)
{
    const struct lexicon_entry *entry = lexicon_find(places, key);
    return entry != NULL && lexicon_flag(entry, "region");
}

/* The name without its level: 云泽, and of a region of the first level its short form. */
static struct str stem_of(const struct evidence_text *e, struct str key)
{
    struct str stem = key;
    size_t known = is_of_lexicon(e->places, key) ? lexicon_count(e->places) : 0;
    for (size_t i = 0; i < known; i++) {
        const struct lexicon_entry *entry = lexicon_at(e->places, i);
        if (str_eq(lexicon_field(entry, "full"), key))
            return entry->word;
    }
    static const struct str ends[] = {STR_INIT("自治州"), STR_INIT("自治县"), STR_INIT("市"),
                                      STR_INIT("县"),     STR_INIT("区"),     STR_INIT("州"),
                                      STR_INIT("省")};
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(stem, ends[i]) && stem.n >= ends[i].n + NAME_LEAST)
            return str_sub(stem, 0, stem.n - ends[i].n);
    return stem;
}

/* Whether a title names it before an office or a report of it: …省人民政府工作报告. */
static bool is_in_office(struct str head, struct str key)
{
    for (size_t at = str_find(head, key, 0); at != STR_NONE; at = str_find(head, key, at + key.n))
        if (starts_with_any(head, at + key.n, offices, COUNT(offices)))
            return true;
    return false;
}

static size_t score_of(const struct evidence_text *e, const struct candidate *c, bool own,
                       bool in_paper)
{
    size_t score = c->count + count_word(e->text, c->stem);
    if (is_in_office(e->head, c->key))
        score = 3 * score + SCORE_LEAST;
    else if (str_has(e->head, c->stem))
        score += score / 2;
    if (in_paper)
        score = 2 * score + SCORE_LEAST;
    return own ? 2 * score : score;
}

/* A name of two characters may be the end of a longer one, which then stands nearly always. */
static struct str extend(struct str text, struct str key)
{
    for (; key.n < NAME_MOST;) {
        size_t n = 0, longer = 0;
        struct str before = {0};
        for (size_t at = str_find(text, key, 0); at != STR_NONE;
             at = str_find(text, key, at + key.n), n++) {
            size_t start = at;
            if (at == 0 || !may_name(utf8_previous(text, &start), true, false))
                continue;
            struct str c = str_sub(text, start, at);
            if (before.n == 0)
                before = str_sub(text, start, at + key.n);
            longer += str_starts(before, c);
        }
        if (n < COUNT_TO_EXTEND || longer * 10 < n * EXTENDED_OF_TEN)
            break;
        key = before;
    }
    return key;
}

/* Titles and texts of the page, one a line; titles first. */
static struct evidence_text gather(struct page *p)
{
    const struct document *d = p->document;
    struct buffer text = buffer_in(p->arena);
    for (uint32_t i = 0; i < d->n_articles; i++) {
        const struct article *a = &d->articles[i];
        const struct prose *lines[] = {&a->kicker, &a->title, &a->subtitle};
        for (size_t k = 0; k < COUNT(lines) && text.n < TEXT_MOST; k++) {
            buffer_add(&text, lines[k]->text);
            buffer_add_byte(&text, '\n');
        }
        for (uint32_t k = 0; k < a->n_byline_lines && text.n < TEXT_MOST; k++) {
            buffer_add(&text, a->byline_lines[k].text);
            buffer_add_byte(&text, '\n');
        }
    }
    size_t head = text.n;
    for (uint32_t i = 0; i < d->n_articles && text.n < TEXT_MOST; i++) {
        const struct article *a = &d->articles[i];
        for (uint32_t k = 0; k < a->n_captions && text.n < TEXT_MOST; k++) {
            buffer_add(&text, a->captions[k].text);
            buffer_add_byte(&text, '\n');
        }
        for (uint32_t k = 0; k < a->n_paragraphs && text.n < TEXT_MOST; k++) {
            struct str s = a->paragraphs[k].prose.text;
            buffer_add(&text, str_sub(s, 0, TEXT_MOST - text.n));
            buffer_add_byte(&text, '\n');
        }
    }
    struct str printed = buffer_str(&text);
    struct str all = fold_han_str(p->arena, printed, d->traditional);
    return (struct evidence_text){.head = str_sub(all, 0, head),
                                  .text = all,
                                  .printed = printed,
                                  .paper = fold_han_str(p->arena, d->paper, UINT64_MAX),
                                  .places = lexicons_get(p->options->lexicons, LEXICON_PLACES),
                                  .words = {lexicons_get(p->options->lexicons, LEXICON_STOPWORDS),
                                            lexicons_get(p->options->lexicons, LEXICON_WORDS)}};
}

static void find_levels(struct arena *a, struct evidence_text *e)
{
    for (size_t k = 0; k < COUNT(levels); k++) {
        struct str name = str_of(levels[k].name);
        for (size_t at = str_find(e->text, name, 0); at != STR_NONE;
             at = str_find(e->text, name, at + name.n))
            vector_push(a, &e->at[k], at);
    }
}

/* Whether a name is a word that stands before 市委 or 县政府 in other words: 落实市委部署. */
static bool is_word(const struct evidence_text *e, struct str key)
{
    for (size_t i = 0; i < COUNT(e->words); i++) {
        const struct lexicon_entry *entry = lexicon_find(e->words[i], str_sub(key, 0, NAME_LEAST));
        if (entry != NULL && lexicon_flag(entry, "stop"))
            return true;
    }
    return false;
}

/* The region found so far. */
struct best {
    struct candidate is;
    size_t score;
    bool in_paper, own;
};

/* Looks at the names of a level that count enough, or that the paper or a title names. */
static void try_names(const struct evidence_text *e, const struct map *counts, size_t least,
                      bool own, struct best *best)
{
    for (size_t i = 0, tried = 0; i < counts->n && tried < CANDIDATES_MOST; i++) {
        struct str key = counts->at[i].key;
        size_t count = counts->at[i].value.number;
        bool in_paper = str_starts(e->paper, str_sub(key, 0, NAME_LEAST));
        if ((count < least && !in_paper && !is_in_office(e->head, key)) || is_word(e, key))
            continue;
        tried++;
        struct candidate c = {.key = key, .stem = stem_of(e, key), .count = count};
        size_t score = score_of(e, &c, own, in_paper);
        if (score > best->score && score >= SCORE_LEAST)
            *best = (struct best){c, score, in_paper, own};
    }
}

/* The level that most often follows 我, 本, 全; COUNT(levels) where none does. */
static size_t own_level(const struct evidence_text *e)
{
    size_t votes[COUNT(levels)], own = 0;
    own_levels(e, votes);
    for (size_t i = 0; i < COUNT(levels); i++)
        if (votes[i] > votes[own])
            own = i;
    return votes[own] > 0 ? own : COUNT(levels);
}

bool page_find_region(struct page *p)
{
    struct document *d = p->document;
    struct evidence_text e = gather(p);
    if (e.text.n == 0)
        return false;
    find_levels(p->arena, &e);
    size_t own = own_level(&e);
    struct best best = {.score = 0};
    struct map counts[COUNT(levels)];
    for (size_t level = 0; level < COUNT(levels); level++) {
        counts[level] = map_in(p->arena);
        count_level(&e, level, &counts[level]);
        try_names(&e, &counts[level], COUNT_LEAST, level == own, &best);
    }
    /* A short page names its region once in full. */
    if (best.score == 0 && own < COUNT(levels))
        try_names(&e, &counts[own], 0, true, &best);
    if (best.score == 0)
        return false;
    struct str key =
        is_of_lexicon(e.places, best.is.key) ? best.is.key : extend(e.text, best.is.key);
    size_t at = (size_t)(key.p - e.text.p);
    d->place = str_sub(e.printed, at, at + key.n);
    d->place_from = best.in_paper ? EVIDENCE_MASTHEAD : EVIDENCE_TEXT;
    return own < COUNT(levels) && best.own && is_in_office(e.head, best.is.key);
}
