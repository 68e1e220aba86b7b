/* Names of kinds, and the options that choose among them. */
#include "command_line.h"
#include "ui/words.h"

static const char *indicator_name(int kind)
{
    return indicator_kind_name((enum indicator_kind)kind);
}

static const char *indicator_word(int kind)
{
    return words_of_indicator((enum indicator_kind)kind);
}

static const char *finding_name(int kind)
{
    return finding_kind_name((enum finding_kind)kind);
}

static const char *finding_word(int kind)
{
    return words_of_finding((enum finding_kind)kind);
}

static const char *entity_name(int type)
{
    return entity_type_name((enum entity_type)type);
}

static const char *entity_word(int type)
{
    return words_of_entity((enum entity_type)type);
}

const struct kind_names INDICATOR_NAMES = {indicator_name, indicator_word, INDICATOR_KIND_COUNT};
const struct kind_names FINDING_NAMES = {finding_name, finding_word, FINDING_KIND_COUNT};
const struct kind_names ENTITY_NAMES = {entity_name, entity_word, ENTITY_TYPE_COUNT};

bool kinds_named(const char *names, const struct kind_names *kinds, uint32_t *bits)
{
    struct str rest = str_of(names);
    *bits = 0;
    while (rest.p != NULL) {
        struct str one = str_split(&rest, ',');
        int kind = 0;
        while (kind < kinds->n && !str_eq(one, str_of(kinds->name(kind))) &&
               !str_eq(one, str_of(kinds->word(kind))))
            kind++;
        if (kind == kinds->n) {
            fail_with("there is no kind %.*s", STR_ARG(one));
            return false;
        }
        *bits |= 1u << kind;
    }
    return true;
}
