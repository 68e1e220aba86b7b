/* What the files that find names share: the units that are searched, candidates for names, and how
 * far a name reaches to the left. */
#ifndef BAOLAN_PARSE_ENTITY_H
#define BAOLAN_PARSE_ENTITY_H

#include "baolan/map.h"
#include "baolan/parse.h"
#include "baolan/vector.h"

/* How names stand in a unit. */
enum unit_kind {
    UNIT_TEXT,    /* running text: names are looked for by their form */
    UNIT_CAPTION, /* known names alone are looked for */
    UNIT_BYLINE,  /* names that the page's form gives are looked for */
    UNIT_GIVEN    /* such a name by itself, wherever it was read */
};

/* A title, heading, paragraph, byline or caption that is searched. */
struct unit {
    struct str text;    /* with simplified characters, so that both spellings are one */
    struct str printed; /* byte for byte in step with it */
    struct place place; /* where the text begins */
    enum unit_kind kind;
};

enum weight {
    WEIGHT_NONE,
    WEIGHT_WEAK,  /* a name where it comes again */
    WEIGHT_STRONG /* a name */
};

/* A stretch of a unit that may be a name. */
struct candidate {
    uint32_t unit;
    uint32_t start, end; /* bytes in the unit's text */
    enum entity_type type;
    enum weight weight;
    struct str core; /* what stands in quotation marks in it, or empty */
    const char *rule;
    uint32_t defined; /* index of the definition that gives it another spelling, or NONE */
};

/* Another spelling of the name that ends at byte `full`: [start, end), or, where end is start, the
 * name that begins there. */
struct definition {
    uint32_t unit, full, start, end;
};

/* Bytes [start, end) of a unit's text. */
struct stretch {
    size_t start, end;
};

/* Administrative units of which each stands in the next, the lowest first. */
enum { CHAIN_MOST = 6 };
struct chain {
    struct stretch units[CHAIN_MOST];
    unsigned n;
};

/* The state of the stage. */
struct entity_reader {
    struct document *document;
    struct arena *arena;
    const struct lexicon *bodies, *places, *people, *surnames, *sounds, *documents, *programmes,
        *projects, *stop, *words;
    const struct name_ends *ends; /* of these lexicons */
    uint64_t cues[UTF8_ROWS];     /* the Han characters that tell where a name may stand */
    VECTOR(struct unit) units;
    VECTOR(struct candidate) candidates;
    VECTOR(struct definition) definitions; /* in order of place */
    struct map places_seen;                /* spelling → how often a place may have stood there */
    struct stretch chain;                  /* the last one that was read in the unit in hand */
    VECTOR(size_t) breaks; /* bytes of the headline in hand at which a printed line ends */
};

/* Adds a candidate. */
void entity_add(struct entity_reader *r, uint32_t unit, size_t start, size_t end,
                enum entity_type type, enum weight weight, const char *rule);

/* How far a name that ends with what begins at byte `end` reaches to the left. */
struct reach {
    size_t start;
    unsigned unknown; /* characters that are in no common word */
    unsigned common;  /* common words */
    unsigned characters;
};
struct reach entity_reach(const struct entity_reader *r, struct str text, size_t end,
                          unsigned most);

/* The class of the word [start, end) of text in LEXICON_WORDS. */
enum word_class { WORD_UNKNOWN, WORD_COMMON, WORD_STOP };
enum word_class entity_word(const struct entity_reader *r, struct str word);

/* The longest common or stop word of two to four Han characters that ends at byte end; *start is
 * its first byte. */
enum word_class entity_word_before(const struct entity_reader *r, struct str text, size_t end,
                                   size_t *start);

/* Where a document's name that begins at byte `start` begins with its year or number: 第二批…名录,
 * 2023年…名单. */
size_t entity_before_issue(const struct entity_reader *r, struct str text, size_t start);

/* True where a name may end at byte `at`: the text does, or a mark, stop word or verb follows. */
bool entity_may_end(const struct entity_reader *r, struct str text, size_t at);

/* The byte after a province, country or like region that begins at byte `at`, or `at`. */
size_t entity_region_end(const struct entity_reader *r, struct str text, size_t at);

