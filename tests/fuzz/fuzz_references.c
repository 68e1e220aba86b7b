/* Any text as the prose of an article: names stand where they are said to, in reading order, and
 * are spelled there as they say. */
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

static void check_entity(const struct entity *e)
{
    if (e->name.n == 0 || e->n_mentions == 0)
        abort();
    for (uint32_t i = 0; i < e->n_mentions; i++) {
        const struct place *place = &e->mentions[i].place;
        if (place->start > place->end || e->mentions[i].spelling.n == 0)
            abort();
    }
}

static void run(struct arena *a, struct str bytes)
{
    struct parse_options options = {.lexicons = lexicons(), .depth = PARSE_FACTS, .path = "a.txt"};
    struct document *d;
    struct buffer page = buffer_in(a);
    buffer_add_c(&page, "## 关于产业发展的报告\n■记者 张三\n\n市委、市政府");
    buffer_add(&page, bytes);
    buffer_add_c(&page, "有限公司。\n");
    if (document_parse(a, buffer_str(&page), &options, &d, NULL) != STATUS_OK)
        return;
    for (uint32_t i = 0; i < d->n_entities; i++)
        check_entity(&d->entities[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lexicons();
    return fuzz_one(run, data, size);
}
