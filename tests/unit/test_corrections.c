/* Corrections on real files: each kind is made, holds after a new import, after the file moved and
 * changed, and is taken back. */
#include "../remove.h"
#include "app/corrections.h"
#include "app/sample.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct ground {
    char root[64];
    char pages[96];
    struct arena *arena;
    struct library *library;
};

static int set_up(void **state)
{
    struct ground *p = calloc(1, sizeof *p);
    snprintf(p->root, sizeof p->root, "/tmp/baolan-correct-XXXXXX");
    assert_non_null(mkdtemp(p->root));
    snprintf(p->pages, sizeof p->pages, "%s/pages", p->root);
    mkdir(p->pages, 0700);
    setenv("XDG_CACHE_HOME", p->root, 1);
    setenv("XDG_DATA_HOME", p->root, 1);
    p->arena = arena_new();
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *p = *state;
    library_close(p->library);
    remove_below(p->root);
    arena_free(p->arena);
    free(p);
    return 0;
}

static const char *page_path(struct ground *p, const char *name)
{
    return path_join(p->arena, p->pages, name);
}

static void write_page(struct ground *p, const char *name, const char *before, const char *text)
{
    FILE *f = fopen(page_path(p, name), "w");
    assert_non_null(f);
    fputs(before, f);
    fputs(text, f);
    fclose(f);
}

static void keep_last(void *context, const struct import_progress *progress)
{
    *(struct import_progress *)context = *progress;
}

