/* Any bytes are measured, broken into lines and divided into sentences: nothing is lost, every line
 * fits, and the work always ends. */
#include "baolan/layout.h"
#include "cost.h"

#include <stdlib.h>

struct job {
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

static void run(struct arena *a, struct str bytes)
{
    if (bytes.n < 2)
        return;
    unsigned char flags = (unsigned char)bytes.p[1];
    struct job job = {
        .text = str_sub(bytes, 2, bytes.n),
        .options = {.width = 1 + (unsigned char)bytes.p[0] % 90,
                    .indent = flags & 4,
                    .hang = flags & 2,
                    .ambiguous = flags & 1 ? AMBIGUOUS_SUBSTITUTE : AMBIGUOUS_NARROW},
    };
    check_lines(&job, layout_text(a, job.text, &job.options));
    for (size_t at = 0, from = 0; at < job.text.n; from = at) {
        struct span sentence = sentence_next(job.text, &at);
        if (sentence.start != from || sentence.end != at || at <= from)
            abort();
    }
    for (size_t at = 0; at < job.text.n;) {
        size_t end = layout_part_end(job.text, at);
        if (end <= at || end - at > LAYOUT_PART_MAX)
            abort();
        at = end;
    }
    struct buffer out = buffer_in(a);
    width_pad(&out, job.text, job.options.width, ALIGN_CENTRE, job.options.ambiguous);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return fuzz_one(run, data, size);
}
