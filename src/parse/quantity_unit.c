/* The unit behind a numeral: its multipliers, what is printed of it, what it counts in. */
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/quantity_scan.h"

enum unit_class quantity_class_named(struct str name)
{
    static const struct str names[] = {
#define X(id, text) STR_INIT(text),
        UNIT_CLASS_TABLE(X)
#undef X
    };
    for (size_t i = 0; i < UNIT_CLASS_COUNT; i++)
        if (str_eq(name, names[i]))
            return (enum unit_class)i;
    return UNIT_COUNT;
}

/* 多, 余, 来, 几 inside a quantity. */
static bool take_inner(const struct quantity_scan *s, size_t *i, struct quantity_unit *u)
{
    size_t at = *i;
    uint32_t c = utf8_next(s->text, &at);
    if (c != U'多' && c != U'余' && c != U'来' && c != U'几')
        return false;
    u->inner = str_sub(s->text, *i, at);
    u->inner_at = *i;
    *i = at;
    return true;
}

const struct lexicon_entry *quantity_unit_match(const struct quantity_scan *s, size_t at,
                                                size_t *end)
{
    const struct lexicon_entry *e = lexicon_match(s->units, s->text, at, end);
    /* Latin units end where the Latin letters end: 5 m in 5 months is none. */
    if (e != NULL && point_is_latin((unsigned char)e->word.p[e->word.n - 1]) && *end < s->text.n &&
        (point_is_latin((unsigned char)s->text.p[*end]) ||
         point_is_digit((unsigned char)s->text.p[*end])))
        return NULL;
    if (e != NULL && lexicon_flag(e, "end") && point_is_han(utf8_at(s->text, *end)))
        return lexicon_match(s->units, str_sub(s->text, 0, *end - 1), at, end);
    return e;
}

struct quantity_unit quantity_unit_read(const struct quantity_scan *s, size_t at)
{
    struct quantity_unit u = {.end = at};
    size_t i = at;
    if (i + 1 < s->text.n && s->text.p[i] == ' ' && point_is_latin((unsigned char)s->text.p[i + 1]))
        i++;
    take_inner(s, &i, &u);
    for (;;) {
        size_t end;
        u.entry = quantity_unit_match(s, i, &end);
        if (u.entry != NULL) {
            u.end = end;
            break;
        }
        size_t next = i;
        int power = numeral_power(utf8_next(s->text, &next));
        if (power == 0)
            break;
        u.power += power;
        u.multipliers += next - i;
        u.end = i = next;
        if (u.inner.n == 0)
            take_inner(s, &i, &u);
    }
    size_t per = u.end;
    if (u.entry != NULL && per < s->text.n && s->text.p[per] == '/') {
        size_t end;
        u.per = quantity_unit_match(s, per + 1, &end);
        if (u.per == NULL && str_starts(str_sub(s->text, per + 1, s->text.n), STR("月"))) {
            u.per = u.entry;
            end = per + 1 + STR("月").n;
        }
        if (u.per != NULL)
            u.end = end;
    }
    return u;
}

struct str quantity_printed(const struct quantity_scan *s, size_t start, size_t end)
{
    return s->plain == NULL ? str_dup(s->arena, str_sub(s->text, start, end))
                            : plain_printed(s->arena, s->plain, s->prose, start, end);
}

struct str quantity_unit_printed(const struct quantity_scan *s, size_t from,
                                 const struct quantity_unit *u)
{
    if (u->inner.n == 0 || u->inner_at >= u->end)
        return str_trim(quantity_printed(s, from, u->end));
    struct buffer b = buffer_in(s->arena);
    buffer_add(&b, quantity_printed(s, from, u->inner_at));
    buffer_add(&b, quantity_printed(s, u->inner_at + u->inner.n, u->end));
    return str_trim(buffer_str(&b));
}

void quantity_set_base(struct quantity *q, const struct lexicon_entry *entry, int32_t power)
{
    struct decimal factor = {1, 0};
    struct str base = entry == NULL ? (struct str){0} : lexicon_field(entry, "base");
    if (entry != NULL)
        decimal_parse(lexicon_field(entry, "factor"), &factor);
    if (factor.digits == 0)
        factor = (struct decimal){1, 0};
    factor.scale -= power;
    q->base = decimal_multiply(q->value, factor);
    q->base_unit = base.n > 0 || entry == NULL ? base : entry->word;
    if (entry != NULL)
        q->class = quantity_class_named(entry->role);
}
