/* Figures as series and bars, turned to places by years; the table of figures of real pages. */
#include "../remove.h"
#include "app/figures.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct series_figure figure(const char *metric, const char *region, const char *period,
                                   int64_t base, const char *text, uint32_t id)
{
    return (struct series_figure){.metric = str_of(metric),
                                  .region = str_of(region),
                                  .period = str_of(period),
                                  .period_resolved = true,
                                  .base = {base, 0},
                                  .base_unit = STR("元"),
                                  .text = str_of(text),
                                  .id = id};
}

static void figures_of_one_thing_are_a_series(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct series *s;
    size_t n;
    struct series_figure f[] = {
        figure("产值", "甲市", "2023", 300, "300元", 1),
        figure("产值", "乙市", "2022", 500, "500元", 2),
        figure("产值", "甲市", "2021", 100, "100元", 3),
        figure("产值", "甲市", "2023", 310, "310元", 4),
        figure("产值", "甲市", "2024", 400, "400元", 5),
        figure("产值", "甲市", "", 9, "9元", 6),
    };
    f[4].target = true;
    series_divide(a, f, 6, &s, &n);
    assert_int_equal(n, 2);
    assert_int_equal(s[0].n_points, 4);
    assert_true(str_eq(s[0].region, STR("甲市")));
    assert_true(str_eq(s[0].points[0].period, STR("2021")));
    assert_int_equal(s[0].points[1].actual->id, 1);
    assert_int_equal(s[0].points[1].others, 1);
    assert_null(s[0].points[2].actual);
    assert_int_equal(s[0].points[2].target->id, 5);
    assert_int_equal(s[0].points[3].period.n, 0);
    series_divide(a, NULL, 0, &s, &n);
    assert_int_equal(n, 0);
    arena_free(a);
}

static struct str bar(struct arena *a, double value, double most, unsigned cells, bool ascii)
{
    struct buffer out = buffer_in(a);
    series_bar(&out, value, most, cells, ascii);
    return buffer_str(&out);
}

static void bars_are_eighths(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_true(str_eq(bar(a, 1, 1, 3, false), STR("███")));
    assert_true(str_eq(bar(a, 0.5, 1, 3, false), STR("█▌")));
    assert_true(str_eq(bar(a, 1e-9, 1, 3, false), STR("▏")));
    assert_true(str_eq(bar(a, 5, 1, 2, false), STR("██")));
    assert_int_equal(bar(a, 0, 1, 3, false).n, 0);
    assert_int_equal(bar(a, -1, 1, 3, false).n, 0);
    assert_int_equal(bar(a, 1, 0, 3, false).n, 0);
    assert_int_equal(bar(a, 0.0 / 0.0, 1, 3, false).n, 0);
    assert_true(str_eq(bar(a, 0.4, 1, 5, true), STR("##")));
    assert_true(str_eq(bar(a, 0.01, 1, 5, true), STR("#")));
    arena_free(a);
}

static void values_below_zero_go_left(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct series *s;
    size_t n;
    struct series_figure f[] = {figure("增速", "", "2020", -5, "-5%", 1),
                                figure("增速", "", "2021", 5, "5%", 2)};
    series_divide(a, f, 2, &s, &n);
    struct series_scale scale = series_scale(&s[0], 8);
    assert_int_equal(scale.left, 4);
    assert_int_equal(scale.right, 4);
    struct buffer out = buffer_in(a);
    series_draw(&out, &scale, -5, false, true);
    buffer_add_byte(&out, '|');
    series_draw(&out, &scale, 2.5, false, true);
    buffer_add_byte(&out, '|');
    series_draw(&out, &scale, 5, true, true);
    assert_true(str_eq(buffer_str(&out), STR("####    |    ##  |    ----")));
    arena_free(a);
}

