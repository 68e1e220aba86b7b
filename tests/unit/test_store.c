/* The store on real files in a temporary folder: import, what changed, what went, lists, anchors.
 */
#include "app/paging.h"
#include "baolan/finder.h"
#include "baolan/library.h"
#include "baolan/store_write.h"
#include "ground.h"
#include "store/internal.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static struct store_totals totals(void)
{
    struct library *library = open_library();
    struct store_totals t;
    assert_int_equal(store_totals(library->store, &t, NULL), STATUS_OK);
    library_close(library);
    return t;
}

#define ONE "## 海边的镇\n\n2023年，全镇实现产值386.5亿元。\n\n居民们说，这里变了。\n"
#define TWO "## 山里的村\n\n村里有三百户人家，种茶。\n"

static void test_import_reads_and_compares(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", ONE);
    write_page(p, "two.md", TWO);
    write_page(p, "three.jpg", "not asked for");
    struct import_progress first = import(p);
    assert_int_equal(first.files_read, 2);
    assert_true(first.walk_done);
    struct import_progress again = import(p);
    assert_int_equal(again.files_read, 0);
    assert_int_equal(again.files_unchanged, 2);
    assert_int_equal(totals().documents, 2);
}

static void test_only_what_changed_is_read(void **state)
{
    struct ground *p = *state;
    struct timespec times[2] = {{1700000000, 0}, {1700000000, 0}};
    write_page(p, "one.txt", ONE);
    write_page(p, "two.txt", TWO);
    import(p);
    int64_t passages = totals().passages;
    write_page(p, "one.txt", ONE "\n又过了一年。\n");
    /* Touched but the same: told by its hash, not read anew. */
    utimensat(AT_FDCWD, page_path(p, "two.txt"), times, 0);
    struct import_progress again = import(p);
    assert_int_equal(again.files_read, 1);
    assert_int_equal(again.files_unchanged, 1);
    assert_int_equal(totals().documents, 2);
    assert_int_equal(totals().passages, passages + 1);
    assert_int_equal(import(p).files_unchanged, 2);
}

static void test_vanished_files_leave_and_notes_stay(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    write_page(p, "one.txt", ONE);
    write_page(p, "two.txt", TWO);
    import(p);
    struct library *library = open_library();
    struct mark mark = {STR("document"), 7, STR("reading"), STR("read"), STR("me"), 0, NULL};
    assert_int_equal(notes_put_mark(library->notes, &mark, NULL, &e), STATUS_OK);
    library_close(library);
    unlink(page_path(p, "two.txt"));
    assert_int_equal(import(p).files_gone, 1);
    assert_int_equal(totals().documents, 1);
    library = open_library();
    uint32_t ids[4];
    size_t n;
    assert_int_equal(store_match(library->store, STR("种茶"), 0, ids, 4, &n, &e), STATUS_OK);
    assert_int_equal(n, 0);
    const struct mark *marks;
    assert_int_equal(notes_marks_of(library->notes, p->arena, STR("document"), 7, &marks, &n, &e),
                     STATUS_OK);
    assert_int_equal(n, 1);
    assert_true(str_eq(marks[0].value, STR("read")));
    library_close(library);
}

static void interrupt_import(void *context, const struct import_progress *progress)
{
    (void)context;
    if (progress->walk_done)
        library_import_interrupt();
}

static void test_interrupted_import_goes_on(void **state)
{
    struct ground *p = *state;
    char name[32];
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "%03d.txt", i);
        write_page(p, name, ONE);
    }
    const char *paths[] = {p->pages};
    struct import_options o = {.paths = paths, .n_paths = 1, .progress = interrupt_import};
    assert_int_equal(library_import(&o, NULL), STATUS_INTERRUPTED);
    int64_t done = totals().documents;
    assert_true(done < 300);
    import(p);
    assert_int_equal(totals().documents, 300);
    struct library *library = open_library();
    struct str verdict;
    assert_int_equal(store_check(library->store, p->arena, &verdict, NULL), STATUS_OK);
    assert_true(str_eq(verdict, STR("ok")));
    library_close(library);
}

