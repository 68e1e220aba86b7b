/* Near copies: told from other texts, grouped as they come and go, counted once. */
#include "baolan/finder.h"
#include "baolan/sketch.h"
#include "ground.h"
#include "store/writer.h"

#define BODY_1                                                                      \
    "昨天，清澜河综合治理工程全面完工，总投资9."                \
    "8亿元，历时三年，沿河新建绿道6公里，关停小作坊146家，" \
    "水质由劣五类提升到三类。沿线居民纷纷走出家门，在河边散步、垂钓。\n\n"
#define BODY_2                                                                                                                                   \
    "云泽市水利局负责人表示，下一步将建立长效管护机制，落实河长责任，让一江清水永续东流。据了解，" \
    "工程共清淤42万立方米，新建污水管网38公里，改造排口210处。\n"
#define FIRST "## 清澜河治理完工\n\n" BODY_1 BODY_2
/* The same with another headline, its lines broken elsewhere, and a sentence more. */
#define COPY                                                                                                                                 \
    "## 三年治一河 "                                                                                                                    \
    "清澜河换新颜\n\n昨天，清澜河综合治理工程全面完工，总投资9.8亿元，\n历时三年，沿河新建绿道"      \
    "6公里，关停小作坊146家，\n水质由劣五类提升到三类。沿线居民纷纷走出家门，在河边散步、垂钓。\n" \
    "\n" BODY_2 "市民对此十分满意。\n"
#define OTHER                                                                                                                                 \
    "## "                                                                                                                                     \
    "夜市开张\n\n春风夜市昨天重新开张，摊位由80个增加到132个，可供市民选择的小吃有三百多种，首日"    \
    "迎客"                                                                                                                                  \
    "2."                                                                                                                                      \
    "1万人次，营业额38万元。云泽市水利局职工老李说，摊主们轮流值日，每晚十点半准时收摊，街面干净" \
    "整洁。\n"

/* A proposal, and a share that is not quite its part of the whole. */
#define SPEECH                                                                                                                     \
    "## 让电机产业强起来\n\n● 周岚委员代表民盟云泽市委会发言\n\n"                                         \
    "2022年，全市130家规上制造业企业实现产值386.5亿元。其中，电机行业实现产值140.7亿元，占比"   \
    "36.3%。目前产业链条还不够完整，本地配套偏少，专业人才比较紧缺。建议：\n\n"                    \
    "一是强化规划统筹。把电机产业放进全市制造业的总盘子，留出两百亩土地给新来的企业。\n\n" \
    "二是留住专业人才。与职业学院合办电机班，毕业后在本地就业的给予补贴。\n"

static bool alike(const char *left, const char *right)
{
    struct arena *a = arena_new();
    struct str texts[] = {str_of(left), str_of(right)};
    uint32_t *runs[2];
    size_t n[2];
    for (int i = 0; i < 2; i++)
        n[i] = sketch_runs(a, &texts[i], 1, &runs[i]);
    bool result = sketch_alike(runs[0], n[0], runs[1], n[1]);
    struct sketch_marks marks[2];
    for (int i = 0; i < 2; i++)
        sketch_mark(runs[i], n[i], &marks[i]);
    /* Marks tell no two apart that are alike. */
    assert_true(!result || sketch_may_be_alike(&marks[0], &marks[1]));
    arena_free(a);
    return result;
}

static void test_prints_of_one_piece_are_alike(void **state)
{
    (void)state;
    assert_true(alike(FIRST, FIRST));
    assert_true(alike(FIRST, COPY));
    assert_true(alike(COPY, FIRST));
    assert_false(alike(FIRST, OTHER));
    /* The same words with other figures are another report. */
    assert_false(alike(
        "1—8月，全市规模以上工业增加值同比增长7.6%，比上半年提高0.4个百分点，工业投资增长15.2%。",
        "1—9月，全市规模以上工业增加值同比增长7.1%，比上半年提高0.9个百分点，工业投资增长13.8%。"));
    /* A quotation is no copy. */
    assert_false(alike("水质由劣五类提升到三类。沿线居民纷纷走出家门", FIRST));
    assert_false(alike("", FIRST));
    struct str words = STR("太短了，什么也说明不了。");
    struct arena *a = arena_new();
    uint32_t *runs;
    size_t n = sketch_runs(a, &words, 1, &runs);
    assert_int_equal(sketch_of(runs, n).n, 0);
    arena_free(a);
}

struct sums {
    struct store_totals totals;
    uint32_t documents, mentions; /* of 云泽市水利局 */
    uint64_t listed;              /* indicators */
};

