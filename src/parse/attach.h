/* What a quantity measures, whose it is, and when: attachment by the place in its clause.
 *
 * A paragraph is read clause by clause. What a clause leaves unsaid it takes from the clause, the
 * sentence or the paragraph before it; NUMBERS.md §9 and §10 say which and when. */
#ifndef BAOLAN_PARSE_ATTACH_H
#define BAOLAN_PARSE_ATTACH_H

#include "baolan/char_set.h"
#include "baolan/document.h"
#include "baolan/lexicon.h"
#include "parse/period.h"
#include "parse/plain.h"
#include "parse/quantity.h"

/* A stretch of the plain text. */
struct stretch {
    size_t start, end;
};

/* How many levels of a sentence are kept for 同比分别增长. */
#define ATTACH_LEVELS 8

/* What is said so far, carried from clause to clause. */
struct carried {
    struct str subject;    /* of the last quantity */
    size_t subject_clause; /* one more than the start of the clause that said it */
    struct str metric;     /* of the last quantity */
    struct str topic;      /* what the sentence is about */
    struct str paragraph;  /* what the paragraph is about */
    struct str pending;    /* a metric said in a clause without a quantity */
    bool pending_change;   /* it was 增速 */
    bool pending_now;      /* it was said in this sentence */
    enum indicator_kind kind;
    struct str region; /* the last region of the sentence: 全市 */
    struct str wider; /* that of the sentence before, which this one tells parts of: 其中，… */
    struct str part;  /* of the last quantity, where it was a share of a whole */
    struct str share; /* and the word that it was told by: 比重 */
    struct str owners;   /* counted in it, who has the figures that follow: 规上企业 */
    struct stretch list; /* the last list of names in the sentence */
    struct str levels[2 * ATTACH_LEVELS]; /* metric and subject of its last levels */
    size_t n_levels;
    struct str whose;  /* the subject before the sector */
    bool sector;       /* the subject is one: 规上工业 */
    bool counted;      /* the last quantity was a count */
    bool any;          /* a quantity was read in the paragraph */
    bool sentence_any; /* and in the sentence, or its part */
    bool spoken;       /* and in the sentence as a whole */
    bool grouped;      /* it tells of groups of what was said: 其中…, 分产业看… */
    struct str group;  /* the metric of those groups */
    struct str whole;  /* and whose it is, where that is a class of its own: 民营经济 */
    struct str amount, amount_unit;  /* the metric of the last level, its base unit */
    struct str amount_whose;         /* and its subject */
    struct str before, before_whose; /* the same of the sentence before */
    struct str people;               /* who was counted last in the sentence */
    struct str among; /* 全县加工企业中，: of which the sentence tells some */
    bool parts;       /* the sentence gives parts of that amount */
    bool purpose;     /* its clauses so far tell what it was done for: 为摸清家底，… */
    struct str count, count_unit; /* what was counted last, by which word, */
    struct str count_whose;       /* and whose it was */
    bool classed; /* the subject is a class of projects that was counted: 开工项目 */
};

/* The period at hand: an index in the paragraph's times, TIME_NONE or TIME_INHERITED. */
#define TIME_NONE (-1)
#define TIME_INHERITED (-2)

struct attachment {
    enum indicator_kind kind;
    int sign; /* -1 for a fall */
    struct str metric, subject, basis;
    bool share_of_whole; /* 占比: what the whole is, stands elsewhere */
    bool classed;        /* whose it is, is a class of projects */
    bool sector;         /* the subject is a sector */
    bool own_metric;     /* a rank names its own */
    bool fixed;          /* the metric belongs to no period */
    struct str holder;   /* the region that the sector is of */
    struct str names;    /* a counted noun that is the subject of what follows: 15个行业 */
    size_t consumed;     /* bytes of the clause up to here belong to it */
    const char *rule;
};

/* What a walk over a stretch found last: one rule after the other asks the same of a phrase. */
struct found {
    struct stretch of, at;
    const struct lexicon_entry *entry;
    bool any;
};

/* The last answers of phrase_metric(), without sectors and with them, and of phrase_last_verb() and
 * phrase_first_verb(). */
struct phrase_memo {
    struct found metric[2], verb[3];
};

struct attacher {
    struct arena *arena;
    struct phrase_memo *memo; /* of the paragraph */
    const struct lexicons *lexicons;
    const struct lexicon *verbs, *changes, *metrics, *labels, *qualifiers;
    uint64_t deeds[UTF8_ROWS]; /* what verbs and words of change begin with */
    const struct plain *plain;
    struct str text;  /* plain */
    struct str prose; /* of the paragraph */
    const struct times *times;
    uint64_t time_starts, time_ends; /* a bit for byte & 63 of each */
    const struct quantities *quantities;
    struct carried said;
    struct stretch sentence, clause;
    struct char_set chars; /* of the clause */
    VECTOR(struct stretch)
    lists;                         /* of the sentence's clauses without a quantity, those that may
                                      be lists of names: looked at when a value wants one */
    bool report;                   /* a government's report: what it did has no other subject */
    unsigned n_clauses;            /* of the sentence or its part, so far */
    const struct attachment *made; /* of the clause's quantities before this one */
};

/* A rule's name is this: most differ in their first letters. */
static inline bool rule_is(const char *rule, const char *name)
{
    return rule[0] == name[0] && strcmp(rule, name) == 0;
}

/* A lexicon's field `role` is this. */
static inline bool role_is(const struct lexicon_entry *e, const char *role)
{
    return e != NULL && str_eq(e->role, str_of(role));
}

/* The metric that a heading is about (一、固定资产投资增长5.8%), for the groups that the paragraph
 * below it tells of. */
void attach_heading(struct attacher *a, struct str heading);

/* Begins a document: a's arena and lexicons are set, all else is zero. */
void attach_open(struct attacher *a);

/* Forgets what was said: begins a paragraph. */
void attach_begin(struct attacher *a, const struct plain *f, struct str prose,
                  const struct times *times, const struct quantities *quantities);

/* Begins what follows a semicolon. */
void attach_begin_part(struct attacher *a);

/* Begins a sentence. */
void attach_begin_sentence(struct attacher *a, struct stretch sentence);

/* A clause without a quantity: what it is about. */
void attach_note_clause(struct attacher *a, struct stretch clause);

/* Attaches the quantities [first, last) of one clause; out has last - first elements. */
void attach_clause(struct attacher *a, struct stretch clause, size_t first, size_t last,
                   struct attachment *out);

#endif
