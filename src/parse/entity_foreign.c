/* Foreign persons, whose names are written sound by sound. */
#include "baolan/utf8.h"
#include "parse/entity.h"

/* True where the character at [start, end) stands for a sound of foreign names. */
static bool is_sound(const struct entity_reader *r, struct str text, size_t start, size_t end)
{
    return lexicon_find(r->sounds, str_sub(text, start, end)) != NULL;
}

/* True where the text at byte `at` goes on in words: what a person does, or what bounds names. */
static bool goes_on_in_words(const struct entity_reader *r, struct str text, size_t at)
{
    const struct lexicon_entry *stop = lexicon_match(r->stop, text, at, NULL);
    size_t two = entity_han_after(text, at, 2);
    return entity_says_at(r, text, at) ||
           (stop != NULL && lexicon_flag(stop, "stop") && !lexicon_flag(stop, "soft")) ||
           (two != STR_NONE && entity_word(r, str_sub(text, at, two)) == WORD_STOP);
}

/* The part of a foreign name that ends at byte `end`: its start, at most eight sounds away. */
static size_t sounds_before(const struct entity_reader *r, struct str text, size_t end)
{
    size_t start = end;
    for (unsigned n = 0; n < 8 && start > 0; n++) {
        size_t before = start, title;
        const struct lexicon_entry *entry = lexicon_match_before(r->people, text, start, &title);
        utf8_previous(text, &before);
        if ((entry != NULL && lexicon_flag(entry, "title")) || !is_sound(r, text, before, start) ||
            entity_region_before(r, text, start) < start)
            break;
        start = before;
    }
    return start;
}

/* The end of the part of a foreign name that begins at byte `start`. */
static size_t sounds_after(const struct entity_reader *r, struct str text, size_t start)
{
    size_t end = start;
    for (unsigned n = 0; n < 8 && end < text.n; n++) {
        size_t next = end;
        utf8_next(text, &next);
        if (!is_sound(r, text, end, next) || (n > 1 && goes_on_in_words(r, text, end)))
            break;
        end = next;
    }
    return end;
}

static bool is_dot(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == 0x30FB;
}

void entity_scan_foreign(struct entity_reader *r, uint32_t unit, size_t dot, size_t end)
{
    struct str text = r->units.at[unit].text;
    size_t start = sounds_before(r, text, dot), before = start, after = end;
    bool within = is_dot(utf8_previous(text, &before));
    /* Its first dot finds the whole. */
    if (start == dot || (within && sounds_before(r, text, before) < before) ||
        utf8_count(str_sub(text, start, dot)) > 7)
        return;
    for (size_t part = end; part < text.n; part = after) {
        size_t next = sounds_after(r, text, part);
        if (next == part)
            break;
        end = after = next;
        if (!is_dot(utf8_next(text, &after)))
            break;
    }
    struct str last = str_sub(text, dot, end);
    if (end > dot && utf8_count(last) >= 3)
        entity_add(r, unit, start, end, ENTITY_PERSON, WEIGHT_STRONG, "foreign");
}

/* True where two characters that stand side by side in name are a common word. */
static bool holds_word(const struct entity_reader *r, struct str name)
{
    for (size_t at = 0; at + 6 <= name.n; at += 3)
        if (entity_is_word(r, str_sub(name, at, at + 6)))
            return true;
    return false;
}

/* True where an office of other countries ends at byte `end`, before whose holder two sounds do. */
static bool is_of_state(struct str text, size_t end)
{
    static const struct str offices[] = {STR_INIT("总统"), STR_INIT("首相"),   STR_INIT("总理"),
                                         STR_INIT("国王"), STR_INIT("国务卿"), STR_INIT("外长"),
                                         STR_INIT("防长"), STR_INIT("议长")};
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (str_ends(str_sub(text, 0, end), offices[i]))
            return true;
    return false;
}

/* True where a common word begins at byte `at`: 普京|会谈. */
static bool follows_word(const struct entity_reader *r, struct str text, size_t at)
{
    size_t two = entity_han_after(text, at, 2);
    return two != STR_NONE && entity_is_word(r, str_sub(text, at, two));
}

size_t entity_foreign_end(const struct entity_reader *r, struct str text, size_t at)
{
    size_t end = sounds_after(r, text, at), next = end;
    struct str name = str_sub(text, at, end);
    size_t sounds = utf8_count(name);
    if (sounds < 2 || str_has(name, STR("不")) || is_dot(utf8_next(text, &next)) ||
        holds_word(r, name) || entity_region_end(r, text, at) > at)
        return at;
    if (sounds > 2)
        return end;
    bool ends = !point_is_han(utf8_at(text, end)) || goes_on_in_words(r, text, end) ||
                entity_may_end(r, text, end) || follows_word(r, text, end);
    return ends && is_of_state(text, at) ? end : at;
}
