/* A review without a terminal: the docket of real pages, marks and their undo, what stands near a
 * proposal, briefings. */
#include "../remove.h"
#include "app/briefing.h"
#include "app/related.h"
#include "app/template.h"
#include "baolan/files.h"
#include "baolan/library.h"
#include "baolan/search.h"

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
    struct arena *arena;
    struct library *library;
    struct review_form form;
    struct review *review;
    struct docket docket;
};

static const char *data_folder(void)
{
    const char *data = getenv("BAOLAN_DATA");
    return data != NULL ? data : "data";
}

static void open_review(struct ground *g)
{
    struct error e = ERROR_NONE;
    assert_int_equal(review_open(g->arena, g->library->notes, &g->form, STR("proposal"), STR("me"),
                                 &g->review, &e),
                     STATUS_OK);
    assert_int_equal(docket_open(&g->docket, g->library->store, g->review, &e), STATUS_OK);
    assert_int_equal(docket_load(&g->docket, &e), STATUS_OK);
}

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    struct error e = ERROR_NONE;
    snprintf(g->root, sizeof g->root, "/tmp/baolan-review-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    setenv("XDG_CACHE_HOME", g->root, 1);
    setenv("XDG_DATA_HOME", g->root, 1);
    setenv("XDG_CONFIG_HOME", g->root, 1);
    g->arena = arena_new();
    const char *path = path_join(g->arena, data_folder(), "samples");
    const char *paths[] = {path_absolute(g->arena, path)};
    struct import_options o = {.paths = paths, .n_paths = 1};
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(library_open(NULL, &g->library, &e), STATUS_OK);
    assert_non_null(g->library->store);
    assert_int_equal(review_form_load(g->arena, &g->form, NULL, NULL, &e), STATUS_OK);
    open_review(g);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    docket_close(&g->docket);
    review_close(g->review);
    library_close(g->library);
    remove_below(g->root);
    arena_free(g->arena);
    free(g);
    return 0;
}

static struct str value(struct ground *g, size_t item, const char *field)
{
    return review_value(g->review, g->docket.items[item].content_key, str_of(field));
}

static struct review_subject subject(struct ground *g, size_t item)
{
    return (struct review_subject){g->docket.items[item].content_key,
                                   docket_anchor(&g->docket, item, g->arena)};
}

static void set(struct ground *g, size_t item, const char *field, const char *to)
{
    struct error e = ERROR_NONE;
    struct review_subject s = subject(g, item);
    assert_int_equal(review_set(g->review, &s, 1, str_of(field), str_of(to), &e), STATUS_OK);
}

static size_t titled(struct ground *g, const char *part)
{
    for (size_t i = 0; i < g->docket.n_items; i++)
        if (str_has(docket_cell(&g->docket, i, DOCKET_TITLE, g->arena), str_of(part)))
            return i;
    fail_msg("no proposal has %s in its title", part);
    return 0;
}

static void the_form_is_read(void **state)
{
    struct ground *g = *state;
    assert_true(g->form.n_fields >= 8);
    const struct review_choice *c = review_choice(&g->form, STR("handling"), STR("不立案"));
    assert_non_null(c);
    assert_true(c->reason);
    assert_null(review_choice(&g->form, STR("handling"), STR("没有这个")));
    assert_null(review_choice(&g->form, STR("nothing"), STR("")));
    assert_true(review_choice(&g->form, STR("note"), STR("随便写"))->text);
    assert_true(str_eq(review_done(&g->form)->value, STR("已阅")));
}

static int warnings;
static void count_warning(void *context, const char *message)
{
    (void)context;
    assert_true(strncmp(message, "f:2:", 4) == 0);
    for (const unsigned char *c = (const unsigned char *)message; *c != 0; c++)
        assert_true(*c >= 0x20 && *c != 0x7F);
    warnings++;
}

static void a_bad_line_of_the_form_is_told(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct review_form form;
    warnings = 0;
    review_form_read(a, STR("a 一 key=x\na 二 nonsense\n\n# c\n"), "f", &form, count_warning, NULL);
    assert_int_equal(warnings, 1);
    assert_int_equal(form.n_choices, 2);
    assert_int_equal(form.n_fields, 1);
    /* What is told of it holds no control of the file. */
    review_form_read(a, STR("a 三\na 四 \033[31m\xC2\x9B\n"), "f", &form, count_warning, NULL);
    assert_int_equal(warnings, 2);
    arena_free(a);
}

