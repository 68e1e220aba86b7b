/* The short names that a text goes on to use for its companies: 某省禾瑞隔膜材料有限公司, then
 * 禾瑞隔膜. Found by repetition: a beginning of the full name that stands elsewhere, and there goes
 * on otherwise than the full name does. */
#include "baolan/trie.h"
#include "baolan/utf8.h"
#include "parse/entity.h"

enum { SHORT_LEAST = 3, SHORT_MOST = 8 }; /* characters of a short name */

/* A beginning of a full name. */
struct beginning {
    struct str text, follows; /* follows: the full name's next character */
    uint32_t company;
    bool found;
};

static bool ends_plain(const struct entity_reader *r, struct str s)
{
    size_t last = s.n, word;
    if (!point_is_han(utf8_previous(s, &last)))
        return false;
    return entity_word_before(r, s, s.n, &word) != WORD_STOP;
}

typedef VECTOR(struct beginning) beginnings;

static void add_beginnings(struct entity_reader *r, beginnings *all, struct trie *trie,
                           const struct company *company, uint32_t number, size_t from)
{
    struct str name = str_sub(company->full, from, company->full.n);
    size_t at = 0;
    for (unsigned n = 1; n <= SHORT_MOST; n++) {
        utf8_next(name, &at);
        size_t next = at;
        uint32_t c = utf8_next(name, &next);
        if (!point_is_han(c))
            return;
        struct str text = str_sub(name, 0, at);
        if (n < SHORT_LEAST || !ends_plain(r, text))
            continue;
        trie_add(trie, text, (uint32_t)all->n);
        struct beginning b = {text, str_sub(name, at, next), number, false};
        vector_push(r->arena, all, b);
    }
}

/* Marks the beginnings that stand in text and go on otherwise. */
static void look_through(const struct entity_reader *r, struct str text, const struct trie *trie,
                         beginnings *all)
{
    uint32_t c;
    for (size_t i = 0, next; (c = trie_seek(trie, text, &i, &next)) != 0;) {
        size_t end = i;
        uint32_t found = trie_match_forward(trie, text, next, c, &end);
        if (found == TRIE_NONE) {
            i = next;
            continue;
        }
        struct beginning *b = &all->at[found];
        size_t last = end;
        next = end;
        utf8_previous(text, &last);
        c = utf8_next(text, &next);
        bool word = point_is_han(c) && entity_word(r, str_sub(text, last, next)) != WORD_UNKNOWN;
        if (!str_starts(str_sub(text, end, text.n), b->follows) && !word)
            b->found = true;
        i = end;
    }
}

void entity_find_shorts(struct entity_reader *r, struct company *companies, size_t n)
{
    beginnings all = {0};
    struct trie trie = trie_in(r->arena, false);
    for (size_t i = 0; i < n; i++) {
        add_beginnings(r, &all, &trie, &companies[i], (uint32_t)i, 0);
        if (companies[i].region > 0)
            add_beginnings(r, &all, &trie, &companies[i], (uint32_t)i, companies[i].region);
    }
    if (all.n == 0)
        return;
    trie_finish(&trie);
    for (size_t u = 0; u < r->units.n; u++)
        look_through(r, r->units.at[u].text, &trie, &all);
    for (size_t i = 0; i < all.n; i++) {
        struct company *company = &companies[all.at[i].company];
        if (all.at[i].found && company->n_shorts < COMPANY_SHORTS)
            company->shorts[company->n_shorts++] = all.at[i].text;
    }
}
