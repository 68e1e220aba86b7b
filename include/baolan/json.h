/* The one writer of JSON (RFC 8259) and CSV (RFC 4180). Controls, DEL, C1, bidi controls and
 * U+2028/2029, and what has no width, are escaped in JSON and replaced in CSV, whatever the text; a
 * CSV cell that a spreadsheet would take for a formula (begins with = + - @ TAB CR) gets a ' before
 * it unless it is a number. */
#ifndef BAOLAN_JSON_H
#define BAOLAN_JSON_H

#include "baolan/buffer.h"

#include <stdbool.h>

struct json {
    struct buffer *out;
    bool comma; /* something stands before the next value at this depth */
};

static inline struct json json_to(struct buffer *out)
{
    return (struct json){out, false};
}

/* Objects and arrays; key is NULL inside arrays and at the top. */
void json_open(struct json *j, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *j, char bracket);                 /* '}' or ']' */

void json_str(struct json *j, const char *key, struct str value);
/* null where value is empty. */
void json_str_or_null(struct json *j, const char *key, struct str value);
void json_int(struct json *j, const char *key, long long value);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);
/* digits / 10^scale, exactly. */
void json_decimal(struct json *j, const char *key, long long digits, int scale);

/* One CSV cell, with a comma before it unless it is the first of the row. */
void csv_cell(struct buffer *out, struct str value, bool first);

#endif
