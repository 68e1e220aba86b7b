/* The commands: one table, src/app/commands.def, of everything that a key or `:` can do. */
#ifndef BAOLAN_COMMAND_H
#define BAOLAN_COMMAND_H

#include "baolan/str.h"

#include <stdbool.h>

/* What a command made necessary; one function of the frame decides what to paint. */
typedef unsigned reaction;
enum {
    REACT_NONE = 0,
    REACT_ROW = 1,      /* the focused row or link moved within the window */
    REACT_VIEW = 2,     /* rows of the focused view changed */
    REACT_LAYOUT = 4,   /* panes changed: everything is laid out anew */
    REACT_STATUS = 8,   /* bar, status line or message alone */
    REACT_REPAINT = 16, /* the terminal is painted from nothing */
    REACT_QUIT = 32,
    REACT_PASS = 64, /* not for me: the next one is asked */
};

/* Whose keys. Row: id, name in the configuration, the context asked next. */
#define CONTEXT_TABLE(X)                              \
    X(CONTEXT_GLOBAL, "global", CONTEXT_COUNT)        \
    X(CONTEXT_LIST, "list", CONTEXT_GLOBAL)           \
    X(CONTEXT_LIBRARY, "library", CONTEXT_LIST)       \
    X(CONTEXT_READER, "reader", CONTEXT_LIST)         \
    X(CONTEXT_PROPOSALS, "proposals", CONTEXT_LIST)   \
    X(CONTEXT_INDICATORS, "indicators", CONTEXT_LIST) \
    X(CONTEXT_NAMES, "names", CONTEXT_LIST)           \
    X(CONTEXT_FINDINGS, "findings", CONTEXT_LIST)     \
    X(CONTEXT_SEARCH, "search", CONTEXT_LIST)         \
    X(CONTEXT_HELP, "help", CONTEXT_LIST)             \
    X(CONTEXT_PROMPT, "prompt", CONTEXT_COUNT)

enum context {
#define X(id, name, parent) id,
    CONTEXT_TABLE(X)
#undef X
        CONTEXT_COUNT
};

const char *context_name(enum context id);
enum context context_named(struct str name); /* CONTEXT_COUNT: none */
enum context context_parent(enum context id);

/* What `:` completes an argument with. */
enum completion {
    COMPLETE_NOTHING,
    COMPLETE_OPTION,
    COMPLETE_COMMAND,
    COMPLETE_VIEW,
    COMPLETE_TOPIC,
    COMPLETE_FILE,
    COMPLETE_LIBRARY,
};

enum {
    COMMAND_VIEW = 1,    /* the focused view answers it, not the frame */
    COMMAND_HINT = 2,    /* stands in the hint bar where it works */
    COMMAND_HIDDEN = 4,  /* neither in help nor completed */
    COMMAND_SCREEN = 16, /* of the screen alone: says so where lines are printed */
    COMMAND_LETTER = 8,  /* the next key that is pressed is its argument */
};

enum command {
#define COMMAND(id, name, context, keys, arguments, completion, flags, help) id,
#include "app/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

struct command_row {
    const char *name;
    enum context context;
    const char *keys;      /* default keys, separated by spaces; may be empty */
    const char *arguments; /* how help shows them, "" where it takes none; "[…]" may be left out */
    enum completion completion;
    unsigned flags;
    const char *help; /* what it does, in few words: a msgid */
};

const struct command_row *command_row(enum command id);
enum command command_named(struct str name); /* COMMAND_COUNT: none */
/* The same, or the one command that begins so and is not hidden: `q` is quit. */
enum command command_typed(struct str name);

#endif
