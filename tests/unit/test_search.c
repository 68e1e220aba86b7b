/* Search against a plain scan of every passage by the same rule, and what the fields find. */
#include "../remove.h"
#include "baolan/answer.h"
#include "baolan/files.h"
#include "baolan/finder.h"
#include "baolan/library.h"
#include "baolan/search.h"
#include "baolan/store_sql.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char root[64];
static struct arena *kept, *arena;
static struct library *library;
static struct stored_passage *passages; /* [id - 1] */
static size_t n_passages;

static int setup(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    struct store_totals totals;
    snprintf(root, sizeof root, "/tmp/baolan-search-XXXXXX");
    assert_non_null(mkdtemp(root));
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_DATA_HOME", root, 1);
    kept = arena_new();
    arena = arena_new();
    /* The samples, or any folder that is named. */
    const char *pages = getenv("BAOLAN_TEST_PAGES");
    if (pages == NULL)
        pages = path_program_data(kept, "samples");
    struct import_options o = {.paths = &pages, .n_paths = 1};
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_int_equal(store_totals(library->store, &totals, &e), STATUS_OK);
    n_passages = (size_t)totals.passages;
    passages = arena_array(kept, struct stored_passage, n_passages);
    for (uint32_t i = 0; i < n_passages; i++)
        assert_int_equal(store_passage(library->store, kept, i + 1, &passages[i], &e), STATUS_OK);
    return n_passages == 0;
}

static int teardown(void **state)
{
    (void)state;
    library_close(library);
    arena_free(arena);
    arena_free(kept);
    remove_below(root);
    return 0;
}

