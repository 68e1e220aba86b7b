/* Converters: a real PDF and DOCX made from the samples are read back to the same articles, and a
 * program that hangs, floods, fails or is missing costs one line. */
#include "../remove.h"
#include "baolan/buffer.h"
#include "baolan/converter.h"
#include "baolan/decode.h"
#include "baolan/library.h"
#include "baolan/parse.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <dirent.h>
#include <iconv.h>
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
};

static int set_up(void **state)
{
    struct ground *p = calloc(1, sizeof *p);
    snprintf(p->root, sizeof p->root, "/tmp/baolan-convert-XXXXXX");
    assert_non_null(mkdtemp(p->root));
    p->arena = arena_new();
    setenv("XDG_CACHE_HOME", p->root, 1);
    setenv("XDG_DATA_HOME", p->root, 1);
    setenv("XDG_CONFIG_HOME", p->root, 1);
    setenv("TMPDIR", path_join(p->arena, p->root, "tmp"), 1);
    const char *const folders[] = {"tmp", "pages", "baolan"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        mkdir(path_join(p->arena, p->root, folders[i]), 0700);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *p = *state;
    remove_below(p->root);
    unsetenv("TMPDIR");
    arena_free(p->arena);
    free(p);
    return 0;
}

static const char *write_file(struct ground *p, const char *name, struct str bytes, mode_t mode)
{
    const char *path = path_join(p->arena, p->root, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
    chmod(path, mode);
    return path;
}

/* A PDF that draws lines of text where they stand, in a font that every reader of PDF knows. */
struct pdf {
    struct buffer out;
    VECTOR(size_t) objects;
};

static void add_object(struct pdf *pdf, const char *body)
{
    vector_push(pdf->out.arena, &pdf->objects, pdf->out.n);
    buffer_printf(&pdf->out, "%zu 0 obj\n%s\nendobj\n", pdf->objects.n, body);
}

static void add_page(struct pdf *pdf, const struct str *lines, size_t n)
{
    struct buffer b = buffer_in(pdf->out.arena);
    for (size_t i = 0; i < n; i++) {
        buffer_printf(&b, "BT /F 10 Tf 40 %zu Td <", 16 * (n - i));
        for (size_t at = 0; at < lines[i].n;)
            buffer_printf(&b, "%04X", utf8_next(lines[i], &at));
        buffer_add_c(&b, "> Tj ET\n");
    }
    struct str content = buffer_str(&b);
    add_object(pdf, str_printf(b.arena, "<</Length %zu>>stream\n%.*s\nendstream", content.n,
                               STR_ARG(content))
                        .p);
    add_object(pdf, str_printf(b.arena,
                               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 6000 %zu]"
                               "/Resources<</Font<</F 3 0 R>>>>/Contents %zu 0 R>>",
                               16 * n + 40, pdf->objects.n)
                        .p);
}

/* Pages of `lines` lines each. */
static struct str make_pdf(struct arena *a, struct str text, size_t lines)
{
    struct pdf pdf = {.out = buffer_in(a)};
    VECTOR(struct str) all = {0};
    while (text.p != NULL) {
        struct str line = str_split(&text, '\n');
        vector_push(a, &all, line);
    }
    size_t pages = (all.n + lines - 1) / lines;
    struct buffer kids = buffer_in(a);
    for (size_t i = 0; i < pages; i++)
        buffer_printf(&kids, "%zu 0 R ", 7 + 2 * i);
    buffer_add_c(&pdf.out, "%PDF-1.5\n");
    add_object(&pdf, "<</Type/Catalog/Pages 2 0 R>>");
    add_object(&pdf, str_printf(a, "<</Type/Pages/Count %zu/Kids[%s]>>", pages, buffer_c(&kids)).p);
    add_object(&pdf, "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
                     "/DescendantFonts[4 0 R]>>");
    add_object(&pdf, "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
                     "<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 5 0 R"
                     "/DW 1000/W[1 95 500]>>");
    add_object(&pdf, "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/ItalicAngle 0"
                     "/FontBBox[-25 -254 1000 880]/Ascent 880/Descent -120/CapHeight 880"
                     "/StemV 93>>");
    for (size_t i = 0; i < pages; i++)
        add_page(&pdf, &all.at[i * lines], i + 1 < pages ? lines : all.n - i * lines);
    size_t table = pdf.out.n;
    buffer_printf(&pdf.out, "xref\n0 %zu\n0000000000 65535 f \n", pdf.objects.n + 1);
    for (size_t i = 0; i < pdf.objects.n; i++)
        buffer_printf(&pdf.out, "%010zu 00000 n \n", pdf.objects.at[i]);
    buffer_printf(&pdf.out, "trailer<</Size %zu/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
                  pdf.objects.n + 1, table);
    return buffer_str(&pdf.out);
}

static struct converters *load(struct ground *p)
{
    struct converters *converters;
    struct error e = ERROR_NONE;
    assert_int_equal(converters_load(p->arena, &converters, NULL, NULL, &e), STATUS_OK);
    return converters;
}

static struct document *parse(struct ground *p, const char *path)
{
    static struct lexicons *lexicons;
    struct error e = ERROR_NONE;
    struct source source;
    struct document *d;
    assert_int_equal(lexicons_load(p->arena, NULL, &lexicons, NULL, NULL, &e), STATUS_OK);
    assert_int_equal(file_read(p->arena, path, &source.bytes, NULL, &e), STATUS_OK);
    source_convert(p->arena, load(p), path, NULL, NULL, &source, &e);
    assert_string_equal(e.message, "");
    struct parse_options options = {.lexicons = lexicons, .depth = PARSE_FACTS, .path = "x"};
    if (source.converted)
        options.original = source.bytes;
    document_parse(p->arena, source.text, &options, &d, &e);
    assert_string_equal(e.message, "");
    return d;
}

/* Prose without the spaces that a page's setting makes. */
static const char *bare(struct ground *p, struct str text)
{
    struct buffer b = buffer_in(p->arena);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] != ' ')
            buffer_add_byte(&b, text.p[i]);
    return buffer_c(&b);
}

