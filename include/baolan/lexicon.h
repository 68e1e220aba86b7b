/* Lists of words as data: units, suffixes of bodies, heading marks, verbs of change.
 *
 * A lexicon is a text file in UTF-8. A line is one entry: the word, then white space, then fields;
 * `#` at the start of a line or after white space begins a comment. A field is `key=value` or a
 * bare flag. Words hold no white space. The file NAME.txt of data/lexicons is read first, then
 * NAME.txt of the folders of the administrator (/etc/baolan/lexicons) and of the person
 * ($XDG_CONFIG_HOME/baolan/lexicons): a word that stands there again replaces the entry; one with
 * the flag `remove` takes it away. Each lexicon's own file says which fields it knows. */
#ifndef BAOLAN_LEXICON_H
#define BAOLAN_LEXICON_H

#include "baolan/map.h"
#include "baolan/trie.h"

#include <stdint.h>

/* One row a lexicon: id, file name without ".txt". A new lexicon is a row here and a file. In the
 * long LEXICON_WORDS lexicon_match finds nothing, so that it loads fast; the others do. */
#define LEXICON_TABLE(X)                \
    X(LEXICON_UNITS, "units")           \
    X(LEXICON_MARKS, "marks")           \
    X(LEXICON_BYLINES, "bylines")       \
    X(LEXICON_FURNITURE, "furniture")   \
    X(LEXICON_CHANGES, "changes")       \
    X(LEXICON_VERBS, "verbs")           \
    X(LEXICON_QUALIFIERS, "qualifiers") \
    X(LEXICON_TARGETS, "targets")       \
    X(LEXICON_METRICS, "metrics")       \
    X(LEXICON_SPELLINGS, "spellings")   \
    X(LEXICON_PERIODS, "periods")       \
    X(LEXICON_STATES, "states")         \
    X(LEXICON_LABELS, "labels")         \
    X(LEXICON_BODIES, "bodies")         \
    X(LEXICON_PLACES, "places")         \
    X(LEXICON_PEOPLE, "people")         \
    X(LEXICON_SURNAMES, "surnames")     \
    X(LEXICON_SOUNDS, "sounds")         \
    X(LEXICON_DOCUMENTS, "documents")   \
    X(LEXICON_PROGRAMMES, "programmes") \
    X(LEXICON_PROJECTS, "projects")     \
    X(LEXICON_STOPWORDS, "stopwords")   \
    X(LEXICON_WORDS, "words")           \
    X(LEXICON_PROPOSALS, "proposals")   \
    X(LEXICON_TOPICS, "topics")

enum lexicon_id {
#define X(id, file) id,
    LEXICON_TABLE(X)
#undef X
        LEXICON_COUNT
};

struct lexicon_entry {
    struct str word;
    struct str fields; /* as written, white space trimmed */
    size_t index;      /* 0, 1, …: order in the file */
    struct str role;   /* the value of role=, kind= or class=, the first there is; empty: none */
    uint64_t names;    /* a bit (lexicon_name_bit) for the name of each field */
};

/* What is matched with; for the functions below. */
struct lexicon {
    const struct lexicon_entry *entries;
    size_t n;
    size_t longest;   /* bytes of a word */
    struct map words; /* to the indexes of their entries; STR_NONE: removed */
    struct trie forward, backward;
};
struct lexicons;

/* Reads all lexicons, data/lexicons below folder data (NULL: where path_program_data finds them)
 * and the folders above it. A line that cannot be read is reported through warn (may be NULL) as
 * "FILE:LINE: what", and passed over. The result lives in the arena. */
enum status lexicons_load(struct arena *a, const char *data, struct lexicons **out,
                          void (*warn)(void *context, const char *message), void *context,
                          struct error *e);

/* Those alone that a figure is read with as a person types it, and the spellings of metrics; the
 * others are empty: words alone are ten times as many. Not for parsing. */
enum status lexicons_load_figures(struct arena *a, const char *data, struct lexicons **out,
                                  struct error *e);

/* One lexicon alone, for who needs no more: the interface starts faster for it. It knows its words
 * from the front only: lexicon_match and lexicon_at may be asked. */
enum status lexicon_load(struct arena *a, const char *data, enum lexicon_id id,
                         const struct lexicon **out, struct error *e);

/* One of them. Never NULL; it may be empty. */
const struct lexicon *lexicons_get(const struct lexicons *all, enum lexicon_id id);

/* The lexicons that tell names by how they end. */
#define NAME_LEXICON_TABLE(X)             \
    X(NAME_BODY, LEXICON_BODIES)          \
    X(NAME_PLACE, LEXICON_PLACES)         \
    X(NAME_DOCUMENT, LEXICON_DOCUMENTS)   \
    X(NAME_PROGRAMME, LEXICON_PROGRAMMES) \
    X(NAME_PROJECT, LEXICON_PROJECTS)     \
    X(NAME_PERSON, LEXICON_PEOPLE)

