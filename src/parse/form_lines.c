/* The form of an office whose table lost its cells: each label stands on a line of its own, its
 * value on the next. Such lines are rows, so that no headline or paragraph is made of them. */
#include "parse/page.h"

enum label { LABEL_NONE, LABEL_FIELD, LABEL_PROSE };

/* Characters of a label; lines that a value may take; labels that make a form. */
enum { LABEL_CHARS = 8, VALUE_LINES = 6, LABELS_LEAST = 3 };

/* The label that a strip is as a whole: letter-spaced or not, with a colon or in 【】 or without.
 */
static enum label label_of(const struct page *p, const struct strip *s, struct str *word)
{
    char compact[LABEL_CHARS * 3];
    size_t n = 0;
    struct str text = strip_text(p, s);
    if (s->end - s->start > 60)
        return LABEL_NONE;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bool mark = c == 0x3010 || c == 0x3011 || (at == text.n && (c == 0xFF1A || c == ':'));
        if (point_is_space(c) || mark)
            continue;
        if (c < 0x4E00 || c > 0x9FFF || n == LABEL_CHARS)
            return LABEL_NONE;
        memcpy(compact + 3 * n++, text.p + at - 3, 3);
    }
    const struct lexicon_entry *e = lexicon_find(p->proposals, (struct str){compact, 3 * n});
    struct str field = e == NULL ? (struct str){NULL, 0} : lexicon_field(e, "label");
    if (field.n == 0)
        return LABEL_NONE;
    *word = e->word;
    bool prose = str_eq(field, STR("background")) || str_eq(field, STR("suggestions")) ||
                 str_eq(field, STR("reply"));
    return prose ? LABEL_PROSE : LABEL_FIELD;
}

/* A sentence, which no field's value is. */
static bool is_sentence(const struct strip *s)
{
    return s->ending == END_STOP || s->stop != 0;
}

/* The strips after label i that are its value: up to the next label, a few at most; of the last
 * label the next line. */
static uint32_t value_end(const struct page *p, uint32_t i)
{
    struct str word;
    uint32_t end = i + 1;
    while (end < p->strips.n && end <= i + VALUE_LINES && !is_sentence(&p->strips.at[end]) &&
           label_of(p, &p->strips.at[end], &word) == LABEL_NONE)
        end++;
    bool labelled = end < p->strips.n && label_of(p, &p->strips.at[end], &word) != LABEL_NONE;
    return labelled || end == i + 1 ? end : i + 2;
}

/* True where a form of labels and values begins at strip i; *end is the first strip after it, or
 * after what was looked at. */
static bool is_form(const struct page *p, uint32_t i, uint32_t *end)
{
    uint32_t labels = 0;
    bool own = false;
    struct str word;
    *end = i;
    while (*end < p->strips.n && label_of(p, &p->strips.at[*end], &word) == LABEL_FIELD) {
        labels++;
        own = own || str_has(word, STR("案")) || str_has(word, STR("界别"));
        *end = value_end(p, *end);
    }
    return own && labels >= LABELS_LEAST;
}

void page_find_form_lines(struct page *p)
{
    bool inside = false;
    for (uint32_t i = 0, end; i < p->strips.n; i = end) {
        struct str word;
        enum label label = label_of(p, &p->strips.at[i], &word);
        bool form = label == LABEL_FIELD && is_form(p, i, &end);
        inside = inside || form;
        if (label != LABEL_FIELD)
            end = i + 1;
        form = form || (inside && label == LABEL_PROSE);
        for (; form && i < end; i++)
            p->strips.at[i].kind = STRIP_ROW;
    }
}