static void marks_stand_and_are_undone(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    assert_true(g->docket.n_items >= 2);
    assert_true(str_eq(value(g, 0, "reading"), STR("未阅")));
    assert_false(review_is_done(g->review, g->docket.items[0].content_key));
    set(g, 0, "reading", "已阅");
    set(g, 0, "key", "重点");
    assert_true(review_is_done(g->review, g->docket.items[0].content_key));
    assert_int_equal(docket_done(&g->docket), 1);
    set(g, 0, "key", "重点");
    assert_int_equal(value(g, 0, "key").n, 0);
    assert_int_equal(review_undo(g->review, NULL, &e), STATUS_OK);
    assert_true(str_eq(value(g, 0, "key"), STR("重点")));
    assert_int_equal(review_undo(g->review, NULL, &e), STATUS_OK);
    assert_int_equal(review_undo(g->review, NULL, &e), STATUS_OK);
    assert_true(str_eq(value(g, 0, "reading"), STR("未阅")));
}

static void a_change_of_many_is_undone_as_one(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct review_subject *all = arena_array(g->arena, struct review_subject, g->docket.n_items);
    set(g, 1, "handling", "转意见");
    for (size_t i = 0; i < g->docket.n_items; i++)
        all[i].content_key = g->docket.items[i].content_key;
    assert_int_equal(
        review_set(g->review, all, g->docket.n_items, STR("handling"), STR("立案"), &e), STATUS_OK);
    for (size_t i = 0; i < g->docket.n_items; i++)
        assert_true(str_eq(value(g, i, "handling"), STR("立案")));
    assert_int_equal(review_undo(g->review, NULL, &e), STATUS_OK);
    assert_int_equal(value(g, 0, "handling").n, 0);
    assert_true(str_eq(value(g, 1, "handling"), STR("转意见")));
}

static void words_of_a_list_come_and_go(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct review_subject s = subject(g, 0);
    review_toggle_word(g->review, &s, 1, STR("tags"), STR("交通"), &e);
    review_toggle_word(g->review, &s, 1, STR("tags"), STR("民生"), &e);
    assert_true(str_eq(value(g, 0, "tags"), STR("交通 民生")));
    review_toggle_word(g->review, &s, 1, STR("tags"), STR("交通"), &e);
    assert_true(str_eq(value(g, 0, "tags"), STR("民生")));
}

/* Another terminal is another connection to the same notes. */
static void two_reviewers_see_each_other(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct notes *notes;
    struct review *other;
    bool changed;
    int64_t content_key = g->docket.items[0].content_key;
    assert_int_equal(notes_open(g->library->notes_path, &notes, &e), STATUS_OK);
    review_open(g->arena, notes, &g->form, STR("proposal"), STR("you"), &other, &e);
    set(g, 0, "handling", "立案");
    assert_int_equal(review_refresh(other, &changed, &e), STATUS_OK);
    assert_true(changed);
    assert_true(str_eq(review_value(other, content_key, STR("handling")), STR("立案")));
    struct review_subject s = {content_key, NULL};
    review_set(other, &s, 1, STR("handling"), STR("转意见"), &e);
    review_refresh(g->review, &changed, &e);
    assert_true(changed);
    assert_true(str_eq(value(g, 0, "handling"), STR("立案")));
    /* Each one's own stands; taken back, it is nobody else's that stands for oneself. */
    assert_true(str_eq(review_value(other, content_key, STR("handling")), STR("转意见")));
    struct review_subject own = subject(g, 0);
    review_set(g->review, &own, 1, STR("handling"), STR(""), &e);
    assert_int_equal(value(g, 0, "handling").n, 0);
    review_refresh(other, &changed, &e);
    assert_true(str_eq(review_value(other, content_key, STR("handling")), STR("转意见")));
    review_refresh(g->review, &changed, &e);
    assert_false(changed);
    listing_set_filter(&g->docket.listing, STR("by:you"));
    assert_int_equal(g->docket.listing.n_shown, 1);
    listing_set_filter(&g->docket.listing, STR("-by:you"));
    assert_int_equal(g->docket.listing.n_shown, g->docket.n_items - 1);
    listing_set_filter(&g->docket.listing, STR("@you"));
    assert_int_equal(g->docket.listing.n_shown, 0);
    listing_set_filter(&g->docket.listing, STR(""));
    review_close(other);
    notes_close(notes);
}