static void test_a_job_tells_and_can_be_cancelled(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", ONE);
    const char *paths[] = {p->pages};
    struct import_options o = {.paths = paths, .n_paths = 1};
    struct import_job *job;
    struct import_progress progress;
    struct error e = ERROR_NONE;
    assert_int_equal(import_start(&o, &job, &e), STATUS_OK);
    while (import_poll(job, &progress))
        nanosleep(&(struct timespec){0, 1000000}, NULL);
    assert_int_equal(import_join(job, &e), STATUS_OK);
    assert_int_equal(progress.files_done, 1);
    assert_int_equal(import_start(&o, &job, &e), STATUS_OK);
    import_cancel(job);
    enum status status = import_join(job, NULL);
    assert_true(status == STATUS_OK || status == STATUS_INTERRUPTED);
}

static void test_another_version_is_made_anew(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    write_page(p, "one.txt", ONE);
    import(p);
    struct library *library = open_library();
    const char *path = str_dup_c(p->arena, str_of(library->cache_path));
    struct store *store;
    assert_int_equal(store_open(path, STORE_READ, 12345, &store, &e), STATUS_UNSUPPORTED);
    e = ERROR_NONE;
    assert_int_equal(store_open(path, STORE_WRITE, 12345, &store, &e), STATUS_OK);
    /* The folders are remembered, so that an import without paths reads them all again. */
    const struct str *folders;
    size_t n;
    assert_int_equal(store_folders(store, p->arena, &folders, &n, &e), STATUS_OK);
    assert_int_equal(n, 1);
    store_close(store);
    /* The reader that was open goes on with what it had, until it is told. */
    struct store_totals t;
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 1);
    assert_false(library_refresh(library));
    struct import_options o = {.n_paths = 0};
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_true(library_refresh(library));
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 1);
    library_close(library);
    assert_int_equal(totals().documents, 1);
}

static void test_a_damaged_cache_is_made_anew(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", ONE);
    import(p);
    struct library *library = open_library();
    const char *path = str_dup_c(p->arena, str_of(library->cache_path));
    library_close(library);
    FILE *f = fopen(path, "w");
    fputs("this is no database, whatever its name says. this is no database.", f);
    fclose(f);
    import(p);
    assert_int_equal(totals().documents, 1);
}

static void test_problems_are_told_once_and_the_rest_goes_on(void **state)
{
    struct ground *p = *state;
    write_page(p, "one.txt", ONE);
    FILE *f = fopen(page_path(p, "binary.txt"), "w");
    for (int i = 0; i < 4096; i++)
        fputc(i % 7 == 0 ? 'x' : 0, f);
    fclose(f);
    struct import_progress first = import(p);
    assert_int_equal(first.files_read, 1);
    assert_int_equal(first.files_skipped, 1);
    assert_int_equal(totals().problems, 1);
    assert_int_equal(import(p).files_unchanged, 2);
    unlink(page_path(p, "binary.txt"));
    import(p);
    assert_int_equal(totals().problems, 0);
}

static void test_forget(void **state)
{
    struct ground *p = *state;
    uint64_t removed;
    struct error e = ERROR_NONE;
    write_page(p, "one.txt", ONE);
    write_page(p, "two.txt", TWO);
    import(p);
    const char *paths[] = {page_path(p, "two.txt")};
    assert_int_equal(library_forget(NULL, paths, 1, &removed, &e), STATUS_OK);
    assert_int_equal(removed, 1);
    assert_int_equal(totals().documents, 1);
    const char *all[] = {p->pages};
    assert_int_equal(library_forget(NULL, all, 1, &removed, &e), STATUS_OK);
    assert_int_equal(removed, 1);
    struct store_totals t = totals();
    assert_int_equal(t.documents, 0);
    assert_int_equal(t.passages, 0);
    assert_int_equal(t.characters, 0);
}

static void test_an_article_knows_its_lines(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    write_page(p, "one.txt", ONE);
    import(p);
    struct library *library = open_library();
    uint32_t id;
    struct stored_document d;
    struct stored_article article;
    struct str path = str_of(path_absolute(p->arena, page_path(p, "one.txt")));
    assert_int_equal(store_document_by_path(library->store, path, &id, &e), STATUS_OK);
    assert_int_equal(store_document(library->store, p->arena, id, &d, &e), STATUS_OK);
    assert_true(str_eq(d.title, STR("海边的镇")));
    assert_int_equal(store_load_article(library->store, p->arena, d.first_article, &article, &e),
                     STATUS_OK);
    const struct stored_passage *last = &article.passages[article.n_passages - 1];
    assert_true(str_eq(last->text, STR("居民们说，这里变了。")));
    assert_int_equal(last->n_runs, 1);
    assert_int_equal(last->runs[0].line, 5);
    struct str source = STR(ONE);
    assert_true(str_eq(str_sub(source, last->runs[0].start, last->runs[0].end), last->text));
    const struct raw_line *lines;
    size_t n;
    bool changed;
    assert_int_equal(library_source_lines(library, p->arena, &d, 5, 5, &lines, &n, &changed, &e),
                     STATUS_OK);
    assert_int_equal(n, 1);
    assert_false(changed);
    assert_true(str_eq(lines[0].text, last->text));
    library_close(library);
}

