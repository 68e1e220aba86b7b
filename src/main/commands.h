/* The table of subcommands: name, operands as help shows them, the options that it takes besides
 * the common ones, what it does. The function is command_NAME. */
#ifndef MAIN_COMMANDS_H
#define MAIN_COMMANDS_H

#include "baolan/message.h"
#include "command_line.h"

#define SUBCOMMAND_TABLE(X)                                                                       \
    X(import, "[PATH...]", "quiet publish",                                                       \
      N_("read files and folders (none: those read before)"))                                     \
    X(parse, "[FILE...]", "json stage check", N_("parse files, whatever the library has"))        \
    X(list, "[DOC]", "json csv bom sort reverse limit all",                                       \
      N_("list documents, or the articles of one"))                                               \
    X(show, "DOC[#ARTICLE[§SECTION]]", "raw", N_("show the text"))                                \
    X(forget, "PATH...", "quiet", N_("take out of the library"))                                  \
    X(indicators, "[WORD...]", "metric subject period kind doc by json csv bom limit",            \
      N_("list figures"))                                                                         \
    X(chart, "METRIC [SUBJECT]", "kind period limit json csv bom ascii",                          \
      N_("draw a metric as bars"))                                                                \
    X(proposals, "[WORD...]", "speaker body mark session doc json csv bom md sort reverse limit", \
      N_("list proposals"))                                                                       \
    X(refs, "[NAME]", "type by doc json csv bom sort reverse limit merge split rename hide show", \
      N_("list names and where they stand"))                                                      \
    X(search, "QUERY...", "files count context doc limit json csv bom", N_("search the library")) \
    X(ask, "WORD...", "limit json csv bom", N_("one question, at most five figures"))             \
    X(sql, "[SELECT...]", "json csv bom", N_("ask in SQL, read-only (without one: the views)"))   \
    X(audit, "", "kind doc json csv bom limit", N_("list what does not add up"))                  \
    X(check, "", "sample seed kind json csv bom",                                                 \
      N_("judge records drawn at random, and tell how often the parser is right"))                \
    X(corrections, "[FILE]", "kind import json csv bom limit",                                    \
      N_("list what was put right, or take a file of such over"))                                 \
    X(notes, "[FILE]", "export import",                                                           \
      N_("write what you did (marks, notes, bookmarks) as JSON, or take such a file over"))       \
    X(config, "", "print",                                                                        \
      N_("show where the configuration is and what is wrong in it; --print writes it out"))       \
    X(doctor, "", "", N_("look at the terminal and the databases"))                               \
    /* For packages and shells. */                                                                \
    X(manual, "FILE", "", "")                                                                     \
    X(completions, "WORD...", "", "")

#define X(name, operands, options, help) int command_##name(struct invocation *i);
SUBCOMMAND_TABLE(X)
#undef X

/* Where the cache of a library (NULL: the default) cannot be written: makes a folder of this
 * process alone and has it used as the cache; the folder, or NULL. private_cache_end removes it
 * (NULL: does nothing). */
const char *private_cache_begin(struct arena *a, const char *library);
void private_cache_end(const char *folder);

/* Reads argv and runs what it asks for; the exit status. */
int command_line_run(struct invocation *i, int argc, char **argv);

#endif
