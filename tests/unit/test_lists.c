/* Lists of a real library without a terminal: what does not add up, the names and all that stands
 * about one, the filter of documents, the line that tells where a text stands. */
#include "../remove.h"
#include "app/document_filter.h"
#include "app/finding_list.h"
#include "app/name_index.h"
#include "app/source_note.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64];
static struct arena *arena;
static struct library *library;

static int set_up(void **state)
{
    struct error e = ERROR_NONE;
    const char *data = getenv("BAOLAN_DATA");
    (void)state;
    snprintf(root, sizeof root, "/tmp/baolan-lists-XXXXXX");
    assert_non_null(mkdtemp(root));
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_DATA_HOME", root, 1);
    setenv("XDG_CONFIG_HOME", root, 1);
    arena = arena_new();
    const char *page = path_join(arena, root, "sums.txt");
    assert_int_equal(
        file_replace(page,
                     STR("## 全镇人口情况的报告\n■记者 张三\n\n"
                         "2023年，全镇共有企业179家，其中工业企业98家、商业企业60家、农业企业19家、"
                         "其他企业5家。全镇实现产值386.5亿元，其中甲业140.7亿元，占比39.9%。\n"),
                     &e),
        STATUS_OK);
    const char *paths[] = {
        path_absolute(arena, path_join(arena, data != NULL ? data : "data", "samples")), page};
    struct import_options o = {.paths = paths, .n_paths = 2};
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    library_close(library);
    arena_free(arena);
    return remove_below(root);
}

/* --- What does not add up -------------------------------------------------------------------- */

static const char *kind_word(enum finding_kind kind)
{
    return finding_kind_name(kind);
}

static void findings_are_listed_and_dismissed(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    struct finding_list f;
    assert_int_equal(
        finding_list_open(&f, library->store, library->marks, STR("me"), kind_word, &e), STATUS_OK);
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    assert_true(f.n_items > 0);
    size_t all = f.n_items;
    int64_t content_key = finding_list_at(&f, 0)->finding.content_key;
    assert_int_equal(finding_list_item(&f, f.ids[0]), 0);
    assert_int_equal(finding_list_item(&f, UINT32_MAX), LISTING_NO_ITEM);
    assert_true(finding_list_at(&f, 0)->source.n > 0);
    for (uint32_t column = 0; column < FINDING_LIST_COLUMN_COUNT; column++) {
        listing_set_sort(&f.listing, column, column % 2 == 1);
        listing_finish(&f.listing);
        assert_int_equal(f.listing.n_shown, all);
        listing_set_group(&f.listing, column);
        listing_finish(&f.listing);
        assert_true(f.listing.n_rows > all);
        listing_set_group(&f.listing, LISTING_NO_COLUMN);
        listing_finish(&f.listing);
    }
    listing_set_filter(&f.listing, STR("没有这样的字"));
    listing_finish(&f.listing);
    assert_int_equal(f.listing.n_shown, 0);
    listing_set_filter(&f.listing, STR(""));
    listing_finish(&f.listing);
    /* Dismissed, it goes with the next loading, and comes back. */
    assert_int_equal(finding_list_dismiss(&f, 0, true, &e), STATUS_OK);
    assert_int_equal(f.n_items, all);
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    assert_int_equal(f.n_items, all - 1);
    assert_int_equal(f.n_dismissed, 1);
    f.show_dismissed = true;
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    assert_int_equal(f.n_items, all);
    size_t at = 0;
    while (at < f.n_items && finding_list_at(&f, at)->finding.content_key != content_key)
        at++;
    assert_true(at < f.n_items && f.dismissed[at]);
    assert_int_equal(finding_list_dismiss(&f, at, false, &e), STATUS_OK);
    f.show_dismissed = false;
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    assert_int_equal(f.n_items, all);
    /* All of a kind, and back. */
    enum finding_kind kind = finding_list_at(&f, 0)->finding.it.kind;
    size_t of_kind = 0;
    for (size_t i = 0; i < f.n_items; i++)
        of_kind += finding_list_at(&f, i)->finding.it.kind == kind;
    assert_int_equal(finding_list_dismiss_kind(&f, kind, true, &e), STATUS_OK);
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    assert_int_equal(f.n_items, all - of_kind);
    assert_int_equal(finding_list_dismiss_kind(&f, kind, false, &e), STATUS_OK);
    assert_int_equal(finding_list_begin(&f, SIZE_MAX, &e), STATUS_OK);
    assert_int_equal(f.n_items, all);
    /* Without notes nothing can be, and that is said. */
    f.notes = NULL;
    assert_int_equal(finding_list_dismiss(&f, 0, true, &e), STATUS_DENIED);
    assert_true(e.message[0] != '\0');
    finding_list_close(&f);
}