static void test_anchors_find_their_words_again(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    write_page(p, "one.txt", ONE);
    import(p);
    struct library *library = open_library();
    uint32_t ids[2], passage, start, end;
    size_t n;
    struct anchor anchor;
    struct stored_passage it;
    assert_int_equal(store_match(library->store, STR("居民们"), 0, ids, 2, &n, &e), STATUS_OK);
    assert_int_equal(n, 1);
    assert_int_equal(store_anchor(library->store, p->arena, ids[0], 15, 27, &anchor, &e),
                     STATUS_OK);
    assert_true(str_eq(anchor.quoted, STR("这里变了")));
    library_close(library);
    /* Another name, and other text before it. */
    unlink(page_path(p, "one.txt"));
    write_page(p, "moved.txt", TWO "\n" ONE "\n真的，这里变了很多。\n");
    import(p);
    library = open_library();
    assert_int_equal(store_find_anchor(library->store, &anchor, &passage, &start, &end, &e),
                     STATUS_OK);
    assert_int_equal(store_passage(library->store, p->arena, passage, &it, &e), STATUS_OK);
    assert_true(str_eq(it.text, STR("居民们说，这里变了。")));
    assert_int_equal(start, 15);
    assert_int_equal(end, 27);
    library_close(library);
}

static void test_lists_page_both_ways(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    char name[32];
    for (int i = 0; i < 25; i++) {
        snprintf(name, sizeof name, "%02d.txt", i);
        write_page(p, name, i % 2 == 0 ? ONE : TWO);
    }
    import(p);
    struct library *library = open_library();
    for (int order = ORDER_ID; order <= ORDER_TITLE; order++) {
        struct list_query q = {.list = LIST_DOCUMENTS, .order = (enum store_order)order};
        uint32_t all[32], page[10];
        size_t n_all, n, seen = 0;
        struct list_from from = {0};
        assert_int_equal(store_list(library->store, &q, from, all, 32, &n_all, &e), STATUS_OK);
        assert_int_equal(n_all, 25);
        do {
            assert_int_equal(store_list(library->store, &q, from, page, 10, &n, &e), STATUS_OK);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(page[i], all[seen++]);
            from.after = n > 0 ? page[n - 1] : 0;
        } while (n == 10);
        assert_int_equal(seen, 25);
        from = (struct list_from){.after = all[12], .backwards = true};
        assert_int_equal(store_list(library->store, &q, from, page, 10, &n, &e), STATUS_OK);
        assert_int_equal(n, 10);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(page[i], all[11 - i]);
    }
    struct list_query q = {.list = LIST_DOCUMENTS, .name = STR_INIT("海边")};
    uint64_t count;
    bool exact;
    assert_int_equal(store_list_count(library->store, &q, 100, &count, &exact, &e), STATUS_OK);
    assert_int_equal(count, 13);
    assert_true(exact);
    assert_int_equal(store_list_count(library->store, &q, 5, &count, &exact, &e), STATUS_OK);
    assert_int_equal(count, 5);
    assert_false(exact);
    library_close(library);
}