static struct search_results results_of(const char *text, enum status wanted)
{
    struct query q;
    struct query_problem problem;
    struct error e = ERROR_NONE;
    struct search_results out = {0};
    struct search_options o = {.most = 100000, .exact = true, .notes = library->notes};
    assert_int_equal(query_parse(arena, str_of(text), false, &q, &problem), STATUS_OK);
    enum status status = search_run(library->store, arena, &q, &o, &out, &problem, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(status, wanted);
    return out;
}

static bool stands(const char *word, uint32_t passage)
{
    struct pattern p = pattern_of(arena, str_of(word), false);
    struct span where;
    return pattern_find(&p, fold_str(arena, passages[passage].text), 0, &where);
}

/* Words of the samples: pieces of one to five characters. */
static const char *random_word(void)
{
    for (;;) {
        struct str text = passages[(size_t)rand() % n_passages].text;
        size_t from = (size_t)rand() % (text.n + 1), to;
        while (from < text.n && ((unsigned char)text.p[from] & 0xC0) == 0x80)
            from++;
        to = from;
        for (int i = 0, n = 1 + rand() % 5; i < n; i++) {
            uint32_t c = utf8_at(text, to);
            if (c == '"' || c == '-' || c == '>' || c == '<' || c == '=' || c == ':' || c == '|' ||
                c == '*' || c == 0xFF1A || c == 0x201C || c == 0x201D || c == 0x300C ||
                c == 0x300D || (c >= 0xFF01 && c <= 0xFF5E && c != 0xFF0C) || point_is_space(c))
                break;
            utf8_next(text, &to);
        }
        struct pattern p = pattern_of(arena, str_sub(text, from, to), false);
        if (pattern_has_tokens(&p))
            return str_dup_c(arena, str_sub(text, from, to));
    }
}

/* Which passages a plain scan finds for two words: 1 both here, 2 apart in one article. */
static void scan(const char *one, const char *two, char *out)
{
    memset(out, 0, n_passages);
    size_t together = 0;
    for (uint32_t i = 0; i < n_passages; i++) {
        out[i] = stands(one, i) && stands(two, i);
        together += out[i] == 1;
    }
    for (uint32_t i = 0; i < n_passages && strcmp(one, two) != 0 && together < 50;) {
        uint32_t end = i;
        bool has_one = false, has_two = false;
        for (; end < n_passages && passages[end].article == passages[i].article; end++) {
            has_one = has_one || stands(one, end);
            has_two = has_two || stands(two, end);
        }
        for (; i < end; i++)
            if (has_one && has_two && out[i] == 0 && (stands(one, i) || stands(two, i)))
                out[i] = 2;
    }
}

static void assert_same(const struct search_results *r, const char *scanned, const char *query)
{
    size_t expected = 0;
    char *found = arena_alloc(arena, n_passages);
    for (size_t i = 0; i < n_passages; i++)
        expected += scanned[i] != 0;
    for (size_t i = 0; i < r->n_hits; i++) {
        const struct search_hit *h = &r->hits[i];
        assert_int_equal(found[h->passage - 1], 0);
        found[h->passage - 1] = h->apart ? 2 : 1;
    }
    if (memcmp(found, scanned, n_passages) != 0)
        print_message("query %s: %zu hits, %zu by scan\n", query, r->n_hits, expected);
    assert_memory_equal(found, scanned, n_passages);
    assert_int_equal(r->count, expected);
    assert_true(r->exact);
}

static void test_one_word(void **state)
{
    (void)state;
    srand(11);
    for (size_t round = 0; round < 300; round++) {
        const char *word = random_word();
        char *scanned = arena_alloc(arena, n_passages);
        for (uint32_t i = 0; i < n_passages; i++)
            scanned[i] = stands(word, i);
        struct search_results r = results_of(word, STATUS_OK);
        assert_same(&r, scanned, word);
        for (size_t i = 0; i < r.n_hits; i++) {
            struct pattern p = pattern_of(arena, str_of(word), false);
            struct str part =
                str_sub(passages[r.hits[i].passage - 1].text, r.hits[i].start, r.hits[i].end);
            struct span all;
            assert_true(pattern_find(&p, fold_str(arena, part), 0, &all));
        }
        arena_reset(arena);
    }
}

static bool never(void *context)
{
    (void)context;
    return false;
}

/* While one types, the last figure or Latin word may go on: 12.5 is the beginning of 12.53亿元.
 * What is asked of the index then may be less than what was typed; what is found is not. */
static void test_beginnings(void **state)
{
    (void)state;
    srand(12);
    for (size_t round = 0, figures = 0; figures < 150 && round < 20000; round++) {
        const char *word = random_word();
        struct pattern p = pattern_of(arena, str_of(word), true);
        if (p.text.n < 2 || point_class((unsigned char)p.text.p[p.text.n - 1]) < CLASS_LETTER)
            continue;
        figures++;
        struct query q;
        struct query_problem problem;
        struct error e = ERROR_NONE;
        struct search_results out = {0};
        struct search_options o = {.most = 100000, .exact = true, .cancelled = never};
        char *scanned = arena_alloc(arena, n_passages);
        for (uint32_t i = 0; i < n_passages; i++) {
            struct span where;
            scanned[i] = pattern_find(&p, fold_str(arena, passages[i].text), 0, &where);
        }
        assert_int_equal(query_parse(arena, str_of(word), true, &q, &problem), STATUS_OK);
        assert_int_equal(search_run(library->store, arena, &q, &o, &out, &problem, &e), STATUS_OK);
        assert_same(&out, scanned, word);
        arena_reset(arena);
    }
}

static void test_two_words(void **state)
{
    (void)state;
    srand(12);
    for (size_t round = 0; round < 100; round++) {
        const char *one = random_word(), *two = random_word();
        char *scanned = arena_alloc(arena, n_passages);
        scan(one, two, scanned);
        const char *text = str_printf(arena, "%s %s", one, two).p;
        struct search_results r = results_of(text, STATUS_OK);
        assert_same(&r, scanned, text);
        for (uint32_t i = 0; i < n_passages; i++)
            scanned[i] = stands(one, i) || stands(two, i);
        text = str_printf(arena, "%s OR %s", one, two).p;
        r = results_of(text, STATUS_OK);
        assert_same(&r, scanned, text);
        for (uint32_t i = 0; i < n_passages; i++)
            scanned[i] = stands(one, i) && !stands(two, i);
        text = str_printf(arena, "%s -%s", one, two).p;
        r = results_of(text, STATUS_OK);
        assert_same(&r, scanned, text);
        arena_reset(arena);
    }
}

static void test_groups(void **state)
{
    (void)state;
    struct search_results r = results_of("发展", STATUS_OK);
    size_t n = 0;
    assert_true(r.n_groups > 1);
    for (size_t g = 0; g < r.n_groups; g++) {
        assert_int_equal(r.groups[g].first, n);
        for (uint32_t i = 0; i < r.groups[g].n; i++) {
            assert_int_equal(r.hits[n].document, r.groups[g].document);
            assert_true(i == 0 || r.hits[n].passage > r.hits[n - 1].passage);
            n++;
        }
    }
    assert_int_equal(n, r.n_hits);
    arena_reset(arena);
}

static void test_fields(void **state)
{
    (void)state;
    struct stored_article article;
    uint32_t title = 0;
    while (title < n_passages && passages[title].kind != PASSAGE_TITLE)
        title++;
    assert_true(title < n_passages);
    assert_int_equal(store_article(library->store, kept, passages[title].article, &article, NULL),
                     STATUS_OK);
    struct str words = article.title;
    struct search_results r =
        results_of(str_printf(arena, "title:\"%.*s\"", STR_ARG(words)).p, STATUS_OK);
    assert_true(r.n_hits >= 1);
    for (size_t i = 0; i < r.n_hits; i++)
        if (r.hits[i].article == article.id)
            assert_int_equal(r.hits[i].passage, article.first_passage);
    assert_int_equal(results_of("date:1900", STATUS_OK).n_hits, 0);
    assert_int_equal(results_of("doc:no-such-file", STATUS_OK).n_hits, 0);
    assert_true(results_of("doc:.txt 发展", STATUS_OK).n_hits > 0);
    assert_int_equal(results_of("发展 -doc:.txt", STATUS_OK).n_hits, 0);
    results_of("date:someday", STATUS_BAD_INPUT);
    results_of("type:nonsense", STATUS_BAD_INPUT);
    struct search_results heads = results_of("type:title 的", STATUS_OK);
    for (size_t i = 0; i < heads.n_hits; i++)
        assert_int_equal(heads.hits[i].kind, PASSAGE_TITLE);
    arena_reset(arena);
}

/* A date may be a year, a month or a day, in half or full width, and either end may be open. */
static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *query, *same;
    } SAME[] = {
        {"date:2023", "date:2023..2023"},          {"date:2023-08", "date:2023/8"},
        {"date:2023-8-17", "date:2023.08.17"},     {"date:２０２３", "date:2023"},
        {"date:2023-08..", "date:2023-08..2999"},  {"date:..2023-08", "date:1000..2023-8-31"},
        {"date:2023..2024", "date:2023..2024-12"}, {"发展 -date:2024..", "发展 -date:2024..2999"},
    };
    static const char *const BAD[] = {
        "date:99",         "date:20235", "date:2023-13", "date:2023-0",     "date:2023-08-32",
        "date:2023-08-0",  "date:2023-", "date:-2023",   "date:2023-1-1-1", "date:2023..ever",
        "date:ever..2023", "date:..",    "date:2023年",  "date:2023-08-1x"};
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        struct search_results one = results_of(SAME[i].query, STATUS_OK);
        struct search_results other = results_of(SAME[i].same, STATUS_OK);
        assert_true(one.n_hits > 0);
        assert_int_equal(one.n_hits, other.n_hits);
        for (size_t k = 0; k < one.n_hits; k++)
            assert_int_equal(one.hits[k].passage, other.hits[k].passage);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        results_of(BAD[i], STATUS_BAD_INPUT);
    arena_reset(arena);
}