static size_t found(struct ground *g, const char *words)
{
    struct error e = ERROR_NONE;
    struct query q;
    struct query_problem problem;
    struct search_results results;
    struct search_options o = {.notes = g->library->marks};
    assert_int_equal(query_parse(g->arena, str_of(words), false, &q, &problem), STATUS_OK);
    assert_int_equal(search_run(g->library->store, g->arena, &q, &o, &results, &problem, &e),
                     STATUS_OK);
    return results.n_groups;
}

static void search_knows_who_marked_and_whose_it_is(void **state)
{
    struct ground *g = *state;
    set(g, 0, "handling", "立案");
    set(g, 0, "assigned", "小李");
    assert_int_equal(found(g, "by:me"), 1);
    assert_int_equal(found(g, "by:you"), 0);
    assert_int_equal(found(g, "@小李"), 1);
    assert_int_equal(found(g, "@小王"), 0);
}

static void marks_outlive_the_program(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    int64_t content_key;
    set(g, 1, "note", "请商务局先答复");
    set(g, 1, "reading", "已阅");
    docket_close(&g->docket);
    review_close(g->review);
    library_close(g->library);
    assert_int_equal(library_open(NULL, &g->library, &e), STATUS_OK);
    open_review(g);
    assert_true(str_eq(value(g, 1, "note"), STR("请商务局先答复")));
    /* What an earlier run did is undone mark by mark. */
    assert_int_equal(review_undo(g->review, &content_key, &e), STATUS_OK);
    assert_true(content_key == g->docket.items[1].content_key);
    assert_true(str_eq(value(g, 1, "reading"), STR("未阅")));
}

/* The title is corrected in the file: the marks are found by a suggestion that still stands. */
static void marks_follow_a_corrected_page(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct str text;
    const char *pages = path_join(g->arena, g->root, "pages");
    const char *page = path_join(g->arena, pages, "案.txt");
    const char *paths[] = {pages};
    struct import_options o = {.paths = paths, .n_paths = 1};
    size_t item = titled(g, "数智赋能家纺产业");
    const char *from =
        path_join(g->arena, data_folder(), "samples/政协云泽-2024-01-18-大会发言.txt");
    assert_int_equal(file_read(g->arena, from, &text, NULL, &e), STATUS_OK);
    struct buffer changed = buffer_in(g->arena);
    size_t at = str_find(text, STR("数智赋能家纺产业"), 0);
    assert_true(at != STR_NONE);
    buffer_add(&changed, str_sub(text, 0, at));
    buffer_add_c(&changed, "以数智化赋能家纺业");
    buffer_add(&changed, str_sub(text, at + strlen("数智赋能家纺产业"), text.n));
    /* The page is read in a library of its own, marked, corrected and read again. */
    assert_int_equal(file_make_folders(pages, 0700, &e), STATUS_OK);
    assert_int_equal(file_replace(page, text, &e), STATUS_OK);
    o.library = "corrected";
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    docket_close(&g->docket);
    review_close(g->review);
    library_close(g->library);
    assert_int_equal(library_open("corrected", &g->library, &e), STATUS_OK);
    open_review(g);
    item = titled(g, "数智赋能家纺产业");
    set(g, item, "note", "记得");
    set(g, item, "handling", "立案");
    assert_int_equal(file_replace(page, buffer_str(&changed), &e), STATUS_OK);
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    assert_int_equal(docket_load(&g->docket, &e), STATUS_OK);
    item = titled(g, "以数智化赋能家纺业");
    assert_true(str_eq(value(g, item, "note"), STR("记得")));
    assert_true(str_eq(value(g, item, "handling"), STR("立案")));
}

