/* Pages that mean harm, gone through in the interface: of what reaches the terminal all controls
 * are the program's own. */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A title set, a clipboard written, a report asked for, a screen cleared, by every spelling;
 * writing turned about; characters without width. */
#define TRICKS                                                                       \
    "\033]0;owned\007\033]52;c;aGFybQ==\033\\\033P1$rx\033\\\033[6n\007\x7F\xC2\x9B" \
    "5n"                                                                             \
    "\xC2\x9D"                                                                       \
    "0;owned\xC2\x9C\xE2\x80\xAE"                                                    \
    "txt\xE2\x81\xA6\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF"                            \
    "\xE0\x80\x9B]0;owned\x07\x9B"                                                   \
    "6n"

static const char PAGE[] =
    "## 关于" TRICKS "海边的镇\n■记者 张" TRICKS "三\n\n一、产" TRICKS "业\n\n"
    "2023年，海风" TRICKS "集团有限公司实现产值386.5亿" TRICKS
    "元，同比增长11.1%，海风集团有限公司。\n";

static const char FORM[] =
    "案号：第031" TRICKS "号\n案由：关于托管" TRICKS "的提案\n提案人：纪星" TRICKS
    "河\n理由：\n放学太早，" TRICKS "家长不便。\n建议：\n1. 增加" TRICKS "托管。\n";

static void write_page(const char *folder, const char *name, const char *bytes, size_t n)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* The bytes of one control sequence of the program's own at p, of n: CSI with plain parameters and
 * a final byte that draws, a character set, a mode, its clipboard in base64. 0: it is none. */
static size_t own_sequence(const unsigned char *p, size_t n)
{
    size_t i = 2;
    if (n < 2)
        return 0;
    if (strchr("78=>M", p[1]) != NULL)
        return 2;
    if (p[1] == '(' || p[1] == ')')
        return 3;
    if (p[1] == ']') {
        if (n < 15 || memcmp(p, "\033]52;c;", 7) != 0 || memcmp(p + 7, "aGFybQ==", 8) == 0)
            return 0;
        for (i = 7; i < n && (p[i] > ' ' && p[i] < 0x7F); i++)
            continue;
        return i < n && p[i] == 7 ? i + 1 : i + 1 < n && p[i] == 27 && p[i + 1] == '\\' ? i + 2 : 0;
    }
    if (p[1] != '[')
        return 0;
    while (i < n && p[i] != '\0' && strchr("0123456789;?>", p[i]) != NULL)
        i++;
    return i < n && strchr("ABCDGHJKLMPSTX@dfhlmrtbu", p[i]) != NULL ? i + 1 : 0;
}

static bool harmless_character(const unsigned char *p)
{
    bool c1 = p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0;
    bool format =
        p[0] == 0xE2 &&
        ((p[1] == 0x80 && ((p[2] >= 0x8B && p[2] <= 0x8F) || (p[2] >= 0xA8 && p[2] <= 0xAE))) ||
         (p[1] == 0x81 && p[2] >= 0xA0 && p[2] <= 0xAF));
    bool mark = p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF;
    return !c1 && !format && !mark && p[0] != 0xC0 && p[0] != 0xC1 &&
           !(p[0] == 0xE0 && p[1] < 0xA0);
}

static void assert_own_controls(struct harness *h)
{
    size_t n, clipboards = 0;
    const char *all = harness_output(h, &n);
    const unsigned char *p = (const unsigned char *)all;
    for (size_t i = 0; i < n;) {
        if (p[i] == 27) {
            size_t length = own_sequence(p + i, n - i);
            if (length == 0)
                fail_msg("byte %zu of %zu: ESC %.20s", i, n, all + i + 1);
            clipboards += p[i + 1] == ']';
            i += length;
            continue;
        }
        bool plain = p[i] >= 0x20 && p[i] != 0x7F;
        if (!plain && strchr("\r\n\b\t\016\017", p[i]) == NULL)
            fail_msg("byte %zu of %zu is %02X", i, n, p[i]);
        if (p[i] >= 0xC0 && i + 2 < n && !harmless_character(p + i))
            fail_msg("byte %zu of %zu: %02X %02X %02X", i, n, p[i], p[i + 1], p[i + 2]);
        if (p[i] >= 0x80 && p[i] < 0xC0)
            fail_msg("byte %zu of %zu: %02X begins no character", i, n, p[i]);
        i += p[i] < 0x80 ? 1 : p[i] < 0xE0 ? 2 : p[i] < 0xF0 ? 3 : 4;
    }
    assert_true(clipboards > 0);
}

static void test_no_control_of_a_page_is_obeyed(void **state)
{
    (void)state;
    char folder[] = "/tmp/baolan-tricks-XXXXXX", path[300];
    static const char RED[] = "\033]0;owned\007\n\xC2\x9B"
                              "6n.txt";
    assert_non_null(mkdtemp(folder));
    write_page(folder, "page.txt", PAGE, sizeof PAGE - 1);
    write_page(folder, "form.txt", FORM, sizeof FORM - 1);
    write_page(folder, RED, PAGE, sizeof PAGE - 1);
    const char *const arguments[] = {folder, NULL};
    struct harness *h = harness_start(
        &(struct harness_options){.arguments = arguments, .rows = 30, .columns = 120});
    assert_true(harness_expect(h, "海边的镇"));
    harness_keys(h, "jjkl<Enter>");
    harness_settle(h);
    harness_keys(h, "oojj<Tab><Enter><Backspace>styY");
    harness_settle(h);
    harness_keys(h, "<Backspace><Backspace>2<Enter>j<Backspace>mx<Enter>");
    harness_settle(h);
    harness_keys(h, "3j<Enter>y<Backspace>4j<Enter><Backspace>5");
    harness_settle(h);
    harness_keys(h, "/产值<Enter><Enter>");
    harness_settle(h);
    /* Pasted, as a hostile page would have it. */
    harness_send(h, "/");
    harness_send(h, "\033[200~x"
                    "\x1b]0;owned\x07\xC2\x9B"
                    "6n\033[201~");
    harness_settle(h);
    harness_send(h, "\033");
    harness_settle(h);
    harness_keys(h, "?");
    harness_settle(h);
    assert_own_controls(h);
    harness_keys(h, "qq");
    harness_end(h);
    static const char *const names[] = {"page.txt", "form.txt", RED};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_no_control_of_a_page_is_obeyed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