/* True where the name begins as those of public bodies do: a region, or the level alone. */
bool entity_begins_with_place(const struct entity_reader *r, struct str name);

/* True where a longer common word ends or goes on at the ending [start, end): 布局, 市民. */
bool entity_is_within_word(const struct entity_reader *r, struct str text, size_t start,
                           size_t end);

/* The byte after the last character in text[from, to) that levels an administrative unit, or from:
 * 海州市|望潮镇. */
size_t entity_after_level(struct str text, size_t from, size_t to);

/* True where the ending goes on as another word: 大学生, 部门. */
bool entity_goes_on(const struct entity_reader *r, struct str text, size_t start, size_t end);

/* True where the name tells a class: one of several (63个省重点实验室, 一批先行区), or with a word
 * of its kind before its ending (普惠性幼儿园). */
bool entity_is_class(struct str text, size_t start, struct str name);

/* True where the name begins with a word that says which kind is meant, and next to nothing in it
 * is anybody's own: 高水平大学, 所有学校, 标准化养老服务中心. */
bool entity_is_kind(const struct entity_reader *r, struct str name, const struct reach *reach);

/* True where what stands before byte `start` says what it costs: 总投资65亿元的. */
bool entity_is_costed(struct str text, size_t start);

/* The first byte of the region that ends at byte `end`, or `end`. */
size_t entity_region_before(const struct entity_reader *r, struct str text, size_t end);

/* Documents, programmes and projects without quotation marks. */
void entity_scan_plain(struct entity_reader *r, uint32_t unit, size_t start, size_t end,
                       enum entity_type type, const char *rule);

/* An investment, a session, or what an event's name ends with, at [start, end). */
void entity_scan_project(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                         size_t start, size_t end);

/* The events that go by editions: 第六届开渔节. edition is the byte behind 届. */
void entity_scan_edition(struct entity_reader *r, uint32_t unit, size_t edition);

/* A body, or a place, whose name's ending stands at [start, end). */
void entity_scan_body(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                      size_t start, size_t end);
void entity_scan_place(struct entity_reader *r, uint32_t unit, const struct lexicon_entry *entry,
                       size_t start, size_t end);

/* The chain of administrative units that ends at byte `end`: two of them at least, of falling
 * levels, the first of which begins where a name may or behind a region. */
bool entity_read_chain(const struct entity_reader *r, struct str text, size_t end,
                       struct chain *chain);

/* Where the name of a site begins that ends at byte `end`, where it stands behind a town, which is
 * added: 大有镇|下溪水库; else `end`. */
size_t entity_site_in_town(struct entity_reader *r, uint32_t unit, size_t end);

/* Adds each unit of a chain, and a village with its town. */
void entity_add_chain(struct entity_reader *r, uint32_t unit, const struct chain *chain);

/* A place before the rank at byte `end` (列海州第3), or before the word at byte `at` that says that
 * it is the only one (、海州唯一的). */
void entity_scan_ranked(struct entity_reader *r, uint32_t unit, size_t end);
void entity_scan_superlative(struct entity_reader *r, uint32_t unit, size_t at);

/* Looks through one unit for all kinds of names, once the cues are known. */
void entity_find_cues(struct entity_reader *r);
void entity_scan(struct entity_reader *r, uint32_t unit);

/* The quotation or book whose opening mark stands at [at, open). Returns the byte behind it, or
 * `open` where none closes near. */
size_t entity_scan_quote(struct entity_reader *r, uint32_t unit, size_t at, size_t open,
                         uint32_t mark);

/* True where the words before byte `at` say that what follows is being built: 打造. */
bool entity_is_being_made(struct str text, size_t at);

/* True where a name may begin at byte `at`: the text does, or a mark or stop word stands before. */
bool entity_bounds_left(const struct entity_reader *r, struct str text, size_t at);

/* Another spelling in the bracket that stands at [at, open): （以下简称“…”）. Returns the byte
 * behind it, or `open` where none is given. */
size_t entity_scan_definition(struct entity_reader *r, uint32_t unit, size_t at, size_t open);
/* A verb of renaming at byte `at`, or none. */
void entity_scan_renamed(struct entity_reader *r, uint32_t unit, size_t at);