static void an_item_that_leaves_the_filter_stays(void **state)
{
    struct ground *g = *state;
    struct listing *l = &g->docket.listing;
    listing_set_filter(l, STR("mark:未阅"));
    size_t n = l->n_shown;
    assert_int_equal(n, g->docket.n_items);
    set(g, listing_row_at(l, 0).item, "reading", "已阅");
    assert_int_equal(l->n_shown, n);
    listing_set_filter(l, STR("mark:未阅"));
    assert_int_equal(l->n_shown, n - 1);
    listing_set_filter(l, STR("-未阅"));
    assert_int_equal(l->n_shown, 1);
    listing_set_filter(l, STR("家纺 直播 "));
    assert_true(l->n_shown >= 2 && l->n_shown < g->docket.n_items);
    listing_set_filter(l, STR(""));
    assert_int_equal(l->n_shown, g->docket.n_items);
}

static void rows_are_sorted_and_grouped(void **state)
{
    struct ground *g = *state;
    struct listing *l = &g->docket.listing;
    listing_set_sort(l, DOCKET_NUMBER, false);
    assert_true(str_eq(docket_cell(&g->docket, listing_row_at(l, 0).item, DOCKET_NUMBER, g->arena),
                       docket_brief(&g->docket, titled(g, "家纺直播基地"), g->arena)->it.number));
    listing_set_sort(l, DOCKET_SUGGESTIONS, true);
    for (size_t i = 1; i < l->n_rows; i++)
        assert_true(
            docket_brief(&g->docket, listing_row_at(l, i - 1).item, g->arena)->n_suggestions >=
            docket_brief(&g->docket, listing_row_at(l, i).item, g->arena)->n_suggestions);
    listing_set_group(l, DOCKET_SPEAKER);
    assert_true(l->n_rows > l->n_shown);
    assert_true(listing_row_at(l, 0).item == LISTING_NO_ITEM && listing_row_at(l, 0).count > 0);
    size_t sum = 0;
    for (size_t i = 0; i < l->n_rows; i++)
        sum += listing_row_at(l, i).count;
    assert_int_equal(sum, g->docket.n_items);
}

static void assert_cell(struct ground *g, size_t item, enum docket_column column, const char *want)
{
    struct str got = docket_cell(&g->docket, item, column, g->arena);
    if (!str_eq(got, str_of(want)))
        fail_msg("%.*s, not %s", STR_ARG(got), want);
}

/* What the reviewer sets stands before what the page says, and goes with it. */
static void what_is_set_stands_before_what_is_printed(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct review *other;
    size_t item = titled(g, "家纺直播基地");
    struct str printed = docket_cell(&g->docket, item, DOCKET_HANDLER, g->arena);
    struct str category = docket_cell(&g->docket, item, DOCKET_CATEGORY, g->arena);
    set(g, item, "joint", "市商务局");
    assert_cell(g, item, DOCKET_HANDLER, "市商务局");
    set(g, item, "lead", "市经信局");
    struct str both = docket_cell(&g->docket, item, DOCKET_HANDLER, g->arena);
    assert_true(str_starts(both, STR("市经信局")) && str_ends(both, STR("市商务局")));
    set(g, item, "joint", "");
    assert_cell(g, item, DOCKET_HANDLER, "市经信局");
    set(g, item, "lead", "");
    assert_true(str_eq(docket_cell(&g->docket, item, DOCKET_HANDLER, g->arena), printed));
    set(g, item, "category", "经济");
    assert_cell(g, item, DOCKET_CATEGORY, "经济");
    set(g, item, "category", "");
    assert_true(str_eq(docket_cell(&g->docket, item, DOCKET_CATEGORY, g->arena), category));
    /* One's own marks, and another's beside them. */
    set(g, item, "handling", "立案");
    assert_true(str_has(docket_cell(&g->docket, item, DOCKET_MARK, g->arena), STR("立案")));
    assert_int_equal(
        review_open(g->arena, g->library->notes, &g->form, STR("proposal"), STR("li"), &other, &e),
        STATUS_OK);
    struct review_subject s = subject(g, item);
    assert_int_equal(review_set(other, &s, 1, STR("handling"), STR("转意见"), &e), STATUS_OK);
    review_close(other);
    bool changed;
    assert_int_equal(review_refresh(g->review, &changed, &e), STATUS_OK);
    struct str marks = docket_cell(&g->docket, item, DOCKET_MARK, g->arena);
    assert_true(str_find(marks, STR("立案"), 0) < str_find(marks, STR("li:转意见"), 0));
    /* Every column can be sorted and grouped by, and loses no proposal. */
    for (uint32_t column = 0; column < DOCKET_COLUMN_COUNT; column++) {
        listing_set_sort(&g->docket.listing, column, column % 2 == 0);
        listing_set_group(&g->docket.listing, column);
        listing_finish(&g->docket.listing);
        size_t shown = 0;
        for (size_t i = 0; i < g->docket.listing.n_rows; i++)
            shown += listing_row_at(&g->docket.listing, i).item != LISTING_NO_ITEM;
        assert_int_equal(shown, g->docket.n_items);
    }
}