static void assert_same_articles(struct ground *p, const struct document *a,
                                 const struct document *b)
{
    assert_true(a->n_articles > 0);
    assert_int_equal(a->n_articles, b->n_articles);
    for (uint32_t i = 0; i < a->n_articles; i++) {
        const struct article *x = &a->articles[i], *y = &b->articles[i];
        assert_string_equal(bare(p, x->title.text), bare(p, y->title.text));
        assert_int_equal(x->n_paragraphs, y->n_paragraphs);
        for (uint32_t k = 0; k < x->n_paragraphs; k++)
            assert_string_equal(bare(p, x->paragraphs[k].prose.text),
                                bare(p, y->paragraphs[k].prose.text));
    }
}

static bool has_program(const char *ending, struct ground *p)
{
    const struct converter *c = converter_for(load(p), ending);
    assert_non_null(c);
    return c->argv != NULL;
}

/* pdftotext without its data for Chinese (poppler-data) reads nothing of such a page. */
static bool reads_chinese(struct ground *p)
{
    struct error e = ERROR_NONE;
    struct source source;
    const char *path = write_file(p, "a.pdf", make_pdf(p->arena, STR("报览"), 1), 0600);
    assert_int_equal(file_read(p->arena, path, &source.bytes, NULL, &e), STATUS_OK);
    enum status status = source_convert(p->arena, load(p), path, NULL, NULL, &source, &e);
    return status == STATUS_OK && str_has(source.text, STR("报览"));
}

