/* The mechanism of lists at length: what a filter that is typed on shows, what is known before all
 * was looked at, order, groups and memory of more items than memory holds. */
#include "app/listing.h"
#include "baolan/memory.h"
#include "baolan/numeral.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ITEMS = 20000, MANY = 200000 };

static size_t asked;

static const char *name_of(uint32_t column, bool shown)
{
    (void)shown;
    return column == 0 ? "title" : column == 1 ? "number" : "place";
}

static size_t number_of(size_t item)
{
    return item * 7919 % 9973;
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    static const char *const towns[] = {"城东", "城西", "青屿", "石岭", "柳溪", ""};
    static const char *const topics[] = {"公交", "公园", "供水", "停车", "图书馆", "公路", "学校"};
    (void)context;
    asked++;
    if (column == 1)
        return item % 11 == 0 ? STR("") : str_printf(a, "第%zu号", number_of(item));
    if (column == 2)
        return str_of(towns[item % 6]);
    return str_printf(a, "关于%s%s的提案%zu", towns[item % 5], topics[item % 7], number_of(item));
}

static bool key(void *context, size_t item, uint32_t column, struct buffer *out)
{
    (void)context;
    if (column == 1 && item % 11 != 0)
        listing_key_number(out, number_of(item));
    return column == 1;
}

static const struct listing_ops OPS = {.n_columns = 3, .name = name_of, .cell = cell, .key = key};

static void begin(struct listing *l, size_t n)
{
    assert_true(listing_open(l, &OPS, NULL));
    listing_set_items(l, n);
}

static void is_same(const struct listing *a, const struct listing *b)
{
    assert_int_equal(a->n_rows, b->n_rows);
    assert_int_equal(a->n_shown, b->n_shown);
    for (size_t i = 0; i < a->n_rows; i++) {
        struct listing_row left = listing_row_at(a, i), right = listing_row_at(b, i);
        assert_true(left.item == right.item && left.first == right.first &&
                    left.count == right.count);
    }
}

/* Every second of the filters is typed on before all was looked at. */
static void typed_on_is_set_at_once(void **state)
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
    static const uint32_t orders[][2] = {{LISTING_NO_COLUMN, LISTING_NO_COLUMN},
                                         {1, LISTING_NO_COLUMN},
                                         {LISTING_NO_COLUMN, 2},
                                         {0, 2}};
    enum { TYPED = sizeof typed / sizeof *typed };
    struct listing on, fresh;
    (void)state;
    begin(&on, ITEMS);
    for (size_t i = 0; i < TYPED * 4; i++) {
        const uint32_t *order = orders[i / TYPED];
        if (i % TYPED == 0)
            listing_set(&on, STR(""), order[0], false, order[1]);
        listing_set_filter(&on, str_of(typed[i % TYPED]));
        assert_true(on.n_rows <= ITEMS + on.n_shown);
        if (i % 3 != 0)
            continue;
        listing_finish(&on);
        begin(&fresh, ITEMS);
        listing_set(&fresh, str_of(typed[i % TYPED]), order[0], false, order[1]);
        listing_finish(&fresh);
        is_same(&on, &fresh);
        listing_close(&fresh);
    }
    listing_close(&on);
}

static void typing_on_reads_what_is_shown(void **state)
{
    struct listing l;
    (void)state;
    begin(&l, ITEMS);
    listing_set_filter(&l, STR("公交"));
    listing_finish(&l);
    size_t shown = l.n_shown;
    assert_true(shown > 0 && shown < ITEMS / 4);
    asked = 0;
    listing_set_filter(&l, STR("公交 城东"));
    listing_finish(&l);
    assert_true(asked <= 3 * shown);
    listing_close(&l);
}

/* A key's answer costs the same however long the list is. */
static void the_first_step_is_short(void **state)
{
    struct listing l;
    (void)state;
    begin(&l, MANY);
    asked = 0;
    listing_set_filter(&l, STR("城东"));
    assert_true(l.pending && asked < 3 * 2048);
    assert_true(l.n_shown > 100);
    asked = 0;
    listing_set(&l, STR(""), 0, false, LISTING_NO_COLUMN);
    assert_true(l.pending && asked < 3 * 2048);
    listing_close(&l);
}

static int by_number(size_t a, size_t b, bool descending)
{
    if ((a % 11 == 0) != (b % 11 == 0))
        return a % 11 == 0 ? 1 : -1;
    size_t x = a % 11 == 0 ? 0 : number_of(a), y = b % 11 == 0 ? 0 : number_of(b);
    int order = (x > y) - (x < y);
    return order != 0 ? (descending ? -order : order) : a < b ? -1 : 1;
}

/* Sorted over runs and a file; what is known before, and at once, is the best of what was looked
 * at. */
