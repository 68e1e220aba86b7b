/* Rows of a command's answer, as an aligned table, JSON (one object a line) or CSV. */
#ifndef MAIN_LISTING_H
#define MAIN_LISTING_H

#include "baolan/json.h"
#include "command_line.h"

struct column {
    const char *key; /* in JSON and CSV */
    const char *zh, *en;
    unsigned most; /* cells in the table at most; 0: not in the table; a terminal may give less */
    bool right;    /* numbers */
};

struct listing;

/* Begins a listing in the format that the options ask for. The columns must outlive it. */
struct listing *listing_begin(struct invocation *i, const struct column *columns, size_t n);

/* The next cell of the row. */
void listing_str(struct listing *l, struct str value); /* null in JSON where it is empty */
void listing_int(struct listing *l, long long value);
void listing_decimal(struct listing *l, struct decimal value);
void listing_bool(struct listing *l, bool value);
void listing_strs(struct listing *l, const struct str *values, uint32_t n);
void listing_row_end(struct listing *l);

/* Writes what is left; EXIT_FOUND, or EXIT_NOTHING where there were no rows. */
int listing_end(struct listing *l);

/* What was written so far. */
uint64_t listing_rows(const struct listing *l);

/* A decimal as text, exactly. */
struct str decimal_text(struct arena *a, struct decimal value);

/* Writes text to standard output with what may be a control replaced. */
void print_clean(struct str text);

#endif
