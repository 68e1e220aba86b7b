#include "baolan/command.h"

#include <assert.h>

static const struct command_row ROWS[] = {
#define COMMAND(id, name, context, keys, arguments, completion, flags, help) \
    {name, context, keys, arguments, completion, flags, help},
#include "app/commands.def"
#undef COMMAND
};

static const struct {
    const char *name;
    enum context parent;
} CONTEXTS[] = {
#define X(id, name, parent) {name, parent},
    CONTEXT_TABLE(X)
#undef X
};

const char *context_name(enum context id)
{
    return id < CONTEXT_COUNT ? CONTEXTS[id].name : "";
}

enum context context_named(struct str name)
{
    for (unsigned i = 0; i < CONTEXT_COUNT; i++)
        if (str_eq(name, str_of(CONTEXTS[i].name)))
            return (enum context)i;
    return CONTEXT_COUNT;
}

enum context context_parent(enum context id)
{
    return id < CONTEXT_COUNT ? CONTEXTS[id].parent : CONTEXT_COUNT;
}

const struct command_row *command_row(enum command id)
{
    assert(id < COMMAND_COUNT);
    return &ROWS[id];
}

enum command command_named(struct str name)
{
    for (unsigned i = 0; i < COMMAND_COUNT; i++)
        if (str_eq(name, str_of(ROWS[i].name)))
            return (enum command)i;
    return COMMAND_COUNT;
}

enum command command_typed(struct str name)
{
    enum command found = command_named(name);
    for (unsigned i = 0; found == COMMAND_COUNT && name.n > 0 && i < COMMAND_COUNT; i++) {
        if ((ROWS[i].flags & COMMAND_HIDDEN) || !str_starts(str_of(ROWS[i].name), name))
            continue;
        found = (enum command)i;
        while (++i < COMMAND_COUNT)
            if (!(ROWS[i].flags & COMMAND_HIDDEN) && str_starts(str_of(ROWS[i].name), name))
                return COMMAND_COUNT;
    }
    return found;
}