/* --- Names ----------------------------------------------------------------------------------- */

static const char *type_word(enum entity_type type)
{
    return entity_type_name(type);
}

static void names_are_listed(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    struct name_index x;
    assert_int_equal(name_index_open(&x, library->store, type_word, &e), STATUS_OK);
    assert_int_equal(name_index_load(&x, &e), STATUS_OK);
    size_t all = x.listing.n_items;
    assert_true(all > 10 && x.listing.n_rows == all);
    uint32_t first = (uint32_t)listing_row_at(&x.listing, 0).item;
    assert_int_equal(listing_row_of(&x.listing, first), 0);
    assert_int_equal(listing_row_of(&x.listing, UINT32_MAX), SIZE_MAX);
    for (uint32_t column = 0; column < NAMES_COLUMN_COUNT; column++) {
        listing_set_sort(&x.listing, column, true);
        listing_finish(&x.listing);
        assert_int_equal(x.listing.n_shown, all);
    }
    /* By number of documents, the most first. */
    listing_set_sort(&x.listing, NAMES_DOCUMENTS, true);
    listing_finish(&x.listing);
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < x.listing.n_rows; i++) {
        const struct stored_entity *it = name_index_at(&x, listing_row_at(&x.listing, i).item);
        assert_true(it->documents <= last);
        last = it->documents;
    }
    listing_set_group(&x.listing, NAMES_TYPE);
    listing_finish(&x.listing);
    assert_true(x.listing.n_rows > all);
    listing_set_group(&x.listing, LISTING_NO_COLUMN);
    listing_finish(&x.listing);
    listing_set_filter(&x.listing, STR("云泽"));
    listing_finish(&x.listing);
    assert_true(x.listing.n_shown > 0 && x.listing.n_shown < all);
    name_index_close(&x);
}

static void a_name_tells_where_it_stands(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    struct name_index x;
    struct name_page page;
    assert_int_equal(name_index_open(&x, library->store, type_word, &e), STATUS_OK);
    assert_int_equal(name_index_load(&x, &e), STATUS_OK);
    listing_set_sort(&x.listing, NAMES_DOCUMENTS, true);
    listing_finish(&x.listing);
    for (size_t i = 0; i < x.listing.n_rows && i < 20; i++) {
        struct stored_entity it = *name_index_at(&x, listing_row_at(&x.listing, i).item);
        assert_int_equal(name_page_read(library->store, arena, it.id, &page, &e), STATUS_OK);
        assert_false(page.whole);
        while (!page.whole)
            assert_int_equal(name_page_go_on(library->store, arena, &page, &e), STATUS_OK);
        assert_int_equal(page.entity.id, it.id);
        assert_true(page.n_mentions > 0 && page.n_mentions <= MENTIONS_SHOWN);
        for (size_t k = 0; k < page.n_mentions; k++) {
            const struct name_mention *m = &page.mentions[k];
            assert_true(m->article != 0 && m->document != 0);
            bool spelled = false;
            for (size_t n = 0; n < page.n_spellings; n++)
                spelled = spelled || str_has(m->text, page.spellings[n]);
            assert_true(spelled);
        }
        for (size_t k = 0; k < page.n_neighbours; k++)
            assert_true(page.neighbours[k].together > 0 && page.neighbours[k].entity.id != it.id);
    }
    assert_int_not_equal(name_page_read(library->store, arena, UINT32_MAX, &page, &e), STATUS_OK);
    name_index_close(&x);
}

/* --- Documents ------------------------------------------------------------------------------- */

static size_t filtered(struct document_filter *f, const char *words, bool descending,
                       const uint32_t **ids)
{
    size_t n;
    struct error e = ERROR_NONE;
    assert_int_equal(document_filter_run(f, library->store, NULL, str_of(words), ORDER_PATH,
                                         descending, ids, &n, &e),
                     STATUS_OK);
    return n;
}

