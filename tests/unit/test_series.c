/* Figures as series and bars, turned to places by years; the table of figures of real pages. */
#include "../remove.h"
#include "app/figure_page.h"
#include "app/figure_sets.h"
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

/* Two values of one period in one article, of whom it does not say: two companies' it may be. */
static void owners_that_are_not_told_share_no_series(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct series *s;
    size_t n;
    struct series_figure f[] = {
        figure("产值", "甲市", "2022", 337, "337元", 1),
        figure("产值", "甲市", "2022", 435, "435元", 2),
        figure("产值", "甲市", "2023", 24, "24元", 3),
        figure("产值", "甲市", "2022", 100, "100元", 4),
        figure("产值", "甲市", "2023", 110, "110元", 5),
        figure("产值", "甲市", "2023", 120, "120元", 6),
    };
    for (size_t i = 0; i < 5; i++)
        f[i].home = i < 3 ? 7 : 8;
    series_divide(a, f, 6, &s, &n);
    assert_int_equal(n, 5);
    assert_int_equal(s[0].n_points, 2);
    assert_int_equal(s[0].home, 8);
    for (size_t i = 1; i < n; i++)
        assert_int_equal(s[i].n_points, 1);
    arena_free(a);
}

static void growth_over_a_span_is_no_growth_of_a_year(void **state)
{
    (void)state;
    assert_int_equal(figures_pace(INDICATOR_CHANGE, STR("2025"), STR("")), PACE_YEAR);
    assert_int_equal(figures_pace(INDICATOR_CHANGE, STR("2021/2025"), STR("年均")), PACE_YEAR);
    assert_int_equal(figures_pace(INDICATOR_CHANGE, STR("2021/2025"), STR("")), PACE_SPAN);
    assert_int_equal(figures_pace(INDICATOR_CHANGE, STR("2025-05"), STR("环比")), PACE_RECENT);
    assert_int_equal(figures_pace(INDICATOR_LEVEL, STR("2021/2025"), STR("")), PACE_YEAR);
}