static void like_proposals_are_found(void **state)
{
    struct ground *g = *state;
    struct error e = ERROR_NONE;
    struct related *related;
    const struct similar *similar;
    const struct report *reports;
    size_t n;
    size_t item = titled(g, "家纺直播基地");
    assert_int_equal(related_new(g->arena, &g->docket, &related, &e), STATUS_OK);
    assert_int_equal(related_proposals(related, g->arena, item, 5, &similar, &n, &e), STATUS_OK);
    assert_true(n >= 1);
    bool found = false;
    for (size_t i = 0; i < n && i < 2; i++)
        found = found || str_has(docket_cell(&g->docket, similar[i].item, DOCKET_TITLE, g->arena),
                                 STR("家纺"));
    assert_true(found);
    for (size_t i = 1; i < n; i++)
        assert_true(similar[i - 1].score >= similar[i].score);
    assert_int_equal(related_reports(related, g->arena, item, 5, &reports, &n, &e), STATUS_OK);
    for (size_t i = 0; i < n; i++) {
        assert_true(reports[i].document != g->docket.items[item].document);
        assert_true(reports[i].n_names > 0);
        assert_true(reports[i].end <= reports[i].text.n);
    }
}

static struct str written(struct ground *g, const char *name, bool overwrite, enum status expected)
{
    struct error e = ERROR_NONE;
    struct str bytes = STR("");
    const char *path;
    struct briefing_options options = {.title = STR_INIT("简报")};
    struct str to = str_of(path_join(g->arena, g->root, name));
    assert_int_equal(briefing_export(&g->docket, g->arena, to, overwrite, &options, &path, &e),
                     expected);
    if (expected == STATUS_OK)
        assert_int_equal(file_read(g->arena, path, &bytes, NULL, &e), STATUS_OK);
    return bytes;
}