static void test_marks_undo_and_places(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct notes *notes;
    const struct mark *marks;
    struct mark undone;
    struct str place;
    size_t n;
    const char *path = path_join(p->arena, p->root, "notes.db");
    assert_int_equal(notes_open(path, &notes, &e), STATUS_OK);
    struct mark mark = {STR("proposal"), -5, STR("reading"), STR("read"), STR("me"), 0, NULL};
    notes_put_mark(notes, &mark, NULL, &e);
    mark.value = STR("later");
    notes_put_mark(notes, &mark, NULL, &e);
    notes_marks_of(notes, p->arena, STR("proposal"), -5, &marks, &n, &e);
    assert_int_equal(n, 1);
    assert_true(str_eq(marks[0].value, STR("later")));
    assert_int_equal(notes_undo_mark(notes, p->arena, STR("me"), &undone, &e), STATUS_OK);
    assert_true(str_eq(undone.value, STR("later")));
    notes_marks(notes, p->arena, STR("proposal"), &marks, &n, &e);
    assert_int_equal(n, 1);
    assert_true(str_eq(marks[0].value, STR("read")));
    struct str history[] = {STR_INIT("a"), STR_INIT("b")};
    const struct str *back;
    notes_put_history(notes, STR("default"), history, 2, &e);
    notes_put_history(notes, STR("default"), history + 1, 1, &e);
    notes_history(notes, p->arena, STR("default"), &back, &n, &e);
    assert_int_equal(n, 1);
    notes_put_place(notes, STR("default"), NULL, STR("here"), &e);
    notes_close(notes);
    assert_string_equal(e.message, "");
    assert_int_equal(notes_open(path, &notes, &e), STATUS_OK);
    assert_int_equal(notes_place(notes, p->arena, STR("default"), NULL, &place, &e), STATUS_OK);
    assert_true(str_eq(place, STR("here")));
    notes_close(notes);
}

/* The ids that a question gives, one after the other. */
static struct str ids_of(struct store *s, struct arena *a, const char *sql)
{
    struct buffer b = buffer_in(a);
    bool row;
    sqlite3_stmt *st = database_prepare(&s->db, sql, NULL);
    assert_non_null(st);
    while (database_step(&s->db, st, &row, NULL) == STATUS_OK && row)
        buffer_printf(&b, "%d ", sqlite3_column_int(st, 0));
    return buffer_str(&b);
}

/* The table `indicator` is none of SQLite's own: it is asked in every way that it knows. */
static void test_figures_are_a_table(void **state)
{
    static const char *const same[][2] = {
        {"SELECT id FROM indicator ORDER BY id",
         "SELECT id FROM (SELECT id FROM indicator ORDER BY id DESC) ORDER BY +id"},
        {"SELECT id FROM indicator WHERE id>3 AND id<=20 ORDER BY id",
         "SELECT id FROM indicator WHERE +id>3 AND +id<=20 ORDER BY +id"},
        {"SELECT id FROM indicator WHERE id>=3 AND id<20 ORDER BY id DESC",
         "SELECT id FROM indicator WHERE +id>=3 AND +id<20 ORDER BY +id DESC"},
        {"SELECT id FROM indicator WHERE id=18", "SELECT id FROM indicator WHERE +id=18"},
        {"SELECT id FROM indicator WHERE metric=1 ORDER BY id",
         "SELECT id FROM indicator WHERE +metric=1 ORDER BY +id"},
        {"SELECT id FROM indicator_order ORDER BY id", "SELECT id FROM indicator ORDER BY id"},
        {"SELECT id FROM indicator WHERE id>1000000", "SELECT 1 WHERE 0"},
    };
    struct ground *p = *state;
    char page[4096];
    size_t n = (size_t)snprintf(page, sizeof page, "%s", ONE);
    for (int i = 1; i <= 40; i++)
        n += (size_t)snprintf(page + n, sizeof page - n, "\n2023年实现产值%d亿元。\n", 10 + i);
    write_page(p, "one.txt", page);
    import(p);
    struct library *library = open_library();
    struct store *s = library->store;
    assert_true(ids_of(s, p->arena, same[0][0]).n > 100);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(str_eq(ids_of(s, p->arena, same[i][0]), ids_of(s, p->arena, same[i][1])));
    library_close(library);
}

/* A statement that keeps a journal of its own makes the index write out what it has gathered, each
 * time a part of its own: then importing takes half as long again. */
static void test_the_index_is_written_at_the_commit(void **state)
{
    struct ground *p = *state;
    char page[4096];
    size_t n = (size_t)snprintf(page, sizeof page, "%s", ONE);
    for (int i = 1; i <= 40; i++)
        n += (size_t)snprintf(page + n, sizeof page - n, "\n第%d项任务已经完成。\n", i);
    write_page(p, "one.txt", page);
    import(p);
    struct library *library = open_library();
    static const char parts[] = "SELECT count(DISTINCT segid) FROM passage_index_idx";
    assert_true(str_eq(ids_of(library->store, p->arena, parts), STR("1 ")));
    library_close(library);
}

