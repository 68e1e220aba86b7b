/* The tables of the samples, by each of their columns: sorted both ways, grouped, filtered. Sorting
 * one way is sorting the other way backwards, but for empty cells, which stand last both ways; a
 * group has the items of its label and no other; a filter admits what has the word. */
#include "../remove.h"
#include "app/docket.h"
#include "app/figures.h"
#include "app/finding_list.h"
#include "app/name_index.h"
#include "baolan/fold.h"
#include "baolan/lexicon.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { ITEMS_MOST = 4096 };

static struct library *library;
static struct arena *arena;
static char root[64];

/* A copy: a list that is gone through gives its cells as long as the next is not asked for. */
static struct str cell_of(const struct listing *l, size_t row, uint32_t column)
{
    size_t item = listing_row_at(l, row).item;
    return str_dup(arena, l->ops->cell(l->context, item, column, arena));
}

/* The cells of a column in the order of the rows, the empty ones counted and left out. */
static size_t column_cells(const struct listing *l, uint32_t column, struct str *out, size_t *empty)
{
    size_t n = 0;
    *empty = 0;
    for (size_t row = 0; row < l->n_rows && n < ITEMS_MOST; row++) {
        struct str cell = cell_of(l, row, column);
        if (cell.n == 0)
            ++*empty;
        else if (*empty > 0)
            fail_msg("column %u: an empty cell stands before one that is not", column);
        else
            out[n++] = cell;
    }
    return n;
}

static void sorts_both_ways(struct listing *l, uint32_t column)
{
    struct str *up = arena_array(arena, struct str, ITEMS_MOST);
    struct str *down = arena_array(arena, struct str, ITEMS_MOST);
    size_t empty_up, empty_down, runs_up = 0, runs_down = 0;
    listing_set_sort(l, column, false);
    listing_finish(l);
    size_t n = column_cells(l, column, up, &empty_up);
    listing_set_sort(l, column, true);
    listing_finish(l);
    assert_int_equal(column_cells(l, column, down, &empty_down), n);
    assert_int_equal(empty_up, empty_down);
    /* Ties stay as they are, so that runs of like cells are what turns round. */
    for (size_t i = 0; i < n; i++) {
        runs_up += i == 0 || !str_eq(up[i], up[i - 1]);
        runs_down += i == 0 || !str_eq(down[i], down[i - 1]);
    }
    assert_int_equal(runs_up, runs_down);
    for (size_t row = 0; row + 1 < n && l->ops->key != NULL; row++) {
        struct buffer above = buffer_in(arena), below = buffer_in(arena);
        if (l->ops->key(l->context, listing_row_at(l, row).item, column, &above) &&
            l->ops->key(l->context, listing_row_at(l, row + 1).item, column, &below))
            assert_true(str_cmp(buffer_str(&above), buffer_str(&below)) >= 0);
    }
    listing_set_sort(l, LISTING_NO_COLUMN, false);
    listing_finish(l);
}

static void groups_hold_their_items(struct listing *l, uint32_t column, size_t all)
{
    size_t items = 0, left = 0, groups = 0;
    listing_set_group(l, column);
    listing_finish(l);
    assert_int_equal(l->n_shown, all);
    for (size_t row = 0; row < l->n_rows; row++) {
        struct listing_row r = listing_row_at(l, row);
        if (r.item == LISTING_NO_ITEM) {
            assert_int_equal(left, 0);
            left = r.count;
            groups++;
        } else {
            assert_true(left > 0);
            left--;
            items++;
            if (items % 16 == 0)
                assert_int_equal(listing_row_of(l, r.item), row);
        }
    }
    assert_int_equal(left, 0);
    assert_int_equal(items, all);
    assert_true(groups > 0 && groups <= all);
    listing_set_group(l, LISTING_NO_COLUMN);
    listing_finish(l);
}

/* COLUMN:WORD admits what -COLUMN:WORD refuses, and what is shown has the word. */
static void filters_by_a_cell(struct listing *l, uint32_t column, size_t all)
{
    struct str word = {NULL, 0};
    for (size_t row = 0; row < l->n_rows && word.n == 0; row++) {
        struct str rest = cell_of(l, row, column);
        word = str_split(&rest, ' ');
    }
    if (word.n == 0 || word.p[0] == '<' || word.p[0] == '>' || word.p[0] == '=')
        return;
    const char *name = l->ops->name(column, false);
    struct str asked = str_printf(arena, "%s:%.*s", name, STR_ARG(word));
    assert_int_equal(listing_column(l, str_of(name)), column);
    listing_set_filter(l, asked);
    listing_finish(l);
    size_t with = l->n_shown;
    listing_set_filter(l, str_printf(arena, "-%.*s", STR_ARG(asked)));
    listing_finish(l);
    if (with == 0 || with + l->n_shown != all)
        fail_msg("%.*s: %zu with it, %zu without, of %zu", STR_ARG(asked), with, l->n_shown, all);
    listing_set_filter(l, STR(""));
    listing_finish(l);
    assert_int_equal(l->n_shown, all);
}

static void stands_each_column(struct listing *l, uint32_t columns)
{
    size_t all = l->n_shown;
    assert_true(all > 0);
    for (uint32_t column = 0; column < columns; column++) {
        sorts_both_ways(l, column);
        groups_hold_their_items(l, column, all);
        filters_by_a_cell(l, column, all);
        arena_reset(arena);
    }
    listing_set_filter(l, STR("没有这样的字"));
    listing_finish(l);
    assert_int_equal(l->n_shown, 0);
    listing_set_filter(l, STR(""));
    listing_finish(l);
}