static void what_is_listed_is_exported(void **state)
{
    struct ground *g = *state;
    struct stat st;
    size_t item = titled(g, "家纺直播基地");
    set(g, item, "handling", "不立案");
    set(g, item, "handling-reason", "已在*规划*中");
    listing_set_filter(&g->docket.listing, STR("家纺直播基地"));
    listing_set_sort(&g->docket.listing, DOCKET_TITLE, false);
    struct str md = written(g, "a.md", false, STATUS_OK);
    assert_true(str_starts(md, STR("# 简报\n")));
    assert_true(str_has(md, STR("处理：不立案（已在\\*规划\\*中）")));
    assert_true(str_has(md, STR("陆承志")));
    assert_true(str_has(md, STR("统筹规划建设直播基地")));
    assert_true(str_has(md, STR("第017号.txt:")));
    assert_false(str_has(md, STR("{{")));
    assert_int_equal(stat(path_join(g->arena, g->root, "a.md"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    written(g, "a.md", false, STATUS_DENIED);
    written(g, "a.md", true, STATUS_OK);
    written(g, "a.pdf", false, STATUS_BAD_INPUT);
    struct str csv = written(g, "a.csv", false, STATUS_OK);
    assert_true(str_starts(csv, STR("案号,题目,")));
    struct str json = written(g, "a.json", false, STATUS_OK);
    assert_true(json.p[0] == '[' && str_has(json, STR("\"不立案（已在*规划*中）\"")));
}

static void docx_comes_through_pandoc(void **state)
{
    struct ground *g = *state;
    if (system("command -v pandoc >/dev/null 2>&1") != 0)
        skip();
    struct str docx = written(g, "a.docx", false, STATUS_OK);
    assert_true(docx.n > 1000 && str_starts(docx, STR("PK")));
}

static void a_template_is_filled(void **state)
{
    static const struct {
        const char *text, *filled;
    } ROWS[] = {
        {"{{ name }}，{{unknown}}。{{outer}}", "甲\\*，。x"},
        {"a {{ name", "a {{ name"},
        {"a }} b {{}} c", "a }} b  c"},
        {"{{#each}}{{name}}{{outer}} {{/each}}", "1x 2x "},
        {"{{#none}}no{{/none}}{{^none}}empty{{/none}}", "empty"},
        {"{{#unknown}}no{{/unknown}}{{^unknown}}empty{{/unknown}}", "empty"},
        {"{{#name}}once{{/name}}{{^name}}no{{/name}}", "once"},
        {"{{^each}}no{{/each}}", ""},
        {"{{#each}}{{#each}}{{name}}{{/each}}{{/each}}", "1212"},
        {"{{#name}}{{^none}}in{{/none}}{{/name}}", "in"},
        {"{{#name}}{{^name}}no{{/name}}yes{{/name}}", "yes"},
        /* A section's mark that has its line alone takes it along, with what is blank in it. */
        {"a\n  {{#each}}\t\r\n- {{name}}\n{{/each}}\nb", "a\n- 1\n- 2\nb"},
        {"a {{#name}}\nb\n{{/name}} c\n", "a \nb\n c\n"},
        {"{{#name}}\nend\n{{/name}}", "end\n"},
    };
    static const char *const BAD[] = {"{{#name}}", "{{/name}}", "{{#name}}{{/each}}",
                                      "{{#name}}{{#name}}{{/name}}", "{{^none}}{{#name}}{{/none}}"};
    struct ground *g = *state;
    struct template_item *top = template_item_new(g->arena);
    struct buffer deep = buffer_in(g->arena);
    template_put(top, "name", STR("甲*"));
    template_put(top, "name", STR("甲*"));
    template_put(top, "outer", STR("x"));
    template_put(top, "none", STR(""));
    template_put_number(template_add(top, "each"), "name", 1);
    template_put_number(template_add(top, "each"), "name", 2);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct error e = ERROR_NONE;
        struct buffer out = buffer_in(g->arena);
        assert_int_equal(
            template_write(&out, str_of(ROWS[i].text), top, template_escape_markdown, &e),
            STATUS_OK);
        assert_string_equal(buffer_c(&out), ROWS[i].filled);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct error e = ERROR_NONE;
        struct buffer out = buffer_in(g->arena);
        assert_int_equal(template_write(&out, str_of(BAD[i]), top, NULL, &e), STATUS_BAD_INPUT);
        assert_non_null(strstr(e.message, "does not close"));
    }
    for (int i = 0; i < 100; i++)
        buffer_add_c(&deep, "{{#name}}");
    for (int i = 0; i < 100; i++)
        buffer_add_c(&deep, "{{/name}}");
    struct error e = ERROR_NONE;
    struct buffer out = buffer_in(g->arena);
    assert_int_equal(template_write(&out, buffer_str(&deep), top, NULL, &e), STATUS_BAD_INPUT);
    assert_non_null(strstr(e.message, "too deeply"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_form_is_read),
        TEST(a_template_is_filled),
        cmocka_unit_test(a_bad_line_of_the_form_is_told),
        TEST(marks_stand_and_are_undone),
        TEST(a_change_of_many_is_undone_as_one),
        TEST(words_of_a_list_come_and_go),
        TEST(two_reviewers_see_each_other),
        TEST(search_knows_who_marked_and_whose_it_is),
        TEST(marks_outlive_the_program),
        TEST(marks_follow_a_corrected_page),
        TEST(an_item_that_leaves_the_filter_stays),
        TEST(rows_are_sorted_and_grouped),
        TEST(what_is_set_stands_before_what_is_printed),
        TEST(like_proposals_are_found),
        TEST(what_is_listed_is_exported),
        TEST(docx_comes_through_pandoc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
