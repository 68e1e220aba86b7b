/* A figure as few bytes: what it has in common with the one before is not said again. */
#include "figures.h"
#include "baolan/buffer.h"

/* The first number of a figure: its kind, its flags, and which fields are those of the one before,
 * or absent. */
enum {
    KIND_BITS = 3,
    FLAG_BITS = 5,
    SAME_SUBJECT = 1 << (KIND_BITS + FLAG_BITS),
    SAME_REGION = SAME_SUBJECT << 1,
    SAME_PERIOD = SAME_SUBJECT << 2,
    SAME_PASSAGE = SAME_SUBJECT << 3,
    HAS_MORE = SAME_SUBJECT << 4
};

static void put_text(struct buffer *out, struct str text)
{
    varint_put(out, text.n);
    buffer_add(out, text);
}

/* A search reads a hundred thousand of these: most numbers are of one byte. */
static inline uint64_t get(struct str *rest)
{
    if (rest->n == 0 || (unsigned char)rest->p[0] >= 0x80)
        return varint_get(rest);
    rest->n--;
    return (unsigned char)*rest->p++;
}

static inline int64_t get_signed(struct str *rest)
{
    uint64_t value = get(rest);
    return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}

static inline struct str get_text(struct str *rest)
{
    uint64_t n = get(rest);
    struct str text = {rest->p, n < rest->n ? (size_t)n : rest->n};
    rest->p += text.n;
    rest->n -= text.n;
    return text;
}

void figure_write(struct buffer *out, const struct figure *before, const struct figure *f)
{
    const int64_t *was = before->numbers, *is = f->numbers;
    bool same_subject = is[FIGURE_SUBJECT] == was[FIGURE_SUBJECT];
    bool same_region = is[FIGURE_REGION] == was[FIGURE_REGION];
    bool same_period = str_eq(f->period, before->period);
    bool same_passage = is[FIGURE_PASSAGE] == was[FIGURE_PASSAGE];
    varint_put(out, (uint64_t)(is[FIGURE_KIND] | is[FIGURE_FLAGS] << KIND_BITS |
                               (same_subject ? SAME_SUBJECT : 0) | (same_region ? SAME_REGION : 0) |
                               (same_period ? SAME_PERIOD : 0) | (same_passage ? SAME_PASSAGE : 0) |
                               (f->more.n > 0 ? HAS_MORE : 0)));
    if (!same_passage)
        varint_put_signed(out, is[FIGURE_PASSAGE] - was[FIGURE_PASSAGE]);
    varint_put_signed(out, is[FIGURE_START] - (same_passage ? was[FIGURE_START] : 0));
    varint_put(out, (uint64_t)is[FIGURE_LENGTH]);
    varint_put_signed(out, is[FIGURE_DIGITS]);
    varint_put_signed(out, is[FIGURE_SCALE]);
    varint_put(out, (uint64_t)is[FIGURE_MEASURE]);
    varint_put(out, (uint64_t)is[FIGURE_METRIC]);
    varint_put(out, (uint64_t)is[FIGURE_RULE]);
    if (!same_subject)
        varint_put(out, (uint64_t)is[FIGURE_SUBJECT]);
    if (!same_region)
        varint_put(out, (uint64_t)is[FIGURE_REGION]);
    if (!same_period)
        put_text(out, f->period);
    if (f->more.n > 0)
        put_text(out, f->more);
}

bool figure_next(struct str *rest, struct figure *f)
{
    int64_t *is = f->numbers;
    if (rest->n == 0)
        return false;
    uint64_t head = get(rest);
    is[FIGURE_ID]++;
    is[FIGURE_KIND] = (int64_t)(head & ((1 << KIND_BITS) - 1));
    is[FIGURE_FLAGS] = (int64_t)(head >> KIND_BITS & ((1 << FLAG_BITS) - 1));
    if ((head & SAME_PASSAGE) == 0) {
        is[FIGURE_PASSAGE] += get_signed(rest);
        is[FIGURE_START] = 0;
    }
    is[FIGURE_START] += get_signed(rest);
    is[FIGURE_LENGTH] = (int64_t)get(rest);
    is[FIGURE_DIGITS] = get_signed(rest);
    is[FIGURE_SCALE] = get_signed(rest);
    is[FIGURE_MEASURE] = (int64_t)get(rest);
    is[FIGURE_METRIC] = (int64_t)get(rest);
    is[FIGURE_RULE] = (int64_t)get(rest);
    if ((head & SAME_SUBJECT) == 0)
        is[FIGURE_SUBJECT] = (int64_t)get(rest);
    if ((head & SAME_REGION) == 0)
        is[FIGURE_REGION] = (int64_t)get(rest);
    if ((head & SAME_PERIOD) == 0)
        f->period = get_text(rest);
    f->more = (head & HAS_MORE) != 0 ? get_text(rest) : (struct str){NULL, 0};
    return true;
}
