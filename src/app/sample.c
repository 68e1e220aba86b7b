/* How often the parser is right. */
#include "app/sample.h"

#include "baolan/clock.h"
#include "baolan/map.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <math.h>

static const char *const NAMES[] = {
#define X(id, name) [id] = name,
    SAMPLE_TABLE(X)
#undef X
};

const char *sample_kind_name(enum sample_kind kind)
{
    return kind < SAMPLE_KIND_COUNT ? NAMES[kind] : "";
}

/* --- Drawing ---------------------------------------------------------------------------------- */

struct drawing {
    struct library *library;
    struct arena *arena;
    enum sample_kind kind;
    size_t n;
    uint64_t seed, state;
    struct sample *out;
    struct error *error;
    VECTOR(uint32_t) documents;
    VECTOR(uint64_t) ends; /* records up to the end of each document */
    const uint32_t *corrected;
    size_t n_corrected;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(struct drawing *d)
{
    uint64_t z = d->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* A number below n, each with the same chance. */
static uint64_t random_below(struct drawing *d, uint64_t n)
{
    uint64_t fair = UINT64_MAX - UINT64_MAX % n, value = next_random(d);
    while (value >= fair)
        value = next_random(d);
    return value % n;
}

static uint64_t records_of(const struct stored_document *d, enum sample_kind kind)
{
    return kind == SAMPLE_INDICATORS  ? d->indicators
           : kind == SAMPLE_PROPOSALS ? d->proposals
                                      : d->mentions;
}

static enum status list_documents(struct drawing *d)
{
    enum { PAGE = 256 };
    struct store *s = d->library->store;
    struct list_query query = {.list = LIST_DOCUMENTS};
    struct list_from from = {0};
    uint32_t ids[PAGE];
    size_t found = PAGE;
    uint64_t all = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && found == PAGE) {
        status = store_list(s, &query, from, ids, PAGE, &found, d->error);
        for (size_t i = 0; i < found && status == STATUS_OK; i++) {
            struct arena_mark mark = arena_mark(d->arena);
            struct stored_document it;
            status = store_document(s, d->arena, ids[i], &it, d->error);
            uint64_t n = status == STATUS_OK ? records_of(&it, d->kind) : 0;
            arena_release(d->arena, mark);
            if (n == 0)
                continue;
            vector_push(d->arena, &d->documents, ids[i]);
            vector_push(d->arena, &d->ends, all += n);
        }
        from.after = found > 0 ? ids[found - 1] : 0;
    }
    return status;
}

/* A record by its number in the library. */
static enum status record_at(struct drawing *d, uint64_t number, struct sampled *out)
{
    struct store *s = d->library->store;
    struct stored_document doc;
    size_t low = 0, high = d->ends.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->ends.at[middle] <= number)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t in = (uint32_t)(number - (low == 0 ? 0 : d->ends.at[low - 1]));
    uint32_t id = 0, passage = 0, start = 0, end = 0;
    struct stored_indicator indicator;
    struct stored_proposal proposal;
    const struct stored_mention *mentions;
    size_t n = 0;
    enum status status = store_document(s, d->arena, d->documents.at[low], &doc, d->error);
    if (status == STATUS_OK && d->kind == SAMPLE_INDICATORS) {
        id = doc.first_indicator + in;
        status = store_indicator(s, d->arena, id, &indicator, d->error);
        passage = indicator.it.place.paragraph;
        start = indicator.it.place.start;
        end = indicator.it.place.end;
    } else if (status == STATUS_OK && d->kind == SAMPLE_PROPOSALS) {
        id = doc.first_proposal + in;
        status = store_proposal(s, d->arena, id, &proposal, d->error);
        passage = proposal.it.place.paragraph;
        start = proposal.it.place.start;
    } else if (status == STATUS_OK) {
        status = store_mentions_in(s, d->arena, doc.first_passage, doc.passages, &mentions, &n,
                                   d->error);
        if (status == STATUS_OK && in >= n)
            return STATUS_NOT_FOUND;
        if (status == STATUS_OK) {
            passage = mentions[in].passage;
            start = mentions[in].start;
            end = mentions[in].end;
        }
    }
    struct stored_passage text;
    if (status == STATUS_OK)
        status = store_passage(s, d->arena, passage, &text, d->error);
    if (status != STATUS_OK)
        return status;
    if (end <= start)
        end = start + (uint32_t)str_whole(str_sub(text.text, start, start + 36)).n;
    if (id != 0 && corrections_has(d->corrected, d->n_corrected, id))
        out->answer = 'n';
    return store_correction_anchor(s, d->arena, passage, start, end, &out->anchor, d->error);
}

