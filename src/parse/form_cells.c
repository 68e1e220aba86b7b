/* Lines of a form's table whose cells tabs part (提案人 ⇥ 李某某 ⇥ 界别 ⇥ 教育界), as a word
 * processor's tables are pasted: each label with its value is a line of its own. */
#include "parse/page.h"

enum { CELL_CHARS = 10 };

/* True where the cell [from, to) is a label of a form, letter-spaced or not. */
static bool is_label(const struct page *p, size_t from, size_t to)
{
    char compact[CELL_CHARS * 3];
    size_t n = 0;
    struct str text = str_trim(str_sub(p->text, from, to));
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (point_is_space(c))
            continue;
        if (c < 0x4E00 || c > 0x9FFF || n == CELL_CHARS)
            return false;
        memcpy(compact + 3 * n++, text.p + at - 3, 3);
    }
    const struct lexicon_entry *e = lexicon_find(p->proposals, (struct str){compact, 3 * n});
    return e != NULL && lexicon_field(e, "label").n > 0;
}

/* The byte after the cell that begins at byte `at` of a line that ends at byte `end`. */
static size_t cell_end(struct str text, size_t at, size_t end)
{
    const char *tab = at < end ? memchr(text.p + at, '\t', end - at) : NULL;
    return tab == NULL ? end : (size_t)(tab - text.p);
}

size_t form_pairs(const struct page *p, struct span line, struct span *pairs, size_t most)
{
    size_t n = 0, known = 0;
    for (size_t at = line.start; at < line.end; n++) {
        if (n == most)
            return 0;
        size_t label = cell_end(p->text, at, line.end);
        size_t value = label < line.end ? cell_end(p->text, label + 1, line.end) : line.end;
        known += is_label(p, at, label);
        if (label < line.end && is_label(p, label + 1, value))
            return 0; /* the head of a table with a proposal a row */
        pairs[n] = (struct span){at, value};
        at = value + (value < line.end);
    }
    return known > 0 && n > 1 ? n : 0;
}
