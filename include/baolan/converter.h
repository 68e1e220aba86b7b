/* Converters: programs of the person's system that make text of files that hold none themselves
 * (PDF, DOCX, HTML). Which, and within what limits, is data: data/converters.txt. */
#ifndef BAOLAN_CONVERTER_H
#define BAOLAN_CONVERTER_H

#include "baolan/files.h"

struct converters;

/* One ending, with the first of its programs that is there. */
struct converter {
    const char *ending;      /* ".pdf" */
    const char *const *argv; /* NULL at its end; argv[0] is the program's path */
    bool takes_path;         /* "{}" stands in it; else the file comes on standard input */
    bool is_text;            /* the file is text, and comes in UTF-8 */
    const char *program;     /* as configured, for messages */
    const char *package;     /* what to install where argv is NULL: none of its programs is there */
};

/* Reads the person's lines and then the program's. Each line that cannot be read is told to warn
 * (may be NULL) as "FILE line N: what" and passed over. Lives in the arena; read-only afterwards,
 * so that threads may share it. */
enum status converters_load(struct arena *a, struct converters **out,
                            void (*warn)(void *context, const char *message), void *context,
                            struct error *e);

/* The endings of all that can be read: those of `plain`, and the converters'; NULL-terminated, in
 * the arena. */
const char *const *converters_endings(const struct converters *c, struct arena *a,
                                      const char *const *plain);

/* The converter of a path; NULL where the file is text itself. */
const struct converter *converter_for(const struct converters *c, const char *path);

/* How many there are, and the one at i, for listings. */
size_t converters_count(const struct converters *c);
const struct converter *converters_at(const struct converters *c, size_t i);

/* Says in one line what is missing for a converter without a program: "pdftotext is missing:
 * install poppler-utils". Returns STATUS_UNSUPPORTED. */
enum status converter_say_missing(const struct converter *converter, struct error *e);

/* Asked now and then while a program runs; true ends it. */
typedef bool converter_stop(void *context);

/* Runs a converter on the file at path (absolute) and gives what it wrote, in the arena. No shell;
 * an argument vector, an environment of its own, no open files but its three, a process group and
 * a private folder of its own that are gone afterwards, and the limits of the configuration.
 * STATUS_UNSUPPORTED where it is missing or not allowed; STATUS_BAD_INPUT where it failed, took too
 * long, wrote too much or nothing but white space; STATUS_INTERRUPTED where stop (may be NULL) said
 * so. May be called by several threads at once. */
enum status converter_run(const struct converters *c, const struct converter *converter,
                          struct arena *a, const char *path, converter_stop *stop, void *context,
                          struct str *text, struct error *e);

/* A file to be parsed. */
struct source {
    struct str bytes; /* of the file */
    struct str text;  /* what is parsed: the bytes, or what a converter made of them */
    bool converted;
};

/* Makes the text of the bytes that source holds already, which are those of the file at path. */
enum status source_convert(struct arena *a, const struct converters *c, const char *path,
                           converter_stop *stop, void *context, struct source *source,
                           struct error *e);

#endif
