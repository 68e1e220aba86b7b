/* Every statement of SQL that what a person does makes fails in turn, when it is prepared or when
 * it gives a row: what was to be done then fails with a sentence, or does without; the same library
 * does it the next time, and both databases are sound. Some of the statements of each; all with
 * BAOLAN_FAULTS=all. */
#include "../remove.h"
#include "app/article_links.h"
#include "app/briefing.h"
#include "app/corrections.h"
#include "app/docket.h"
#include "app/document_filter.h"
#include "app/figure_page.h"
#include "app/figure_sets.h"
#include "app/figures.h"
#include "app/finding_list.h"
#include "app/name_counts.h"
#include "app/name_edits.h"
#include "app/name_index.h"
#include "app/paging.h"
#include "app/related.h"
#include "app/sample.h"
#include "baolan/answer.h"
#include "baolan/finder.h"
#include "baolan/library.h"
#include "baolan/store_corrections.h"
#include "baolan/store_sql.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { FIRST = 20, SOME = 16, IDS = 4 };

/* --- The statement that fails ------------------------------------------------------------------
 */

static long calls, due;
static bool is_failed;

static bool fails_now(void)
{
    is_failed = ++calls == due;
    return is_failed;
}

int __real_sqlite3_step(sqlite3_stmt *st);
int __wrap_sqlite3_step(sqlite3_stmt *st);
int __real_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags,
                              sqlite3_stmt **out, const char **tail);
int __wrap_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags,
                              sqlite3_stmt **out, const char **tail);
int __real_sqlite3_extended_errcode(sqlite3 *db);
int __wrap_sqlite3_extended_errcode(sqlite3 *db);

int __wrap_sqlite3_step(sqlite3_stmt *st)
{
    return fails_now() ? SQLITE_IOERR : __real_sqlite3_step(st);
}

int __wrap_sqlite3_prepare_v3(sqlite3 *db, const char *sql, int n, unsigned flags,
                              sqlite3_stmt **out, const char **tail)
{
    return fails_now() ? SQLITE_IOERR : __real_sqlite3_prepare_v3(db, sql, n, flags, out, tail);
}

int __wrap_sqlite3_extended_errcode(sqlite3 *db)
{
    return is_failed ? SQLITE_IOERR_READ : __real_sqlite3_extended_errcode(db);
}

/* --- What is done ------------------------------------------------------------------------------
 */

static struct ground {
    char root[64];
    struct library *library;
    struct store *store;
    struct notes *notes;
} ground;

static struct lexicons *lexicons;
static struct arena *kept;

#define DO(call)                 \
    do {                         \
        enum status s_ = (call); \
        if (s_ != STATUS_OK)     \
            return s_;           \
    } while (0)

typedef enum status deed(struct arena *a, struct error *e);

static enum status lists(struct arena *a, struct error *e)
{
    static const struct list_query QUERIES[] = {
        {.list = LIST_DOCUMENTS, .order = ORDER_DATE, .descending = true},
        {.list = LIST_DOCUMENTS, .order = ORDER_TITLE, .name = STR_INIT("云泽")},
        {.list = LIST_PROPOSALS, .order = ORDER_SPEAKER},
        {.list = LIST_PROPOSALS, .speaker = STR_INIT("陆")},
        {.list = LIST_INDICATORS, .order = ORDER_METRIC, .kinds = 3},
        {.list = LIST_INDICATORS, .document = 1},
        {.list = LIST_INDICATORS, .article = 2, .period = STR_INIT("2023")},
        {.list = LIST_METRICS, .order = ORDER_METRIC_COUNT, .descending = true},
        {.list = LIST_METRICS, .name = STR_INIT("产值")},
        {.list = LIST_ENTITIES, .order = ORDER_DOCUMENTS, .kinds = 6},
        {.list = LIST_ENTITIES, .order = ORDER_ENTITY_NAME, .name = STR_INIT("公司")},
        {.list = LIST_FINDINGS, .order = ORDER_FINDING_KIND},
        {.list = LIST_TABLES, .document = 1},
    };
    (void)a;
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++) {
        uint32_t ids[IDS];
        size_t found;
        uint64_t count, row;
        bool exact;
        DO(store_list(ground.store, &QUERIES[i], (struct list_from){.skip = 1}, ids, IDS, &found,
                      e));
        if (found > 1) {
            struct list_from back = {.after = ids[found - 1], .backwards = true};
            DO(store_list_row(ground.store, &QUERIES[i], ids[found - 1], &row, e));
            DO(store_list(ground.store, &QUERIES[i], back, ids, IDS, &found, e));
        }
        DO(store_list_count(ground.store, &QUERIES[i], 1000, &count, &exact, e));
    }
    return STATUS_OK;
}