/* How many files were read. */
static uint64_t import(struct ground *p)
{
    const char *paths[] = {p->pages};
    struct import_progress last = {0};
    struct import_options o = {
        .paths = paths, .n_paths = 1, .progress = keep_last, .context = &last};
    struct error e = ERROR_NONE;
    library_close(p->library);
    p->library = NULL;
    enum status status = library_import(&o, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(library_open(NULL, &p->library, &e), STATUS_OK);
    assert_non_null(p->library->store);
    return last.files_read;
}

#define PAGE                                                                                                                     \
    "云泽日报\n2023-08-17 A06\n\n"                                                                                           \
    "## 海边的镇上办起了新厂\n\n"                                                                                      \
    "2022年，全镇96家企业实现产值312.4亿元，同比增长12.6%。云泽市经信局说，项目还在增加。\n\n" \
    "居民们说，这里变了样子，路宽了，灯亮了。孩子们放学以后在广场上玩。\n\n"                    \
    "一、下一步打算\n\n"                                                                                                  \
    "明年要把老街修好，把码头扩建，让更多的人来。总投资8.5亿元。\n"

static uint32_t passage_of(struct ground *p, const char *words)
{
    uint32_t id = 0;
    size_t n;
    assert_int_equal(store_match(p->library->store, str_of(words), 0, &id, 1, &n, NULL), STATUS_OK);
    return n == 0 ? 0 : id;
}

static struct stored_passage passage(struct ground *p, const char *words)
{
    struct stored_passage out;
    uint32_t id = passage_of(p, words);
    assert_int_not_equal(id, 0);
    assert_int_equal(store_passage(p->library->store, p->arena, id, &out, NULL), STATUS_OK);
    return out;
}

static uint32_t indicator_of(struct ground *p, const char *text)
{
    struct list_query q = {.list = LIST_INDICATORS};
    uint32_t ids[64];
    size_t n;
    struct stored_indicator it;
    assert_int_equal(store_list(p->library->store, &q, (struct list_from){0}, ids, 64, &n, NULL),
                     STATUS_OK);
    for (size_t i = 0; i < n; i++)
        if (store_indicator(p->library->store, p->arena, ids[i], &it, NULL) == STATUS_OK &&
            str_eq(it.it.text, str_of(text)))
            return ids[i];
    return 0;
}

static void put_right(struct ground *p, enum correction_kind kind, uint32_t record, uint32_t part,
                      const char *field, const char *value)
{
    struct correction_subject subject = {kind, record, part, 0};
    struct error e = ERROR_NONE;
    bool applied;
    enum status status =
        corrections_set(p->library, &subject, str_of(field), str_of(value), &applied, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(status, STATUS_OK);
    assert_true(applied);
}

static struct str value(struct ground *p, enum correction_kind kind, uint32_t record, uint32_t part,
                        const char *field)
{
    struct correction_subject subject = {kind, record, part, 0};
    struct error e = ERROR_NONE;
    struct str out;
    corrections_value(p->library, p->arena, &subject, str_of(field), &out, &e);
    assert_string_equal(e.message, "");
    return out;
}

static void assert_text(struct str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fail_msg("\"%.*s\", expected \"%s\"", STR_ARG(got), want);
}

/* The corrections whose effects hold() looks for. */
static void correct_all(struct ground *p)
{
    uint32_t article = passage(p, "新厂").article;
    put_right(p, CORRECTION_ARTICLE, article, 0, "title", "镇上办起了新工厂");
    put_right(p, CORRECTION_ARTICLE, article, 0, "byline", "记者 王小明、李小红");
    put_right(p, CORRECTION_ARTICLE, article, 0, "date", "2024-02-03");
    put_right(p, CORRECTION_ARTICLE, article, 0, "place", "青屿县");
    put_right(p, CORRECTION_PASSAGE, passage_of(p, "居民们说"), 0, "break", "join");
    put_right(p, CORRECTION_PASSAGE, passage_of(p, "下一步打算"), 0, "section", "none");
    struct stored_passage last = passage(p, "明年要把");
    put_right(p, CORRECTION_PASSAGE, last.id, (uint32_t)str_find(last.text, STR("总投资"), 0),
              "break", "split");
    put_right(p, CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, "subject", "规上企业");
    put_right(p, CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, "period", "2021年上半年");
    put_right(p, CORRECTION_INDICATOR, indicator_of(p, "12.6%"), 0, "record", "none");
    put_right(p, CORRECTION_INDICATOR, indicator_of(p, "8.5亿元"), 0, "value", "85亿元");
}

static void hold(struct ground *p)
{
    uint32_t article = passage(p, "居民们说").article;
    assert_text(value(p, CORRECTION_ARTICLE, article, 0, "title"), "镇上办起了新工厂");
    assert_text(value(p, CORRECTION_ARTICLE, article, 0, "byline"), "记者 王小明、李小红");
    assert_text(value(p, CORRECTION_ARTICLE, article, 0, "date"), "2024-02-03");
    assert_text(value(p, CORRECTION_ARTICLE, article, 0, "place"), "青屿县");
    assert_int_equal(passage_of(p, "居民们说"), passage_of(p, "312"));
    assert_int_equal(passage(p, "下一步打算").kind, PASSAGE_BODY);
    assert_int_not_equal(passage_of(p, "明年要把"), passage_of(p, "总投资"));
    uint32_t id = indicator_of(p, "312.4亿元");
    assert_text(value(p, CORRECTION_INDICATOR, id, 0, "subject"), "规上企业");
    assert_text(value(p, CORRECTION_INDICATOR, id, 0, "period"), "2021H1");
    assert_int_equal(indicator_of(p, "12.6%"), 0);
    assert_int_equal(indicator_of(p, "8.5亿元"), 0);
    assert_int_not_equal(indicator_of(p, "85亿元"), 0);
}

static void test_corrections_hold(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    uint32_t document = 0, now = 0;
    store_document_by_path(p->library->store, str_of(page_path(p, "one.txt")), &document, NULL);
    correct_all(p);
    hold(p);
    store_document_by_path(p->library->store, str_of(page_path(p, "one.txt")), &now, NULL);
    assert_int_equal(document, now);
    /* A new import, from nothing. */
    library_close(p->library);
    p->library = NULL;
    unlink(path_join(p->arena, p->root, "baolan/default/cache.db"));
    import(p);
    hold(p);
}

static void test_corrections_move_with_a_changed_file(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    correct_all(p);
    unlink(page_path(p, "one.txt"));
    write_page(p, "elsewhere.txt", "", PAGE "\n又过了一年，码头修好了。\n");
    import(p);
    hold(p);
    const struct correction_state *list;
    size_t n;
    corrections_list(p->library, p->arena, &list, &n, NULL);
    assert_int_equal(n, 11);
    for (size_t i = 0; i < n; i++)
        assert_true(list[i].found);
}

static void test_what_was_read_is_kept_and_comes_back(void **state)
{
    struct ground *p = *state;
    struct correction undone;
    struct error e = ERROR_NONE;
    bool applied;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    uint32_t id = indicator_of(p, "312.4亿元");
    struct str was = value(p, CORRECTION_INDICATOR, id, 0, "metric");
    put_right(p, CORRECTION_INDICATOR, id, 0, "metric", "工业总产值");
    put_right(p, CORRECTION_INDICATOR, id, 0, "metric", "规上工业产值");
    const struct stored_correction *list;
    size_t n;
    store_corrections_of(p->library->store, p->arena, CORRECTION_INDICATOR, id, 0, &list, &n, NULL);
    assert_int_equal(n, 2);
    assert_true(str_eq(list[0].was, was));
    assert_true(str_eq(list[1].was, was));
    assert_int_equal(corrections_undo(p->library, p->arena, &undone, &applied, &e), STATUS_OK);
    assert_text(undone.value, "规上工业产值");
    assert_text(value(p, CORRECTION_INDICATOR, id, 0, "metric"), "工业总产值");
    assert_int_equal(corrections_undo(p->library, p->arena, &undone, &applied, &e), STATUS_OK);
    assert_true(str_eq(value(p, CORRECTION_INDICATOR, id, 0, "metric"), was));
    assert_int_equal(corrections_undo(p->library, p->arena, &undone, &applied, &e),
                     STATUS_NOT_FOUND);
}

static void test_what_stands_nowhere_is_kept_and_told(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    put_right(p, CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, "subject", "规上企业");
    write_page(p, "one.txt", "", "## 别的事\n\n今天没有数字可说，只有风和海。\n");
    import(p);
    const struct correction_state *list;
    size_t n;
    corrections_list(p->library, p->arena, &list, &n, NULL);
    assert_int_equal(n, 1);
    assert_false(list[0].found);
    /* It is no reason to read anything again, also where its words stand among others. */
    write_page(p, "two.txt", "", "## 又一件事\n\n另一个县说，产值312.4亿元是去年的数。\n");
    import(p);
    assert_int_equal(import(p), 0);
    unlink(page_path(p, "two.txt"));
    write_page(p, "one.txt", "", PAGE);
    import(p);
    assert_text(value(p, CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, "subject"),
                "规上企业");
}

static void test_bad_values_are_refused(void **state)
{
    struct ground *p = *state;
    static const struct {
        const char *field, *value;
    } BAD[] = {{"value", "许多"}, {"kind", "size"}, {"target", "perhaps"}, {"colour", "red"}};
    write_page(p, "one.txt", "", PAGE);
    import(p);
    struct correction_subject subject = {CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, 0};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct error e = ERROR_NONE;
        bool applied;
        assert_int_equal(corrections_set(p->library, &subject, str_of(BAD[i].field),
                                         str_of(BAD[i].value), &applied, &e),
                         STATUS_BAD_INPUT);
    }
    const struct correction_state *list;
    size_t n;
    corrections_list(p->library, p->arena, &list, &n, NULL);
    assert_int_equal(n, 0);
}

/* A copy has the same words in the same surroundings; another page has only the words. */
/* --- A library that another person published */

static void publish(struct ground *p, const char *folder)
{
    const char *paths[] = {p->pages};
    struct import_options o = {.paths = paths, .n_paths = 1, .publish = folder};
    struct error e = ERROR_NONE;
    /* Whoever publishes has no corrections of this reader's. */
    setenv("XDG_DATA_HOME", p->pages, 1);
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    setenv("XDG_DATA_HOME", p->root, 1);
}

/* What a reader puts right shows to that reader alone, and nothing is written there. */
static void test_a_published_library_is_put_right_for_its_reader(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct correction undone;
    struct str before, after;
    bool applied;
    size_t n;
    const char *folder = path_join(p->arena, p->root, "published");
    const char *cache = path_join(p->arena, folder, "cache.db");
    write_page(p, "one.txt", "", PAGE);
    publish(p, folder);
    assert_int_equal(file_read(p->arena, cache, &before, NULL, &e), STATUS_OK);
    assert_int_equal(library_open(folder, &p->library, &e), STATUS_OK);
    assert_true(p->library->published);
    correct_all(p);
    hold(p);
    /* It holds the next time, and for nobody else. */
    library_close(p->library);
    assert_int_equal(library_open(folder, &p->library, &e), STATUS_OK);
    hold(p);
    assert_int_equal(library_recorrect(p->library, p->library->notes_path, &n, &e), STATUS_OK);
    hold(p);
    assert_int_equal(file_read(p->arena, cache, &after, NULL, &e), STATUS_OK);
    assert_true(str_eq(before, after));
    /* Published anew, what was put right is put right in that too. */
    write_page(p, "two.txt", "", "## 又一篇文章\n\n2023年，码头扩建完成，总投资9.25亿元。\n");
    publish(p, folder);
    library_refresh(p->library);
    assert_int_not_equal(passage_of(p, "码头扩建完成"), 0);
    assert_int_equal(library_recorrect(p->library, p->library->notes_path, &n, &e), STATUS_OK);
    hold(p);
    assert_int_not_equal(passage_of(p, "码头扩建完成"), 0);
    /* Taken back to the last, the published file itself is read. */
    while (corrections_undo(p->library, p->arena, &undone, &applied, &e) == STATUS_OK)
        assert_true(applied);
    assert_int_not_equal(indicator_of(p, "12.6%"), 0);
    assert_int_not_equal(indicator_of(p, "8.5亿元"), 0);
    assert_int_not_equal(access(p->library->own_path, F_OK), 0);
}

static void test_copies_are_corrected_and_others_not(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", "", PAGE);
    write_page(p, "two.txt", "转载\n\n", PAGE);
    write_page(p, "three.txt", "", "## 邻县\n\n邻县也说，全县实现产值312.4亿元，还在增长。\n");
    import(p);
    put_right(p, CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, "subject", "规上企业");
    size_t corrected = 0, same = 0;
    static const char *const PAGES[] = {"one.txt", "two.txt", "three.txt"};
    for (size_t k = 0; k < 3; k++) {
        struct stored_document d;
        uint32_t id = 0;
        store_document_by_path(p->library->store, str_of(page_path(p, PAGES[k])), &id, NULL);
        assert_int_equal(store_document(p->library->store, p->arena, id, &d, NULL), STATUS_OK);
        for (uint32_t i = 0; i < d.indicators; i++) {
            struct stored_indicator it;
            store_indicator(p->library->store, p->arena, d.first_indicator + i, &it, NULL);
            if (!str_eq(it.it.text, STR("312.4亿元")))
                continue;
            same++;
            corrected += str_eq(it.it.subject, STR("规上企业"));
        }
    }
    assert_int_equal(same, 3);
    assert_int_equal(corrected, 2);
}

/* One that another person wrote to a file, with lines that are none. */
static void test_corrections_are_taken_over(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    size_t taken, bad;
    bool applied;
    struct str text =
        STR("{\"kind\": \"indicator\", \"field\": \"subject\", \"value\": \"规上企业\","
            " \"was\": \"全镇\", \"author\": \"小李\", \"time\": 1700000000000,"
            " \"content_key\": 5, \"quoted\": \"312.4亿元\","
            " \"before\": \"全镇96家企业实现产值\", \"after\": \"，同比增长12.6%。\"}\n"
            "no json\n"
            "{\"kind\": \"indicator\", \"field\": \"kind\", \"value\": \"huge\","
            " \"quoted\": \"12.6%\"}\n");
    write_page(p, "one.txt", "", PAGE);
    import(p);
    assert_int_equal(corrections_take(p->library, p->arena, text, &taken, &bad, &applied, &e),
                     STATUS_OK);
    assert_string_equal(e.message, "");
    assert_int_equal(taken, 1);
    assert_int_equal(bad, 2);
    assert_true(applied);
    assert_text(value(p, CORRECTION_INDICATOR, indicator_of(p, "312.4亿元"), 0, "subject"),
                "规上企业");
    corrections_take(p->library, p->arena, text, &taken, &bad, &applied, &e);
    assert_int_equal(taken, 0);
}

/* The name at the first place that words stand at in a passage. */
static struct stored_mention mention_of(struct ground *p, uint32_t passage, const char *words)
{
    struct error e = ERROR_NONE;
    const struct stored_mention *mentions;
    struct stored_passage text;
    size_t n;
    assert_int_equal(store_passage(p->library->store, p->arena, passage, &text, &e), STATUS_OK);
    assert_int_equal(store_mentions_in(p->library->store, p->arena, passage, 1, &mentions, &n, &e),
                     STATUS_OK);
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_sub(text.text, mentions[i].start, mentions[i].end), str_of(words)))
            return mentions[i];
    return (struct stored_mention){0};
}