static void test_pdf_reads_as_its_text(void **state)
{
    struct ground *p = *state;
    const char *samples = path_program_data(p->arena, "samples");
    size_t n = 0;
    if (!has_program("x.pdf", p) || !reads_chinese(p)) {
        print_message("skipped: pdftotext with its data (poppler-utils, poppler-data)\n");
        skip();
    }
    DIR *folder = opendir(samples);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (!str_ends(str_of(entry->d_name), STR(".txt")))
            continue;
        struct arena_mark mark = arena_mark(p->arena);
        const char *path = path_join(p->arena, samples, entry->d_name);
        struct document *text = parse(p, path);
        const char *pdf =
            write_file(p, "pages/a.pdf", make_pdf(p->arena, text->decoded.text, 46), 0600);
        struct document *again = parse(p, pdf);
        assert_same_articles(p, text, again);
        assert_memory_not_equal(text->sha256, again->sha256, sizeof text->sha256);
        n++;
        arena_release(p->arena, mark);
    }
    closedir(folder);
    assert_true(n >= 5);
}

/* A DOCX is made from Markdown: a heading for the title, a paragraph a line. */
static void test_docx_reads_as_its_text(void **state)
{
    struct ground *p = *state;
    static const char TEXT[] =
        "关于推进农村垃圾分类的提案\n\n"
        "| 案号 | 第112号 | 类别 | 农业农村 |\n| 提案人 | 田禾 | 界别 | 农业界 |\n\n"
        "理由：我县农村生活垃圾分类已实现行政村全覆盖，但资源化利用水平低。\n\n"
        "建议：\n\n一、强化宣传引导。编印通俗易懂的分类手册。\n\n"
        "二、完善收运体系。合理布局中转站，配备分类收运车辆。\n";
    static const char SOURCE[] =
        "# 关于推进农村垃圾分类的提案\n\n"
        "|  |  |  |  |\n|---|---|---|---|\n| 案号 | 第112号 | 类别 | 农业农村 |\n"
        "| 提案人 | 田禾 | 界别 | 农业界 |\n\n"
        "理由：我县农村生活垃圾分类已实现行政村全覆盖，但资源化利用水平低。\n\n"
        "建议：\n\n一、强化宣传引导。编印通俗易懂的分类手册。\n\n"
        "二、完善收运体系。合理布局中转站，配备分类收运车辆。\n";
    char command[512];
    if (!has_program("x.docx", p)) {
        print_message("skipped: pandoc\n");
        skip();
    }
    const char *markdown = write_file(p, "a.md", STR(SOURCE), 0600);
    const char *text = write_file(p, "a.txt", STR(TEXT), 0600);
    const char *docx = path_join(p->arena, p->root, "pages/a.docx");
    snprintf(command, sizeof command, "pandoc -o %s %s", docx, markdown);
    assert_int_equal(system(command), 0);
    assert_same_articles(p, parse(p, text), parse(p, docx));
}

/* A text as a word processor's file: each line a paragraph. */
static const char *make_docx(struct ground *p, struct str text)
{
    struct buffer b = buffer_in(p->arena);
    char command[512];
    buffer_add_c(&b, "<html><head><meta charset=\"utf-8\"></head><body>");
    while (text.p != NULL) {
        struct str line = str_trim(str_split(&text, '\n'));
        if (line.n == 0)
            continue;
        buffer_add_c(&b, "<p>");
        for (size_t i = 0; i < line.n; i++)
            if (line.p[i] == ' ')
                buffer_add_c(&b, "&nbsp;");
            else if (line.p[i] == '<' || line.p[i] == '&')
                buffer_printf(&b, "&#%d;", line.p[i]);
            else
                buffer_add_byte(&b, line.p[i]);
        buffer_add_c(&b, "</p>\n");
    }
    const char *page = write_file(p, "typed.html", buffer_str(&b), 0600);
    const char *docx = path_join(p->arena, p->root, "pages/typed.docx");
    snprintf(command, sizeof command, "pandoc -f html -o %s %s", docx, page);
    assert_int_equal(system(command), 0);
    return docx;
}