static struct sums count(const struct library *library)
{
    struct sums c;
    struct stored_entity entity;
    struct error e = ERROR_NONE;
    struct arena *a = arena_new();
    uint32_t id = 0;
    size_t n;
    bool exact;
    struct list_query q = {.list = LIST_INDICATORS, .kinds = 0xF};
    assert_int_equal(store_totals(library->store, &c.totals, &e), STATUS_OK);
    assert_int_equal(store_list_count(library->store, &q, 1000, &c.listed, &exact, &e), STATUS_OK);
    assert_int_equal(
        store_entities_by_spelling(library->store, STR("云泽市水利局"), &id, 1, &n, &e), STATUS_OK);
    assert_int_equal(store_entity(library->store, a, id, &entity, &e), STATUS_OK);
    c.documents = entity.documents;
    c.mentions = entity.mentions;
    arena_free(a);
    return c;
}

static void assert_same_counts(const struct sums *a, const struct sums *b)
{
    assert_int_equal(a->documents, b->documents);
    assert_int_equal(a->mentions, b->mentions);
    assert_int_equal(a->listed, b->listed);
    assert_int_equal(a->totals.indicators, b->totals.indicators);
    assert_int_equal(a->totals.mentions, b->totals.mentions);
}

/* Counts of what lies in the folder now, each indicator listed as often as it is counted. */
static struct sums import_and_count(struct ground *p)
{
    import(p);
    struct library *library = open_library();
    struct sums c = count(library);
    assert_int_equal(c.listed, c.totals.indicators);
    library_close(library);
    return c;
}

static size_t copies_of(struct ground *p, const char *name, const uint32_t **ids)
{
    struct library *library = open_library();
    struct stored_document d;
    struct error e = ERROR_NONE;
    uint32_t id;
    size_t n;
    assert_int_equal(store_document_by_path(library->store, str_of(page_path(p, name)), &id, &e),
                     STATUS_OK);
    assert_int_equal(store_document(library->store, p->arena, id, &d, &e), STATUS_OK);
    assert_int_equal(store_copies(library->store, p->arena, d.first_article, ids, &n, &e),
                     STATUS_OK);
    /* All of them know each other by one id; who is alone has none. */
    uint32_t root, other;
    assert_int_equal(store_copies_root(library->store, d.first_article, &root, &e), STATUS_OK);
    assert_int_equal(root != 0, n > 0);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(store_copies_root(library->store, (*ids)[i], &other, &e), STATUS_OK);
        assert_int_equal(other, root);
    }
    library_close(library);
    return n;
}

static void test_copies_are_grouped_and_counted_once(void **state)
{
    struct ground *p = *state;
    const uint32_t *ids;
    write_page(p, "a.txt", FIRST);
    write_page(p, "b.txt", OTHER);
    struct sums alone = import_and_count(p);
    assert_int_equal(alone.documents, 2);
    assert_true(alone.listed > 6);
    assert_int_equal(copies_of(p, "a.txt", &ids), 0);
    write_page(p, "c.txt", COPY);
    write_page(p, "d.txt", FIRST "\n");
    struct sums both = import_and_count(p);
    assert_same_counts(&alone, &both);
    assert_int_equal(both.totals.documents, 4);
    assert_int_equal(copies_of(p, "a.txt", &ids), 2);
    assert_int_equal(copies_of(p, "d.txt", &ids), 2);
    assert_int_equal(copies_of(p, "b.txt", &ids), 0);
}

static void test_a_copy_takes_the_place_of_what_went(void **state)
{
    struct ground *p = *state;
    const uint32_t *ids;
    write_page(p, "a.txt", FIRST);
    write_page(p, "b.txt", OTHER);
    struct sums alone = import_and_count(p);
    write_page(p, "c.txt", COPY);
    write_page(p, "d.txt", FIRST "\n");
    import(p);
    unlink(page_path(p, "a.txt"));
    struct sums left = import_and_count(p);
    assert_same_counts(&alone, &left);
    assert_int_equal(copies_of(p, "c.txt", &ids), 1);
    /* One is rewritten into another piece: nothing is left of the group. */
    write_page(p, "d.txt", "## 海边的镇\n\n2023年，全镇实现产值386.5亿元。\n");
    import(p);
    assert_int_equal(copies_of(p, "c.txt", &ids), 0);
    write_page(p, "a.txt", FIRST);
    unlink(page_path(p, "d.txt"));
    unlink(page_path(p, "c.txt"));
    struct sums again = import_and_count(p);
    assert_same_counts(&alone, &again);
    assert_int_equal(copies_of(p, "a.txt", &ids), 0);
}

