/* What an article's form leads to: pages of the same issue however they are named, pieces that go
 * on elsewhere, the other pieces of a series, commentary. */
#include "../remove.h"
#include "app/article_links.h"
#include "baolan/files.h"
#include "baolan/library.h"
#include "store/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* The pages of one issue: every one has an article, and some say where they go on. */
static const struct {
    const char *name, *text;
} PAGES[] = {
    {"A01",
     "## 头版要闻\n\n本报讯 全市大会召开，报告全文见第二版。\n\n图片报道详见A03版，请看第十版。\n\n"
     "更多内容见十二版，专题刊第B2版，旧闻见第九十九版，广告见好版。\n\n"
     "## 沙洲港开港记\n\n本报讯 沙洲港昨天开港，首日靠泊货轮十二艘，\n（下转第4版）\n"},
    {"A02", "## 大会报告\n\n各位代表，过去一年全市各项事业取得新的进步。\n"},
    {"A03", "## 图片里的春天\n\n桃花开满了山坡，游人纷纷前来。\n"},
    {"A04", "## 别的消息\n\n本报讯 另一件事情发生在昨天下午。\n\n"
            "## 沙洲港开港记\n\n（上接第1版）\n\n装卸集装箱四千多只，创下了新的纪录。\n"},
    {"A10", "## 第十个版面\n\n这里是第十版的内容，讲的是读书。\n"},
    {"A12", "## 第十二个版面\n\n这里是第十二版的内容，讲的是体育。\n"},
    {"A11", "工业经济稳中有进\n本报记者 "
            "张三丰\n\n　　一季度，全市规上工业增加值增长8.2%。订单排到了年底。\n\n"
            "短评\n让企业敢闯敢试\n\n　　稳中有进的背后，是一批敢闯的企业。要让它们走得更远。\n"},
    {"A14", "消费市场暖意浓\n本报记者 "
            "李四光\n\n　　一季度，全市社会消费品零售总额增长6.1%。街上人多了。\n\n"
            "把暖意留住\n本报评论员\n\n　　本报今天刊发《消费市场暖意浓》，说的是市场的新气象。\n"},
    {"B02", "## 副刊的散文\n\n秋天的湖面很安静，芦花白了。\n"},
    {"A05", "## “产业强市”系列报道①\n\n本报讯 走进沙洲的纺织厂，机器声不断。\n"},
    {"A06", "## “产业强市”系列报道②\n\n本报讯 走进沙洲的机械厂，焊花飞溅。\n"},
    {"A07", "## “产业强市”系列报道（三）\n\n本报讯 走进沙洲的食品厂，香气扑鼻。\n"},
};

/* A file of many short articles, as a year's notices are. */
enum { NOTICES = 60 };

static struct library *library;
static struct arena *arena;
static char root[64];

/* The article of that title, the nth of several, with its passages and its document. */
static void find_article(const char *title, unsigned nth, struct stored_article *out,
                         struct stored_document *document)
{
    struct error e = ERROR_NONE;
    for (uint32_t id = 1; store_load_article(library->store, arena, id, out, &e) == STATUS_OK; id++)
        if (str_eq(out->title, str_of(title)) && nth-- == 0) {
            assert_int_equal(store_document(library->store, arena, out->document, document, &e),
                             STATUS_OK);
            return;
        }
    fail_msg("%s is not there", title);
}

static const struct article_link *links_of(const char *title, unsigned nth, size_t *n)
{
    struct stored_article article;
    struct stored_document document;
    const struct article_link *links;
    struct error e = ERROR_NONE;
    find_article(title, nth, &article, &document);
    assert_int_equal(article_links_of_form(library->store, arena, &document, &article, COPIES_MOST,
                                           &links, n, &e),
                     STATUS_OK);
    for (size_t i = 0; i < *n; i++)
        assert_true(*article_link_word(links[i].kind) != '\0');
    return links;
}

static size_t count(const struct article_link *links, size_t n, enum article_link_kind kind,
                    const char *title)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += links[i].kind == kind && str_eq(links[i].title, str_of(title));
    return found;
}

static void pages_are_found_however_they_are_named(void **state)
{
    static const char *const TITLES[] = {"大会报告", "图片里的春天", "第十个版面", "第十二个版面",
                                         "副刊的散文"};
    size_t n, pages = 0;
    (void)state;
    const struct article_link *links = links_of("头版要闻", 0, &n);
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
        if (count(links, n, ARTICLE_LINK_PAGE, TITLES[i]) != 1)
            fail_msg("%s is not led to", TITLES[i]);
    /* A page that the issue does not have, and what is no page, lead nowhere. */
    for (size_t i = 0; i < n; i++)
        pages += links[i].kind == ARTICLE_LINK_PAGE;
    assert_int_equal(pages, sizeof TITLES / sizeof *TITLES);
}