/* What was typed and not printed in columns, in three encodings. */
static void test_samples_as_docx(void **state)
{
    static const char *const SAMPLES[] = {
        "samples/提案/云泽政协十二届四次-第017号.txt", "samples/公告-青屿古镇修缮.txt",
        "samples/安陵县2024年政府工作报告.txt", "samples/政协云泽-2024-01-18-大会发言.txt"};
    struct ground *p = *state;
    if (!has_program("x.docx", p)) {
        print_message("skipped: pandoc\n");
        skip();
    }
    for (size_t i = 0; i < sizeof SAMPLES / sizeof *SAMPLES; i++) {
        struct arena_mark mark = arena_mark(p->arena);
        struct document *text = parse(p, path_program_data(p->arena, SAMPLES[i]));
        struct document *again = parse(p, make_docx(p, text->decoded.text));
        assert_same_articles(p, text, again);
        assert_int_equal(text->n_proposals, again->n_proposals);
        assert_memory_not_equal(text->sha256, again->sha256, sizeof text->sha256);
        arena_release(p->arena, mark);
    }
}

static const char FORM[] =
    "<html><head><meta charset=\"gb2312\"></head><body><h2>政协霖州市委员会提案登记表</h2>"
    "<table border=1><tr><td>案号</td><td>第0221号</td><td>届次</td><td>十二届三次</td></tr>"
    "<tr><td>案由</td><td colspan=3>关于完善校园周边交通组织的提案</td></tr>"
    "<tr><td>提案人</td><td>程见微</td><td>界别</td><td>教育界</td></tr>"
    "<tr><td>理由</td><td colspan=3><p>上下学时段校门口车辆聚集，安全隐患突出。</p></td></tr>"
    "<tr><td>建议</td><td colspan=3><p>一、错峰放学。按年级分批次放学。</p>"
    "<p>二、增设泊位。在学校周边设置限时停车区。</p></td></tr></table></body></html>";

static void assert_form(struct ground *p, const char *path)
{
    struct document *d = parse(p, path);
    assert_int_equal(d->n_proposals, 1);
    const struct proposal *it = &d->proposals[0];
    assert_true(str_eq(it->title, STR("关于完善校园周边交通组织的提案")));
    assert_true(str_eq(it->number, STR("第0221号")));
    assert_true(str_eq(it->speakers[0], STR("程见微")));
    assert_true(str_eq(it->bodies[0], STR("教育界")));
    assert_true(str_eq(it->background, STR("上下学时段校门口车辆聚集，安全隐患突出。")));
    assert_int_equal(it->n_suggestions, 2);
    assert_true(str_eq(it->suggestions[1].title, STR("增设泊位")));
}

/* The form of an office as a table with joined cells: of a word processor, and of a page in the
 * encoding that it claims. */
static void test_a_form_in_a_table(void **state)
{
    struct ground *p = *state;
    char command[512], gbk[8192], *to = gbk;
    char *from = (char *)(uintptr_t)FORM;
    size_t left = sizeof FORM - 1, room = sizeof gbk;
    if (!has_program("x.docx", p)) {
        print_message("skipped: pandoc\n");
        skip();
    }
    const char *page = write_file(p, "a.html", STR(FORM), 0600);
    const char *docx = path_join(p->arena, p->root, "pages/form.docx");
    snprintf(command, sizeof command, "pandoc -f html -o %s %s", docx, page);
    assert_int_equal(system(command), 0);
    assert_form(p, docx);
    assert_form(p, page);
    iconv_t convert = iconv_open("GB18030", "UTF-8");
    assert_true(convert != (iconv_t)-1);
    assert_int_equal(iconv(convert, &from, &left, &to, &room), 0);
    iconv_close(convert);
    assert_form(p, write_file(p, "b.htm", (struct str){gbk, (size_t)(to - gbk)}, 0600));
}

struct heard {
    struct import_progress last;
    unsigned problems;
    char problem[512];
};