static void name_is_put_right(struct ground *p, const char *words, const char *field,
                              const char *to)
{
    uint32_t passage = passage_of(p, "还在增加");
    struct stored_mention m = mention_of(p, passage, words);
    struct correction_subject subject = {CORRECTION_NAME, passage, m.start, m.end};
    struct error e = ERROR_NONE;
    bool applied;
    assert_true(m.end > 0);
    corrections_set(p->library, &subject, str_of(field), str_of(to), &applied, &e);
    assert_string_equal(e.message, "");
    assert_true(applied);
}

/* Another type, other words, none at all; and back, one after the other. */
static void test_names_are_put_right(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct correction undone;
    struct stored_entity entity;
    bool applied;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    name_is_put_right(p, "云泽市经信局", "type", "place");
    struct stored_mention m = mention_of(p, passage_of(p, "还在增加"), "云泽市经信局");
    assert_int_equal(store_entity(p->library->store, p->arena, m.entity, &entity, &e), STATUS_OK);
    assert_int_equal(entity.type, ENTITY_PLACE);
    name_is_put_right(p, "云泽市经信局", "text", "市经信局");
    assert_int_equal(mention_of(p, passage_of(p, "还在增加"), "云泽市经信局").end, 0);
    assert_int_not_equal(mention_of(p, passage_of(p, "还在增加"), "市经信局").end, 0);
    name_is_put_right(p, "市经信局", "record", "none");
    assert_int_equal(mention_of(p, passage_of(p, "还在增加"), "市经信局").end, 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(corrections_undo(p->library, p->arena, &undone, &applied, &e), STATUS_OK);
    m = mention_of(p, passage_of(p, "还在增加"), "云泽市经信局");
    assert_int_not_equal(m.end, 0);
    assert_int_equal(store_entity(p->library->store, p->arena, m.entity, &entity, &e), STATUS_OK);
    assert_int_equal(entity.type, ENTITY_ORGANISATION);
}

/* What one person writes out another takes over: the very same corrections, of the same bytes. */
static void test_what_is_written_out_is_taken_over(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct correction undone;
    const struct correction_state *list, *again;
    const char *out = path_join(p->arena, p->root, "out.json"), *told = getenv("BAOLAN_PROGRAM");
    struct str text;
    size_t n, m, taken, bad;
    bool applied;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    correct_all(p);
    assert_int_equal(corrections_list(p->library, p->arena, &list, &n, &e), STATUS_OK);
    assert_true(n >= 11);
    const char *command = str_printf(p->arena, "'%s' corrections --json >%s",
                                     told != NULL ? told : "build/baolan", out)
                              .p;
    assert_int_equal(system(command), 0); // NOLINT(cert-env33-c): the test's own words
    assert_int_equal(file_read(p->arena, out, &text, NULL, &e), STATUS_OK);
    while (corrections_undo(p->library, p->arena, &undone, &applied, &e) == STATUS_OK)
        assert_true(applied);
    e = ERROR_NONE;
    assert_int_equal(corrections_take(p->library, p->arena, text, &taken, &bad, &applied, &e),
                     STATUS_OK);
    assert_int_equal(taken, n);
    assert_int_equal(bad, 0);
    hold(p);
    assert_int_equal(corrections_list(p->library, p->arena, &again, &m, &e), STATUS_OK);
    assert_int_equal(m, n);
    for (size_t i = 0; i < n; i++)
        assert_memory_equal(again[i].it.anchor->sha256, list[i].it.anchor->sha256, 32);
}

static void test_a_sample_is_kept_and_gone_on_with(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct sample s, again;
    struct sample_record record;
    write_page(p, "one.txt", "", PAGE);
    import(p);
    assert_int_equal(sample_open(p->library, p->arena, SAMPLE_INDICATORS, 3, 7, &s, &e), STATUS_OK);
    assert_int_equal(s.n, 3);
    assert_false(s.resumed);
    for (size_t i = 0; i < s.n; i++) {
        assert_int_equal(sample_find(p->library, p->arena, &s, i, &record, &e), STATUS_OK);
        assert_int_not_equal(record.subject.record, 0);
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(s.records[k].anchor.quoted, s.records[i].anchor.quoted));
    }
    sample_answer(p->library, p->arena, &s, 0, 'y', &e);
    sample_answer(p->library, p->arena, &s, 2, 'n', &e);
    /* Another seed and number mean nothing while it is not done. */
    sample_open(p->library, p->arena, SAMPLE_INDICATORS, 2, 9, &again, &e);
    assert_true(again.resumed);
    assert_int_equal(again.seed, 7);
    assert_int_equal(again.records[0].answer, 'y');
    assert_int_equal(again.records[1].answer, 0);
    sample_answer(p->library, p->arena, &again, 1, 'y', &e);
    assert_int_equal(sample_result(&again).judged, 3);
    assert_int_equal(sample_result(&again).right, 2);
    sample_open(p->library, p->arena, SAMPLE_INDICATORS, 2, 9, &again, &e);
    assert_false(again.resumed);
    assert_int_equal(again.n, 2);
    assert_int_equal(sample_open(p->library, p->arena, SAMPLE_PROPOSALS, 2, 9, &again, &e),
                     STATUS_NOT_FOUND);
}

