/* The command line: subcommands, their options, and what all of them have in common.
 *
 * A subcommand is a row of SUBCOMMAND_TABLE and a function `int command_NAME(struct invocation *)`
 * in a file cmd_*.c; it returns the exit status: EXIT_FOUND, EXIT_NOTHING or EXIT_ERROR. An option
 * is a row of OPTION_ROWS; which ones a subcommand takes, its row says. */
#ifndef MAIN_COMMAND_LINE_H
#define MAIN_COMMAND_LINE_H

#include "baolan/library.h"
#include "baolan/message.h"

#include <stdbool.h>

enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_ERROR = 2 };

/* Options with an argument, kept as text; NULL where not given.
 * Row: name, letter (0: none), name of the argument, help. */
#define TEXT_OPTION_TABLE(X)                                                                       \
    X(lang, 0, "auto|zh|en", N_("language of the messages"))                                       \
    X(library, 'l', "NAME", N_("name of the library"))                                             \
    X(notes, 0, "FILE", N_("a review file that a group shares"))                                   \
    X(author, 0, "NAME", N_("who marks are signed by"))                                            \
    X(encoding, 0, "NAME", N_("encoding of the files (auto, utf-8, utf-16le, utf-16be, gb18030)")) \
    X(color, 0, "auto|always|never", N_("colour"))                                                 \
    X(metric, 'm', "NAME", N_("name of the metric"))                                               \
    X(subject, 's', "TEXT", N_("the subject contains this"))                                       \
    X(period, 'p', "PERIOD", N_("period, as 2023 or 2023H1"))                                      \
    X(kind, 'k', "KIND", N_("kind"))                                                               \
    X(doc, 'd', "DOC", N_("only this document"))                                                   \
    X(by, 'b', "KEYS", N_("turn or group by these"))                                               \
    X(speaker, 0, "NAME", N_("speaker"))                                                           \
    X(body, 0, "NAME", N_("body on whose behalf"))                                                 \
    X(session, 0, "TEXT", N_("session"))                                                           \
    X(mark, 0, "VALUE", N_("review mark"))                                                         \
    X(type, 't', "TYPE", N_("type"))                                                               \
    X(sort, 0, "COLUMN", N_("order"))                                                              \
    X(limit, 'n', "N", N_("at most so many rows"))                                                 \
    X(sample, 0, "N", N_("draw so many records"))                                                  \
    X(seed, 0, "N", N_("draw by this number"))                                                     \
    X(publish, 0, "DIR", N_("publish into this folder"))                                           \
    X(stage, 0, "STAGE", N_("as far as this stage"))                                               \
    X(context, 'C', "N", N_("N raw lines before and after"))                                       \
    X(merge, 0, "NAME", N_("the name is this one"))                                                \
    X(split, 0, "SPELLING", N_("this spelling is a name of its own"))                              \
    X(rename, 0, "NAME", N_("the name is called so"))

/* Options without one. */
#define FLAG_OPTION_TABLE(X)                                       \
    X(help, 'h', N_("show this help"))                             \
    X(version, 'V', N_("show the version"))                        \
    X(json, 'j', N_("print JSON, one object a line"))              \
    X(csv, 'c', N_("print CSV"))                                   \
    X(bom, 0, N_("begin CSV with a byte order mark"))              \
    X(md, 0, N_("print Markdown"))                                 \
    X(all, 'a', N_("list everything"))                             \
    X(reverse, 'r', N_("in reverse"))                              \
    X(quiet, 'q', N_("tell no progress"))                          \
    X(line, 0, N_("an interface of a prompt and printed answers")) \
    X(print, 0, N_("print all settings"))                          \
    X(export, 0, N_("write it as JSON"))                           \
    X(import, 0, N_("take over what was written"))                 \
    X(check, 0, N_("check the result against itself"))             \
    X(raw, 0, N_("the raw lines of the file"))                     \
    X(files, 'l', N_("only the names of files"))                   \
    X(count, 'c', N_("only how often in each file"))               \
    X(ascii, 0, N_("draw with ASCII alone"))                       \
    X(hide, 0, N_("it is no name"))                                \
    X(show, 0, N_("a hidden name is one again"))