static void keep_progress(void *context, const struct import_progress *progress)
{
    ((struct heard *)context)->last = *progress;
}

static void keep_problem(void *context, const char *text)
{
    struct heard *h = context;
    h->problems++;
    snprintf(h->problem, sizeof h->problem, "%s", text);
}

static struct heard import(struct ground *p)
{
    const char *paths[] = {path_join(p->arena, p->root, "pages")};
    struct heard heard = {.problems = 0};
    struct import_options o = {.paths = paths,
                               .n_paths = 1,
                               .progress = keep_progress,
                               .problem = keep_problem,
                               .context = &heard};
    struct error e = ERROR_NONE;
    assert_int_equal(library_import(&o, &e), STATUS_OK);
    return heard;
}

static void configure(struct ground *p, const char *script, const char *more)
{
    char lines[512];
    const char *program =
        write_file(p, "convert.sh", str_printf(p->arena, "#!/bin/sh\n%s\n", script), 0700);
    int n = snprintf(lines, sizeof lines, "*.odd %s {}\n%s\n", program, more);
    write_file(p, "baolan/converters.txt", (struct str){lines, (size_t)n}, 0600);
}

/* Nothing of a converter outlives it. */
static void assert_nothing_left(struct ground *p)
{
    DIR *folder = opendir(path_join(p->arena, p->root, "tmp"));
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        assert_int_equal(entry->d_name[0], '.');
    closedir(folder);
}

static void test_what_was_converted_is_stored(void **state)
{
    struct ground *p = *state;
    struct library *library;
    struct stored_document d;
    struct error e = ERROR_NONE;
    const struct raw_line *lines;
    size_t n;
    bool changed;
    uint32_t id;
    configure(p,
              "printf '海边的镇\\n\\n居民们说，这里变了，变得很好。\\n"
              "\\f第二页的话，也在这里，说得很长。\\n'; cat \"$1\" >/dev/null; echo secret >x",
              "");
    write_file(p, "pages/-q.odd", STR("\x01\x02"), 0600);
    struct heard heard = import(p);
    assert_string_equal(heard.problem, "");
    assert_int_equal(heard.last.files_read, 1);
    assert_nothing_left(p);
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    const char *path = path_absolute(p->arena, path_join(p->arena, p->root, "pages/-q.odd"));
    assert_int_equal(store_document_by_path(library->store, str_of(path), &id, &e), STATUS_OK);
    assert_int_equal(store_document(library->store, p->arena, id, &d, &e), STATUS_OK);
    assert_int_equal(stored_document_page(&d, 1), 1);
    assert_int_equal(stored_document_page(&d, 3), 1);
    assert_int_equal(stored_document_page(&d, 4), 2);
    assert_int_equal(library_source_lines(library, p->arena, &d, 4, 4, &lines, &n, &changed, &e),
                     STATUS_OK);
    assert_int_equal(n, 1);
    assert_false(changed);
    assert_true(str_starts(lines[0].text, STR("第二页")));
    library_close(library);
    /* Not run again for the same bytes; and gone with its file. */
    configure(p, "exit 3", "");
    assert_int_equal(import(p).last.files_unchanged, 1);
    unlink(path);
    assert_int_equal(import(p).last.files_gone, 1);
}