static void the_table_of_figures(void **state)
{
    struct figures f;
    struct error e = ERROR_NONE;
    (void)state;
    assert_int_equal(figures_open(&f, library->store, &e), STATUS_OK);
    struct list_query query = {.list = LIST_INDICATORS};
    assert_int_equal(figures_load(&f, &query, &e), STATUS_OK);
    stands_each_column(&f.listing, FIGURES_COLUMN_COUNT);
    uint32_t first = figures_main(&f, listing_row_at(&f.listing, 0).item)->id;
    assert_int_equal(listing_row_of(&f.listing, figures_item(&f, first)), 0);
    assert_int_equal(listing_row_of(&f.listing, figures_item(&f, UINT32_MAX)), SIZE_MAX);
    struct lexicons *lexicons;
    struct arena *words = arena_new();
    assert_int_equal(lexicons_load(words, NULL, &lexicons, NULL, NULL, &e), STATUS_OK);
    f.lexicons = lexicons;
    /* Comparisons part the values in two, whatever their sign. */
    static const char *const PAIRS[][2] = {{">1亿元", "<=1亿元"}, {">=1亿元", "<1亿元"}};
    size_t shown[2][2];
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < 2; k++) {
            listing_set_filter(&f.listing, str_of(PAIRS[i][k]));
            listing_finish(&f.listing);
            shown[i][k] = f.listing.n_shown;
        }
    assert_int_equal(shown[0][0] + shown[0][1], shown[1][0] + shown[1][1]);
    assert_true(shown[0][0] > 0 && shown[0][1] > 0);
    listing_set_filter(&f.listing, STR("=1亿元"));
    listing_finish(&f.listing);
    assert_int_equal(f.listing.n_shown, shown[1][0] - shown[0][0]);
    figures_close(&f);
    arena_free(words);
}

static void the_table_of_proposals(void **state)
{
    struct review_form form;
    struct review *review;
    struct docket d = {0};
    struct error e = ERROR_NONE;
    (void)state;
    struct arena *a = arena_new();
    assert_int_equal(review_form_load(a, &form, NULL, NULL, &e), STATUS_OK);
    assert_int_equal(review_open(a, library->marks, &form, STR("proposal"), STR("me"), &review, &e),
                     STATUS_OK);
    assert_int_equal(docket_open(&d, library->store, review, &e), STATUS_OK);
    assert_int_equal(docket_load(&d, &e), STATUS_OK);
    assert_true(d.n_items > 2);
    /* Marks and notes, so that no column is empty. */
    struct review_subject one = {d.items[0].content_key, NULL},
                          two = {d.items[1].content_key, NULL};
    assert_int_equal(review_set(review, &one, 1, STR("note"), STR("看过"), &e), STATUS_OK);
    assert_int_equal(review_set(review, &two, 1, STR("mark"), STR("立案"), &e), STATUS_OK);
    stands_each_column(&d.listing, DOCKET_COLUMN_COUNT);
    assert_true(docket_item(&d, d.items[1].id) == 1);
    assert_int_equal(docket_item_of(&d, d.items[1].content_key), 1);
    assert_int_equal(docket_item_of(&d, 12345), LISTING_NO_ITEM);
    for (uint32_t column = 0; column < DOCKET_COLUMN_COUNT; column++)
        assert_true(*docket_column_heading((enum docket_column)column) != '\0' &&
                    *docket_column_label((enum docket_column)column) != '\0');
    docket_close(&d);
    review_close(review);
    arena_free(a);
}

static const char *finding_word(enum finding_kind kind)
{
    return finding_kind_name(kind);
}

static void the_table_of_findings(void **state)
{
    struct finding_list f;
    struct error e = ERROR_NONE;
    (void)state;
    assert_int_equal(
        finding_list_open(&f, library->store, library->marks, STR("me"), finding_word, &e),
        STATUS_OK);
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    stands_each_column(&f.listing, FINDING_LIST_COLUMN_COUNT);
    finding_list_close(&f);
}

static const char *type_word(enum entity_type type)
{
    return entity_type_name(type);
}

static void the_table_of_names(void **state)
{
    struct name_index x;
    struct error e = ERROR_NONE;
    (void)state;
    assert_int_equal(name_index_open(&x, library->store, type_word, &e), STATUS_OK);
    assert_int_equal(name_index_load(&x, &e), STATUS_OK);
    stands_each_column(&x.listing, NAMES_COLUMN_COUNT);
    for (uint32_t column = 0; column < NAMES_COLUMN_COUNT; column++)
        assert_true(*x.listing.ops->name(column, true) != '\0');
    const struct stored_entity *first = name_index_at(&x, listing_row_at(&x.listing, 0).item);
    assert_true(first->name.n > 0);
    assert_int_equal(first->id, listing_row_at(&x.listing, 0).item);
    assert_int_equal(name_index_at(&x, UINT32_MAX)->id, 0);
    name_index_close(&x);
}

static int set_up(void **state)
{
    struct error e = ERROR_NONE;
    (void)state;
    snprintf(root, sizeof root, "%s/baolan-tables-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(root) == NULL)
        return -1;
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_DATA_HOME", root, 1);
    setenv("XDG_CONFIG_HOME", root, 1);
    arena = arena_new();
    const char *paths[] = {"data/samples"};
    struct import_options o = {.paths = paths, .n_paths = 1};
    return library_import(&o, &e) == STATUS_OK && library_open(NULL, &library, &e) == STATUS_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    library_close(library);
    arena_free(arena);
    remove_below(root);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_of_figures),
        cmocka_unit_test(the_table_of_proposals),
        cmocka_unit_test(the_table_of_findings),
        cmocka_unit_test(the_table_of_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