static void long_lists_are_sorted(void **state)
{
    struct listing l;
    (void)state;
    begin(&l, MANY);
    for (int descending = 0; descending < 2; descending++) {
        listing_set_sort(&l, 1, descending == 1);
        assert_true(l.pending && l.n_rows > 100);
        while (l.pending) {
            for (size_t i = 1; i < l.n_rows && i < 300; i++)
                assert_true(by_number(listing_row_at(&l, i - 1).item, listing_row_at(&l, i).item,
                                      descending == 1) < 0);
            size_t best = l.n_rows > 0 ? listing_row_at(&l, 0).item : 0;
            for (size_t i = 0; i < 512 && l.seen < MANY && l.n_rows > 0; i++)
                assert_true(by_number(best, i, descending == 1) <= 0 || best == i);
            listing_step(&l, MANY / 8);
        }
        assert_int_equal(l.n_rows, MANY);
        for (size_t i = 1; i < MANY; i++)
            assert_true(by_number(listing_row_at(&l, i - 1).item, listing_row_at(&l, i).item,
                                  descending == 1) < 0);
        assert_int_equal(listing_row_of(&l, listing_row_at(&l, 77777).item), 77777);
        assert_true(arena_size(l.order->arena) + arena_size(l.order->work) < 12 << 20);
    }
    assert_int_equal(l.error.status, STATUS_OK);
    listing_close(&l);
}

/* By every character of a text, not only its first ones. */
static void texts_are_sorted_whole(void **state)
{
    struct listing l;
    struct arena *a = arena_new();
    (void)state;
    begin(&l, ITEMS);
    for (int descending = 0; descending < 2; descending++) {
        listing_set_sort(&l, 0, descending == 1);
        listing_finish(&l);
        struct str before = cell(NULL, listing_row_at(&l, 0).item, 0, a);
        for (size_t i = 1; i < l.n_rows; i++) {
            struct str now = cell(NULL, listing_row_at(&l, i).item, 0, a);
            assert_true(descending == 1 ? str_cmp(before, now) >= 0 : str_cmp(before, now) <= 0);
            before = now;
        }
    }
    arena_free(a);
    listing_close(&l);
}

static void groups_have_their_items(void **state)
{
    struct listing l;
    struct arena *a = arena_new();
    (void)state;
    begin(&l, ITEMS);
    listing_set(&l, STR(""), 1, true, 2);
    listing_finish(&l);
    assert_int_equal(l.n_rows, ITEMS + 6);
    struct str label = STR("");
    size_t inside = 0;
    for (size_t i = 0; i < l.n_rows; i++) {
        struct listing_row row = listing_row_at(&l, i);
        if (row.item == LISTING_NO_ITEM) {
            assert_int_equal(inside, 0);
            label = listing_label(&l, &row, a);
            inside = row.count;
            continue;
        }
        inside--;
        assert_true(str_eq(label, cell(NULL, row.item, 2, a)));
        assert_int_equal(listing_row_of(&l, row.item), i);
    }
    assert_int_equal(label.n, 0); /* those without stand last */
    /* Typed on, the groups stay. */
    listing_set_filter(&l, STR("公"));
    listing_finish(&l);
    listing_set_filter(&l, STR("公交"));
    listing_finish(&l);
    assert_int_equal(l.n_rows, l.n_shown + 6);
    arena_free(a);
    listing_close(&l);
}

static void decimals_have_their_order(void **state)
{
    static const struct decimal numbers[] = {
        {0, 0},   {1, 0},    {10, 1},    {-1, 0},        {-10, 0},      {5, -7},  {49, -6},
        {123, 2}, {1234, 3}, {-1234, 3}, {9, 1},         {-9, 1},       {100, 0}, {99, 0},
        {1, 30},  {-1, 30},  {7, -100},  {INT64_MAX, 0}, {INT64_MIN, 0}};
    struct arena *a = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
            struct buffer left = buffer_in(a), right = buffer_in(a);
            listing_key_decimal(&left, numbers[i].digits, numbers[i].scale);
            listing_key_decimal(&right, numbers[k].digits, numbers[k].scale);
            int order = str_cmp(buffer_str(&left), buffer_str(&right));
            int wanted = decimal_compare(numbers[i], numbers[k]);
            assert_true((order > 0) == (wanted > 0) && (order < 0) == (wanted < 0));
        }
    arena_free(a);
}

static void spools_give_back_what_they_got(void **state)
{
    enum { NUMBERS = 1 << 20 };
    struct spool s = {0};
    struct arena *a = arena_new();
    struct error e = ERROR_NONE;
    uint32_t read[1000];
    (void)state;
    for (uint32_t i = 0; i < NUMBERS; i++) {
        assert_int_equal(spool_add(&s, a, &i, sizeof i, &e), STATUS_OK);
        if (i % 100003 != 0)
            continue;
        assert_int_equal(spool_read(&s, (uint64_t)i / 2 * sizeof i, read, sizeof i, &e), STATUS_OK);
        assert_int_equal(read[0], i / 2);
    }
    assert_true(s.file > 0);
    for (uint32_t i = 0; i + 1000 <= NUMBERS; i += 999) {
        assert_int_equal(spool_read(&s, (uint64_t)i * sizeof i, read, sizeof read, &e), STATUS_OK);
        for (uint32_t k = 0; k < 1000; k++)
            assert_int_equal(read[k], i + k);
    }
    spool_close(&s);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_on_is_set_at_once),
        cmocka_unit_test(typing_on_reads_what_is_shown),
        cmocka_unit_test(the_first_step_is_short),
        cmocka_unit_test(long_lists_are_sorted),
        cmocka_unit_test(texts_are_sorted_whole),
        cmocka_unit_test(groups_have_their_items),
        cmocka_unit_test(decimals_have_their_order),
        cmocka_unit_test(spools_give_back_what_they_got),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
