/* Decoding: encodings found, hostile characters replaced, offsets that lead back. */
#include "baolan/decode.h"
#include "baolan/utf8.h"

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return arena == NULL;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct decoded decoded_of(struct str bytes)
{
    struct decoded d;
    assert_int_equal(decode(arena, bytes, ENCODING_AUTO, &d, NULL), STATUS_OK);
    return d;
}

static void assert_text(struct str bytes, const char *text, size_t replaced)
{
    struct decoded d = decoded_of(bytes);
    assert_int_equal(d.text.n, strlen(text));
    assert_true(str_eq(d.text, str_of(text)));
    assert_int_equal(d.replaced, replaced);
}

static struct str converted(const char *encoding, const char *text)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    size_t left = strlen(text), room = left * 4 + 16, all = room;
    char *from = (char *)(uintptr_t)text, *out = arena_alloc(arena, room), *to = out;
    assert_true(iconv(converter, &from, &left, &to, &room) != (size_t)-1);
    iconv_close(converter);
    return (struct str){out, all - room};
}

static const char sample[] =
    "第一条 加快发展。\r\n2023年，规上企业130家，产值386.5亿元，同比增长11.1％；\n"
    "“箱包”产业——𠮷氏公司①完成。\r（完）\n";
static const char sample_clean[] =
    "第一条 加快发展。\n2023年，规上企业130家，产值386.5亿元，同比增长11.1％；\n"
    "“箱包”产业——𠮷氏公司①完成。\n（完）\n";

static void test_encodings(void **state)
{
    (void)state;
    static const struct {
        const char *iconv, *bom;
        size_t n_bom;
        enum encoding encoding;
    } rows[] = {
        {"UTF-8", "", 0, ENCODING_UTF8},       {"UTF-8", "\xEF\xBB\xBF", 3, ENCODING_UTF8},
        {"UTF-16LE", "", 0, ENCODING_UTF16LE}, {"UTF-16LE", "\xFF\xFE", 2, ENCODING_UTF16LE},
        {"UTF-16BE", "", 0, ENCODING_UTF16BE}, {"UTF-16BE", "\xFE\xFF", 2, ENCODING_UTF16BE},
        {"GB18030", "", 0, ENCODING_GB18030},  {"GB18030", "\x84\x31\x95\x33", 4, ENCODING_GB18030},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str body = converted(rows[i].iconv, sample);
        struct str bom = {rows[i].bom, rows[i].n_bom};
        struct str bytes = str_printf(arena, "%*s", (int)(bom.n + body.n), "");
        memcpy((char *)(uintptr_t)bytes.p, bom.p, bom.n);
        memcpy((char *)(uintptr_t)bytes.p + bom.n, body.p, body.n);
        struct decoded d = decoded_of(bytes);
        assert_int_equal(d.encoding, rows[i].encoding);
        assert_int_equal(d.bom, rows[i].n_bom > 0);
        assert_true(str_eq(d.text, str_of(sample_clean)));
        assert_int_equal(d.replaced, 0);
        /* Each line of the text leads to the same words in the source. */
        for (size_t at = 0; at < d.text.n; utf8_next(d.text, &at)) {
            size_t source = decode_source_offset(&d, at);
            char utf8[4];
            size_t n = utf8_write(utf8_at(d.text, at), utf8);
            utf8[n < 4 ? n : 3] = n < 4 ? '\0' : utf8[3];
            if (d.text.p[at] == '\n' || n == 4)
                continue;
            struct str same = converted(rows[i].iconv, utf8);
            assert_true(str_eq(str_sub(bytes, source, source + same.n), same));
        }
    }
}

static void test_nothing_is_copied(void **state)
{
    (void)state;
    struct str s = str_of(sample_clean);
    assert_ptr_equal(decoded_of(s).text.p, s.p);
    assert_int_equal(decoded_of(s).n_anchors, 0);
    assert_int_equal(decoded_of(STR("")).text.n, 0);
    assert_int_equal(decoded_of(STR("\xEF\xBB\xBF一")).text.n, 3);
}

static void test_replacements(void **state)
{
    (void)state;
    assert_text(STR("a\0b"), "a\uFFFDb", 1);
    assert_int_equal(decoded_of(STR("a\0b")).nuls, 1);
    assert_text(STR("a\x1B[31mb\x7F"), "a\uFFFD[31mb\uFFFD", 2);
    assert_text(STR("平\xE2\x80\xAE湖\xE2\x81\xA6\xD8\x9C\xC2\x85"), "平\uFFFD湖\uFFFD\uFFFD\uFFFD",
                4);
    assert_text(STR("平\xFF湖平湖"), "平\uFFFD湖平湖", 1);
    assert_text(STR("平湖平湖平湖\xED\xA0\x80"), "平湖平湖平湖\uFFFD\uFFFD\uFFFD", 3);
    assert_text(STR("平湖平湖\xE5\xB9"), "平湖平湖\uFFFD\uFFFD", 2);
    assert_text(STR("a\rb\r\nc\fd\te\r"), "a\nb\nc\fd\te\n", 0);
}