/* Against values of Wilson's interval computed elsewhere. */
static void test_intervals(void **state)
{
    static const struct {
        size_t right, judged;
        int low, high; /* per mille */
    } KNOWN[] = {{8, 10, 490, 943}, {0, 10, 0, 278}, {100, 100, 963, 1000}, {95, 100, 888, 978}};
    (void)state;
    for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++) {
        struct sampled records[100] = {0};
        struct sample s = {.records = records, .n = 100};
        for (size_t i = 0; i < KNOWN[k].judged; i++)
            records[i].answer = i < KNOWN[k].right ? 'y' : 'n';
        struct sample_result r = sample_result(&s);
        assert_int_equal((int)(r.low * 1000 + 0.5), KNOWN[k].low);
        assert_int_equal((int)(r.high * 1000 + 0.5), KNOWN[k].high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_corrections_hold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_corrections_move_with_a_changed_file, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_read_is_kept_and_comes_back, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_stands_nowhere_is_kept_and_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_bad_values_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_corrections_are_taken_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_are_put_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_written_out_is_taken_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_sample_is_kept_and_gone_on_with, set_up, tear_down),
        cmocka_unit_test(test_intervals),
        cmocka_unit_test_setup_teardown(test_a_published_library_is_put_right_for_its_reader,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_copies_are_corrected_and_others_not, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
