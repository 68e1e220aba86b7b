/* Rows of a command's answer, as an aligned table, JSON (one object a line) or CSV. */
#ifndef MAIN_OUTPUT_H
#define MAIN_OUTPUT_H

#include "baolan/json.h"
#include "command_line.h"

struct column {
    const char *key;   /* in JSON and CSV */
    const char *label; /* a msgid; "": none; NULL: the key as it is */
    unsigned most; /* cells in the table at most; 0: not in the table; a terminal may give less */
    bool right;    /* numbers */
};

struct output;

/* Begins a listing in the format that the options ask for. The columns must outlive it. */
struct output *output_begin(struct invocation *i, const struct column *columns, size_t n);

/* The next cell of the row. */
void output_str(struct output *l, struct str value); /* null in JSON where it is empty */
void output_int(struct output *l, long long value);
void output_year(struct output *l, int year); /* null in JSON, else empty, where it is 0 */
void output_decimal(struct output *l, struct decimal value);
void output_bool(struct output *l, bool value);
void output_strs(struct output *l, const struct str *values, uint32_t n);
/* A kind of record: its word in a table, its name in JSON and CSV. */
void output_kind(struct output *l, const struct kind_names *kinds, int kind);
/* 2023H1, in a table as its language writes it. */
void output_period(struct output *l, struct str period);
void output_row_end(struct output *l);

/* Writes what is left; EXIT_FOUND, or EXIT_NOTHING where there were no rows. */
int output_end(struct output *l);

/* What was written so far. */
uint64_t output_rows(const struct output *l);

/* A decimal as text, exactly. */
struct str decimal_text(struct arena *a, struct decimal value);

/* Writes text to standard output with what may be a control replaced. */
void print_clean(struct str text);

#endif
