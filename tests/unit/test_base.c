/* The base layer: strings, memory, maps, hashes, files. */
#include "baolan/buffer.h"
#include "baolan/files.h"
#include "baolan/map.h"
#include "baolan/sha256.h"
#include "baolan/vector.h"
#include "base/sha256_blocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_find(void **state)
{
    (void)state;
    struct str s = STR("abcabcabd");
    assert_int_equal(str_find(s, STR("abd"), 0), 6);
    assert_int_equal(str_find(s, STR("abc"), 1), 3);
    assert_int_equal(str_find_last(s, STR("abc")), 3);
    assert_true(str_find(s, STR("abx"), 0) == STR_NONE);
    assert_true(str_find(s, STR(""), 0) == STR_NONE);
    assert_true(str_find(STR("ab"), STR("abc"), 0) == STR_NONE);
    assert_true(str_find(s, STR("d"), 99) == STR_NONE);
}

/* Wherever it stands, and whatever stands around it. */
static void test_find_all(void **state)
{
    (void)state;
    struct str s = STR("ab\xC2\x41zzzz\x7Bzzzzzzzz|zzzzzzzz{zzzzzzzzzzabzzzzzzzzzzz");
    for (size_t from = 0; from < s.n; from++)
        for (size_t to = from + 1; to <= s.n; to++)
            for (size_t n = 1; n <= 4 && n <= s.n; n++) {
                size_t middle = (from + to) / 2;
                struct str in = str_sub(s, from, to), part = str_sub(s, middle, middle + n);
                size_t first = STR_NONE, last = STR_NONE;
                for (size_t at = 0; at + part.n <= in.n; at++)
                    if (str_starts(str_sub(in, at, in.n), part)) {
                        first = first == STR_NONE ? at : first;
                        last = at;
                    }
                assert_true(str_find(in, part, 0) == first);
                assert_true(str_find_last(in, part) == last);
            }
}

static void test_trim_and_split(void **state)
{
    (void)state;
    assert_true(str_eq(str_trim(STR(" \t　字 \n　")), STR("字")));
    assert_int_equal(str_trim(STR(" 　 ")).n, 0);
    struct str rest = STR("a,,b");
    assert_true(str_eq(str_split(&rest, ','), STR("a")));
    assert_true(str_eq(str_split(&rest, ','), STR("")));
    assert_true(str_eq(str_split(&rest, ','), STR("b")));
    assert_null(rest.p);
}

static void test_arena_grows_and_releases(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    VECTOR(int) numbers = {0};
    for (int i = 0; i < 100000; i++)
        vector_push(a, &numbers, i);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(numbers.at[i], i);
    struct arena_mark mark = arena_mark(a);
    size_t held = arena_size(a);
    arena_alloc(a, 10 << 20);
    assert_true(arena_size(a) > held);
    arena_release(a, mark);
    assert_int_equal(arena_size(a), held);
    assert_int_equal(numbers.at[99999], 99999);
    arena_free(a);
}

static bool refuse_large(size_t n, void *context)
{
    return n < *(size_t *)context;
}

static enum status allocate_much(void *context)
{
    arena_alloc(context, 1 << 20);
    return STATUS_OK;
}

static void test_exhaustion_is_caught(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    size_t limit = 1 << 16;
    struct error e = ERROR_NONE;
    mem_set_hook(refuse_large, &limit);
    assert_int_equal(arena_protect(a, allocate_much, a, &e), STATUS_NO_MEMORY);
    mem_set_hook(NULL, NULL);
    assert_string_equal(e.message, "out of memory");
    assert_int_equal(arena_protect(a, allocate_much, a, &e), STATUS_OK);
    arena_free(a);
}

static void test_map_keeps_order(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct map m = map_in(a);
    for (size_t i = 0; i < 5000; i++)
        map_put(&m, str_printf(a, "key %zu", i % 2500), NULL)->value.number += i;
    assert_int_equal(m.n, 2500);
    for (size_t i = 0; i < m.n; i++)
        assert_int_equal(m.at[i].value.number, i + i + 2500);
    assert_null(map_get(&m, STR("none")));
    arena_free(a);
}

static void hex_of(const char *text, char hex[65])
{
    struct sha256 h;
    unsigned char digest[32];
    sha256_begin(&h);
    sha256_add(&h, text, strlen(text));
    sha256_end(&h, digest);
    sha256_hex(digest, hex);
}

