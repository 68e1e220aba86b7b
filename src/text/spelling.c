#include "baolan/spelling.h"

#include "baolan/buffer.h"
#include "baolan/utf8.h"

/* Ends of regions, and what joins two subjects: a short spelling begins behind these, or where the
 * name begins. Inside a word the same characters are another word's (法规|上). */
static const char before[] = "省市区县州盟旗乡镇国域年和与及、，的（";

static bool may_begin(struct str name, size_t at)
{
    size_t from = at;
    if (at == 0)
        return true;
    utf8_previous(name, &from);
    return str_has(STR(before), str_sub(name, from, at));
}

struct str spelling_join(struct arena *a, const struct lexicons *all, struct str name)
{
    if (all == NULL || name.n == 0)
        return name;
    const struct lexicon_entry *e = lexicon_find(lexicons_get(all, LEXICON_METRICS), name);
    struct str key = e == NULL ? STR("") : lexicon_field(e, "key");
    if (key.n > 0)
        return key;
    const struct lexicon *spellings = lexicons_get(all, LEXICON_SPELLINGS);
    struct buffer out = buffer_in(a);
    size_t copied = 0;
    for (size_t at = 0, end;
         utf8_skip_han_outside(name, &at, spellings->forward.begins), at < name.n; at = end) {
        e = lexicon_match(spellings, name, at, &end);
        bool whole = e != NULL && lexicon_flag(e, "whole");
        if (e == NULL || !may_begin(name, at) || (whole && (at > 0 || end < name.n))) {
            end = at;
            utf8_next(name, &end);
            continue;
        }
        buffer_add(&out, str_sub(name, copied, at));
        buffer_add(&out, lexicon_field(e, "key"));
        copied = end;
    }
    if (copied == 0)
        return name;
    buffer_add(&out, str_sub(name, copied, name.n));
    return buffer_str(&out);
}

struct variants {
    struct str name, *out;
    size_t n, room;
};

static void add(struct variants *v, struct str spelling)
{
    for (size_t i = 0; i < v->n; i++)
        if (str_eq(v->out[i], spelling))
            return;
    if (v->n < v->room && !str_eq(spelling, v->name))
        v->out[v->n++] = spelling;
}

size_t spelling_variants(struct arena *a, const struct lexicons *all, struct str name,
                         struct str *out, size_t room)
{
    struct variants v = {.name = name, .out = out, .room = room};
    if (all == NULL || name.n == 0)
        return 0;
    struct str joined = spelling_join(a, all, name);
    const struct lexicon *metrics = lexicons_get(all, LEXICON_METRICS);
    const struct lexicon *spellings = lexicons_get(all, LEXICON_SPELLINGS);
    add(&v, joined);
    for (size_t i = 0; i < lexicon_count(metrics) && v.n < room; i++)
        if (str_eq(lexicon_field(lexicon_at(metrics, i), "key"), joined))
            add(&v, lexicon_at(metrics, i)->word);
    for (size_t i = 0; i < lexicon_count(spellings) && v.n < room; i++) {
        const struct lexicon_entry *e = lexicon_at(spellings, i);
        struct str key = lexicon_field(e, "key");
        size_t at = str_find(joined, key, 0);
        bool whole = lexicon_flag(e, "whole") && key.n < joined.n;
        if (at == STR_NONE || whole || !may_begin(joined, at))
            continue;
        struct buffer spelling = buffer_in(a);
        buffer_add(&spelling, str_sub(joined, 0, at));
        buffer_add(&spelling, e->word);
        buffer_add(&spelling, str_sub(joined, at + key.n, joined.n));
        add(&v, buffer_str(&spelling));
    }
    return v.n;
}