static enum status records(struct arena *a, struct error *e)
{
    for (uint32_t id = 1; id <= IDS; id++) {
        struct stored_document document;
        struct stored_article article;
        struct stored_passage passage;
        struct stored_indicator indicator;
        struct stored_metric metric;
        struct stored_entity entity;
        struct stored_proposal proposal;
        struct stored_table table;
        struct anchor anchor;
        struct str text;
        uint32_t at, start, end;
        const struct str *spellings;
        const struct stored_mention *mentions;
        const uint32_t *ids;
        size_t n;
        DO(store_document(ground.store, a, id, &document, e));
        DO(store_load_article(ground.store, a, id, &article, e));
        DO(store_passage(ground.store, a, id * 3, &passage, e));
        DO(store_indicator(ground.store, a, id, &indicator, e));
        DO(store_metric(ground.store, a, id, &metric, e));
        DO(store_entity(ground.store, a, id, &entity, e));
        DO(store_load_proposal(ground.store, a, id, &proposal, e));
        DO(store_proposal_brief(ground.store, a, id, &proposal, e));
        DO(store_copies(ground.store, a, id, &ids, &n, e));
        DO(store_spellings(ground.store, a, id, &spellings, &n, e));
        DO(store_mentions_in(ground.store, a, id, 30, &mentions, &n, e));
        DO(store_metric_by_name(ground.store, metric.name, &at, e));
        DO(store_document_by_path(ground.store, document.path, &at, e));
        DO(store_document_of_passage(ground.store, id * 3, &at, e));
        DO(store_anchor(ground.store, a, id * 3, 0, 6, &anchor, e));
        DO(store_find_anchor(ground.store, &anchor, &at, &start, &end, e));
        if (id == 1)
            DO(store_table(ground.store, a, id, &table, e));
        if (store_converted(ground.store, a, id, &text, e) == STATUS_IO)
            return STATUS_IO;
    }
    return STATUS_OK;
}

static bool see_term(void *context, enum term_kind kind, uint32_t id, struct str term,
                     uint32_t count)
{
    (void)context;
    (void)kind;
    return id > 0 && term.n > 0 && count < UINT32_MAX;
}

static bool see_document(void *context, uint32_t id, struct str title, struct str path)
{
    (void)context;
    (void)title;
    return id > 0 && path.n > 0;
}

static enum status whole(struct arena *a, struct error *e)
{
    struct store_totals totals;
    const struct stored_count *counts;
    const struct name_count *rates;
    struct name_sums sums;
    const struct str *folders;
    const struct stored_problem *problems;
    struct str verdict;
    size_t n;
    DO(store_totals(ground.store, &totals, e));
    DO(store_folders(ground.store, a, &folders, &n, e));
    DO(store_problems(ground.store, a, &problems, &n, e));
    DO(store_text_counts(ground.store, a, NULL, &counts, &n, e));
    DO(store_name_counts(ground.store, a, 1, NULL, &counts, &n, e));
    DO(name_sums_read(ground.store, a, 1, NULL, &sums, e));
    DO(name_counts_of(ground.store, a, &sums, 3, &rates, &n, e));
    DO(store_each_document(ground.store, see_document, NULL, e));
    DO(store_each_term(ground.store, 50, see_term, NULL, e));
    DO(store_check(ground.store, a, &verdict, e));
    return str_eq(verdict, STR("ok")) ? STATUS_OK : error_set(e, STATUS_CORRUPT, "unsound");
}

