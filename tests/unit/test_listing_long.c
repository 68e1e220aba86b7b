/* A list of more items than texts are kept of: a filter that is typed on reads only what the one
 * before it admitted, and shows what it would if it were set at once. */
#include "app/listing.h"
#include "baolan/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ITEMS = 6000 };

static size_t asked;

static const char *name_of(uint32_t column, bool shown)
{
    (void)shown;
    return column == 0 ? "title" : "number";
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    static const char *const towns[] = {"城东", "城西", "青屿", "石岭", "柳溪"};
    static const char *const topics[] = {"公交", "公园", "供水", "停车", "图书馆", "公路", "学校"};
    (void)context;
    asked++;
    if (column == 1)
        return item % 11 == 0 ? STR("") : str_printf(a, "第%zu号", (item * 7919) % ITEMS);
    return str_printf(a, "关于%s%s的提案%zu", towns[item % 5], topics[item % 7], item);
}

static uint64_t rank(void *context, size_t item, uint32_t column)
{
    (void)context;
    if (column == 0)
        return LISTING_NO_RANK;
    return item % 11 == 0 ? 0 : (item * 7919) % ITEMS + 1;
}

static const struct listing_ops OPS = {.n_columns = 2, .name = name_of, .cell = cell, .rank = rank};

struct ground {
    struct arena *kept, *words;
    struct listing listing;
};

static void begin(struct ground *g)
{
    g->kept = arena_new();
    g->words = arena_new();
    listing_begin(&g->listing, &OPS, NULL, g->kept, g->words);
    listing_set_items(&g->listing, ITEMS);
}

static void end(struct ground *g)
{
    arena_free(g->kept);
    arena_free(g->words);
}

static void test_typed_on_is_set_at_once(void **state)
{
    static const char *const typed[] = {"公",
                                        "公交",
                                        "公交 ",
                                        "公交 城",
                                        "公交 城东",
                                        "公交 城东 -1",
                                        "公交 城东",
                                        "title:公",
                                        "title:公园",
                                        "title:园 1",
                                        "title:园 1 号",
                                        "-公",
                                        "-公交",
                                        "x",
                                        ""};
    struct ground on, fresh;
    (void)state;
    begin(&on);
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        listing_set_filter(&on.listing, str_of(typed[i]));
        begin(&fresh);
        listing_set_filter(&fresh.listing, str_of(typed[i]));
        assert_int_equal(on.listing.n_shown, fresh.listing.n_shown);
        for (size_t k = 0; k < on.listing.n_rows; k++)
            assert_int_equal(on.listing.rows[k].item, fresh.listing.rows[k].item);
        end(&fresh);
    }
    end(&on);
}

static void test_typing_on_reads_what_is_shown(void **state)
{
    struct ground g;
    (void)state;
    begin(&g);
    listing_set_filter(&g.listing, STR("公交"));
    size_t shown = g.listing.n_shown;
    assert_true(shown > 0 && shown < ITEMS / 4);
    asked = 0;
    listing_set_filter(&g.listing, STR("公交 城东"));
    assert_true(asked <= 2 * shown);
    end(&g);
}

static void test_memory_does_not_grow_with_texts(void **state)
{
    struct ground g;
    (void)state;
    begin(&g);
    listing_set_filter(&g.listing, STR("公"));
    assert_true(arena_size(g.words) < 256 << 10);
    end(&g);
}

static void test_ranks_order_numbers(void **state)
{
    struct ground g;
    (void)state;
    begin(&g);
    for (int descending = 0; descending < 2; descending++) {
        uint64_t before = 0;
        listing_set_sort(&g.listing, 1, descending == 1);
        for (size_t i = 0; i < g.listing.n_rows; i++) {
            uint64_t now = rank(NULL, g.listing.rows[i].item, 1);
            if (i > 0 && now != 0)
                assert_true(descending == 1 ? now <= before : now >= before);
            if (i > 0 && before == 0)
                assert_int_equal(now, 0); /* empty ones stand last */
            before = now;
        }
    }
    end(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed_on_is_set_at_once),
        cmocka_unit_test(test_typing_on_reads_what_is_shown),
        cmocka_unit_test(test_memory_does_not_grow_with_texts),
        cmocka_unit_test(test_ranks_order_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