/* What a statement's plan reads from end to end, or NULL: each SCAN must be cut short by a LIMIT,
 * which sorting undoes, or run over an index of words. */
static bool plan_scans(struct database *db, const char *sql, char *what, size_t room)
{
    char explain[4096];
    bool row = true, scans = false, sorts = false;
    snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *st = database_prepare(db, explain, NULL);
    assert_non_null(st);
    while (database_step(db, st, &row, NULL) == STATUS_OK && row) {
        const char *detail = (const char *)sqlite3_column_text(st, 3);
        sorts |= strstr(detail, "TEMP B-TREE") != NULL;
        /* Of a virtual table, what is asked of it is told by its index: 0 and 16 (to and fro) are
         * all of the figures. */
        const char *index = strstr(detail, "VIRTUAL TABLE INDEX ");
        if (strncmp(detail, "SCAN", 4) != 0 || strstr(detail, "CONSTANT ROW") != NULL ||
            (index != NULL && strcmp(index, "VIRTUAL TABLE INDEX 0:") != 0 &&
             strcmp(index, "VIRTUAL TABLE INDEX 16:") != 0))
            continue;
        scans = true;
        snprintf(what, room, "%s in %s", detail, sql);
    }
    return scans && (sorts || strstr(sql, "LIMIT") == NULL);
}

/* A question of each kind, as `/` asks it. */
static void ask_searches(struct library *library, struct arena *a)
{
    static const char *const queries[] = {"村里",
                                          "村里 海边",
                                          "村里 -海边",
                                          "村里 OR 海边",
                                          "title:村里",
                                          "speaker:张",
                                          "body:张",
                                          "name:海边",
                                          "type:proposal",
                                          "type:person",
                                          "doc:one",
                                          "date:2023",
                                          "metric:产值",
                                          "metric:产值 >100亿元",
                                          "cunli",
                                          "type:indicator",
                                          "haibian cunli",
                                          "mark:重点",
                                          "村里 type:indicator",
                                          "村里 title:海边",
                                          "村里 speaker:张",
                                          "村里 body:张",
                                          "村里 name:海边",
                                          "村里 type:person",
                                          "村里 type:proposal",
                                          "村里 doc:one",
                                          "村里 mark:重点"};
    struct finder *finder;
    struct error e = ERROR_NONE;
    assert_int_equal(finder_open(library, NULL, &finder, &e), STATUS_OK);
    for (size_t i = 0; i < 2 * sizeof queries / sizeof *queries; i++) {
        /* A row is enough for a field to be tested in articles. */
        struct search_options o = {.most = 10, .rows = i % 2};
        struct query query;
        struct query_problem problem;
        struct search_results found;
        finder_run(finder, a, str_of(queries[i / 2]), true, &o, &query, &found, &problem, &e);
    }
    finder_close(finder);
}