static enum status searches(struct arena *a, struct error *e)
{
    static const char *const QUERIES[] = {
        "产值 家纺", "“高质量发展” OR 直播", "-云泽 title:提案",    "tuoguan",
        "by:陆承志", "metric:产值>1亿元",    "metric:*>=10%",       "date:2023 path:提案",
        "name:家纺", "mark:重点 产值",       "heading:建议 note:x", "kind:proposal 直播",
    };
    struct finder *finder;
    DO(finder_open(ground.library, lexicons, &finder, e));
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES && status == STATUS_OK; i++) {
        struct search_options o = {.exact = i % 2 == 1, .document = i % 4 == 3 ? 1 : 0};
        struct query query;
        struct search_results results;
        struct query_problem problem;
        status =
            finder_run(finder, a, str_of(QUERIES[i]), false, &o, &query, &results, &problem, e);
        if (status == STATUS_BAD_INPUT)
            status = STATUS_OK;
    }
    finder_close(finder);
    return status;
}

static enum status answers(struct arena *a, struct error *e)
{
    struct card cards[3], card;
    struct finder *finder;
    size_t n;
    DO(finder_open(ground.library, lexicons, &finder, e));
    enum status status = answer(finder, ground.library, a, STR("2022年家纺产值"), cards, 3, &n, e);
    if (status == STATUS_OK)
        status = answer(finder, ground.library, a, STR("直播基地有多少家"), cards, 3, &n, e);
    finder_close(finder);
    return status == STATUS_OK ? card_of(ground.library, a, 5, &card, e) : status;
}

static enum status load_figures(struct figures *f, struct arena *a, struct error *e)
{
    struct figure_cells cells;
    struct stored_indicator it;
    const struct series_figure *shown;
    size_t n;
    DO(figures_load(f, &(struct list_query){.list = LIST_INDICATORS}, e));
    figure_cells_begin(&cells, a, f, 0, PIVOT_METRIC, PIVOT_YEAR);
    DO(figure_cells_step(&cells, 20, e));
    DO(store_indicator(ground.store, a, 3, &it, e));
    return figure_series(ground.store, a, NULL, &it, 3, NULL, &shown, &n, e);
}

static enum status figures(struct arena *a, struct error *e)
{
    struct figures f;
    struct figure_page page;
    DO(figures_open(&f, ground.store, e));
    enum status status = load_figures(&f, a, e);
    figures_close(&f);
    if (status == STATUS_OK)
        status = figure_page_begin(ground.store, a, 3, &page, e);
    while (status == STATUS_OK && !page.whole)
        status = figure_page_step(ground.store, a, &page, e);
    return status;
}

static const char *word_of_type(enum entity_type type)
{
    return type == 0 ? "one" : "other";
}

static const char *word_of_finding(enum finding_kind kind)
{
    return kind == 0 ? "one" : "other";
}

static enum status names(struct arena *a, struct error *e)
{
    struct name_index index;
    struct name_page page;
    struct arena *pages = arena_new();
    struct paging paging = {0};
    DO(name_index_open(&index, ground.store, word_of_type, e));
    enum status status = name_index_load(&index, e);
    if (status == STATUS_OK &&
        name_index_at(&index, listing_row_at(&index.listing, 0).item)->id == 0)
        status = error_set(e, STATUS_IO, "a row cannot be read");
    name_index_close(&index);
    if (status == STATUS_OK)
        status = name_page_read(ground.store, a, 1, &page, e);
    while (status == STATUS_OK && !page.whole)
        status = name_page_go_on(ground.store, a, &page, e);
    if (status == STATUS_OK)
        status = paging_read(&paging, pages, ground.store,
                             &(struct list_query){.list = LIST_ENTITIES}, e);
    if (status == STATUS_OK && paging_id(&paging, 0) == 0)
        status = error_set(e, STATUS_IO, "a row cannot be read");
    arena_free(pages);
    return status;
}

static enum status read_docket(struct docket *d, struct arena *a, struct error *e)
{
    struct related *related;
    const struct similar *similar;
    const struct report *reports;
    const size_t *items;
    size_t n;
    DO(docket_begin(d, 2, e));
    DO(docket_more(d, 2, e));
    DO(docket_load(d, e));
    for (int format = BRIEFING_MARKDOWN; format <= BRIEFING_JSON; format++) {
        struct buffer out = buffer_in(a);
        DO(briefing_write(d, (enum briefing_format)format, &(struct briefing_options){0}, &out, e));
    }
    DO(related_new(a, d, &related, e));
    DO(related_proposals(related, a, 0, 5, &similar, &n, e));
    DO(related_reports(related, a, 0, 5, &reports, &n, e));
    return related_by_name(related, a, 1, &items, &n, e);
}

