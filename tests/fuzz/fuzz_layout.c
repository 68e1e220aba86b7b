/* Any bytes are measured, broken into lines and divided into sentences: nothing is lost, every line
 * fits, and the work always ends. */
#include "baolan/layout.h"

#include <stdint.h>
#include <stdlib.h>

struct job {
    struct arena *arena;
    struct str text;
    struct layout_options options;
};

static void check_lines(const struct job *job, struct layout layout)
{
    const struct layout_options *o = &job->options;
    size_t end = 0;
    for (size_t i = 0; i < layout.n_lines; i++) {
        const struct layout_line *line = &layout.lines[i];
        if (line->start < end || line->end < line->start || line->end > job->text.n)
            abort();
        struct str drawn = str_sub(job->text, line->start, line->end);
        if (width_measure(drawn, o->ambiguous) != line->cells)
            abort();
        size_t clusters = 0;
        struct cluster cluster;
        for (size_t at = 0; cluster_next(drawn, &at, o->ambiguous, &cluster);)
            clusters += cluster.cells > 0;
        if (line->indent + line->cells > o->width + o->hang && clusters > 1)
            abort();
        end = line->end;
    }
}

static enum status run(void *context)
{
    struct job *job = context;
    check_lines(job, layout_text(job->arena, job->text, &job->options));
    for (size_t at = 0, from = 0; at < job->text.n; from = at) {
        struct span sentence = sentence_next(job->text, &at);
        if (sentence.start != from || sentence.end != at || at <= from)
            abort();
    }
    for (size_t at = 0; at < job->text.n;) {
        size_t end = layout_part_end(job->text, at);
        if (end <= at || end - at > LAYOUT_PART_MAX)
            abort();
        at = end;
    }
    struct buffer out = buffer_in(job->arena);
    width_pad(&out, job->text, job->options.width, ALIGN_CENTRE, job->options.ambiguous);
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct job job = {
        .arena = arena_new(),
        .text = {(const char *)data + 2, size - 2},
        .options = {.width = 1 + data[0] % 90,
                    .indent = data[1] & 4,
                    .hang = data[1] & 2,
                    .ambiguous = data[1] & 1 ? AMBIGUOUS_SUBSTITUTE : AMBIGUOUS_NARROW},
    };
    arena_protect(job.arena, run, &job, NULL);
    arena_free(job.arena);
    return 0;
}