static void figures_turn_to_places_by_years(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct pivot p;
    struct series_figure f[] = {
        figure("产值", "甲市", "2023H1", 150, "150元", 1),
        figure("产值", "甲市", "2023", 300, "300元", 2),
        figure("产值", "乙市", "2021", 500, "500元", 3),
        figure("产值", "乙市", "2023Q1", 90, "90元", 4),
        figure("产值", "", "2023", 1, "1元", 5),
        figure("产值", "丙市", "今年", 1, "1元", 6),
        figure("产值", "乙市", "2024", 700, "700元", 7),
    };
    f[5].period_resolved = false;
    f[6].target = true;
    series_pivot(a, f, 7, PIVOT_PLACE, PIVOT_YEAR, INDICATOR_LEVEL, &p);
    assert_int_equal(p.n_rows, 2);
    assert_int_equal(p.n_columns, 3);
    assert_true(str_eq(p.unit, STR("元")));
    assert_true(str_eq(p.metric, STR("产值")));
    assert_true(str_eq(p.columns[0], STR("2021")));
    assert_null(p.cells[0].figure);
    assert_int_equal(p.cells[1].figure->id, 2);
    assert_true(str_eq(p.cells[1].text, STR("300")));
    assert_true(str_eq(p.cells[3].text, STR("500")));
    assert_true(str_eq(p.cells[4].text, STR("90/Q1")));
    assert_true(str_eq(p.cells[5].text, STR("700*")));
    series_pivot(a, f, 7, PIVOT_METRIC, PIVOT_YEAR, INDICATOR_LEVEL, &p);
    assert_int_equal(p.n_rows, 1);
    series_pivot(a, f, 7, PIVOT_PLACE, PIVOT_YEAR, INDICATOR_SHARE, &p);
    assert_int_equal(p.n_rows, 0);
    /* A class's figure is not its place's, unless all are of that class. */
    f[1].subject = f[2].subject = STR("规上工业");
    series_pivot(a, f, 3, PIVOT_PLACE, PIVOT_YEAR, INDICATOR_LEVEL, &p);
    assert_int_equal(p.n_rows, 1);
    assert_int_equal(p.cells[0].figure->id, 1);
    series_pivot(a, f + 1, 2, PIVOT_PLACE, PIVOT_YEAR, INDICATOR_LEVEL, &p);
    assert_int_equal(p.n_rows, 2);
    arena_free(a);
}

/* --- Figures of the samples ------------------------------------------------------------------ */

struct ground {
    char root[64];
    struct arena *arena;
    struct library *library;
    struct lexicons *lexicons;
    struct figures figures;
};

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    struct error e = ERROR_NONE;
    const char *data = getenv("BAOLAN_DATA");
    snprintf(g->root, sizeof g->root, "/tmp/baolan-series-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    g->arena = arena_new();
    const char *path = path_join(g->arena, data != NULL ? data : "data", "samples");
    const char *paths[] = {path_absolute(g->arena, path)};
    struct import_options o = {.paths = paths, .n_paths = 1};
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &g->library, &e), STATUS_OK);
    assert_int_equal(lexicons_load(g->arena, NULL, &g->lexicons, NULL, NULL, &e), STATUS_OK);
    struct list_query query = {.list = LIST_INDICATORS, .order = ORDER_ID};
    assert_int_equal(figures_open(&g->figures, g->library->store, &e), STATUS_OK);
    g->figures.lexicons = g->lexicons;
    assert_int_equal(figures_load(&g->figures, &query, &e), STATUS_OK);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    figures_close(&g->figures);
    library_close(g->library);
    remove_below(g->root);
    arena_free(g->arena);
    free(g);
    return 0;
}

static void every_indicator_is_in_one_row(void **state)
{
    struct ground *g = *state;
    const struct figures *f = &g->figures;
    size_t sum = 0;
    for (size_t i = 0; i < f->n_items; i++)
        for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++)
            sum += f->items[i].of[k] != NULL;
    assert_true(f->n_indicators > 100);
    assert_int_equal(sum, f->n_indicators);
    assert_int_equal(f->all, f->n_indicators);
    assert_true(f->n_items < f->n_indicators);
}