/* Every question that a key may ask of the cache is asked, and the plan of each looked at. */
static void test_no_key_waits_for_a_scan(void **state)
{
    struct ground *p = *state;
    struct arena *a = p->arena;
    struct error e = ERROR_NONE;
    const char *questions[DATABASE_STATEMENTS];
    size_t n_questions = 0, n;
    write_page(p, "one.txt", ONE);
    write_page(p, "two.txt", TWO);
    import(p);
    struct library *library = open_library();
    struct store *s = library->store;
    uint32_t ids[8];
    for (int order = 0; order < ORDER_COUNT; order++)
        for (int list = 0; list < LIST_COUNT; list++) {
            static const enum store_list of[] = {
#define X(id, list, name) [id] = list,
                ORDER_TABLE(X)
#undef X
            };
            struct list_query q = {.list = (enum store_list)list, .order = (enum store_order)order};
            if (of[order] != LIST_COUNT && of[order] != (enum store_list)list)
                continue;
            for (uint32_t from = 0; from < 2; from++) {
                struct list_from where = {.after = from, .backwards = from == 1};
                assert_int_equal(store_list(s, &q, where, ids, 8, &n, &e), STATUS_OK);
                uint64_t row;
                store_list_row(s, &q, 1, &row, &e);
                q.document = 1;
                q.article = from;
                assert_int_equal(store_list(s, &q, where, ids, 8, &n, &e), STATUS_OK);
                q.document = 0;
            }
            uint64_t count;
            bool exact;
            q.article = 0;
            assert_int_equal(store_list_count(s, &q, 100, &count, &exact, &e), STATUS_OK);
        }
    struct stored_document document;
    struct stored_article article;
    struct stored_indicator indicator;
    struct stored_proposal proposal;
    struct stored_entity entity;
    struct stored_finding finding;
    struct stored_table table;
    struct stored_metric metric;
    struct stored_mention mention;
    const struct stored_mention *mentions;
    struct store_totals all;
    struct anchor anchor = {.quoted = STR_INIT("nothing")};
    uint32_t passage, start, end;
    const uint32_t *copies;
    store_document(s, a, 1, &document, NULL);
    store_load_article(s, a, 1, &article, NULL);
    store_indicator(s, a, 1, &indicator, NULL);
    store_load_proposal(s, a, 1, &proposal, NULL);
    store_entity(s, a, 1, &entity, NULL);
    store_finding(s, a, 1, &finding, NULL);
    store_table(s, a, 1, &table, NULL);
    store_metric(s, a, 1, &metric, NULL);
    store_mentions(s, 1, NULL, &mention, 1, &n, NULL);
    store_mentions_in(s, a, 1, 10, &mentions, &n, NULL);
    store_entities_by_spelling(s, STR("x"), ids, 8, &n, NULL);
    store_document_of_passage(s, 1, ids, NULL);
    store_anchor(s, a, 1, 0, 3, &anchor, NULL);
    store_find_anchor(s, &anchor, &passage, &start, &end, NULL);
    store_match(s, STR("村里"), 0, ids, 8, &n, NULL);
    store_copies(s, a, 1, &copies, &n, NULL);
    store_copies_count(s, 1, ids, NULL);
    store_copies_root(s, 1, ids, NULL);
    ask_searches(library, a);
    for (size_t i = 0; i < DATABASE_STATEMENTS; i++)
        if (s->db.statements[i] != NULL && strncmp(sqlite3_sql(s->db.statements[i]), "SEL", 3) == 0)
            questions[n_questions++] = str_dup_c(a, str_of(sqlite3_sql(s->db.statements[i])));
    assert_true(n_questions > 40);
    for (size_t i = 0; i < n_questions; i++) {
        char what[4096];
        if (plan_scans(&s->db, questions[i], what, sizeof what))
            fail_msg("%s", what);
    }
    /* The stored sums are few rows. */
    assert_int_equal(store_totals(s, &all, &e), STATUS_OK);
    library_close(library);
}

static void publish(struct ground *p, const char *folder)
{
    const char *paths[] = {p->pages};
    struct import_options o = {.paths = paths, .n_paths = 1, .publish = folder};
    struct error e = ERROR_NONE;
    library_import(&o, &e);
    assert_string_equal(e.message, "");
}

static size_t entries_of(const char *folder)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n;
}

static void test_a_published_library_is_read_without_writing(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct library *library;
    struct store_totals t;
    char *folder = path_join(p->arena, p->root, "published");
    write_page(p, "one.txt", ONE);
    publish(p, folder);
    chmod(folder, 0500);
    size_t before = entries_of(folder);
    assert_int_equal(library_open(folder, &library, &e), STATUS_OK);
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 1);
    assert_int_equal(entries_of(folder), before);
    chmod(folder, 0700);
    write_page(p, "two.txt", TWO);
    publish(p, folder);
    /* What is open stays as it was until it changes over. */
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 1);
    assert_true(library_refresh(library));
    assert_int_equal(store_totals(library->store, &t, &e), STATUS_OK);
    assert_int_equal(t.documents, 2);
    assert_int_equal(entries_of(folder), before);
    library_close(library);
}

static size_t findings_of(struct ground *p, uint32_t document, struct stored_finding *first)
{
    struct library *library = open_library();
    struct list_query q = {.list = LIST_FINDINGS, .document = document};
    struct error e = ERROR_NONE;
    uint32_t ids[8];
    uint64_t count;
    bool exact;
    size_t n;
    assert_int_equal(store_list(library->store, &q, (struct list_from){0}, ids, 8, &n, &e),
                     STATUS_OK);
    assert_int_equal(store_list_count(library->store, &q, 100, &count, &exact, &e), STATUS_OK);
    assert_int_equal(count, n);
    if (n > 0)
        assert_int_equal(store_finding(library->store, p->arena, ids[0], first, &e), STATUS_OK);
    library_close(library);
    return n;
}