static void a_piece_goes_on_in_another_page_and_back(void **state)
{
    size_t n;
    (void)state;
    const struct article_link *links = links_of("沙洲港开港记", 0, &n);
    assert_int_equal(count(links, n, ARTICLE_LINK_TO, "沙洲港开港记"), 1);
    assert_int_equal(count(links, n, ARTICLE_LINK_FROM, "沙洲港开港记"), 0);
    links = links_of("沙洲港开港记", 1, &n);
    assert_int_equal(count(links, n, ARTICLE_LINK_FROM, "沙洲港开港记"), 1);
    for (size_t i = 0; i < n; i++)
        if (links[i].kind == ARTICLE_LINK_FROM)
            assert_true(links[i].passage != 0 && links[i].end > links[i].start);
}

/* Numbers in circles and in brackets are one series; a piece does not lead to itself. */
static void a_series_is_in_order(void **state)
{
    static const char *const TITLES[] = {"“产业强市”系列报道①", "“产业强市”系列报道②",
                                         "“产业强市”系列报道（三）"};
    (void)state;
    for (size_t own = 0; own < 3; own++) {
        size_t n, at = 0;
        const struct article_link *links = links_of(TITLES[own], 0, &n);
        for (size_t other = 0; other < 3; other++)
            assert_int_equal(count(links, n, ARTICLE_LINK_SERIES, TITLES[other]), other != own);
        for (size_t i = 0; i < n; i++)
            if (links[i].kind == ARTICLE_LINK_SERIES) {
                assert_true(links[i].article >= at);
                at = links[i].article;
            }
    }
}

/* A commentary is known by its label, or by whose title it cites and who signs it. */
static void a_commentary_belongs_to_its_article(void **state)
{
    static const struct {
        const char *article, *commentary;
    } PAIRS[] = {{"工业经济稳中有进", "让企业敢闯敢试"}, {"消费市场暖意浓", "把暖意留住"}};
    (void)state;
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        size_t n;
        const struct article_link *links = links_of(PAIRS[i].article, 0, &n);
        assert_int_equal(count(links, n, ARTICLE_LINK_BOX, PAIRS[i].commentary), 1);
        links = links_of(PAIRS[i].commentary, 0, &n);
        assert_int_equal(count(links, n, ARTICLE_LINK_MAIN, PAIRS[i].article), 1);
    }
}

static int count_statement(unsigned kind, void *count, void *statement, void *text)
{
    (void)kind;
    (void)statement;
    (void)text;
    ++*(size_t *)count;
    return 0;
}

/* The articles of a file are read with their links one after the other: each asks for its own, not
 * for all of the others. */
static void links_of_an_article_cost_the_same_in_a_long_file(void **state)
{
    struct stored_article article;
    struct stored_document document;
    const struct article_link *links;
    struct error e = ERROR_NONE;
    size_t n, asked = 0;
    (void)state;
    find_article("第30号公告的题目", 0, &article, &document);
    assert_true(document.articles >= NOTICES);
    sqlite3_trace_v2(library->store->db.handle, SQLITE_TRACE_STMT, count_statement, &asked);
    article_links_of_form(library->store, arena, &document, &article, COPIES_MOST, &links, &n, &e);
    sqlite3_trace_v2(library->store->db.handle, 0, NULL, NULL);
    assert_string_equal(e.message, "");
    assert_in_range(asked, 1, 10);
}

/* Writes a file of notices. */
static bool write_notices(struct error *e)
{
    struct buffer text = buffer_in(arena);
    for (int i = 1; i <= NOTICES; i++)
        buffer_printf(&text, "## 第%d号公告的题目\n\n本市决定，%d路公交车改走滨河大道。\n\n", i,
                      i * 7);
    return file_replace(str_printf(arena, "%s/公告.txt", root).p, buffer_str(&text), e) ==
           STATUS_OK;
}

static int set_up(void **state)
{
    struct error e = ERROR_NONE;
    (void)state;
    snprintf(root, sizeof root, "%s/baolan-links-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(root) == NULL)
        return -1;
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_DATA_HOME", root, 1);
    setenv("XDG_CONFIG_HOME", root, 1);
    arena = arena_new();
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        const char *path =
            str_printf(arena, "%s/沙洲日报-2024-03-12-%s.txt", root, PAGES[i].name).p;
        if (file_replace(path, str_of(PAGES[i].text), &e) != STATUS_OK)
            return -1;
    }
    if (!write_notices(&e))
        return -1;
    const char *paths[] = {root};
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
        cmocka_unit_test(pages_are_found_however_they_are_named),
        cmocka_unit_test(a_piece_goes_on_in_another_page_and_back),
        cmocka_unit_test(a_series_is_in_order),
        cmocka_unit_test(a_commentary_belongs_to_its_article),
        cmocka_unit_test(links_of_an_article_cost_the_same_in_a_long_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
