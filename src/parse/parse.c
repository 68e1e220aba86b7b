#include "baolan/parse.h"
#include "baolan/sha256.h"

struct job {
    struct arena *arena;
    struct document *document;
    const struct parse_options *options;
    struct str bytes;
    struct error *error;
};

static enum status run(void *context)
{
    struct job *job = context;
    const struct parse_options *o = job->options;
    struct document *d = job->document = arena_new_of(job->arena, struct document);
    d->arena = job->arena;
    d->path = str_of(o->path);
    struct str known_by = o->original.p != NULL ? o->original : job->bytes;
    struct sha256 hash;
    d->converted = o->original.p != NULL;
    sha256_begin(&hash);
    sha256_add(&hash, known_by.p, known_by.n);
    sha256_end(&hash, d->sha256);
    enum status status = decode(d->arena, job->bytes, o->encoding, &d->decoded, job->error);
    if (status != STATUS_OK)
        return status;
    parse_lines(d);
    parse_page(d, o);
    parse_correct_page(d, o);
    if (o->depth < PARSE_FACTS)
        return STATUS_OK;
    parse_proposals(d, o);
    parse_tables(d, o);
    parse_indicators(d, o);
    parse_entities(d, o);
    parse_anaphors(d);
    parse_figure_regions(d, o);
    parse_correct_facts(d, o);
    parse_audit(d, o);
    return STATUS_OK;
}

enum status document_parse(struct arena *a, struct str bytes, const struct parse_options *options,
                           struct document **out, struct error *e)
{
    struct job job = {a, NULL, options, bytes, e};
    enum status status = arena_protect(a, run, &job, e);
    *out = status == STATUS_OK ? job.document : NULL;
    return status;
}