#define SIGNED "本报讯　云泽·星海国际信息港总投资130亿元，昨日正式签约落户。\n"

/* One project with two total investments in two documents is one finding of both; a reprint adds
 * none, and with either document it goes. */
static void test_documents_that_disagree(void **state)
{
    struct ground *p = *state;
    struct stored_finding finding;
    write_page(p, "a.txt",
               "## 新城建设提速\n\n本报讯　总投资113亿元的云泽星海国际信息港项目开工建设。\n");
    write_page(p, "b.txt", "## 重大项目签约\n\n" SIGNED);
    import(p);
    assert_int_equal(findings_of(p, 0, &finding), 1);
    assert_int_equal(finding.it.kind, FINDING_CONFLICT);
    assert_int_not_equal(finding.across, 0);
    assert_int_not_equal(finding.across, finding.document);
    assert_int_equal(finding.it.n_indicators, 2);
    assert_int_equal(findings_of(p, finding.document, &finding), 1);
    assert_int_equal(findings_of(p, finding.across, &finding), 1);
    write_page(p, "c.txt", "## 转载\n\n" SIGNED);
    import(p);
    assert_int_equal(findings_of(p, 0, &finding), 1);
    /* The page that was reprinted is read anew: what it disputes is found again, and once. */
    write_page(p, "b.txt", "## 重大项目正式签约\n\n" SIGNED);
    import(p);
    assert_int_equal(findings_of(p, 0, &finding), 1);
    write_page(p, "a.txt", "## 新城建设提速\n\n本报讯　新城加快建设。\n");
    import(p);
    assert_int_equal(findings_of(p, 0, &finding), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* So many documents of a line, the names of which are not made in their order. */
static void write_lines(struct ground *p, int files)
{
    char name[32];
    for (int i = 0; i < files; i++) {
        snprintf(name, sizeof name, "%04d.txt", (i * 7) % files);
        write_page(p, name, "一行。\n");
    }
    import(p);
}

/* Rows by number are those of the list, whichever way and wherever one begins; and back. */
static void test_rows_by_number(void **state)
{
    enum { FILES = 3 * PAGING_ROWS + 7, STEP = 37 };
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct paging paging;
    struct arena *pages = arena_new();
    write_lines(p, FILES);
    struct library *library = open_library();
    for (int way = 0; way < 2; way++) {
        struct list_query q = {.list = LIST_DOCUMENTS, .order = ORDER_PATH, .descending = way == 1};
        uint32_t all[FILES];
        size_t n;
        assert_int_equal(store_list(library->store, &q, (struct list_from){0}, all, FILES, &n, &e),
                         STATUS_OK);
        assert_int_equal(n, FILES);
        assert_int_equal(paging_read(&paging, pages, library->store, &q, &e), STATUS_OK);
        assert_int_equal(paging.count, FILES);
        assert_int_equal(paging_id(&paging, FILES - 1), all[FILES - 1]);
        assert_int_equal(paging_id(&paging, FILES), 0);
        for (size_t i = 0, row = STEP; i < FILES; i++, row = (row + 5 * STEP) % FILES) {
            assert_int_equal(paging_id(&paging, row), all[row]);
            if (i % STEP == 0)
                assert_int_equal(paging_row(&paging, all[row]), row);
        }
        assert_int_equal(paging_row(&paging, 100000), SIZE_MAX);
    }
    struct list_query none = {.list = LIST_DOCUMENTS, .name = STR_INIT("没有")};
    assert_int_equal(paging_read(&paging, pages, library->store, &none, &e), STATUS_OK);
    assert_int_equal(paging.count, 0);
    assert_int_equal(paging_id(&paging, 0), 0);
    assert_int_equal(paging_row(&paging, 1), SIZE_MAX);
    library_close(library);
    arena_free(pages);
}

static int64_t commits_of(void)
{
    struct error e = ERROR_NONE;
    struct store_totals totals;
    struct library *library = open_library();
    assert_int_equal(store_totals(library->store, &totals, &e), STATUS_OK);
    library_close(library);
    return totals.commits;
}

/* A row that is known beforehand is not walked to: it is taken on trust, and its page is read from
 * its id to both sides; one that cannot be is found out. */
static void test_an_expected_row_is_not_walked_to(void **state)
{
    enum { FILES = 3 * PAGING_ROWS + 7 };
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct paging paging;
    struct arena *pages = arena_new();
    write_lines(p, FILES);
    struct library *library = open_library();
    static const size_t rows[] = {0, 1, 130, 2 * PAGING_ROWS - 1, FILES - 1};
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        struct list_query q = {
            .list = LIST_DOCUMENTS, .order = ORDER_PATH, .descending = i % 2 == 1};
        uint32_t all[FILES];
        size_t n, row = rows[i / 2];
        assert_int_equal(store_list(library->store, &q, (struct list_from){0}, all, FILES, &n, &e),
                         STATUS_OK);
        assert_int_equal(paging_read(&paging, pages, library->store, &q, &e), STATUS_OK);
        paging_expect(&paging, all[row], row);
        assert_int_equal(paging_row(&paging, all[row]), row);
        for (size_t near = row < 200 ? 0 : row - 200; near < FILES && near < row + 200; near++)
            assert_int_equal(paging_id(&paging, near), all[near]);
        /* Trusted, not counted. */
        assert_int_equal(paging_read(&paging, pages, library->store, &q, &e), STATUS_OK);
        paging_expect(&paging, all[200], 131);
        assert_int_equal(paging_row(&paging, all[200]), 131);
        /* No list begins so, or ends so, or is so long. */
        static const size_t wrong[] = {5, FILES - 6, FILES + 6, SIZE_MAX};
        for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
            size_t at = k == 0 ? 2 : FILES - 3;
            assert_int_equal(paging_read(&paging, pages, library->store, &q, &e), STATUS_OK);
            paging_expect(&paging, all[at], wrong[k]);
            assert_int_equal(paging_row(&paging, all[at]), at);
        }
    }
    library_close(library);
    arena_free(pages);
}