/* The byte after n Han characters from byte `at`, or STR_NONE. */
size_t entity_han_after(struct str text, size_t at, unsigned n);

/* True where s is a common word or one that bounds names: 重要. */
bool entity_is_word(const struct entity_reader *r, struct str s);

/* True where what a person does stands at byte `at`. */
bool entity_says_at(const struct entity_reader *r, struct str text, size_t at);

/* True where no character of the given name [from, to) is a particle: 李昂|向. */
bool entity_is_given(const struct entity_reader *r, struct str text, size_t from, size_t to);

/* A foreign name whose parts stand on both sides of the dot at [dot, end): 约翰·史密斯. */
void entity_scan_foreign(struct entity_reader *r, uint32_t unit, size_t dot, size_t end);
/* The end of a foreign name without a dot that stands behind a title at byte `at` (总统|泽连斯基),
 * or `at`. */
size_t entity_foreign_end(const struct entity_reader *r, struct str text, size_t at);
/* Names at a title that stands at [title, end), and before the verb of saying at byte verb. */
bool entity_scan_title(struct entity_reader *r, uint32_t unit, size_t title, size_t end);
bool entity_scan_says(struct entity_reader *r, uint32_t unit, size_t verb);
/* Before the verb of doing at byte verb, behind a body: 卫生院|徐济远获评. */
bool entity_scan_acts(struct entity_reader *r, uint32_t unit, size_t verb);
/* How old somebody is, at 岁, which stands at [start, end): 41岁的苏银坂, 肖丽今年35岁. */
void entity_scan_age(struct entity_reader *r, uint32_t unit, size_t start, size_t end);
/* The person behind the decade of his birth, at 后, which stands at [start, end): 90后茅晓雯. */
void entity_scan_decade(struct entity_reader *r, uint32_t unit, size_t start, size_t end);
/* The person whom the quotation that ends at byte `end` describes: “种米姑娘”陈雨佳. */
bool entity_scan_described(struct entity_reader *r, uint32_t unit, size_t end);
/* A list of persons whose first comma stands at [comma, end): 组长潘伟行、陈涛、卜鹏飞. */
void entity_scan_roll(struct entity_reader *r, uint32_t unit, size_t comma, size_t end);
/* 老 and a surname behind a mark, where 老 stands at [start, end): a name where it comes again. */
void entity_scan_old(struct entity_reader *r, uint32_t unit, size_t start, size_t end);
/* Names in a list joined by 、 that ends at byte `end`: those that stand left of it. */
void entity_scan_beside(struct entity_reader *r, uint32_t unit, size_t end, enum entity_type type);
/* A list of names that ends at byte etc; what they are stands from byte kind on. */
void entity_scan_list(struct entity_reader *r, uint32_t unit, size_t etc, size_t kind);

/* Persons in such a list, two of them at least, that ends at byte `end`: X、Y作为. */
void entity_scan_persons(struct entity_reader *r, uint32_t unit, size_t end);

/* A company's name, and the short ones that stand for it elsewhere in the document. */
enum { COMPANY_SHORTS = 4 };
struct company {
    struct str full;
    size_t region; /* bytes of the place that it begins with, or 0 */
    struct str shorts[COMPANY_SHORTS];
    unsigned n_shorts;
};
void entity_find_shorts(struct entity_reader *r, struct company *companies, size_t n);

/* True where name could be a person's: a surname and one or two characters. */
bool entity_is_person(const struct entity_reader *r, struct str name);

/* The candidate's spelling. */
struct str entity_spelling(const struct entity_reader *r, const struct candidate *c);

/* True of 梅林区, which is a site by its form. */
bool entity_is_district(struct str name);

/* Orders candidates by place, the longer first, then the surer; for qsort. */
int entity_compare(const void *left, const void *right);

/* Drops weak candidates that stand once, and of those that overlap all but the longest. */
void entity_select(struct entity_reader *r);

/* Turns candidates into the document's entities with all their mentions. */
void entity_resolve(struct entity_reader *r);

#endif