static enum status docket(struct arena *a, struct error *e)
{
    struct review_form form;
    struct review *review = NULL;
    struct docket d = {0};
    struct mark undone;
    DO(review_form_load(a, &form, NULL, NULL, e));
    enum status status =
        review_open(a, ground.notes, &form, STR("proposal"), STR("me"), &review, e);
    if (status == STATUS_OK)
        status = docket_open(&d, ground.store, review, e);
    if (status == STATUS_OK)
        status = read_docket(&d, a, e);
    if (status == STATUS_OK) {
        struct review_subject about[] = {{d.items[0].content_key, docket_anchor(&d, 0, a)},
                                         {d.items[1].content_key, NULL}};
        status = review_set(review, about, 2, STR("note"), STR("x"), e);
    }
    if (status == STATUS_OK)
        status = notes_undo_mark(ground.notes, a, STR("me"), &undone, e);
    docket_close(&d);
    review_close(review);
    return status;
}

static enum status findings(struct arena *a, struct error *e)
{
    struct finding_list f;
    struct stored_finding finding;
    DO(finding_list_open(&f, ground.store, ground.notes, STR("me"), word_of_finding, e));
    enum status status = finding_list_begin(&f, 1, e);
    if (status == STATUS_OK)
        status = finding_list_more(&f, 10, e);
    if (status == STATUS_OK && f.n_items > 0)
        status = finding_list_dismiss(&f, 0, true, e);
    if (status == STATUS_OK && f.n_items > 0)
        status = finding_list_dismiss(&f, 0, false, e);
    if (status == STATUS_OK && f.n_items > 0)
        status = store_finding(ground.store, a, f.ids[0], &finding, e);
    finding_list_close(&f);
    return status;
}

static enum status links(struct arena *a, struct error *e)
{
    for (uint32_t id = 1; id <= 6; id++) {
        struct stored_article article;
        struct stored_document document;
        const struct article_link *found;
        size_t n;
        DO(store_load_article(ground.store, a, id, &article, e));
        DO(store_document(ground.store, a, article.document, &document, e));
        DO(article_links_of_form(ground.store, a, &document, &article, COPIES_MOST, &found, &n, e));
        DO(article_links_of_sense(ground.store, a, &article, &found, &n, e));
    }
    return STATUS_OK;
}

static enum status filters(struct arena *a, struct error *e)
{
    struct document_filter *f;
    const uint32_t *ids;
    size_t n;
    (void)a;
    DO(document_filter_open(&f, e));
    enum status status = document_filter_prepare(f, ground.store, NULL, NULL, e);
    if (status == STATUS_OK)
        status = document_filter_run(f, ground.store, NULL, STR("云泽 -提案"), ORDER_DATE, true,
                                     &ids, &n, e);
    document_filter_close(f);
    return status;
}

static enum status samples(struct arena *a, struct error *e)
{
    for (int kind = 0; kind < SAMPLE_KIND_COUNT; kind++) {
        struct sample s, again;
        struct sample_record record;
        DO(sample_open(ground.library, a, (enum sample_kind)kind, 4, 7, &s, e));
        for (size_t i = 0; i < s.n; i++) {
            enum status status = sample_find(ground.library, a, &s, i, &record, e);
            if (status != STATUS_OK && status != STATUS_NOT_FOUND)
                return status;
        }
        if (s.n > 0)
            DO(sample_answer(ground.library, a, &s, 0, 'y', e));
        DO(sample_latest(ground.library, a, (enum sample_kind)kind, &again, e));
    }
    return STATUS_OK;
}