static void test_bad_converters_cost_one_line(void **state)
{
    static const struct {
        const char *script, *limits, *says;
    } ROWS[] = {
        {"sleep 60", "limit seconds 1", "convert.sh"},
        {"exec >&-; sleep 60", "limit seconds 1", "convert.sh"},
        {"sleep 60 & exec >&-; exit 0", "", ""},
        {"yes", "limit output 1", "convert.sh"},
        {"all=$(head -c 99000000 /dev/zero | tr '\\0' a); echo \"$all\"", "limit megabytes 30",
         "convert.sh"},
        {"echo 'it is broken' >&2; exit 3", "", "it is broken"},
        {"kill -9 $$", "", "signal 9"},
        {"printf ' \\n\\f'", "", ""},
        {"ls /proc/self/fd/9 && echo open", "", "/proc/self/fd/9"},
    };
    struct ground *p = *state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        configure(p, ROWS[i].script, ROWS[i].limits);
        char byte = (char)('a' + i);
        write_file(p, "pages/a.odd", (struct str){&byte, 1}, 0600);
        struct heard heard = import(p);
        assert_int_equal(heard.problems, 1);
        assert_non_null(strstr(heard.problem, "a.odd"));
        assert_non_null(strstr(heard.problem, ROWS[i].says));
        assert_nothing_left(p);
    }
    /* A lasting failure is not tried again until the file changes. */
    assert_int_equal(import(p).problems, 0);
}

/* A file's name is one word to the converter, whatever a shell would make of it. */
static void test_no_shell_sees_a_name(void **state)
{
    struct ground *p = *state;
    configure(p, "[ $# = 1 ] && [ -f \"$1\" ] && echo 一句话，说得很长很长，像是一篇文章。", "");
    write_file(p, "pages/; touch ran;$(touch ran)`touch ran`|touch ran\n'\".odd", STR("a"), 0600);
    struct heard heard = import(p);
    assert_string_equal(heard.problem, "");
    assert_int_equal(heard.last.files_read, 1);
    assert_int_not_equal(access("ran", F_OK), 0);
}

static void test_a_missing_program_is_told_once(void **state)
{
    struct ground *p = *state;
    write_file(p, "baolan/converters.txt",
               STR("*.odd no-such-program {}\npackage no-such-program odd-tools\nnonsense\n"),
               0600);
    write_file(p, "pages/a.odd", STR("a"), 0600);
    write_file(p, "pages/b.odd", STR("b"), 0600);
    struct heard heard = import(p);
    assert_int_equal(heard.problems, 2); /* the line of nonsense, and this: */
    assert_non_null(strstr(heard.problem, "no-such-program"));
    assert_non_null(strstr(heard.problem, "odd-tools"));
    assert_int_equal(heard.last.files_skipped, 2);
    /* Once it is there they are read. */
    configure(p, "echo 一句话，说得很长很长，像是一篇文章。", "");
    assert_int_equal(import(p).last.files_read, 2);
}

static bool at_once(void *context)
{
    (void)context;
    return true;
}

static void test_a_converter_can_be_stopped(void **state)
{
    struct ground *p = *state;
    struct error e = ERROR_NONE;
    struct source source = {.bytes = STR("a")};
    configure(p, "sleep 60", "");
    const char *path = write_file(p, "pages/a.odd", STR("a"), 0600);
    assert_int_equal(source_convert(p->arena, load(p), path, at_once, NULL, &source, &e),
                     STATUS_INTERRUPTED);
    assert_nothing_left(p);
}

static void test_none_is_run_where_that_is_restricted(void **state)
{
    struct ground *p = *state;
    configure(p, "touch ../ran; printf '海边的镇说，这里变了。\\n'", "");
    write_file(p, "pages/a.odd", STR("a"), 0600);
    write_file(p, "baolan/config", STR("set restricted yes\n"), 0600);
    struct heard heard = import(p);
    assert_int_equal(heard.last.files_read, 0);
    assert_non_null(strstr(heard.problem, "restricted"));
    assert_int_not_equal(access(path_join(p->arena, p->root, "tmp/ran"), F_OK), 0);
    unlink(path_join(p->arena, p->root, "baolan/config"));
    assert_int_equal(import(p).last.files_read, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pdf_reads_as_its_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_docx_reads_as_its_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_samples_as_docx, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_form_in_a_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_converted_is_stored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_converters_cost_one_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_shell_sees_a_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_missing_program_is_told_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_converter_can_be_stopped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_none_is_run_where_that_is_restricted, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