static void comparisons_know_units(void **state)
{
    struct ground *g = *state;
    struct listing *l = &g->figures.listing;
    struct decimal bound = {100, -8};
    listing_set_filter(l, STR("产值 >100亿元"));
    size_t above = l->n_shown;
    assert_true(above > 0);
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct figure *row = &g->figures.items[listing_row_at(l, i).item];
        bool has = false;
        for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++)
            has = has || (row->of[k] != NULL && str_eq(row->of[k]->it.base_unit, STR("元")) &&
                          decimal_compare(row->of[k]->it.base, bound) > 0);
        assert_true(has);
    }
    listing_set_filter(l, STR("产值 >1000000万元"));
    assert_int_equal(l->n_shown, above);
    listing_set_filter(l, STR("产值 >100亿元 2023"));
    assert_true(l->n_shown < above);
    listing_set_filter(l, STR("产值 >"));
    listing_set_filter(l, STR("产值 >一派胡言"));
    assert_int_equal(l->n_shown, 0);
}

static void values_sort_by_size_not_by_letters(void **state)
{
    struct ground *g = *state;
    struct listing *l = &g->figures.listing;
    const struct decimal *before = NULL;
    listing_set_filter(l, STR("产值 >1亿元"));
    listing_set_sort(l, FIGURES_VALUE, true);
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct stored_indicator *s =
            g->figures.items[listing_row_at(l, i).item].of[INDICATOR_LEVEL];
        if (s == NULL || !str_eq(s->it.base_unit, STR("元")))
            continue;
        assert_true(before == NULL || decimal_compare(*before, s->it.base) >= 0);
        before = &s->it.base;
    }
    assert_non_null(before);
}

/* The row whose value is about a subject. */
static size_t row_about(const struct figures *f, const char *subject, const char *metric)
{
    for (size_t i = 0; i < f->listing.n_rows; i++) {
        size_t item = listing_row_at(&f->listing, i).item;
        const struct stored_indicator *s =
            item == LISTING_NO_ITEM ? NULL : f->items[item].of[INDICATOR_LEVEL];
        if (s != NULL && str_eq(s->it.subject, str_of(subject)) &&
            str_eq(s->it.metric, str_of(metric)))
            return i;
    }
    fail_msg("no row about %s", subject);
    return 0;
}

static struct indicator *value_in(struct figures *f, size_t row)
{
    uint32_t id = f->items[listing_row_at(&f->listing, row).item].of[INDICATOR_LEVEL]->id;
    for (size_t i = 0; i < f->n_indicators; i++)
        if (f->indicators[i].id == id)
            return &f->indicators[i].it;
    return NULL;
}

/* Parts of one breakdown, and one thing in two places; no total, no other kind, no target. */
static void parts_have_a_sum(void **state)
{
    struct ground *g = *state;
    struct figures *f = &g->figures;
    struct arena *a = g->arena;
    size_t first = row_about(f, "外卖骑手", "灵活就业人员");
    assert_true(str_eq(figures_sum(f, first, 5, a), STR("48620人")));
    assert_true(str_eq(figures_sum(f, first + 1, 2, a), STR("17990人")));
    assert_int_equal(figures_sum(f, first, 1, a).n, 0);
    assert_int_equal(figures_sum(f, first, 7, a).n, 0);
    assert_int_equal(figures_sum(f, first - 1, 2, a).n, 0);
    assert_int_equal(figures_sum(f, f->listing.n_rows, 2, a).n, 0);
    struct indicator *one = value_in(f, first), *two = value_in(f, first + 1);
    struct indicator kept = *one;
    /* 92.40 and 6810 */
    one->value = (struct decimal){9240, 2};
    assert_true(str_eq(figures_sum(f, first, 2, a), STR("6902.40人")));
    one->value = (struct decimal){INT64_MAX / 2 + 1, 0};
    assert_int_equal(figures_sum(f, first, 2, a).n, 0);
    one->value = (struct decimal){1, 18};
    two->value = (struct decimal){INT64_MAX / 3, 0};
    assert_int_equal(figures_sum(f, first, 2, a).n, 0);
    *one = kept;
    two->value = kept.value;
    one->target = true;
    assert_int_equal(figures_sum(f, first, 2, a).n, 0);
    *one = kept;
    one->base_unit = STR("%");
    assert_int_equal(figures_sum(f, first, 2, a).n, 0);
    *one = kept;
    /* One kind of worker in two towns; a town within the other is part of it. */
    one->subject = two->subject = STR("骑手");
    one->region = STR("城东镇");
    two->region = STR("城西镇");
    assert_true(str_eq(figures_sum(f, first, 2, a), STR("18480人")));
    two->region = STR("云泽市城东镇");
    assert_int_equal(figures_sum(f, first, 2, a).n, 0);
    two->region = STR("城西镇");
    two->period = STR("1999");
    assert_int_equal(figures_sum(f, first, 2, a).n, 0);
}