/* A row is known of one list alone: another order or filter has it elsewhere. */
static void test_lists_are_told_apart(void **state)
{
    (void)state;
    struct paging a = {.query = {.list = LIST_DOCUMENTS, .order = ORDER_PATH}}, b = a;
    assert_int_equal(paging_identity(&a), paging_identity(&b));
    b.query.order = ORDER_TITLE;
    assert_int_not_equal(paging_identity(&a), paging_identity(&b));
    b = a, b.query.descending = true;
    assert_int_not_equal(paging_identity(&a), paging_identity(&b));
    b = a, b.query.name = STR("甲");
    assert_int_not_equal(paging_identity(&a), paging_identity(&b));
    struct paging c = a;
    c.query.subject = STR("甲");
    assert_int_not_equal(paging_identity(&b), paging_identity(&c));
    b = a, b.query.kinds = 2;
    assert_int_not_equal(paging_identity(&a), paging_identity(&b));
}

/* What a known row is good for: the count of commits stays while nothing changes. */
static void test_commits_tell_a_changed_library(void **state)
{
    struct ground *p = *state;
    write_page(p, "a.txt", "一行。\n");
    import(p);
    int64_t first = commits_of();
    assert_true(first > 0);
    import(p);
    assert_int_equal(commits_of(), first);
    write_page(p, "a.txt", "二行。\n");
    import(p);
    int64_t second = commits_of();
    assert_true(second != first);
    write_page(p, "b.txt", "一行。\n");
    import(p);
    assert_true(commits_of() != second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_an_expected_row_is_not_walked_to),
        TEST(test_lists_are_told_apart),
        TEST(test_commits_tell_a_changed_library),
        TEST(test_import_reads_and_compares),
        TEST(test_only_what_changed_is_read),
        TEST(test_vanished_files_leave_and_notes_stay),
        TEST(test_interrupted_import_goes_on),
        TEST(test_a_job_tells_and_can_be_cancelled),
        TEST(test_another_version_is_made_anew),
        TEST(test_a_damaged_cache_is_made_anew),
        TEST(test_problems_are_told_once_and_the_rest_goes_on),
        TEST(test_forget),
        TEST(test_documents_that_disagree),
        TEST(test_an_article_knows_its_lines),
        TEST(test_anchors_find_their_words_again),
        TEST(test_lists_page_both_ways),
        TEST(test_rows_by_number),
        TEST(test_marks_undo_and_places),
        TEST(test_the_index_is_written_at_the_commit),
        TEST(test_figures_are_a_table),
        TEST(test_no_key_waits_for_a_scan),
        TEST(test_a_published_library_is_read_without_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