static void an_owner_that_is_not_told_stays_with_its_article(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct lexicons *l;
    struct error e = ERROR_NONE;
    assert_int_equal(lexicons_load_figures(a, NULL, &l, &e), STATUS_OK);
    assert_true(figures_are_at_home(l, STR("产值"), STR(""), STR("云泽市")));
    assert_true(figures_are_at_home(l, STR("地区生产总值"), STR(""), STR("")));
    assert_true(figures_are_at_home(l, STR("增加值"), STR("规模以上工业"), STR("")));
    assert_false(figures_are_at_home(l, STR("地区生产总值"), STR(""), STR("云泽市")));
    assert_false(figures_are_at_home(l, STR("增加值"), STR("规模以上工业"), STR("云泽市")));
    assert_false(figures_are_at_home(l, STR("产值"), STR("远帆储能"), STR("")));
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

static void bars_of_places_compare(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct series *s;
    size_t n;
    struct series_figure f[] = {figure("产量", "甲省", "2025", 10, "10元", 1),
                                figure("产量", "乙省", "2025", 40, "40元", 2),
                                figure("产量", "丙省", "2025", 90, "90元", 3)};
    f[2].subject = STR("油料");
    series_divide(a, f, 3, &s, &n);
    assert_int_equal(n, 3);
    assert_int_equal((int)series_scale_among(s, n, &s[0], 8).most, 40);
    assert_int_equal((int)series_scale_among(s, n, &s[2], 8).most, 90);
    assert_int_equal((int)series_scale(&s[0], 8).most, 10);
    arena_free(a);
}

static void the_first_has_the_longest_bar(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct series *s;
    size_t n;
    struct series_figure f[] = {figure("增加值", "", "2020", 1, "第1", 1),
                                figure("增加值", "", "2021", 4, "第4", 2)};
    f[0].kind = f[1].kind = INDICATOR_RANK;
    series_divide(a, f, 2, &s, &n);
    struct series_scale scale = series_scale(&s[0], 8);
    struct buffer out = buffer_in(a);
    series_draw(&out, &scale, 1, false, true);
    buffer_add_byte(&out, '|');
    series_draw(&out, &scale, 4, false, true);
    assert_true(str_eq(buffer_str(&out), STR("########|##      ")));
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
    assert_int_equal(p.cells[4].n_value, 2);
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
    assert_true(str_eq(p.subject, STR("规上工业")));
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

/* Every indicator stands in one row, which is found from it, with what it says of the same. */
static void every_indicator_is_in_one_row(void **state)
{
    struct ground *g = *state;
    struct figures *f = &g->figures;
    struct store_totals totals;
    struct error e = ERROR_NONE;
    size_t sum = 0;
    bool beside = false;
    assert_int_equal(store_totals(g->library->store, &totals, &e), STATUS_OK);
    assert_int_equal(f->listing.n_rows, totals.figures);
    for (size_t i = 0; i < f->listing.n_rows; i++) {
        size_t item = listing_row_at(&f->listing, i).item;
        const struct figure *row = figures_row(f, item);
        const struct indicator *main = &figures_main(f, item)->it;
        for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++) {
            if (row->of[k] == NULL)
                continue;
            const struct indicator *it = &row->of[k]->it;
            assert_int_equal(figures_item(f, row->of[k]->id), item);
            assert_true(str_eq(it->metric_key, main->metric_key) &&
                        str_eq(it->subject, main->subject) && str_eq(it->region, main->region) &&
                        str_eq(it->period, main->period) && it->target == main->target);
            beside = beside || row->of[k]->beside;
            sum++;
        }
    }
    assert_true(totals.indicators > 100 && totals.figures < totals.indicators);
    assert_int_equal(sum, totals.indicators);
    assert_true(beside);
}

/* A change stands beside its value however many figures there are: the writer says which. */
static void a_change_stands_beside_its_value(void **state)
{
    struct ground *g = *state;
    struct figures *f = &g->figures;
    struct arena *a = arena_new();
    listing_set(&f->listing, STR("168.5亿元"), LISTING_NO_COLUMN, false, LISTING_NO_COLUMN);
    listing_finish(&f->listing);
    assert_true(f->listing.n_rows > 0);
    bool found = false;
    for (size_t i = 0; i < f->listing.n_rows; i++) {
        size_t item = listing_row_at(&f->listing, i).item;
        found = found || str_eq(figures_cell(f, item, FIGURES_CHANGE, a), STR("+10.2%"));
    }
    assert_true(found);
    arena_free(a);
}

static void comparisons_know_units(void **state)
{
    struct ground *g = *state;
    struct listing *l = &g->figures.listing;
    struct decimal bound = {100, -8};
    listing_set(l, STR("产值 >100亿元"), LISTING_NO_COLUMN, false, LISTING_NO_COLUMN);
    listing_finish(l);
    size_t above = l->n_shown;
    assert_true(above > 0);
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct figure *row = figures_row(&g->figures, listing_row_at(l, i).item);
        bool has = false;
        for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++)
            has = has || (row->of[k] != NULL && str_eq(row->of[k]->it.base_unit, STR("元")) &&
                          decimal_compare(row->of[k]->it.base, bound) > 0);
        assert_true(has);
    }
    listing_set_filter(l, STR("产值 >1000000万元"));
    listing_finish(l);
    assert_int_equal(l->n_shown, above);
    listing_set_filter(l, STR("产值 >100亿元 2023"));
    listing_finish(l);
    assert_true(l->n_shown < above);
    listing_set_filter(l, STR("产值 >"));
    listing_set_filter(l, STR("产值 >一派胡言"));
    listing_finish(l);
    assert_int_equal(l->n_shown, 0);
}

static void values_sort_by_size_not_by_letters(void **state)
{
    struct ground *g = *state;
    struct listing *l = &g->figures.listing;
    struct decimal before = {INT64_MAX / 2, 0};
    size_t values = 0;
    listing_set(l, STR("产值 >1亿元"), FIGURES_VALUE, true, LISTING_NO_COLUMN);
    listing_finish(l);
    for (size_t i = 0; i < l->n_rows; i++) {
        const struct stored_indicator *s =
            figures_row(&g->figures, listing_row_at(l, i).item)->of[INDICATOR_LEVEL];
        if (s == NULL || !str_eq(s->it.base_unit, STR("元")))
            continue;
        assert_true(decimal_compare(before, s->it.base) >= 0);
        before = s->it.base;
        values++;
    }
    assert_true(values > 3);
}