/* More figures than are kept in memory: each is a row, and a filter, an order or a group is of all.
 */
static void many_figures_are_rows_of_their_own(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct list_query query = {.list = LIST_INDICATORS, .order = ORDER_ID};
    struct figures f;
    size_t indicators = g->figures.n_indicators, values = 0;
    struct arena *a = arena_new();
    assert_int_equal(figures_open(&f, g->library->store, &e), STATUS_OK);
    f.lexicons = g->lexicons;
    f.most = 7;
    assert_int_equal(figures_load(&f, &query, &e), STATUS_OK);
    assert_true(figures_paged(&f));
    assert_int_equal(f.listing.n_rows, indicators);
    for (size_t i = 0; i < indicators; i++)
        assert_int_equal(figures_main(&f, listing_row_at(&f.listing, i).item)->id,
                         g->figures.indicators[i].id);
    listing_set_filter(&f.listing, STR(">1亿元"));
    listing_set_sort(&f.listing, FIGURES_VALUE, true);
    listing_finish(&f.listing);
    struct decimal last = {INT64_MAX / 2, 0};
    for (size_t i = 0; i < indicators; i++) {
        const struct indicator *it = &g->figures.indicators[i].it;
        values += str_eq(it->base_unit, STR("元")) &&
                  decimal_compare(it->base, (struct decimal){100000000, 0}) > 0;
    }
    assert_true(values > 3);
    assert_int_equal(f.listing.n_rows, values);
    for (size_t i = 0; i < values; i++) {
        size_t item = listing_row_at(&f.listing, i).item;
        const struct indicator *it = &figures_main(&f, item)->it;
        if (it->kind != INDICATOR_LEVEL)
            continue;
        assert_true(decimal_compare(it->base, last) <= 0);
        last = it->base;
        assert_true(figures_cell(&f, item, FIGURES_SOURCE, a).n > 0);
    }
    listing_set_filter(&f.listing, STR(""));
    listing_set_sort(&f.listing, LISTING_NO_COLUMN, false);
    listing_set_group(&f.listing, FIGURES_PERIOD);
    listing_finish(&f.listing);
    size_t in_groups = 0;
    for (size_t i = 0; i < f.listing.n_rows; i++)
        in_groups += listing_row_at(&f.listing, i).count;
    assert_int_equal(in_groups, indicators);
    assert_int_equal(f.listing.n_rows, indicators + f.listing.order->n_groups);
    const struct series_figure *shown;
    assert_int_equal(figures_shown(&f, a, &shown), 7);
    arena_free(a);
    figures_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_one_thing_are_a_series),
        cmocka_unit_test(bars_are_eighths),
        cmocka_unit_test(values_below_zero_go_left),
        cmocka_unit_test(figures_turn_to_places_by_years),
        cmocka_unit_test_setup_teardown(every_indicator_is_in_one_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(comparisons_know_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_sort_by_size_not_by_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_have_a_sum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_figures_are_rows_of_their_own, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