static int by_passage(const void *a, const void *b)
{
    const struct search_hit *x = a, *y = b;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

/* A field leaves the same passages whether it is worked out at once or, as where it has very many,
 * tested in each article that the words find. */
static void test_fields_article_by_article(void **state)
{
    (void)state;
    static const char *const fields[] = {
        "title:产业",  "speaker:记者",   "body:市",          "name:云泽", "type:proposal",
        "type:person", "type:indicator", "type:heading",     "doc:2024",  "date:2023..2024",
        "mark:重点",   "metric:产值",    "metric:产值 >100", ">100",      "=12.6"};
    static const char *const words[] = {"发展", "的", "发展 企业"};
    struct mark mark = {
        .kind = STR_INIT("article"), .field = STR_INIT("handling"), .value = STR_INIT("重点")};
    struct stored_article article;
    assert_int_equal(store_article(library->store, kept, 1, &article, NULL), STATUS_OK);
    mark.content_key = article.content_key;
    assert_int_equal(notes_put_mark(library->notes, &mark, NULL, NULL), STATUS_OK);
    size_t found = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        for (size_t k = 0; k < 2 * sizeof words / sizeof *words; k++) {
            struct query q;
            struct query_problem problem;
            struct search_results few;
            struct search_options o = {.most = 100000, .rows = 1, .notes = library->notes};
            const char *text =
                str_printf(arena, "%s %s%s", words[k / 2], k % 2 == 0 ? "" : "-", fields[i]).p;
            struct search_results all = results_of(text, STATUS_OK);
            assert_int_equal(query_parse(arena, str_of(text), false, &q, &problem), STATUS_OK);
            assert_int_equal(search_run(library->store, arena, &q, &o, &few, &problem, NULL),
                             STATUS_OK);
            if (few.n_hits != all.n_hits)
                print_message("query %s: %zu hits, all are %zu\n", text, few.n_hits, all.n_hits);
            assert_int_equal(few.n_hits, all.n_hits);
            struct search_hit *one = arena_array(arena, struct search_hit, few.n_hits + 1);
            struct search_hit *two = arena_array(arena, struct search_hit, few.n_hits + 1);
            memcpy(one, few.hits, few.n_hits * sizeof *one);
            memcpy(two, all.hits, few.n_hits * sizeof *two);
            qsort(one, few.n_hits, sizeof *one, by_passage);
            qsort(two, few.n_hits, sizeof *two, by_passage);
            for (size_t m = 0; m < few.n_hits; m++)
                assert_int_equal(one[m].passage, two[m].passage);
            found += few.n_hits > 0;
            arena_reset(arena);
        }
    assert_true(found > sizeof fields / sizeof *fields);
}

static bool always(void *context)
{
    (void)context;
    return true;
}

static void test_cancelled(void **state)
{
    (void)state;
    struct query q;
    struct query_problem problem;
    struct search_results out;
    struct search_options o = {.cancelled = always};
    assert_int_equal(query_parse(arena, STR("发展"), false, &q, &problem), STATUS_OK);
    assert_int_equal(search_run(library->store, arena, &q, &o, &out, &problem, NULL),
                     STATUS_INTERRUPTED);
    arena_reset(arena);
}

/* A title's first characters are found by their pinyin, after what has the very letters. */
static void test_pinyin(void **state)
{
    (void)state;
    struct finder *f;
    struct query q;
    struct query_problem problem;
    struct search_results out;
    struct search_options o = {0};
    if (getenv("BAOLAN_TEST_PAGES") != NULL)
        skip(); /* whose titles are not known here */
    assert_int_equal(finder_open(library, NULL, &f, NULL), STATUS_OK);
    assert_non_null(finder_pinyin(f));
    enum status status = finder_run(f, arena, STR("yunze"), false, &o, &q, &out, &problem, NULL);
    assert_int_equal(status, STATUS_OK);
    assert_true(q.clauses[0].terms[0].n_patterns > 1);
    assert_true(out.n_hits > 0);
    for (size_t i = 0; i < out.n_hits; i++) {
        assert_true(out.hits[i].pinyin);
        assert_true(out.hits[i].end > out.hits[i].start);
    }
    struct pinyin_hit hits[5];
    assert_true(finder_terms(f, arena, STR("yz"), hits, 5) > 0);
    status = finder_run(f, arena, STR("\"yunze\""), false, &o, &q, &out, &problem, NULL);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(out.n_hits, 0);
    finder_close(f);
    arena_reset(arena);
}

static void test_answer(void **state)
{
    (void)state;
    static const char *const questions[] = {"云泽2023年地区生产总值", "yunze gdp 2023",
                                            "2023年云泽的地区生产总值是多少？"};
    struct finder *f;
    struct card cards[5];
    size_t n;
    if (getenv("BAOLAN_TEST_PAGES") != NULL)
        skip();
    assert_int_equal(finder_open(library, NULL, &f, NULL), STATUS_OK);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        assert_int_equal(answer(f, library, arena, str_of(questions[i]), cards, 5, &n, NULL),
                         STATUS_OK);
        assert_true(n >= 1 && n <= 5);
        assert_true(str_starts(cards[0].indicator.it.text, STR("682.4")));
        assert_true(cards[0].line > 0);
        assert_true(str_eq(span_of(cards[0].sentence, cards[0].value), cards[0].indicator.it.text));
    }
    /* What was asked of a year is not told of another, where that year's is known. */
    assert_int_equal(answer(f, library, arena, STR("地区生产总值2024"), cards, 5, &n, NULL),
                     STATUS_OK);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        assert_true(str_starts(cards[i].indicator.it.period, STR("2024")));
    assert_int_equal(answer(f, library, arena, STR("安陵地区生产总值"), cards, 5, &n, NULL),
                     STATUS_OK);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++)
        assert_true(str_eq(cards[i].region, STR("安陵县")));
    assert_int_equal(answer(f, library, arena, STR("？！"), cards, 5, &n, NULL), STATUS_OK);
    assert_int_equal(answer(f, library, arena, STR("zzzz"), cards, 5, &n, NULL), STATUS_OK);
    assert_int_equal(n, 0);
    finder_close(f);
    arena_reset(arena);
}

