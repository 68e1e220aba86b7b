/* Running one converter. */
#ifndef APP_CONVERTER_RUN_H
#define APP_CONVERTER_RUN_H

#include "baolan/converter.h"

/* What one file may take; 0: no limit. */
struct converter_limits {
    unsigned long seconds;          /* of the clock, and of processor time */
    unsigned long megabytes;        /* of address space */
    unsigned long output_megabytes; /* of text, and of each file that it writes */
};

/* converter_run once it is known that the program is there and may be run. input: what its standard
 * input reads where it takes no path; NULL in .p: the file at path. */
enum status converter_process(const struct converter *converter,
                              const struct converter_limits *limits, struct arena *a,
                              const char *path, struct str input, converter_stop *stop,
                              void *context, struct str *text, struct error *e);

#endif
