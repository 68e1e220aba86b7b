#include "baolan/utf8.h"
#include "parse/reading.h"

/* What a sentence plans begins with a word of planning and ends with the sentence, at a semicolon
 * (but not in a list after a colon), or where a clause says that something is done. */
void target_mark(const struct reading *r, struct stretch sentence, size_t at, bool *target)
{
    const struct lexicon *words = lexicons_get(r->options->lexicons, LEXICON_TARGETS);
    struct str text = r->plain.text;
    bool planned = false, list = false, own = false;
    for (size_t i = sentence.start; i < at;) {
        size_t end;
        char c = text.p[i];
        if (c == ',' || c == ';' || c == ':')
            own = false;
        if (c == ':' && planned)
            list = true;
        if (c == ';' && !list)
            planned = false;
        const struct lexicon_entry *e = lexicon_match(words, text, i, &end);
        if (e == NULL) {
            utf8_next(text, &i);
            continue;
        }
        if (role_is(e, "target"))
            planned = true;
        else if (role_is(e, "own"))
            own = true;
        else if (role_is(e, "done"))
            planned = list;
        i = end;
    }
    *target = planned || own;
}
