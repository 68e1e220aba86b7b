/* Rows brought into the order of their table before they are put in: so each page of it is come to
 * once. */
#include "writer.h"

enum { BYTES = 16, VALUES = 256, FEW = 32 };

/* The byte of a row's key of that number, the lowest first. */
static inline unsigned byte_of(const struct order_row *row, unsigned byte)
{
    uint64_t half = byte < BYTES / 2 ? row->low : row->high;
    return half >> byte % (BYTES / 2) * 8 & 0xFF;
}

static bool is_before(const struct order_row *a, const struct order_row *b)
{
    return a->high != b->high ? a->high < b->high : a->low < b->low;
}

static void insert_each(struct order_row *rows, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct order_row row = rows[i];
        size_t at = i;
        for (; at > 0 && is_before(&row, &rows[at - 1]); at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

/* By one byte of the key after the other, to and fro, without those that all rows have in common:
 * most. */
const struct order_row *order_rows(struct arena *a, struct order_row *rows, size_t n)
{
    if (n < FEW) {
        insert_each(rows, n);
        return rows;
    }
    struct order_row *spare = arena_array(a, struct order_row, n), differ = {0, 0, 0};
    for (size_t i = 1; i < n; i++) {
        differ.high |= rows[i].high ^ rows[0].high;
        differ.low |= rows[i].low ^ rows[0].low;
    }
    for (unsigned byte = 0; byte < BYTES; byte++) {
        uint32_t counts[VALUES] = {0}, before = 0;
        if (byte_of(&differ, byte) == 0)
            continue;
        for (size_t i = 0; i < n; i++)
            counts[byte_of(&rows[i], byte)]++;
        for (size_t i = 0; i < VALUES; i++) {
            uint32_t count = counts[i];
            counts[i] = before;
            before += count;
        }
        for (size_t i = 0; i < n; i++)
            spare[counts[byte_of(&rows[i], byte)]++] = rows[i];
        struct order_row *sorted = spare;
        spare = rows;
        rows = sorted;
    }
    return rows;
}