static bool take_head(void *context, const struct str *names, size_t n)
{
    (void)names;
    *(size_t *)context = 0;
    return n > 0;
}

static bool take_row(void *context, const struct sql_value *values, size_t n)
{
    (void)values;
    ++*(size_t *)context;
    return n > 0;
}

static enum status ask(const char *sql, size_t *rows)
{
    return store_sql(library->store, arena, str_of(sql), take_head, take_row, rows, NULL);
}

static void test_sql(void **state)
{
    (void)state;
    static const char *const views[] = {"documents",  "articles",  "passages",
                                        "indicators", "proposals", "suggestions",
                                        "names",      "mentions",  "findings"};
    static const char *const refused[] = {"DELETE FROM documents",
                                          "UPDATE passages SET text=''",
                                          "ATTACH 'x' AS y",
                                          "PRAGMA query_only=OFF",
                                          "SELECT load_extension('x')",
                                          "CREATE TEMP TABLE t(x)",
                                          "SELECT 1; SELECT 2",
                                          "",
                                          "nonsense",
                                          "VACUUM INTO 'x'"};
    size_t rows;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        assert_int_equal(ask(str_printf(arena, "SELECT * FROM %s", views[i]).p, &rows), STATUS_OK);
    assert_int_equal(ask("SELECT * FROM passages", &rows), STATUS_OK);
    assert_int_equal(rows, n_passages);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_int_equal(ask(refused[i], &rows), STATUS_BAD_INPUT);
    /* The connection still serves. */
    assert_true(results_of("发展", STATUS_OK).n_hits > 0);
    arena_reset(arena);
}