/* The row whose value is about a subject. */
static size_t row_about(const struct figures *f, const char *subject, const char *metric)
{
    for (size_t i = 0; i < f->listing.n_rows; i++) {
        size_t item = listing_row_at(&f->listing, i).item;
        const struct stored_indicator *s =
            item == LISTING_NO_ITEM ? NULL : figures_row(f, item)->of[INDICATOR_LEVEL];
        if (s != NULL && str_eq(s->it.subject, str_of(subject)) &&
            str_eq(s->it.metric, str_of(metric)))
            return i;
    }
    fail_msg("no row about %s", subject);
    return 0;
}

/* As it is kept in memory while its row is in sight. */
static struct indicator *value_in(struct figures *f, size_t row)
{
    size_t item = listing_row_at(&f->listing, row).item;
    return (struct indicator *)&figures_row(f, item)->of[INDICATOR_LEVEL]->it;
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

/* All figures of one thing, itself among them, by period and date; those of no period last. */
static void a_figure_stands_among_its_like(void **state)
{
    struct ground *g = *state;
    const struct figures *f = &g->figures;
    struct error e = ERROR_NONE;
    struct figure_page page;
    size_t most = 0;
    for (size_t i = 0; i < f->listing.n_rows; i += 3) {
        uint32_t id = figures_main(f, listing_row_at(&f->listing, i).item)->id;
        bool itself = false;
        assert_int_equal(figure_page_begin(g->library->store, g->arena, id, &page, &e), STATUS_OK);
        while (!page.whole)
            assert_int_equal(figure_page_step(g->library->store, g->arena, &page, &e), STATUS_OK);
        assert_int_equal(page.it.id, id);
        for (size_t k = 0; k < page.alike.n; k++) {
            const struct figure_alike *one = &page.alike.at[k], *before = k > 0 ? one - 1 : one;
            itself = itself || one->it.id == id;
            assert_true(figure_is_alike(&one->it.it, &page.it.it));
            assert_true(one->it.it.period.n == 0 ||
                        (before->it.it.period.n > 0 &&
                         str_cmp(before->it.it.period, one->it.it.period) <= 0));
            if (str_eq(before->it.it.period, one->it.it.period))
                assert_true(str_cmp(before->date, one->date) <= 0);
        }
        assert_true(itself || page.it.metric == 0);
        most = page.alike.n > most ? page.alike.n : most;
    }
    assert_true(most > 2);
    assert_int_equal(figure_page_begin(g->library->store, g->arena, UINT32_MAX, &page, &e),
                     STATUS_NOT_FOUND);
}

/* --- Turned tables and series of any length --------------------------------------------------- */

/* What is kept cell by cell turns to the same table as all figures do. */
static void cells_turn_to_the_same_table(void **state)
{
    struct ground *g = *state;
    struct figures *f = &g->figures;
    struct error e = ERROR_NONE;
    struct figure_cells cells;
    VECTOR(struct series_figure) all = {0};
    struct arena *a = arena_new();
    listing_set(&f->listing, STR("-测算"), LISTING_NO_COLUMN, false, LISTING_NO_COLUMN);
    listing_finish(&f->listing);
    for (size_t i = 0; i < f->listing.n_rows; i++) {
        const struct figure *row = figures_row(f, listing_row_at(&f->listing, i).item);
        for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++) {
            struct stored_indicator own;
            if (row->of[k] == NULL)
                continue;
            assert_int_equal(store_indicator(f->store, a, row->of[k]->id, &own, &e), STATUS_OK);
            vector_push(a, &all, figures_series(a, NULL, &own));
        }
    }
    for (unsigned key = PIVOT_PLACE; key <= PIVOT_METRIC; key++) {
        struct pivot whole, kept;
        figure_cells_begin(&cells, a, f, 0, (enum pivot_key)key, PIVOT_YEAR);
        while (!cells.whole)
            assert_int_equal(figure_cells_step(&cells, 1, &e), STATUS_OK);
        assert_true(cells.cells.n < all.n);
        for (unsigned kind = 0; kind < INDICATOR_KIND_COUNT; kind++) {
            series_pivot(a, all.at, all.n, (enum pivot_key)key, PIVOT_YEAR,
                         (enum indicator_kind)kind, &whole);
            series_pivot(a, cells.cells.figures, cells.cells.n, (enum pivot_key)key, PIVOT_YEAR,
                         (enum indicator_kind)kind, &kept);
            assert_true(whole.n_rows == kept.n_rows && whole.n_columns == kept.n_columns);
            size_t filled = 0, filled_kept = 0;
            for (size_t i = 0; i < whole.n_rows * whole.n_columns; i++) {
                filled += whole.cells[i].figure != NULL;
                filled_kept += kept.cells[i].figure != NULL;
            }
            assert_int_equal(filled, filled_kept);
        }
    }
    arena_free(a);
}