static enum status bookmarks(struct arena *a, struct error *e)
{
    const struct str places[] = {STR("1:2"), STR("3:4")}, *history;
    const struct bookmark *all;
    struct bookmark one;
    struct anchor anchor;
    struct buffer out = buffer_in(a);
    struct str place;
    int64_t taken, time;
    size_t n;
    unsigned char sha[32] = {1};
    DO(store_anchor(ground.store, a, 3, 0, 6, &anchor, e));
    DO(notes_put_bookmark(ground.notes, STR("x"), &anchor, e));
    DO(notes_bookmark(ground.notes, a, STR("x"), &one, e));
    DO(notes_bookmarks(ground.notes, a, &all, &n, e));
    DO(notes_put_place(ground.notes, STR("default"), sha, STR("1:2"), e));
    DO(notes_place(ground.notes, a, STR("default"), sha, &place, e));
    DO(notes_put_history(ground.notes, STR("default"), places, 2, e));
    DO(notes_history(ground.notes, a, STR("default"), &history, &n, e));
    DO(notes_last_mark(ground.notes, STR("me"), &time, e));
    DO(notes_export(ground.notes, &out, e));
    DO(notes_import(ground.notes, buffer_str(&out), &taken, e));
    return notes_remove_bookmark(ground.notes, STR("x"), e);
}

static enum status correct(struct arena *a, struct error *e)
{
    static const struct correction_subject SUBJECTS[] = {
        {.kind = CORRECTION_DOCUMENT, .record = 1}, {.kind = CORRECTION_ARTICLE, .record = 1},
        {.kind = CORRECTION_PASSAGE, .record = 3},  {.kind = CORRECTION_INDICATOR, .record = 1},
        {.kind = CORRECTION_PROPOSAL, .record = 1}, {.kind = CORRECTION_SUGGESTION, .record = 1},
    };
    const struct correction_state *all;
    const uint32_t *ids;
    struct correction undone;
    bool applied;
    size_t n;
    for (size_t i = 0; i < sizeof SUBJECTS / sizeof *SUBJECTS; i++) {
        const struct str *fields = corrections_fields(a, SUBJECTS[i].kind, &n);
        for (size_t k = 0; k < n; k++) {
            struct str value;
            DO(corrections_value(ground.library, a, &SUBJECTS[i], fields[k], &value, e));
        }
    }
    DO(corrections_set(ground.library, &SUBJECTS[1], STR("title"), STR("另一个题目"), &applied, e));
    DO(corrections_list(ground.library, a, &all, &n, e));
    DO(corrections_records(ground.store, a, ~0u, &ids, &n, e));
    if (!corrections_are_latest(ground.library) && e->status == STATUS_OK && !is_failed)
        return error_set(e, STATUS_CORRUPT, "the latest is not known");
    return corrections_undo(ground.library, a, &undone, &applied, e);
}

static enum status take_back_names(struct arena *a, struct error *e)
{
    const struct correction *all;
    bool applied;
    size_t n;
    DO(notes_corrections(ground.notes, a, STR("entity"), &all, &n, e));
    for (size_t i = n; i-- > 0;)
        DO(library_remove_name_edit(ground.library, &all[i], &applied, e));
    return STATUS_OK;
}

static enum status edit_names(struct arena *a, struct error *e)
{
    uint32_t ids[IDS];
    size_t found;
    bool applied;
    /* What a failure left half done. */
    DO(take_back_names(a, e));
    DO(store_list(ground.store, &(struct list_query){.list = LIST_ENTITIES}, (struct list_from){0},
                  ids, IDS, &found, e));
    DO(library_edit_name(ground.library, NAME_HIDE, ids[0], 0, STR(""), &applied, e));
    DO(library_show_name(ground.library, ids[0], &applied, e));
    DO(library_edit_name(ground.library, NAME_RENAME, ids[1], 0, STR("新名"), &applied, e));
    DO(library_edit_name(ground.library, NAME_MERGE, ids[2], ids[3], STR(""), &applied, e));
    return take_back_names(a, e);
}

static bool see_head(void *context, const struct str *names, size_t n)
{
    (void)context;
    return n > 0 && names[0].n > 0;
}

static bool see_row(void *context, const struct sql_value *values, size_t n)
{
    (void)context;
    return n == 0 || values[0].kind <= SQL_BYTES;
}

static enum status asks_sql(struct arena *a, struct error *e)
{
    return store_sql(ground.store, a, STR("SELECT * FROM documents LIMIT 3"), see_head, see_row,
                     NULL, e);
}

