#include "baolan/utf8.h"
#include "parse/reading.h"

void target_begin(struct target_scan *t, size_t sentence)
{
    *t = (struct target_scan){.at = sentence};
}

bool target_at(const struct reading *r, struct target_scan *t, size_t at)
{
    const struct lexicon *words = lexicons_get(r->options->lexicons, LEXICON_TARGETS);
    struct str text = r->plain.text;
    while (t->at < at) {
        size_t end;
        char c = text.p[t->at];
        if (c == ',' || c == ';' || c == ':')
            t->own = false;
        if (c == ':' && t->planned)
            t->list = true;
        if (c == ';' && !t->list)
            t->planned = false;
        const struct lexicon_entry *e = lexicon_match(words, text, t->at, &end);
        if (e == NULL) {
            utf8_next(text, &t->at);
            continue;
        }
        if (role_is(e, "target")) {
            t->planned = true;
            t->word = t->at;
        }
        if (lexicon_flag(e, "after"))
            t->after = end;
        if (role_is(e, "own"))
            t->own = true;
        if (role_is(e, "done"))
            t->planned = t->list;
        t->at = end;
    }
    return t->planned || t->own;
}
