/* Names put right: merged, split, renamed, hidden; taken back; and kept when all is read anew. */
#include "app/corrections.h"
#include "app/name_counts.h"
#include "app/name_edits.h"
#include "baolan/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char PAGE[] =
    "松浦一年\n\n■记者 江一苇\n\n"
    "本报讯 松浦市泽禾智能装备有限公司的产值翻番。泽禾公司去年与市商务局签约。\n\n"
    "松浦市商务局说，泽禾公司带动了梨溪镇。走进梨溪镇，泽禾的工厂很新。\n";

static char folder[64], path[96];
static struct arena *arena;
static struct library *library;

static void import(void)
{
    struct error e = ERROR_NONE;
    const char *paths[] = {folder};
    struct import_options options = {.paths = paths, .n_paths = 1};
    assert_int_equal(library_import(&options, &e), STATUS_OK);
    library_close(library);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_non_null(library->store);
}

/* Everything is read anew into an empty cache. */
static void read_anew(void)
{
    char cache[256];
    snprintf(cache, sizeof cache, "%s", library->cache_path);
    library_close(library);
    library = NULL;
    assert_int_equal(unlink(cache), 0);
    import();
}

static int set_up(void **state)
{
    (void)state;
    char name[128];
    snprintf(folder, sizeof folder, "/tmp/baolan-names-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(name, sizeof name, "%s/cache", folder);
    setenv("XDG_CACHE_HOME", name, 1);
    snprintf(name, sizeof name, "%s/data", folder);
    setenv("XDG_DATA_HOME", name, 1);
    snprintf(path, sizeof path, "%s/page.txt", folder);
    FILE *f = fopen(path, "w");
    if (f == NULL || fputs(PAGE, f) < 0 || fclose(f) != 0)
        return -1;
    arena = arena_new();
    import();
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    library_close(library);
    library = NULL;
    arena_free(arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* The entity of a spelling, which must be one alone; 0: none. */
static uint32_t named(const char *spelling)
{
    uint32_t ids[2];
    size_t n;
    struct error e = ERROR_NONE;
    assert_int_equal(store_entities_by_spelling(library->store, str_of(spelling), ids, 2, &n, &e),
                     STATUS_OK);
    assert_true(n < 2);
    return n == 0 ? 0 : ids[0];
}

static struct stored_entity entity(const char *spelling)
{
    struct stored_entity out = {0};
    struct error e = ERROR_NONE;
    assert_int_equal(store_entity(library->store, arena, named(spelling), &out, &e), STATUS_OK);
    return out;
}

/* Every name with its counts, and every link of the document, in words: equal where nothing was
 * changed. */
static struct str all_names(void)
{
    struct error e = ERROR_NONE;
    struct list_query query = {.list = LIST_ENTITIES, .order = ORDER_ENTITY_NAME};
    uint32_t ids[64];
    size_t n;
    struct buffer out = buffer_in(arena);
    const struct stored_mention *mentions;
    struct stored_document d;
    struct store_totals totals;
    assert_int_equal(store_list(library->store, &query, (struct list_from){0}, ids, 64, &n, &e),
                     STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        struct stored_entity it;
        assert_int_equal(store_entity(library->store, arena, ids[i], &it, &e), STATUS_OK);
        buffer_printf(&out, "%.*s %d %u %u\n", STR_ARG(it.name), (int)it.type, it.documents,
                      it.mentions);
    }
    assert_int_equal(store_totals(library->store, &totals, &e), STATUS_OK);
    assert_int_equal(totals.entities, n);
    buffer_printf(&out, "%lld\n", (long long)totals.mentions);
    assert_int_equal(store_document(library->store, arena, 1, &d, &e), STATUS_OK);
    assert_int_equal(
        store_mentions_in(library->store, arena, d.first_passage, d.passages, &mentions, &n, &e),
        STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        struct stored_entity it;
        assert_int_equal(store_entity(library->store, arena, mentions[i].entity, &it, &e),
                         STATUS_OK);
        buffer_printf(&out, "%u:%u %.*s\n", mentions[i].passage - d.first_passage,
                      mentions[i].start, STR_ARG(it.name));
    }
    return buffer_str(&out);
}

static void edit(enum name_edit_kind kind, uint32_t id, uint32_t other, const char *text)
{
    bool applied;
    struct error e = ERROR_NONE;
    assert_int_equal(library_edit_name(library, kind, id, other, str_of(text), &applied, &e),
                     STATUS_OK);
    assert_true(applied);
}

/* Taken back, all is as it was; said again and read anew, it holds. */
static void holds(struct str before, struct str after)
{
    bool applied;
    struct correction undone;
    struct error e = ERROR_NONE;
    read_anew();
    assert_string_equal(str_dup_c(arena, all_names()), str_dup_c(arena, after));
    assert_int_equal(corrections_undo(library, arena, &undone, &applied, &e), STATUS_OK);
    assert_true(applied);
    assert_string_equal(str_dup_c(arena, all_names()), str_dup_c(arena, before));
    read_anew();
    assert_string_equal(str_dup_c(arena, all_names()), str_dup_c(arena, before));
}

static void test_merge(void **state)
{
    (void)state;
    struct str before = all_names();
    struct stored_entity office = entity("松浦市商务局"), company = entity("泽禾公司");
    edit(NAME_MERGE, office.id, company.id, "");
    assert_int_equal(named("松浦市商务局"), company.id);
    assert_int_equal(entity("泽禾").mentions, office.mentions + company.mentions);
    assert_int_equal(entity("泽禾").documents, 1);
    holds(before, all_names());
}

static void test_split(void **state)
{
    (void)state;
    struct str before = all_names();
    struct stored_entity company = entity("泽禾公司");
    edit(NAME_SPLIT, company.id, 0, "泽禾公司");
    assert_int_not_equal(named("泽禾公司"), named("泽禾"));
    assert_int_equal(entity("泽禾公司").mentions, 2);
    assert_int_equal(entity("泽禾").mentions, company.mentions - 2);
    holds(before, all_names());
}

static void test_rename(void **state)
{
    (void)state;
    struct str before = all_names();
    edit(NAME_RENAME, named("梨溪镇"), 0, "梨溪镇（老城）");
    assert_string_equal(str_dup_c(arena, entity("梨溪镇").name), "梨溪镇（老城）");
    holds(before, all_names());
}

static void test_hide(void **state)
{
    (void)state;
    struct str before = all_names();
    uint32_t id = named("梨溪镇");
    edit(NAME_HIDE, id, 0, "");
    assert_int_equal(named("梨溪镇"), 0);
    assert_false(str_has(all_names(), STR("梨溪镇")));
    struct list_query query = {.list = LIST_ENTITIES, .hidden = true};
    uint32_t ids[2];
    size_t n;
    struct error e = ERROR_NONE;
    assert_int_equal(store_list(library->store, &query, (struct list_from){0}, ids, 2, &n, &e),
                     STATUS_OK);
    assert_int_equal(n, 1);
    assert_int_equal(ids[0], id);
    holds(before, all_names());
}

/* Edits that make no sense are refused, and nothing is kept. */
static void test_nonsense(void **state)
{
    (void)state;
    bool applied;
    struct error e = ERROR_NONE;
    struct str before = all_names();
    uint32_t id = named("梨溪镇");
    assert_int_equal(library_edit_name(library, NAME_MERGE, id, id, STR(""), &applied, &e),
                     STATUS_BAD_INPUT);
    assert_int_equal(library_edit_name(library, NAME_SPLIT, id, 0, STR("别处"), &applied, &e),
                     STATUS_BAD_INPUT);
    assert_int_equal(library_edit_name(library, NAME_RENAME, id, 0, STR(""), &applied, &e),
                     STATUS_BAD_INPUT);
    assert_int_equal(library_edit_name(library, NAME_HIDE, 9999, 0, STR(""), &applied, &e),
                     STATUS_NOT_FOUND);
    read_anew();
    assert_string_equal(str_dup_c(arena, all_names()), str_dup_c(arena, before));
}

/* Counts by year and place add up to the mentions, and a reprint adds nothing. */
static bool at_once(void *context)
{
    (void)context;
    return true;
}

static void test_counts(void **state)
{
    (void)state;
    static const unsigned KEYS[] = {COUNT_YEAR, COUNT_PLACE, COUNT_YEAR | COUNT_PLACE,
                                    COUNT_DOCUMENT};
    char reprint[128];
    struct error e = ERROR_NONE;
    struct stored_entity before = entity("泽禾公司");
    snprintf(reprint, sizeof reprint, "%s/reprint.txt", folder);
    FILE *f = fopen(reprint, "w");
    assert_non_null(f);
    assert_true(fprintf(f, "云外日报 2024年5月6日 第3版\n\n%s", PAGE) > 0);
    assert_int_equal(fclose(f), 0);
    import();
    assert_int_equal(entity("泽禾公司").mentions, before.mentions);
    struct name_sums sums;
    struct store_poll poll = {at_once, NULL};
    assert_int_equal(name_sums_read(library->store, arena, named("泽禾公司"), &poll, &sums, &e),
                     STATUS_INTERRUPTED);
    assert_int_equal(name_sums_read(library->store, arena, named("泽禾公司"), NULL, &sums, &e),
                     STATUS_OK);
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
        const struct name_count *counts;
        size_t n;
        uint32_t mentions = 0;
        assert_int_equal(name_counts_of(library->store, arena, &sums, KEYS[k], &counts, &n, &e),
                         STATUS_OK);
        for (size_t i = 0; i < n; i++) {
            mentions += counts[i].mentions;
            assert_int_equal(counts[i].documents, 1);
            assert_true(counts[i].characters > 50);
            assert_true(name_count_rate(&counts[i]) > 0);
        }
        assert_int_equal(mentions, before.mentions);
    }
    unlink(reprint);
    import();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merge),    cmocka_unit_test(test_split),
        cmocka_unit_test(test_rename),   cmocka_unit_test(test_hide),
        cmocka_unit_test(test_nonsense), cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