static bool at_once(void *context)
{
    ++*(int *)context;
    return true;
}

static void documents_are_filtered(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    struct document_filter *f;
    struct store_totals t;
    const uint32_t *ids, *back;
    int asked = 0;
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(document_filter_open(&f, &e), STATUS_OK);
    enum status status = document_filter_prepare(f, library->store, at_once, &asked, &e);
    assert_true(status == STATUS_OK || (status == STATUS_INTERRUPTED && asked > 0));
    size_t all = filtered(f, "", false, &ids);
    assert_int_equal(all, t.documents);
    size_t some = filtered(f, "云泽", false, &ids);
    assert_true(some > 0 && some < all);
    uint32_t first = ids[0], last = ids[some - 1];
    assert_int_equal(filtered(f, "云泽", true, &back), some);
    assert_int_equal(back[0], last);
    assert_int_equal(back[some - 1], first);
    assert_int_equal(filtered(f, "-云泽", false, &ids), all - some);
    assert_int_equal(filtered(f, "没有这样的字", false, &ids), 0);
    assert_int_equal(filtered(f, "SUMS", false, &ids), 1);
    document_filter_close(f);
}

static void a_text_tells_its_source(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    uint32_t id;
    struct stored_document d;
    struct stored_passage passage;
    assert_int_equal(
        store_document_by_path(library->store, str_of(path_join(arena, root, "sums.txt")), &id, &e),
        STATUS_OK);
    assert_int_equal(store_document(library->store, arena, id, &d, &e), STATUS_OK);
    uint32_t last = d.first_passage + d.passages - 1;
    assert_int_equal(store_passage(library->store, arena, last, &passage, &e), STATUS_OK);
    struct str note = source_note(library->store, arena, d.first_article, last, 0);
    assert_true(str_has(note, STR("《全镇人口情况的报告》")));
    assert_true(str_has(note, STR("sums.txt:4")));
    assert_int_equal(passage_line(&passage, 0), 4);
    assert_true(str_has(source_note(library->store, arena, d.first_article, NONE, 0),
                        STR("全镇人口情况的报告")));
    assert_int_equal(source_note(library->store, arena, UINT32_MAX, NONE, 0).n, 0);
}

/* More findings than a list once held: all are read, in steps, and each has its record. The last
 * test, for the library holds what no page says then. */
static void findings_have_no_end(void **state)
{
    enum { MANY = 40000, STEP = 7000 };
    (void)state;
    struct error e = ERROR_NONE;
    struct finding_list f;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(library->cache_path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<40000)"
                     "INSERT INTO finding SELECT 1000000+2*i, document, kind, 0, article,"
                     " indicators, i, computed, tolerance, formula"
                     " FROM n, (SELECT * FROM finding ORDER BY id LIMIT 1)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(
        finding_list_open(&f, library->store, library->marks, STR("me"), kind_word, &e), STATUS_OK);
    assert_int_equal(finding_list_begin(&f, 1000, &e), STATUS_OK);
    assert_int_equal(f.n_items, 1000);
    assert_false(f.whole);
    while (!f.whole)
        assert_int_equal(finding_list_more(&f, STEP, &e), STATUS_OK);
    assert_true(f.n_items >= MANY);
    assert_int_equal(f.listing.n_items, f.n_items);
    for (size_t k = 1; k <= MANY; k += 997) {
        size_t item = finding_list_item(&f, 1000000 + 2 * (uint32_t)k);
        assert_true(item < f.n_items);
        const struct finding_record *r = finding_list_at(&f, item);
        assert_int_equal(r->finding.id, 1000000 + 2 * k);
        assert_true(str_eq(r->finding.it.printed, str_printf(arena, "%zu", k)));
        assert_true(r->source.n > 0);
        assert_int_equal(finding_list_item(&f, 1000001 + 2 * (uint32_t)k), LISTING_NO_ITEM);
    }
    listing_set_filter(&f.listing, STR("printed:39999"));
    listing_finish(&f.listing);
    assert_int_equal(f.listing.n_shown, 1);
    finding_list_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(findings_are_listed_and_dismissed),
        cmocka_unit_test(names_are_listed),
        cmocka_unit_test(a_name_tells_where_it_stands),
        cmocka_unit_test(documents_are_filtered),
        cmocka_unit_test(a_text_tells_its_source),
        cmocka_unit_test(findings_have_no_end),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