static void test_offsets(void **state)
{
    (void)state;
    struct decoded d = decoded_of(STR("\xEF\xBB\xBF"
                                      "a\r\nb\x01"
                                      "c\r\n"));
    assert_true(str_eq(d.text, STR("a\nb\uFFFDc\n")));
    static const size_t sources[] = {3, 4, 6, 7, 8, 8, 8, 9, 11};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        assert_int_equal(decode_source_offset(&d, i), sources[i]);
}

static void test_binaries(void **state)
{
    (void)state;
    static const struct str binaries[] = {
        STR_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        STR_INIT("\x7f"
                 "ELF\2\1\1\0"),
        STR_INIT("%PDF-1.7\n%\xE2\xE3\xCF\xD3"),
        STR_INIT("PK\x03\x04\x14\0\6\0"),
        STR_INIT("\x1F\x8B\x08\0\0\0"),
        STR_INIT("GIF89a\x10\0\x10\0"),
        STR_INIT("SQLite format 3\0\x10\0"),
    };
    struct decoded d;
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        assert_int_equal(decode(arena, binaries[i], ENCODING_AUTO, &d, NULL), STATUS_NOT_TEXT);
    char zeros[4096] = {0};
    assert_int_equal(decode(arena, (struct str){zeros, sizeof zeros}, ENCODING_AUTO, &d, NULL),
                     STATUS_NOT_TEXT);
}

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < ENCODING_COUNT; i++)
        assert_int_equal(encoding_named(str_of(encoding_name((enum encoding)i))), i);
    assert_int_equal(encoding_named(STR("GBK")), ENCODING_GB18030);
    assert_int_equal(encoding_named(STR("UTF8")), ENCODING_UTF8);
    assert_int_equal(encoding_named(STR("klingon")), ENCODING_COUNT);
    assert_int_equal(encoding_named(STR("utf-8utf-8utf-8utf-8")), ENCODING_COUNT);
}

static void assert_clean(const struct decoded *d)
{
    size_t last = 0;
    for (size_t at = 0; at < d->text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(d->text, &at);
        assert_false(c == 0xFFFD && at - start != 3);
        assert_false((c < 0x20 && c != '\n' && c != '\t' && c != '\f') || (c >= 0x7F && c < 0xA0));
        assert_false(c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x2028 && c <= 0x202E) ||
                     (c >= 0x2066 && c <= 0x2069));
        for (size_t i = start; i < at; i++) {
            size_t source = decode_source_offset(d, i);
            assert_true(source >= last && source <= d->source.n);
            last = source;
        }
    }
    assert_int_equal(decode_source_offset(d, d->text.n), d->source.n);
}

static void test_random_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "平湖",         "\r\n",         "\r",
        "\n",           "a1 ",          "\xFF",
        "\xC4\xE3",     "\0",           "\x84\x31\xA4\x37",
        "\xE2\x80\xAE", "\xED\xA0\x80", "\xF0\xA0\xAE\xB7",
        "\xC2\x80",     "\x81\x30",     "\xD8\x3D",
        "\x1B",
    };
    srand(1);
    for (size_t round = 0; round < 4000; round++) {
        char bytes[512];
        size_t n = 0;
        while (n < (size_t)rand() % 400) {
            if (rand() % 3 == 0) {
                bytes[n++] = (char)rand();
                continue;
            }
            const char *piece = pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)];
            size_t length = *piece == '\0' ? 1 : strlen(piece);
            memcpy(bytes + n, piece, length);
            n += length;
        }
        for (size_t encoding = 0; encoding < ENCODING_COUNT; encoding++) {
            struct decoded d;
            if (decode(arena, (struct str){bytes, n}, (enum encoding)encoding, &d, NULL) ==
                STATUS_OK)
                assert_clean(&d);
        }
        arena_reset(arena);
    }
}

/* Wherever a run of Han characters ends, and whatever ends it. */
static void test_han_runs(void **state)
{
    (void)state;
    const struct str bytes =
        STR("一二三四五六七八九十百，千万亿\xE4\xB8\xE4\xB8\x80 a鿿\xE4\xB8");
    for (size_t from = 0; from <= bytes.n; from++)
        for (size_t to = from; to <= bytes.n; to++) {
            struct str s = str_sub(bytes, 0, to);
            size_t end = from;
            for (size_t next = end; next < to; end = next) {
                uint32_t c = utf8_next(s, &next);
                if (c < 0x4000 || c > 0x9FFF)
                    break;
            }
            assert_int_equal(utf8_han_end(s, from), end);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_han_runs),
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_nothing_is_copied),
        cmocka_unit_test(test_replacements),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_binaries),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_random_bytes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
