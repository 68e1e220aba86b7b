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

/* How a run goes on from the one before: how far from its end its source begins, how much longer
 * than its text that is, how many lines on it stands. Most go on in one of these ways; what a form
 * leaves open is told behind the length. */
enum { FORM_BITS = 3, FORMS = 1 << FORM_BITS, OPEN = INT8_MAX };
static const struct {
    int8_t start, longer, line;
} FORM[FORMS] = {
    {0, 0, 0},       /* behind what differs from its source */
    {1, 0, 0},       /* behind a character of one byte that is left out */
    {1, 0, 1},       /* the next line */
    {2, 0, 2},       /* that behind an empty line */
    {0, -2, 0},      /* a mark of three bytes for one of ASCII */
    {OPEN, 0, OPEN}, /* elsewhere: the first of a passage */
    {0, OPEN, 0},    {OPEN, OPEN, OPEN},
};

static uint64_t form_of(int64_t start, int64_t longer, int64_t line)
{
    uint64_t form = 0;
    while ((FORM[form].start != OPEN && FORM[form].start != start) ||
           (FORM[form].longer != OPEN && FORM[form].longer != longer) ||
           (FORM[form].line != OPEN && FORM[form].line != line))
        form++;
    return form;
}

/* The length is told as 0 where it reaches the end of the text. */
static void run_put(struct buffer *out, const struct source_run *run,
                    const struct source_run *before, size_t text_length)
{
    bool last = run->at + run->length == text_length;
    int64_t start = (int64_t)(run->start - before->end);
    int64_t longer = (int64_t)(run->end - run->start) - (int64_t)run->length;
    int64_t line = (int64_t)run->line - (int64_t)before->line;
    uint64_t form = form_of(start, longer, line);
    varint_put(out, (last ? 0 : (uint64_t)run->length << FORM_BITS) | form);
    if (FORM[form].start == OPEN)
        varint_put_signed(out, start);
    if (FORM[form].longer == OPEN)
        varint_put_signed(out, longer);
    if (FORM[form].line == OPEN)
        varint_put_signed(out, line);
}

void runs_write(const struct document *d, const struct prose *prose, struct buffer *out)
{
    struct source_run before = {0}, run = {0};
    bool begun = false;
    for (uint32_t i = 0; i < prose->n_pieces; i++) {
        struct source_run next = run_of(d, &prose->pieces[i]);
        if (next.length == 0 && prose->text.n > 0)
            continue;
        if (begun && joins(&run, &next)) {
            run.length += next.length;
            run.end = next.end;
            continue;
        }
        if (begun) {
            run_put(out, &run, &before, prose->text.n);
            before = run;
        }
        run = next;
        begun = true;
    }
    if (begun)
        run_put(out, &run, &before, prose->text.n);
}

static int64_t told(struct str *blob, int8_t value)
{
    return value == OPEN ? varint_get_signed(blob) : value;
}

const struct source_run *runs_read(struct arena *a, struct str blob, size_t text_length,
                                   uint32_t *n)
{
    VECTOR(struct source_run) runs = {0};
    struct source_run before = {0};
    while (blob.n > 0) {
        struct source_run run = {.at = before.at + before.length};
        uint64_t head = varint_get(&blob), form = head & (FORMS - 1);
        run.length = (uint32_t)(head >> FORM_BITS);
        if (run.length == 0)
            run.length = run.at < text_length ? (uint32_t)(text_length - run.at) : 0;
        run.start = before.end + (uint64_t)told(&blob, FORM[form].start);
        run.end = run.start + run.length + (uint64_t)told(&blob, FORM[form].longer);
        run.line = (uint32_t)((int64_t)before.line + told(&blob, FORM[form].line));
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