/* Bytes of figures that nobody wrote so: whatever they are read as, a hit is within its passage.
 * The last test, for the library is damaged then. */
static void test_damaged_figures(void **state)
{
    (void)state;
    uint64_t random = 7;
    for (int round = 0; round < 20; round++) {
        sqlite3 *db;
        sqlite3_stmt *st;
        unsigned char bytes[200];
        random = random * 6364136223846793005u + 1442695040888963407u;
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)(random >> (i * 7 % 50)) ^ (unsigned char)(i * (size_t)round);
        assert_int_equal(sqlite3_open(library->cache_path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(db,
                                            "UPDATE indicator_pack SET packed=substr(packed, 1, ?1)"
                                            " || ?2 || substr(packed, ?1 + 9) WHERE first % 3 < 2",
                                            -1, &st, NULL),
                         SQLITE_OK);
        sqlite3_bind_int(st, 1, round * 5);
        sqlite3_bind_blob(st, 2, bytes, 1 + round * 9, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(st), SQLITE_DONE);
        sqlite3_finalize(st);
        sqlite3_close(db);
        struct search_results r = results_of("metric:产值", STATUS_OK);
        for (size_t i = 0; i < r.n_hits; i++) {
            const struct search_hit *hit = &r.hits[i];
            assert_true(hit->passage >= 1 && hit->passage <= n_passages);
            assert_true(hit->start <= hit->end);
            assert_true(hit->end <= passages[hit->passage - 1].text.n);
        }
        results_of(">100", STATUS_OK);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_word),
        cmocka_unit_test(test_beginnings),
        cmocka_unit_test(test_two_words),
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_fields_article_by_article),
        cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_answer),
        cmocka_unit_test(test_sql),
        cmocka_unit_test(test_pinyin),
        cmocka_unit_test(test_damaged_figures),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
