/* How small lists stand in one column: runs of source, lines of names; and the keys of content. */
#include "baolan/fold.h"
#include "baolan/map.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "internal.h"

const char *passage_kind_name(enum passage_kind kind)
{
    static const char *const names[] = {
#define X(id, name) [id] = name,
        PASSAGE_TABLE(X)
#undef X
    };
    return kind < PASSAGE_KIND_COUNT ? names[kind] : "";
}

static struct source_run run_of(const struct document *d, const struct piece *piece)
{
    size_t end = (size_t)piece->text + piece->text_length;
    struct source_run run = {
        .at = piece->at,
        .length = piece->length,
        .start = decode_source_offset(&d->decoded, piece->text),
        .end = decode_source_offset(&d->decoded, end),
        .line = d->n_lines == 0 ? 0 : d->lines[document_line_at(d, piece->text)].number,
    };
    return run;
}

/* True where next goes on where run ends, byte for byte on the same line. */
static bool joins(const struct source_run *run, const struct source_run *next)
{
    return run->end == next->start && run->line == next->line &&
           run->end - run->start == run->length && next->end - next->start == next->length;
}

static void run_put(struct buffer *out, const struct source_run *run,
                    const struct source_run *before)
{
    varint_put(out, run->length);
    varint_put_signed(out, (int64_t)(run->start - before->end));
    varint_put_signed(out, (int64_t)(run->end - run->start) - (int64_t)run->length);
    varint_put_signed(out, (int64_t)run->line - (int64_t)before->line);
}

/* Each run tells its length, how far from the end of the one before its source begins, how much
 * longer its source is, and how many lines on it stands. */
void runs_write(const struct document *d, const struct prose *prose, struct buffer *out)
{
    struct source_run before = {0}, run = {0};
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        struct source_run next = run_of(d, &prose->pieces[i]);
        if (i > 0 && joins(&run, &next)) {
            run.length += next.length;
            run.end = next.end;
            continue;
        }
        if (i > 0) {
            run_put(out, &run, &before);
            before = run;
        }
        run = next;
    }
    if (prose->n_pieces > 0)
        run_put(out, &run, &before);
}

const struct source_run *runs_read(struct arena *a, struct str blob, uint32_t *n)
{
    VECTOR(struct source_run) runs = {0};
    struct source_run before = {0};
    while (blob.n > 0) {
        struct source_run run = {.at = before.at + before.length};
        run.length = (uint32_t)varint_get(&blob);
        run.start = before.end + (uint64_t)varint_get_signed(&blob);
        run.end = run.start + run.length + (uint64_t)varint_get_signed(&blob);
        run.line = (uint32_t)((int64_t)before.line + varint_get_signed(&blob));
        vector_push(a, &runs, run);
        before = run;
    }
    *n = (uint32_t)runs.n;
    return runs.at;
}

uint64_t passage_key(struct str text)
{
    return hash_bytes(text.p, text.n);
}

struct str lines_join(struct arena *a, const struct str *items, uint32_t n)
{
    if (n == 1)
        return items[0];
    struct buffer b = buffer_in(a);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_byte(&b, '\n');
        buffer_add(&b, items[i]);
    }
    return buffer_str(&b);
}

const struct str *lines_split(struct arena *a, struct str joined, uint32_t *n)
{
    VECTOR(struct str) items = {0};
    while (joined.n > 0) {
        struct str item = str_split(&joined, '\n');
        vector_push(a, &items, item);
    }
    *n = (uint32_t)items.n;
    return items.at;
}

/* Bytes of a name at least before the word that says that it is a project. */
enum { KIND_LEAST = 18 };

static bool is_ignored_in_names(uint32_t c)
{
    static const uint32_t ignored[] = {0xB7,   0x2022, 0x2027, 0x30FB, 0xFF65, '"',
                                       '\'',   0x201C, 0x201D, 0x2018, 0x2019, 0x300A,
                                       0x300B, 0x3008, 0x3009, 0x300C, 0x300D};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        if (c == ignored[i])
            return true;
    return point_is_space(c);
}

/* The first byte of a spelling that its key leaves out; its end where there is none. */
static size_t find_ignored(struct str folded)
{
    for (size_t at = 0, next = 0; at < folded.n; at = next) {
        utf8_skip_han(folded, &next);
        at = next;
        if (at < folded.n && is_ignored_in_names(utf8_next(folded, &next)))
            return at;
    }
    return folded.n;
}

struct str spelling_key(struct arena *a, struct str spelling)
{
    struct str key = fold_str(a, spelling), kind = STR("项目");
    size_t at = find_ignored(key);
    if (at < key.n) {
        struct str folded = key;
        struct buffer b = buffer_in(a);
        buffer_add(&b, str_sub(folded, 0, at));
        while (at < folded.n) {
            uint32_t c = utf8_next(folded, &at);
            if (!is_ignored_in_names(c))
                buffer_add_point(&b, c);
        }
        key = buffer_str(&b);
    }
    if (key.n == 0)
        return spelling;
    /* 某某国际信息港项目 is 某某国际信息港. */
    if (str_ends(key, kind) && key.n - kind.n >= KIND_LEAST)
        key.n -= kind.n;
    return key;
}
