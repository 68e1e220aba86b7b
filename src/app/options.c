#include "baolan/options.h"

#include <assert.h>
#include <stdlib.h>

static const struct option_row ROWS[] = {
#define OPTION(id, name, values, initial, help) {name, values, initial, help},
#include "app/options.def"
#undef OPTION
};

struct options {
    struct arena *arena;
    const char *values[OPTION_COUNT];
};

struct options *options_new(struct arena *a)
{
    struct options *o = arena_new_of(a, struct options);
    o->arena = a;
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        o->values[i] = ROWS[i].initial;
    return o;
}

static bool is_number(struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
    return value.n > 0 && value.n < 10;
}

static bool is_allowed(const struct option_row *row, struct str value)
{
    if (strcmp(row->values, "TEXT") == 0)
        return true;
    if (strcmp(row->values, "NUMBER") == 0)
        return is_number(value);
    struct str rest = str_of(row->values);
    while (rest.p != NULL)
        if (str_eq(str_split(&rest, '|'), value))
            return true;
    return false;
}

enum status options_set(struct options *o, struct str name, struct str value, struct error *e)
{
    enum option id = option_named(name);
    if (id == OPTION_COUNT)
        return error_set(e, STATUS_NOT_FOUND, "no option %.*s", STR_ARG(name));
    if (!is_allowed(&ROWS[id], value))
        return error_set(e, STATUS_BAD_INPUT, "%s takes %s, not “%.*s”", ROWS[id].name,
                         ROWS[id].values, STR_ARG(value));
    if (id == OPTION_RESTRICTED && options_is(o, id, "yes") && !str_eq(value, STR("yes")))
        return error_set(e, STATUS_DENIED, "restricted: this cannot be lifted");
    o->values[id] = str_dup_c(o->arena, value);
    return STATUS_OK;
}

const char *options_text(const struct options *o, enum option id)
{
    assert(id < OPTION_COUNT);
    return o->values[id];
}

long options_number(const struct options *o, enum option id)
{
    return strtol(options_text(o, id), NULL, 10);
}

bool options_is(const struct options *o, enum option id, const char *value)
{
    return strcmp(options_text(o, id), value) == 0;
}

const struct option_row *option_row(enum option id)
{
    assert(id < OPTION_COUNT);
    return &ROWS[id];
}

enum option option_named(struct str name)
{
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        if (str_eq(name, str_of(ROWS[i].name)))
            return (enum option)i;
    return OPTION_COUNT;
}