/* How many proposals and findings the lists of all have: each as many as the totals count. */
static void assert_listed_once(struct ground *p)
{
    import(p);
    struct library *library = open_library();
    struct store_totals totals;
    struct error e = ERROR_NONE;
    assert_int_equal(store_totals(library->store, &totals, &e), STATUS_OK);
    assert_int_equal(totals.proposals, 1);
    assert_int_equal(totals.findings, 1);
    static const enum store_list lists[] = {LIST_PROPOSALS, LIST_FINDINGS};
    for (size_t i = 0; i < 2; i++) {
        struct list_query q = {.list = lists[i]};
        uint32_t ids[4];
        size_t n;
        assert_int_equal(store_list(library->store, &q, (struct list_from){0}, ids, 4, &n, &e),
                         STATUS_OK);
        assert_int_equal(n, 1);
    }
    library_close(library);
}

static void test_proposals_and_findings_of_copies_are_listed_once(void **state)
{
    struct ground *p = *state;
    write_page(p, "a.txt", SPEECH);
    assert_listed_once(p);
    write_page(p, "b.txt", SPEECH "\n");
    assert_listed_once(p);
    unlink(page_path(p, "a.txt"));
    assert_listed_once(p);
    write_page(p, "a.txt", SPEECH);
    unlink(page_path(p, "b.txt"));
    assert_listed_once(p);
}

/* Hits for a word, and how many the first stands for. */
static size_t hits_of(const struct ground *p, bool copies, uint32_t *left_out)
{
    struct library *library = open_library();
    struct finder *finder;
    struct search_results results;
    struct query query;
    struct query_problem problem;
    struct error e = ERROR_NONE;
    struct search_options options = {.exact = true, .copies = copies};
    assert_int_equal(finder_open(library, NULL, &finder, &e), STATUS_OK);
    assert_int_equal(finder_run(finder, p->arena, STR("专业人才"), false, &options, &query,
                                &results, &problem, &e),
                     STATUS_OK);
    assert_int_equal(results.count, results.n_hits);
    *left_out = results.n_hits > 0 ? results.hits[0].copies : 0;
    finder_close(finder);
    library_close(library);
    return results.n_hits;
}

static void test_hits_in_copies_are_given_once(void **state)
{
    struct ground *p = *state;
    uint32_t left_out;
    write_page(p, "a.txt", SPEECH);
    import(p);
    size_t alone = hits_of(p, false, &left_out);
    assert_int_equal(left_out, 0);
    write_page(p, "b.txt", SPEECH "\n");
    write_page(p, "c.txt", OTHER);
    import(p);
    assert_int_equal(hits_of(p, false, &left_out), alone);
    assert_int_equal(left_out, 1);
    assert_int_equal(hits_of(p, true, &left_out), 2 * alone);
    assert_int_equal(left_out, 0);
}

/* Short texts and long ones are sorted each in its way. */
static void test_runs_are_ascending_each_once(void **state)
{
    enum { MOST = 30000 };
    struct arena *a = arena_new();
    char *text = arena_alloc(a, 3 * MOST);
    uint32_t *runs, seed = 1;
    (void)state;
    for (size_t n = 3; n <= MOST; n = n * 5 / 2) {
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            memcpy(text + 3 * i, (char[]){(char)0xE6, (char)(0x80 | seed >> 26), (char)0xB0}, 3);
        }
        struct str whole = {text, 3 * n};
        size_t found = sketch_runs(a, &whole, 1, &runs);
        assert_true(found <= n && (n < 4 || found > n / 2));
        for (size_t i = 1; i < found; i++)
            assert_true(runs[i - 1] < runs[i]);
    }
    arena_free(a);
}

/* Few rows and many, of keys that differ in few bytes and in all. */
static void test_rows_come_in_the_order_of_their_keys(void **state)
{
    enum { MOST = 3000 };
    struct arena *a = arena_new();
    struct order_row *rows = arena_array(a, struct order_row, MOST);
    uint64_t seed = 1;
    (void)state;
    for (size_t n = 0; n <= MOST; n = n * 3 + 1) {
        for (uint32_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            rows[i] = (struct order_row){i % 2 == 0 ? seed >> 60 : seed, seed >> 32 & 0xF00FF, i};
        }
        const struct order_row *sorted = order_rows(a, rows, n);
        bool *seen = arena_array(a, bool, n + 1);
        for (size_t i = 0; i < n; i++) {
            assert_false(seen[sorted[i].index]);
            seen[sorted[i].index] = true;
            if (i == 0)
                continue;
            const struct order_row *before = &sorted[i - 1], *row = &sorted[i];
            assert_true(before->high < row->high ||
                        (before->high == row->high && before->low <= row->low));
        }
    }
    arena_free(a);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prints_of_one_piece_are_alike),
        cmocka_unit_test(test_runs_are_ascending_each_once),
        cmocka_unit_test(test_rows_come_in_the_order_of_their_keys),
        TEST(test_copies_are_grouped_and_counted_once),
        TEST(test_a_copy_takes_the_place_of_what_went),
        TEST(test_proposals_and_findings_of_copies_are_listed_once),
        TEST(test_hits_in_copies_are_given_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