static enum status import_again(struct arena *a, struct error *e)
{
    char path[96];
    struct str text;
    const char *paths[] = {ground.root};
    struct import_options o = {.paths = paths, .n_paths = 1};
    snprintf(path, sizeof path, "%s/pages/grows.txt", ground.root);
    if (file_read(a, path, &text, NULL, e) != STATUS_OK)
        text = STR("");
    text = str_printf(a, "%.*s\n## 又一篇\n\n2023年，全镇实现产值3.5亿元。\n", STR_ARG(text));
    DO(file_replace(path, text, e));
    return library_import(&o, e);
}

static const struct {
    const char *name;
    deed *deed;
} DEEDS[] = {
    {"lists", lists},       {"records", records},     {"whole", whole},
    {"searches", searches}, {"answers", answers},     {"figures", figures},
    {"names", names},       {"docket", docket},       {"findings", findings},
    {"links", links},       {"filters", filters},     {"samples", samples},
    {"notes", bookmarks},   {"corrections", correct}, {"name edits", edit_names},
    {"SQL", asks_sql},      {"import", import_again},
};

/* --- Failing in turn ----------------------------------------------------------------------------
 */

static void open_library(void)
{
    struct error e = ERROR_NONE;
    assert_int_equal(library_open(NULL, &ground.library, &e), STATUS_OK);
    ground.store = ground.library->store;
    ground.notes = ground.library->marks;
    if (ground.store == NULL || ground.notes == NULL)
        fail_msg("the library does not open: %s", e.message);
}

/* Does it in a library that was opened anew, so that all statements are to be prepared. */
static enum status attempt(deed *what, long at, long *made, struct error *e)
{
    struct arena *a = arena_new();
    open_library();
    *e = ERROR_NONE;
    calls = 0;
    due = at;
    is_failed = false;
    enum status status = what(a, e);
    due = 0;
    is_failed = false;
    *made = calls;
    arena_free(a);
    library_close(ground.library);
    return status;
}

static void fails_in_turn(const char *name, deed *what)
{
    const char *told = getenv("BAOLAN_FAULTS");
    struct error e;
    long made, unused, ended = 0;
    if (attempt(what, 0, &made, &e) != STATUS_OK)
        fail_msg("%s: %s", name, e.message);
    assert_true(made > 0);
    long step = told != NULL && strcmp(told, "all") == 0 ? 1 : made / SOME + 1;
    for (long at = 1; at <= made; at += at < FIRST ? 1 : step) {
        enum status status = attempt(what, at, &unused, &e);
        if (status != STATUS_OK && e.message[0] == '\0')
            fail_msg("%s, statement %ld of %ld: no word was said", name, at, made);
        ended += status != STATUS_OK;
    }
    if (attempt(what, 0, &made, &e) != STATUS_OK)
        fail_msg("%s, after failures: %s", name, e.message);
    fprintf(stderr, "%s: %ld statements, %ld of those that failed ended it\n", name, made, ended);
    assert_true(ended > 0);
}

static void each_statement_may_fail(void **state)
{
    (void)state;
    const char *only = getenv("BAOLAN_DEED");
    for (size_t i = 0; i < sizeof DEEDS / sizeof *DEEDS; i++)
        if (only == NULL || strcmp(only, DEEDS[i].name) == 0)
            fails_in_turn(DEEDS[i].name, DEEDS[i].deed);
}

static int set_up(void **state)
{
    char pages[80];
    struct error e = ERROR_NONE;
    (void)state;
    snprintf(ground.root, sizeof ground.root, "%s/baolan-statements-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(ground.root) == NULL)
        return -1;
    snprintf(pages, sizeof pages, "%s/pages", ground.root);
    setenv("XDG_CACHE_HOME", ground.root, 1);
    setenv("XDG_DATA_HOME", ground.root, 1);
    setenv("XDG_CONFIG_HOME", ground.root, 1);
    setenv("BAOLAN_AUTHOR", "me", 1);
    kept = arena_new();
    const char *paths[] = {"data/samples"};
    struct import_options o = {.paths = paths, .n_paths = 1};
    return lexicons_load(kept, NULL, &lexicons, NULL, NULL, &e) == STATUS_OK &&
                   file_make_folders(pages, 0700, &e) == STATUS_OK &&
                   library_import(&o, &e) == STATUS_OK
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    remove_below(ground.root);
    arena_free(kept);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_statement_may_fail)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
