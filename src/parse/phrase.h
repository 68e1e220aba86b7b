/* Noun phrases in plain prose: their edges, heads and metrics. */
#ifndef BAOLAN_PARSE_PHRASE_H
#define BAOLAN_PARSE_PHRASE_H

#include "parse/attach.h"

/* The entry of the longest word that s ends with and that lies in it; *start is its first byte. */
static inline const struct lexicon_entry *phrase_ends_in(const struct attacher *a,
                                                         const struct lexicon *lexicon,
                                                         struct stretch s, size_t *start)
{
    struct str text = str_sub(a->text, s.start, s.end);
    const struct lexicon_entry *e = lexicon_match_before(lexicon, text, text.n, start);
    if (e != NULL)
        *start += s.start;
    return e;
}

/* What phrase_trim_front() and phrase_trim_back() do where something may be taken off. */
struct stretch phrase_take_front(const struct attacher *a, struct stretch s);
struct stretch phrase_take_back(const struct attacher *a, struct stretch s);

/* Without times, connectives, marks at the front. Most phrases begin with a character that none of
 * those does. */
static inline struct stretch phrase_trim_front(const struct attacher *a, struct stretch s)
{
    size_t at = s.start;
    uint32_t c = s.end > s.start ? utf8_take_han(a->text, &at) : 0;
    bool plain = c >= 0x4E00 && c != U'的' && (a->time_starts & UTF8_BIT(s.start)) == 0 &&
                 !trie_begins(&a->labels->forward, c);
    return plain ? s : phrase_take_front(a, s);
}

/* Without marks, 的 and loose quotes at the end. Most phrases end with a Han character that is not
 * the end of a time. */
static inline struct stretch phrase_trim_back(const struct attacher *a, struct stretch s)
{
    size_t at = s.end;
    uint32_t c = s.end >= s.start + STR("的").n ? (at -= 3, utf8_take_han(a->text, &at)) : 0;
    bool plain = c >= 0x4E00 && c != U'的' && (a->time_ends & UTF8_BIT(s.end)) == 0;
    return plain ? s : phrase_take_back(a, s);
}

/* True for a phrase that opens with a verb of any kind: 支持某镇. It is no name. */
bool phrase_opens_with_verb(const struct attacher *a, struct stretch s);

/* True for a phrase that opens with a preposition: 在…等地. It is no subject. */
bool phrase_is_adverbial(const struct attacher *a, struct stretch s);

/* The end of the short quotation that opens at byte i, or i: verbs are looked for outside them, for
 * they are names. */
size_t phrase_skip_quote(const struct attacher *a, size_t i, size_t limit);

/* True where a byte stands inside a common word of two characters. */
bool phrase_splits_word(const struct attacher *a, size_t at);

/* Both. */
struct stretch phrase_trim(const struct attacher *a, struct stretch s);

static inline bool stretch_is_empty(struct stretch s)
{
    return s.end <= s.start;
}

/* False where word stands nowhere in s, told without looking for it where s lies in the clause at
 * hand: most rules need a word that few clauses have. */
static inline bool phrase_may_have(const struct attacher *a, struct stretch s, struct str word)
{
    return s.start < a->clause.start || s.end > a->clause.end || char_set_may_have(&a->chars, word);
}

/* Where word first (last) stands in s, counted from its start; STR_NONE where it does not. */
static inline size_t phrase_find(const struct attacher *a, struct stretch s, struct str word)
{
    return phrase_may_have(a, s, word) ? str_find(str_sub(a->text, s.start, s.end), word, 0)
                                       : STR_NONE;
}

static inline size_t phrase_find_last(const struct attacher *a, struct stretch s, struct str word)
{
    return phrase_may_have(a, s, word) ? str_find_last(str_sub(a->text, s.start, s.end), word)
                                       : STR_NONE;
}

static inline bool phrase_has(const struct attacher *a, struct stretch s, struct str word)
{
    return phrase_find(a, s, word) != STR_NONE;
}

/* The printed text of a stretch; empty for an empty one. */
struct str phrase_str(const struct attacher *a, struct stretch s);

/* The last verb (role=object, or other where any is true) that begins in s, as a stretch; false
 * where there is none. *entry (may be NULL) is its word. */
bool phrase_last_verb(const struct attacher *a, struct stretch s, bool any, struct stretch *verb,
                      const struct lexicon_entry **entry);

/* The first verb of any kind in s. */
bool phrase_first_verb(const struct attacher *a, struct stretch s, struct stretch *verb,
                       const struct lexicon_entry **entry);

/* The first common verb in s that the list of verbs lacks (海关共|签发|证书): it opens s or stands
 * behind a name, and an object follows. */
bool phrase_common_verb(const struct attacher *a, struct stretch s, struct stretch *verb);

/* The metric that s ends with, prefixes included (of sectors only where `sectors` is true: 规上工业
 * is else the subject); false where the lexicon has none. */
bool phrase_metric(const struct attacher *a, struct stretch s, bool sectors, struct stretch *metric,
                   const struct lexicon_entry **entry);

/* The noun phrase that begins at byte `at` and ends before a verb, a mark or byte `limit`. */
struct stretch phrase_after(const struct attacher *a, size_t at, size_t limit);

/* s from after its last 的 (where something stands there). */
struct stretch phrase_after_of(const struct attacher *a, struct stretch s);

/* The front of s that ends like a place, a body or a bracket, where more follows that is no verb:
 * 云河镇 of 云河镇女性居民. False where there is none. */
bool phrase_named_front(const struct attacher *a, struct stretch s, struct stretch *front);

/* The same of a string. */
bool phrase_names(const struct attacher *a, struct str s);

/* True where s ends like the name of a body, a place, a project. */
bool phrase_has_head(const struct attacher *a, struct stretch s);

/* Items of a list joined by 、 和 与 及 以及; at most room of them are written, all are counted. */
size_t phrase_list(const struct attacher *a, struct stretch s, struct stretch *items, size_t room);

#endif
