/* Texts as the cache keeps them: one byte or two a Han character, or a pair of them, in place of
 * three each. */
#include "baolan/utf8.h"
#include "internal.h"
#include "packed_pairs.h"

#include <pthread.h>

/* ASCII stands for itself, but for the controls that no text has. These stand, with the last bytes,
 * for what reports are most made of, a third of all their characters:
 * ，、。业新化建展”“发全产实动国进大的和推设力高加工中一人增区生能提务等民体持成强重政市地行家 */
/* clang-format off */
#define FREQUENT_TABLE(X) \
    X(0x01, 0xFF0C) X(0x02, 0x3001) X(0x03, 0x3002) X(0x04, 0x4E1A) X(0x05, 0x65B0) \
    X(0x06, 0x5316) X(0x07, 0x5EFA) X(0x08, 0x5C55) X(0x0B, 0x201D) X(0x0C, 0x201C) \
    X(0x0E, 0x53D1) X(0x0F, 0x5168) X(0x10, 0x4EA7) X(0x11, 0x5B9E) X(0x12, 0x52A8) \
    X(0x13, 0x56FD) X(0x14, 0x8FDB) X(0x15, 0x5927) X(0x16, 0x7684) X(0x17, 0x548C) \
    X(0x18, 0x63A8) X(0x19, 0x8BBE) X(0x1A, 0x529B) X(0x1B, 0x9AD8) X(0x1C, 0x52A0) \
    X(0x1D, 0x5DE5) X(0x1E, 0x4E2D) X(0x1F, 0x4E00) X(0xEC, 0x4EBA) X(0xED, 0x589E) \
    X(0xEE, 0x533A) X(0xEF, 0x751F) X(0xF0, 0x80FD) X(0xF1, 0x63D0) X(0xF2, 0x52A1) \
    X(0xF3, 0x7B49) X(0xF4, 0x6C11) X(0xF5, 0x4F53) X(0xF6, 0x6301) X(0xF7, 0x6210) \
    X(0xF8, 0x5F3A) X(0xF9, 0x91CD) X(0xFA, 0x653F) X(0xFB, 0x5E02) X(0xFC, 0x5730) \
    X(0xFD, 0x884C) X(0xFE, 0x5BB6)
/* clang-format on */

/* A byte from 0x80 to 0xEB and the one behind it number the characters of these ranges, one range
 * after the other, then the pairs; any other character is 0xFF, its bytes' number, and its bytes.
 */
static const struct {
    uint32_t first, n, code;
} RANGES[] = {{0x4E00, 0x5200, 0x0000}, {0x2000, 0x0300, 0x5200}, {0x2460, 0x02A0, 0x5500},
              {0x3000, 0x0400, 0x57A0}, {0xFF00, 0x0100, 0x5BA0}, {0x00A0, 0x0060, 0x5CA0},
              {0x0370, 0x00F0, 0x5D00}};
enum {
    RANGE_COUNT = sizeof RANGES / sizeof *RANGES,
    CODES = 0x5DF0, /* of single characters */
    PAIR_COUNT = sizeof PAIRS / sizeof *PAIRS * PAIRS_IN_ROW,
    LEADS_END = 0xEC,
    APART = 0xFF
};
_Static_assert(CODES + PAIR_COUNT <= (LEADS_END - 0x80) << 8, "a code is of two bytes");

/* The place of a frequent character among the slots. The multiplier was searched for: with it no
 * two share one, which the compiler would complain of. */
#define SLOT(point) (((point)*1001u & 0xFFFF) >> 9)

static const struct {
    uint16_t point;
    unsigned char byte;
} FREQUENT[128] = {
#define X(byte, point) [SLOT(point)] = {point, byte},
    FREQUENT_TABLE(X)
#undef X
};

/* The UTF-8 of each byte that stands for a frequent character. */
static const char SHORT[256][4] = {
#define X(byte, point)                                                            \
    [byte] = {(char)(0xE0 | (point) >> 12), (char)(0x80 | ((point) >> 6 & 0x3F)), \
              (char)(0x80 | ((point)&0x3F))},
    FREQUENT_TABLE(X)
#undef X
};