enum name_lexicon {
#define X(id, lexicon) id,
    NAME_LEXICON_TABLE(X)
#undef X
        NAME_LEXICON_COUNT
};

/* What ends at a place: the longest word of each of them, or NULL. */
struct name_end {
    const struct lexicon_entry *entries[NAME_LEXICON_COUNT];
};

/* All words of those lexicons. */
struct name_ends {
    struct trie trie;            /* backward; its values are indexes of: */
    const struct name_end *ends; /* one for each word */
};

/* Those of what lexicons_load read. */
const struct name_ends *lexicons_name_ends(const struct lexicons *all);

/* What text[0, end) ends with, of which point is the last character, at byte `at`; NULL where no
 * such word stands there. */
static inline const struct name_end *name_ends_match(const struct name_ends *names, struct str text,
                                                     size_t at, uint32_t point)
{
    size_t start;
    uint32_t found = TRIE_NONE;
    if (trie_begins(&names->trie, point))
        found = trie_match_backward(&names->trie, text, at, point, &start);
    return found == TRIE_NONE ? NULL : &names->ends[found];
}

/* A hash of all that was read: part of the parser's version, so that a changed lexicon rebuilds the
 * cache. */
uint64_t lexicons_version(const struct lexicons *all);

/* The same from the files alone, without reading what they say: for those who only want to know
 * whether a cache is of this version. 0 where the program's data is not installed. */
uint64_t lexicons_read_version(struct arena *a, const char *data);

/* A hash of where the files stand, and of their sizes and times: another one where a file was put
 * there, taken away or written. *newest is the latest time, nanoseconds since 1970. */
uint64_t lexicons_stamp(struct arena *a, const char *data, int64_t *newest);

/* The entry of the longest word that stands in text at byte at, or NULL; *end (may be NULL) is the
 * byte after it. Cost grows with that word's length, not with the lexicon. */
static inline const struct lexicon_entry *lexicon_match(const struct lexicon *lexicon,
                                                        struct str text, size_t at, size_t *end)
{
    size_t ignored;
    uint32_t found =
        trie_match_toward(&lexicon->forward, text, at, end != NULL ? end : &ignored, false);
    return found == TRIE_NONE ? NULL : &lexicon->entries[found];
}

/* The entry of the longest word that text[0, end) ends with, or NULL; *start is its first byte. */
static inline const struct lexicon_entry *
lexicon_match_before(const struct lexicon *lexicon, struct str text, size_t end, size_t *start)
{
    size_t ignored;
    uint32_t found =
        trie_match_toward(&lexicon->backward, text, end, start != NULL ? start : &ignored, true);
    return found == TRIE_NONE ? NULL : &lexicon->entries[found];
}

/* What lexicon_find does where a word is as long, and one ends so. */
const struct lexicon_entry *lexicon_find_word(const struct lexicon *lexicon, struct str word);

/* The entry of exactly this word, or NULL. */
static inline const struct lexicon_entry *lexicon_find(const struct lexicon *lexicon,
                                                       struct str word)
{
    bool may_be = word.n <= lexicon->longest && utf8_rows_may_end(lexicon->backward.begins, word);
    return may_be ? lexicon_find_word(lexicon, word) : NULL;
}

size_t lexicon_count(const struct lexicon *lexicon);
/* The entry number i in order of the file, i < lexicon_count. */
const struct lexicon_entry *lexicon_at(const struct lexicon *lexicon, size_t i);

/* The bit of a name, which is not empty: the compiler knows that of a literal. The factors keep
 * apart the names that are asked for most in one lexicon. */
static inline uint64_t lexicon_name_bit(const char *name, size_t n)
{
    return UTF8_BIT((unsigned char)name[0] + (unsigned char)name[n - 1] * 5u + n * 13u);
}

/* False where no field has the name. */
static inline bool lexicon_may_have(const struct lexicon_entry *entry, const char *name)
{
    return (entry->names & lexicon_name_bit(name, strlen(name))) != 0;
}

/* What lexicon_field and lexicon_flag do where a field may have the name. */
struct str lexicon_find_field(const struct lexicon_entry *entry, const char *name);
bool lexicon_find_flag(const struct lexicon_entry *entry, const char *flag);

/* The value of `key=value` in an entry's fields; empty where it is not there. */
static inline struct str lexicon_field(const struct lexicon_entry *entry, const char *name)
{
    return lexicon_may_have(entry, name) ? lexicon_find_field(entry, name) : (struct str){NULL, 0};
}

/* True where the bare flag stands among the fields. */
static inline bool lexicon_flag(const struct lexicon_entry *entry, const char *flag)
{
    return lexicon_may_have(entry, flag) && lexicon_find_flag(entry, flag);
}

#endif