/* Floyd's way to draw without putting back; then in the library's order. */
static enum status draw_records(struct drawing *d)
{
    uint64_t all = d->ends.n == 0 ? 0 : d->ends.at[d->ends.n - 1];
    uint64_t wanted = d->n < all ? d->n : all;
    struct map seen = map_in(d->arena);
    VECTOR(struct sampled) list = {0};
    enum status status = STATUS_OK;
    if (all == 0)
        return error_set(d->error, STATUS_NOT_FOUND, "the library has no %s",
                         sample_kind_name(d->kind));
    for (uint64_t top = all - wanted; top < all && status == STATUS_OK; top++) {
        uint64_t *number = arena_new_of(d->arena, uint64_t);
        bool is_new;
        *number = random_below(d, top + 1);
        map_put(&seen, (struct str){(const char *)number, sizeof *number}, &is_new);
        if (!is_new) {
            number = arena_new_of(d->arena, uint64_t);
            *number = top;
            map_put(&seen, (struct str){(const char *)number, sizeof *number}, NULL);
        }
        struct sampled record = {0};
        status = record_at(d, *number, &record);
        if (status == STATUS_OK)
            vector_push(d->arena, &list, record);
        else if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
    }
    d->out->records = list.at;
    d->out->n = list.n;
    return status;
}

static struct str library_name(const struct library *library)
{
    return str_of(library->name == NULL ? LIBRARY_DEFAULT : library->name);
}

static enum status draw(void *context)
{
    struct drawing *d = context;
    struct library *library = d->library;
    unsigned kinds = d->kind == SAMPLE_INDICATORS
                         ? 1u << CORRECTION_INDICATOR
                         : 1u << CORRECTION_PROPOSAL | 1u << CORRECTION_SUGGESTION;
    if (library->notes == NULL)
        return error_set(d->error, STATUS_DENIED, "the notes cannot be opened");
    enum status status = list_documents(d);
    if (status == STATUS_OK && d->kind != SAMPLE_NAMES)
        status = corrections_records(library->store, d->arena, kinds, &d->corrected,
                                     &d->n_corrected, d->error);
    if (status == STATUS_OK)
        status = draw_records(d);
    if (status != STATUS_OK)
        return status;
    d->out->seed = d->seed;
    return notes_put_sample(library->notes, library_name(library),
                            str_of(sample_kind_name(d->kind)), d->seed, d->out->records, d->out->n,
                            &d->out->id, d->error);
}

static size_t unjudged(const struct sample *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += s->records[i].answer == '\0';
    return n;
}

enum status sample_latest(struct library *library, struct arena *a, enum sample_kind kind,
                          struct sample *out, struct error *e)
{
    *out = (struct sample){.kind = kind};
    if (library->notes == NULL)
        return error_set(e, STATUS_DENIED, "the notes cannot be opened");
    enum status status =
        notes_sample(library->notes, a, library_name(library), str_of(sample_kind_name(kind)),
                     &out->id, &out->seed, &out->records, &out->n, e);
    out->resumed = status == STATUS_OK && unjudged(out) > 0;
    return status;
}

enum status sample_open(struct library *library, struct arena *a, enum sample_kind kind, size_t n,
                        uint64_t seed, struct sample *out, struct error *e)
{
    struct error quiet = ERROR_NONE;
    enum status status = sample_latest(library, a, kind, out, &quiet);
    if (status == STATUS_OK && out->resumed)
        return status;
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return error_set(e, status, "%s", quiet.message);
    if (seed == 0)
        seed = (uint64_t)clock_wall_milliseconds() * 1000003u + (uint64_t)clock_nanoseconds();
    /* A number that JSON's readers keep whole. */
    seed &= ((uint64_t)1 << 48) - 1;
    *out = (struct sample){.kind = kind};
    struct drawing d = {.library = library,
                        .arena = a,
                        .kind = kind,
                        .n = n,
                        .seed = seed,
                        .state = seed,
                        .out = out,
                        .error = e};
    return arena_protect(a, draw, &d, e);
}