/* The byte of a frequent character, or 0. */
static inline unsigned char byte_of(uint32_t point)
{
    return FREQUENT[SLOT(point)].point == point ? FREQUENT[SLOT(point)].byte : 0;
}

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

/* True for a byte of ASCII that stands for itself. */
static inline bool is_plain(uint32_t c)
{
    return c < 0x80 && SHORT[c][0] == 0;
}

static inline const char *pair_at(uint32_t i)
{
    return PAIRS[i / PAIRS_IN_ROW] + i % PAIRS_IN_ROW * PAIR_BYTES;
}

/* The pairs by their bytes: numbers counted from 1, 0 where there is none. */
enum { PAIR_SLOT_BITS = 13, PAIR_SLOTS = 1 << PAIR_SLOT_BITS };
static uint16_t pair_slots[PAIR_SLOTS];
static uint64_t pair_numbers[PAIR_COUNT + 1]; /* the bytes of each, by the numbers */

static inline uint64_t pair_number(const char *p)
{
    uint64_t bytes = 0;
    memcpy(&bytes, p, PAIR_BYTES);
    return bytes;
}

/* The slot of a pair, or the empty one where it would be. */
static inline uint16_t *pair_slot(uint64_t bytes)
{
    size_t i = (size_t)(bytes * 0x9E3779B97F4A7C15u >> (64 - PAIR_SLOT_BITS));
    while (pair_slots[i] != 0 && pair_numbers[pair_slots[i]] != bytes)
        i = (i + 1) & (PAIR_SLOTS - 1);
    return &pair_slots[i];
}

static void fill_pair_slots(void)
{
    for (uint32_t i = 0; i < PAIR_COUNT; i++) {
        pair_numbers[i + 1] = pair_number(pair_at(i));
        *pair_slot(pair_numbers[i + 1]) = (uint16_t)(i + 1);
    }
}

/* The code of the pair that a text begins with, or 0. */
static inline uint32_t pair_code(const char *p, size_t n)
{
    if (n < PAIR_BYTES || ((unsigned char)p[0] & (unsigned char)p[3]) < 0xE0)
        return 0;
    uint32_t number = *pair_slot(pair_number(p));
    return number == 0 ? 0 : CODES + number - 1;
}

static size_t put_code(unsigned char *out, uint32_t code)
{
    out[0] = (unsigned char)(0x80 + (code >> 8));
    out[1] = (unsigned char)code;
    return 2;
}

bool text_pack(struct arena *a, struct str text, struct str *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    unsigned char *p = arena_alloc(a, text.n + 8);
    size_t n = 0;
    pthread_once(&once, fill_pair_slots);
    for (size_t at = 0; at < text.n && n < text.n;) {
        uint32_t pair = pair_code(text.p + at, text.n - at);
        if (pair != 0) {
            n += put_code(p + n, pair);
            at += PAIR_BYTES;
            continue;
        }
        size_t start = at;
        uint32_t point = utf8_next(text, &at);
        if (is_plain(point)) {
            p[n++] = (unsigned char)point;
            continue;
        }
        unsigned char frequent = byte_of(point);
        if (frequent != 0) {
            p[n++] = frequent;
            continue;
        }
        /* A byte that is no character counts as U+FFFD: it is kept as it is. */
        uint32_t code = point == 0xFFFD || point < 0x80 ? CODES : code_of(point);
        if (code < CODES) {
            n += put_code(p + n, code);
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
        if (SHORT[p[i]][0] != 0) {
            memcpy(out + n, SHORT[p[i++]], 4); /* of which three count */
            n += 3;
        } else if (p[i] < 0x80) {
            out[n++] = (char)p[i++];
        } else if (p[i] == APART && rest >= 2 && p[i + 1] <= 4 && rest - 2 >= p[i + 1]) {
            memcpy(out + n, p + i + 2, p[i + 1]);
            n += p[i + 1];
            i += 2 + (size_t)p[i + 1];
        } else if (p[i] < LEADS_END && rest >= 2) {
            uint32_t code = (uint32_t)(p[i] - 0x80) << 8 | p[i + 1];
            i += 2;
            if (code - CODES < PAIR_COUNT) {
                memcpy(out + n, pair_at(code - CODES), PAIR_BYTES);
                n += PAIR_BYTES;
                continue;
            }
            uint32_t point = point_of(code);
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
