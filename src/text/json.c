#include "baolan/json.h"
#include "baolan/utf8.h"

#include <stdio.h>

static void add_escaped(struct buffer *out, struct str s)
{
    buffer_add_byte(out, '"');
    size_t plain = 0;
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        bool invalid = c == 0xFFFD && at - start != 3;
        if (c != '"' && c != '\\' && !point_is_unseen(c) && !invalid)
            continue;
        buffer_add(out, str_sub(s, plain, start));
        plain = at;
        if (c == '"' || c == '\\') {
            buffer_add_byte(out, '\\');
            buffer_add_byte(out, (char)c);
        } else if (c == '\n') {
            buffer_add_c(out, "\\n");
        } else if (c == '\t') {
            buffer_add_c(out, "\\t");
        } else if (c > 0xFFFF) {
            buffer_printf(out, "\\u%04x\\u%04x", 0xD800 + (unsigned)(c - 0x10000) / 0x400,
                          0xDC00 + (unsigned)(c - 0x10000) % 0x400);
        } else {
            buffer_printf(out, "\\u%04x", (unsigned)c);
        }
    }
    buffer_add(out, str_sub(s, plain, s.n));
    buffer_add_byte(out, '"');
}

static void begin(struct json *j, const char *key)
{
    if (j->comma)
        buffer_add_c(j->out, ", ");
    j->comma = true;
    if (key != NULL) {
        add_escaped(j->out, str_of(key));
        buffer_add_c(j->out, ": ");
    }
}

void json_open(struct json *j, const char *key, char bracket)
{
    begin(j, key);
    buffer_add_byte(j->out, bracket);
    j->comma = false;
}

void json_close(struct json *j, char bracket)
{
    buffer_add_byte(j->out, bracket);
    j->comma = true;
}

void json_str(struct json *j, const char *key, struct str value)
{
    begin(j, key);
    add_escaped(j->out, value);
}

void json_str_or_null(struct json *j, const char *key, struct str value)
{
    if (value.n == 0)
        json_null(j, key);
    else
        json_str(j, key, value);
}

void json_int(struct json *j, const char *key, long long value)
{
    begin(j, key);
    buffer_printf(j->out, "%lld", value);
}

void json_bool(struct json *j, const char *key, bool value)
{
    begin(j, key);
    buffer_add_c(j->out, value ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
    begin(j, key);
    buffer_add_c(j->out, "null");
}

void json_decimal(struct json *j, const char *key, long long digits, int scale)
{
    begin(j, key);
    if (scale <= 0) {
        buffer_printf(j->out, "%lld", digits);
        for (; scale < 0 && digits != 0; scale++)
            buffer_add_byte(j->out, '0');
        return;
    }
    char figures[64];
    unsigned long long size =
        digits < 0 ? 0 - (unsigned long long)digits : (unsigned long long)digits;
    int n = snprintf(figures, sizeof figures, "%0*llu", scale < 40 ? scale + 1 : 41, size);
    if (digits < 0)
        buffer_add_byte(j->out, '-');
    buffer_add(j->out, (struct str){figures, (size_t)(n - scale)});
    buffer_add_byte(j->out, '.');
    buffer_add(j->out, (struct str){figures + n - scale, (size_t)scale});
}

static bool looks_like_formula(struct str s)
{
    if (s.n == 0 || strchr("=+-@\t\r", s.p[0]) == NULL)
        return false;
    if (s.p[0] != '-' && s.p[0] != '+')
        return true;
    for (size_t i = 1; i < s.n; i++)
        if (strchr("0123456789.,%", s.p[i]) == NULL)
            return true;
    return s.n == 1;
}

void csv_cell(struct buffer *out, struct str value, bool first)
{
    if (!first)
        buffer_add_byte(out, ',');
    bool formula = looks_like_formula(value);
    bool quoted = formula;
    for (size_t i = 0; i < value.n && !quoted; i++)
        quoted = strchr(",\"\n\r", value.p[i]) != NULL;
    if (quoted)
        buffer_add_byte(out, '"');
    if (formula)
        buffer_add_byte(out, '\'');
    for (size_t at = 0; at < value.n;) {
        uint32_t c = utf8_next(value, &at);
        if (c == '"')
            buffer_add_c(out, "\"\"");
        else
            buffer_add_point(out, point_is_unseen(c) && c != '\n' ? 0xFFFD : c);
    }
    if (quoted)
        buffer_add_byte(out, '"');
}