/* --- Judging ---------------------------------------------------------------------------------- */

/* The record that begins at a place of a passage, among those of its article. */
static enum status find_listed(struct library *library, struct arena *a, const struct sample *s,
                               struct sample_record *out, struct error *e)
{
    enum { MOST = 4096 };
    struct store *store = library->store;
    struct stored_passage passage;
    struct list_query query = {.list =
                                   s->kind == SAMPLE_INDICATORS ? LIST_INDICATORS : LIST_PROPOSALS};
    uint32_t *ids = arena_array(a, uint32_t, MOST);
    size_t n = 0;
    enum status status = store_passage(store, a, out->passage, &passage, e);
    query.article = passage.article;
    if (status == STATUS_OK)
        status = store_list(store, &query, (struct list_from){0}, ids, MOST, &n, e);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        struct stored_indicator indicator;
        struct stored_proposal proposal;
        const struct place *place = &indicator.it.place;
        if (s->kind == SAMPLE_INDICATORS) {
            status = store_indicator(store, a, ids[i], &indicator, e);
        } else {
            status = store_proposal(store, a, ids[i], &proposal, e);
            place = &proposal.it.place;
        }
        if (status != STATUS_OK || place->paragraph != out->passage || place->start != out->start)
            continue;
        out->subject.record = ids[i];
        return STATUS_OK;
    }
    return status == STATUS_OK ? error_set(e, STATUS_NOT_FOUND, "the record is no longer there")
                               : status;
}

enum status sample_find(struct library *library, struct arena *a, const struct sample *s,
                        size_t index, struct sample_record *out, struct error *e)
{
    static const enum correction_kind KINDS[SAMPLE_KIND_COUNT] = {
        CORRECTION_INDICATOR, CORRECTION_PROPOSAL, CORRECTION_NAME};
    *out = (struct sample_record){.subject = {.kind = KINDS[s->kind]}};
    enum status status = store_find_anchor(library->store, &s->records[index].anchor, &out->passage,
                                           &out->start, &out->end, e);
    if (status != STATUS_OK)
        return status;
    if (s->kind != SAMPLE_NAMES)
        return find_listed(library, a, s, out, e);
    const struct stored_mention *mentions;
    size_t n = 0;
    status = store_mentions_in(library->store, a, out->passage, 1, &mentions, &n, e);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (mentions[i].start != out->start || mentions[i].end != out->end)
            continue;
        out->subject.record = out->passage;
        out->subject.part = out->start;
        out->subject.end = out->end;
        return STATUS_OK;
    }
    return status == STATUS_OK ? error_set(e, STATUS_NOT_FOUND, "the record is no longer there")
                               : status;
}

enum status sample_answer(struct library *library, struct arena *a, struct sample *s, size_t index,
                          char answer, struct error *e)
{
    struct sampled *records = arena_array(a, struct sampled, s->n + 1);
    memcpy(records, s->records, sizeof *records * s->n);
    records[index].answer = answer;
    s->records = records;
    return notes_answer_sample(library->notes, s->id, index, answer, e);
}

struct sample_result sample_result(const struct sample *s)
{
    static const double Z = 1.959964; /* of 95 % */
    struct sample_result r = {0};
    for (size_t i = 0; i < s->n; i++) {
        r.judged += s->records[i].answer != '\0';
        r.right += s->records[i].answer == 'y';
    }
    if (r.judged == 0)
        return r;
    double n = (double)r.judged, p = (double)r.right / n;
    double middle = p + Z * Z / (2 * n), wide = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    double whole = 1 + Z * Z / n;
    r.precision = p;
    r.low = (middle - wide) / whole;
    r.high = (middle + wide) / whole;
    return r;
}
