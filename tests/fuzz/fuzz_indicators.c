/* Any text as the prose of an article: its figures stand where they say, and their values are
 * numbers that can be compared. */
#include "baolan/buffer.h"
#include "baolan/parse.h"
#include "cost.h"

#include <stdlib.h>

static const struct lexicons *lexicons(void)
{
    static struct lexicons *all;
    if (all == NULL && lexicons_load(arena_new(), NULL, &all, NULL, NULL, NULL) != STATUS_OK)
        abort();
    return all;
}

static void check_place(const struct document *d, struct place place)
{
    if (place.article >= d->n_articles || place.start > place.end)
        abort();
    const struct article *in = &d->articles[place.article];
    if (place.part != PLACE_BODY || place.paragraph == NONE)
        return;
    if (place.paragraph >= in->n_paragraphs ||
        place.end > in->paragraphs[place.paragraph].prose.text.n)
        abort();
}

static void run(struct arena *a, struct str bytes)
{
    struct parse_options options = {.lexicons = lexicons(), .depth = PARSE_FACTS, .path = "a.txt"};
    struct document *d;
    struct buffer page = buffer_in(a);
    /* A heading, so that what follows is prose and no heading itself. */
    buffer_add_c(&page, "## 关于产业发展的报告\n\n2023年，");
    buffer_add(&page, bytes);
    buffer_add_c(&page, "，同比增长3.5%。\n");
    if (document_parse(a, buffer_str(&page), &options, &d, NULL) != STATUS_OK)
        return;
    for (uint32_t i = 0; i < d->n_indicators; i++) {
        const struct indicator *it = &d->indicators[i];
        check_place(d, it->place);
        if (it->value.scale < -40 || it->value.scale > 40 || it->kind >= INDICATOR_KIND_COUNT)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lexicons();
    return fuzz_one(run, data, size);
}