/* The examples of FIPS 180-4. */
static void test_sha256(void **state)
{
    (void)state;
    char hex[65];
    hex_of("", hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    hex_of("abc", hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hex_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* What the processor does by itself is what FIPS 180-4 says, in one piece and in several. */
static void test_sha256_here_is_plain(void **state)
{
    (void)state;
    unsigned char bytes[5 * 64 + 7];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 167 + i / 3);
    for (size_t n = 0; n <= sizeof bytes; n++) {
        struct sha256 whole, plain;
        unsigned char digests[2][32];
        sha256_begin(&whole);
        sha256_begin(&plain);
        plain.blocks = sha256_blocks_plain;
        sha256_add(&whole, bytes, n);
        sha256_add(&plain, bytes, n / 3);
        sha256_add(&plain, bytes + n / 3, n - n / 3);
        sha256_end(&whole, digests[0]);
        sha256_end(&plain, digests[1]);
        assert_memory_equal(digests[0], digests[1], sizeof digests[0]);
    }
}

static void test_messages_hold_no_control(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"a\033[31m\nb", "a?[31m?b"},
        {"c1 \xC2\x9B"
         "31m",
         "c1 ?31m"},
        {"raw \x9B"
         "31m",
         "raw ?31m"},
        {"bidi \xE2\x80\xAE"
         "txt\xE2\x81\xA6",
         "bidi ?txt?"},
        {"zero\xE2\x80\x8Bwidth\xEF\xBB\xBF", "zero?width?"},
        {"long \xE0\x80\x9B"
         "[2J",
         "long ???[2J"},
        {"half \xE6\xB5", "half ??"},
        {"云泽市 é 𠮷", "云泽市 é 𠮷"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error e = ERROR_NONE;
        error_set(&e, STATUS_IO, "%s", rows[i][0]);
        assert_string_equal(e.message, rows[i][1]);
    }
}

static void test_error_keeps_the_cause_and_drops_controls(void **state)
{
    (void)state;
    struct error e = ERROR_NONE;
    error_set(&e, STATUS_IO, "%s: bad", "a\033[31m\nb");
    error_set(&e, STATUS_BUSY, "later");
    assert_int_equal(e.status, STATUS_IO);
    assert_string_equal(e.message, "a?[31m?b: bad");
}

struct seen {
    int files, errors;
};

static bool count(void *context, enum walk_event event, const char *path,
                  const struct file_stamp *stamp, const struct error *error)
{
    struct seen *seen = context;
    (void)path;
    (void)stamp;
    (void)error;
    if (event == WALK_FILE)
        seen->files++;
    else
        seen->errors++;
    return true;
}

static void test_walk_survives_loops_pipes_and_gone_files(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char folder[] = "/tmp/baolan-walk-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct error e = ERROR_NONE;
    assert_int_equal(file_replace(path_join(a, folder, "a.txt"), STR("x"), &e), STATUS_OK);
    assert_int_equal(file_replace(path_join(a, folder, "B.TXT"), STR("x"), &e), STATUS_OK);
    assert_int_equal(file_replace(path_join(a, folder, "c.png"), STR("x"), &e), STATUS_OK);
    assert_int_equal(symlink(folder, path_join(a, folder, "loop")), 0);
    assert_int_equal(symlink("nowhere", path_join(a, folder, "gone.txt")), 0);
    assert_int_equal(mkfifo(path_join(a, folder, "pipe.txt"), 0600), 0);
    const char *paths[] = {folder, "/tmp/baolan-does-not-exist"};
    const char *endings[] = {".txt", NULL};
    struct seen seen = {0, 0};
    assert_int_equal(file_walk(paths, 2, endings, count, &seen, &e), STATUS_OK);
    assert_int_equal(seen.files, 2);
    assert_int_equal(seen.errors, 1);
    struct str bytes;
    assert_int_equal(file_read(a, path_join(a, folder, "pipe.txt"), &bytes, NULL, &e),
                     STATUS_NOT_TEXT);
    const char *names[] = {"a.txt", "B.TXT", "c.png", "loop", "gone.txt", "pipe.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(path_join(a, folder, names[i]));
    rmdir(folder);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages_hold_no_control),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_find_all),
        cmocka_unit_test(test_trim_and_split),
        cmocka_unit_test(test_arena_grows_and_releases),
        cmocka_unit_test(test_exhaustion_is_caught),
        cmocka_unit_test(test_map_keeps_order),
        cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_sha256_here_is_plain),
        cmocka_unit_test(test_error_keeps_the_cause_and_drops_controls),
        cmocka_unit_test(test_walk_survives_loops_pipes_and_gone_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
