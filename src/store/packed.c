/* Texts as the cache keeps them: two bytes a Han character in place of three. */
#include "baolan/utf8.h"
#include "internal.h"

/* ASCII stands for itself. A byte from 0x80 to 0xFA and the one behind it number the characters of
 * these ranges, one range after the other; any other character is 0xFF, its bytes' number, and its
 * bytes. */
static const struct {
    uint32_t first, n, code;
} RANGES[] = {{0x4E00, 0x5200, 0x0000},
              {0x2000, 0x2000, 0x5200},
              {0xFF00, 0x0100, 0x7200},
              {0x0080, 0x0780, 0x7300}};
enum { RANGE_COUNT = sizeof RANGES / sizeof *RANGES, CODES = 0x7A80, APART = 0xFF };

/* The code of a character, or CODES where it has none. */
static uint32_t code_of(uint32_t point)
{
    for (size_t i = 0; i < RANGE_COUNT; i++)
        if (point - RANGES[i].first < RANGES[i].n)
            return RANGES[i].code + point - RANGES[i].first;
    return CODES;
}

static inline uint32_t point_of(uint32_t code)
{
    if (code < RANGES[0].n)
        return RANGES[0].first + code; /* nearly all */
    for (size_t i = 0; i < RANGE_COUNT; i++)
        if (code - RANGES[i].code < RANGES[i].n)
            return RANGES[i].first + code - RANGES[i].code;
    return 0xFFFD;
}

bool text_pack(struct arena *a, struct str text, struct str *out)
{
    unsigned char *p = arena_alloc(a, 3 * text.n + 1); /* of bytes that are no characters */
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t point = utf8_next(text, &at);
        /* A byte that is no character counts as U+FFFD: it is kept as it is. */
        uint32_t code = point == 0xFFFD ? CODES : code_of(point);
        if (point < 0x80) {
            p[n++] = (unsigned char)point;
        } else if (code < CODES) {
            p[n++] = (unsigned char)(0x80 + (code >> 8));
            p[n++] = (unsigned char)code;
        } else {
            p[n++] = APART;
            p[n++] = (unsigned char)(at - start);
            memcpy(p + n, text.p + start, at - start);
            n += at - start;
        }
    }
    *out = (struct str){(const char *)p, n};
    return n < text.n;
}

size_t text_unpack(struct str packed, char *out)
{
    const unsigned char *p = (const unsigned char *)packed.p;
    size_t n = 0;
    for (size_t i = 0; i < packed.n;) {
        size_t rest = packed.n - i;
        if (p[i] < 0x80) {
            out[n++] = (char)p[i++];
        } else if (p[i] == APART && rest >= 2 && p[i + 1] <= 4 && rest - 2 >= p[i + 1]) {
            memcpy(out + n, p + i + 2, p[i + 1]);
            n += p[i + 1];
            i += 2 + (size_t)p[i + 1];
        } else if (rest >= 2) {
            uint32_t point = point_of((uint32_t)(p[i] - 0x80) << 8 | p[i + 1]);
            i += 2;
            if (point < 0x800) {
                n += utf8_write(point, out + n);
                continue;
            }
            out[n++] = (char)(0xE0 | point >> 12);
            out[n++] = (char)(0x80 | (point >> 6 & 0x3F));
            out[n++] = (char)(0x80 | (point & 0x3F));
        } else {
            break; /* damaged */
        }
    }
    return n;
}

static void unpack_sql(sqlite3_context *context, int n_values, sqlite3_value **values)
{
    (void)n_values;
    if (sqlite3_value_type(values[0]) != SQLITE_BLOB) {
        sqlite3_result_value(context, values[0]);
        return;
    }
    const void *p = sqlite3_value_blob(values[0]);
    struct str packed = {p, p == NULL ? 0 : (size_t)sqlite3_value_bytes(values[0])};
    char *text = sqlite3_malloc64(TEXT_UNPACKED_MOST(packed.n));
    if (text == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    size_t n = text_unpack(packed, text);
    sqlite3_result_text64(context, text, n, sqlite3_free, SQLITE_UTF8);
}

enum status packed_register(struct database *db, struct error *e)
{
    int code = sqlite3_create_function_v2(db->handle, "unpack", 1,
                                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                          NULL, unpack_sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : database_fail(db, e);
}

void bind_packed(sqlite3_stmt *st, int at, struct arena *a, struct str text)
{
    struct str packed;
    if (text_pack(a, text, &packed))
        bind_blob(st, at, packed);
    else
        bind_str(st, at, text);
}

struct str column_unpacked(struct arena *a, sqlite3_stmt *st, int at)
{
    bool packed = sqlite3_column_type(st, at) == SQLITE_BLOB;
    struct str view = column_view(st, at);
    if (!packed || view.n == 0)
        return column_str(a, st, at);
    char *text = arena_alloc(a, TEXT_UNPACKED_MOST(view.n) + 1);
    return (struct str){text, text_unpack(view, text)};
}