/* The series of an indicator, as of all figures of its metric. */
static void a_series_is_that_of_all_figures(void **state)
{
    struct ground *g = *state;
    struct store *s = g->library->store;
    struct error e = ERROR_NONE;
    struct arena *a = arena_new();
    size_t compared = 0, longest = 0;
    for (uint32_t id = 1; id < 200; id++) {
        struct stored_indicator it;
        const struct series_figure *chosen;
        const struct series *of_chosen, *of_all;
        size_t n, n_chosen, n_all, found = 0;
        uint32_t ids[4096];
        arena_reset(a);
        if (store_indicator(s, a, id, &it, &e) != STATUS_OK || it.metric == 0) {
            e = ERROR_NONE;
            continue;
        }
        assert_int_equal(figure_series(s, a, NULL, &it, 2, NULL, &chosen, &n, &e), STATUS_OK);
        struct list_query query = {.list = LIST_INDICATORS, .order = ORDER_ID, .metric = it.metric};
        assert_int_equal(store_list(s, &query, (struct list_from){0}, ids, 4096, &found, &e),
                         STATUS_OK);
        struct series_figure *all = arena_array(a, struct series_figure, found + 1);
        for (size_t i = 0; i < found; i++) {
            struct stored_indicator one;
            assert_int_equal(store_indicator(s, a, ids[i], &one, &e), STATUS_OK);
            all[i] = figures_series(a, NULL, &one);
        }
        series_divide(a, chosen, n, &of_chosen, &n_chosen);
        series_divide(a, all, found, &of_all, &n_all);
        assert_true(n_chosen <= 4 && n_chosen <= n_all && (n_chosen >= 3 || n_chosen == n_all));
        for (size_t i = 0; i < n_chosen; i++)
            for (size_t k = 0; k < n_all; k++) {
                if (of_chosen[i].kind != of_all[k].kind ||
                    !str_eq(of_chosen[i].subject, of_all[k].subject) ||
                    !str_eq(of_chosen[i].region, of_all[k].region) ||
                    !str_eq(of_chosen[i].base_unit, of_all[k].base_unit))
                    continue;
                assert_int_equal(of_chosen[i].n_points, of_all[k].n_points);
                for (uint32_t p = 0; p < of_all[k].n_points; p++) {
                    const struct series_point *x = &of_chosen[i].points[p],
                                              *y = &of_all[k].points[p];
                    assert_true((x->actual == NULL) == (y->actual == NULL) &&
                                (x->target == NULL) == (y->target == NULL));
                    assert_true(x->actual == NULL || x->actual->id == y->actual->id);
                }
                compared++;
                longest = of_all[k].n_points > longest ? of_all[k].n_points : longest;
            }
    }
    assert_true(compared > 100 && longest > 2);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_one_thing_are_a_series),
        cmocka_unit_test(owners_that_are_not_told_share_no_series),
        cmocka_unit_test(growth_over_a_span_is_no_growth_of_a_year),
        cmocka_unit_test(an_owner_that_is_not_told_stays_with_its_article),
        cmocka_unit_test(bars_are_eighths),
        cmocka_unit_test(values_below_zero_go_left),
        cmocka_unit_test(bars_of_places_compare),
        cmocka_unit_test(the_first_has_the_longest_bar),
        cmocka_unit_test(figures_turn_to_places_by_years),
        cmocka_unit_test_setup_teardown(every_indicator_is_in_one_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(comparisons_know_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_sort_by_size_not_by_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_figure_stands_among_its_like, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_have_a_sum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_change_stands_beside_its_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_turn_to_the_same_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_series_is_that_of_all_figures, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