struct invocation {
    struct arena *arena;
    struct error error;
    const char *program; /* the subcommand's name, for messages */
#define X(name, ...) const char *name;
    TEXT_OPTION_TABLE(X)
#undef X
#define X(name, ...) bool name;
    FLAG_OPTION_TABLE(X)
#undef X
    char **operands; /* what is no option; NULL after the last */
    int n_operands;
    enum encoding file_encoding;
    bool colour;   /* standard output takes colour */
    uint64_t left; /* rows that --limit still allows */
};

struct subcommand {
    const char *name;
    int (*run)(struct invocation *i);
    const char *operands; /* as help shows them */
    const char *options;  /* names of what it takes besides the common ones, spaces between */
    const char *help;     /* a msgid */
};

/* An option of the command line. */
struct parameter {
    const char *name;
    char letter;
    const char *argument; /* NULL: none */
    size_t offset;        /* in struct invocation */
    const char *help;     /* a msgid */
};

/* Rows in their order; NULL past the last. */
const struct subcommand *subcommand_at(size_t index);
const struct parameter *parameter_at(size_t index);

/* Whether the subcommand takes the option (NULL: what all take). */
bool parameter_is_taken(const struct subcommand *command, const struct parameter *parameter);
/* The option of a letter: of the subcommand's own, which stand first, in the order of its row. */
const struct parameter *parameter_of_letter(const struct subcommand *command, int letter);

/* The row of a name, or NULL. */
const struct subcommand *subcommand_named(const char *name);

/* `baolan [PATH...]`. */
int command_browse(struct invocation *i);

/* Prints "baolan: MESSAGE" on standard error and gives EXIT_ERROR; the format is translated. */
int fail(struct invocation *i);
int fail_with(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Keeps marks where --notes, else the configuration says, under the name that --author or the
 * configuration gives; *e tells where that file cannot be opened. */
struct options;
enum status share_marks(struct invocation *i, const struct options *options,
                        struct library *library, struct error *e);

/* The library that the configuration names, where none is on the command line. One that is
 * published is only read: never by what writes. */
void choose_library(struct invocation *i, const struct subcommand *command);

/* The review file that a group shares, as the command line or the configuration names it; NULL:
 * none, the person's own notes are meant. */
const char *marks_path(struct invocation *i);
/* The same from the person's configuration (what is wrong in that, `config` tells). False where a
 * file that was named on the command line cannot be opened, which was said. */
bool find_marks(struct invocation *i, struct library *library);

/* Opens the library that was asked for, with the marks that the configuration names. Where it has
 * no cache that can be read, says so: NULL. */
struct library *open_library(struct invocation *i);

/* The document that an operand names: its path, its number, or a part of its title or name. 0 with
 * i->error filled where there is none or more than one. */
uint32_t find_document(struct invocation *i, struct store *s, const char *operand);

/* --limit, or else. */
uint64_t limit_of(const struct invocation *i, uint64_t otherwise);

/* The order that --sort names among those of a list; `otherwise` without it. False where it has
 * none such, which was said. */
bool order_named(struct invocation *i, enum store_list list, enum store_order otherwise,
                 enum store_order *order);

/* Calls visit for each row of a list, releasing i->arena after each, until as many as --limit says
 * were shown: visit gives STATUS_OK for those, STATUS_NOT_FOUND for one passed over. EXIT_ERROR
 * where i->error was filled. */
typedef enum status row_visit(void *context, uint32_t id);
int for_each_id(struct invocation *i, struct store *s, const struct list_query *q, row_visit *visit,
                void *context);

/* What kinds of records are called in data, which is not translated, and on the screen. */
struct kind_names {
    const char *(*name)(int kind);
    const char *(*word)(int kind);
    int n;
};
extern const struct kind_names INDICATOR_NAMES, FINDING_NAMES, ENTITY_NAMES;

/* "level,share", names or words, as bits 1 << kind; false where one is none, which was said. */
bool kinds_named(const char *names, const struct kind_names *kinds, uint32_t *bits);

/* Prints a document's text: of one article where it is named (its number, or a part of its title),
 * of one section of it. */
int show_document(struct invocation *i, struct library *library, uint32_t document,
                  const char *article, const char *section);

/* Imports with a progress bar on a terminal's standard error. */
int import_paths(struct invocation *i, const char *const *paths, size_t n);

#endif
