/* What `make install` puts down: that it works from there, whole; the library for other programs;
 * the completions in their shells; and that uninstall leaves nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Below $ROOT everything stands: the installation, a library made of the samples. */
static char root[64], out[1 << 16];

/* Runs a shell line, its standard output and errors into `out`; its exit status. */
static int run(const char *line)
{
    char command[4096];
    size_t n = 0;
    snprintf(command, sizeof command, "{ %s ; } 2>&1", line);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t got; (got = fread(out + n, 1, sizeof out - 1 - n, pipe)) > 0;)
        n += got;
    out[n] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void must(const char *line)
{
    if (run(line) != 0)
        fail_msg("%s\n%s", line, out);
}

static void must_say(const char *line, const char *text)
{
    must(line);
    if (strstr(out, text) == NULL)
        fail_msg("%s does not say %s but\n%s", line, text, out);
}

static bool has_program(const char *name)
{
    char line[128];
    snprintf(line, sizeof line, "command -v %s", name);
    return run(line) == 0;
}

/* make's own variables would carry this run's jobs and flags into that one. */
#define MAKE                                                           \
    "env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s BUILD=$(dirname " \
    "${BAOLAN_PROGRAM:-build/baolan}) "                                \
    "DESTDIR=$ROOT/to PREFIX=/usr "

static int set_up(void **state)
{
    (void)state;
    snprintf(root, sizeof root, "/tmp/baolan-install-XXXXXX");
    assert_non_null(mkdtemp(root));
    setenv("ROOT", root, 1);
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_DATA_HOME", root, 1);
    setenv("XDG_CONFIG_HOME", root, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("LANGUAGE");
    unsetenv("BAOLAN_DATA");
    must(MAKE "install");
    must("$ROOT/to/usr/bin/baolan import -q $ROOT/to/usr/share/baolan/samples");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    must("rm -rf $ROOT");
    return 0;
}

static void test_runs_where_it_was_put(void **state)
{
    (void)state;
    must_say("cd / && $ROOT/to/usr/bin/baolan list", "云泽日报");
    must_say("cd / && $ROOT/to/usr/bin/baolan --help", "用法");
    must_say("cd / && $ROOT/to/usr/bin/baolan --lang en --help", "usage");
    must_say("cd / && LANGUAGE=en $ROOT/to/usr/bin/baolan --help", "usage");
    /* What makes data is not data. */
    assert_int_not_equal(run("ls -d $ROOT/to/usr/share/baolan/po"), 0);
    assert_int_not_equal(run("ls -d $ROOT/to/usr/share/baolan/unicode"), 0);
}

/* Placed anywhere in memory, its tables of addresses closed before main; and, where the compiler's
 * guards are not left to the sanitizers, with these. */
static void test_is_hardened(void **state)
{
    (void)state;
    if (!has_program("readelf"))
        skip();
    must_say("readelf -hW $ROOT/to/usr/bin/baolan", "DYN (");
    must_say("readelf -lW $ROOT/to/usr/bin/baolan", "GNU_RELRO");
    must_say("readelf -dW $ROOT/to/usr/bin/baolan", "NOW");
    must("readelf -sW $ROOT/to/usr/bin/baolan | grep -qE '__(asan|gcov)_' ||"
         " readelf -sW $ROOT/to/usr/bin/baolan | grep -q __stack_chk_fail");
}

static const char TEN_LINES[] =
    "#include <baolan/document_json.h>\n"
    "#include <baolan/files.h>\n"
    "#include <baolan/parse.h>\n"
    "#include <stdio.h>\n"
    "int main(int argc, char **argv) {\n"
    "    struct arena *a = arena_new(); struct error e = ERROR_NONE; struct str bytes;\n"
    "    struct parse_options o = {0}; struct lexicons *l; struct document *d;\n"
    "    if (argc < 2 || file_read(a, argv[1], &bytes, NULL, &e) != STATUS_OK ||\n"
    "        lexicons_load(a, NULL, &l, NULL, NULL, &e) != STATUS_OK) return puts(e.message), 1;\n"
    "    o.lexicons = l;\n"
    "    if (document_parse(a, bytes, &o, &d, &e) != STATUS_OK) return puts(e.message), 1;\n"
    "    struct str title = d->articles[0].title.text;\n"
    "    printf(\"%u %.*s\\n\", d->n_articles, (int)title.n, title.p);\n"
    "    arena_free(a); return 0;\n"
    "}\n";

static void test_a_program_of_another(void **state)
{
    char path[96];
    (void)state;
    if (!has_program("pkg-config") || !has_program("cc"))
        skip();
    snprintf(path, sizeof path, "%s/ten.c", root);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(TEN_LINES, f);
    fclose(f);
    /* A library built with sanitizers or for coverage needs the same of who links it. */
    must("cd $ROOT && export PKG_CONFIG_PATH=$ROOT/to/usr/lib/pkgconfig "
         "PKG_CONFIG_SYSROOT_DIR=$ROOT/to; "
         "flags=; nm to/usr/lib/libbaolan.a 2>/dev/null | grep -q __asan_ && "
         "flags='-fsanitize=address,undefined'; "
         "nm to/usr/lib/libbaolan.a 2>/dev/null | grep -q __gcov_ && flags=--coverage; "
         "cc -std=c17 -Wall -Wextra -Wpedantic -Werror $flags -o ten ten.c "
         "$(pkg-config --define-variable=prefix=/usr --cflags --libs libbaolan)");
    must_say("cd $ROOT && BAOLAN_DATA=$ROOT/to/usr/share/baolan ASAN_OPTIONS=detect_leaks=0 ./ten "
             "to/usr/share/baolan/samples/云泽日报-2023-08-17-A06.txt",
             "关于云泽市电机储能产业发展的调查与思考");
}

static void test_what_can_be_completed(void **state)
{
    (void)state;
#define KNOWS "$ROOT/to/usr/bin/baolan completions -- "
    must_say(KNOWS "''", "proposals\t");
    must_say(KNOWS "list --so", "--sort\t");
    must_say(KNOWS "list --sort ''", "date\n");
    must_say(KNOWS "--lang ''", "zh\n");
    must_say(KNOWS "show ''", "云泽日报-2023-08-17-A06.txt\n");
    must_say(KNOWS "show yzrb", "云泽日报-2023-08-17-A06.txt\n");
    must_say(KNOWS "refs 云", "云泽市\n");
    must_say(KNOWS "refs yunze", "云泽市\n");
    must_say(KNOWS "chart 产", "产值\n");
    must_say(KNOWS "indicators --metric=cz", "--metric=产值\n");
    must_say(KNOWS "indicators --metric = cz", "产值\n");
    must_say(KNOWS "audit --kind s", "share");
    must_say(KNOWS "search spea", "speaker:");
    assert_int_equal(run(KNOWS "parse ''"), 1); /* files are the shell's */
    assert_string_equal(out, "");
}

#define SHARE "$ROOT/to/usr/share/"

static void test_bash(void **state)
{
    (void)state;
    if (!has_program("bash"))
        skip();
    must_say("PATH=$ROOT/to/usr/bin:$PATH bash -c '. " SHARE "bash-completion/completions/baolan; "
             "COMP_WORDS=(baolan show yzrb-2023-0); COMP_CWORD=2; _baolan; printf \"[%s]\" "
             "\"${COMPREPLY[@]}\"'",
             "[云泽日报-2023-08-17-A06.txt]");
    must_say("PATH=$ROOT/to/usr/bin:$PATH bash -c '. " SHARE "bash-completion/completions/baolan; "
             "complete -p baolan; COMP_WORDS=(baolan ch); COMP_CWORD=1; _baolan; echo "
             "\"${COMPREPLY[@]}\"'",
             "chart");
}

static void test_zsh(void **state)
{
    (void)state;
    if (!has_program("zsh"))
        skip();
    must_say("PATH=$ROOT/to/usr/bin:$PATH zsh -f -c 'fpath=(" SHARE "zsh/site-functions $fpath); "
             "autoload -U _baolan; compadd() { print -rl -- $@ }; _files() { print FILES }; "
             "words=(baolan refs yunz); CURRENT=3; _baolan; words=(baolan parse x); _baolan'",
             "云泽市\n");
    assert_non_null(strstr(out, "FILES\n"));
    must("zsh -n " SHARE "zsh/site-functions/_baolan");
}

static void test_fish(void **state)
{
    (void)state;
    if (!has_program("fish"))
        skip();
    must_say("PATH=$ROOT/to/usr/bin:$PATH HOME=$ROOT fish -c 'source " SHARE
             "fish/vendor_completions.d/baolan.fish; complete -C \"baolan show 云泽日\"; "
             "complete -C \"baolan pro\"'",
             "云泽日报-2023-08-17-A06.txt");
    assert_non_null(strstr(out, "proposals\t"));
}

#define MANUAL "$ROOT/to/usr/share/man/"

/* Every command, option and subcommand stands in both pages, as these are made from their tables.
 */
static void test_manual(void **state)
{
    (void)state;
    must_say("cat " MANUAL "man1/baolan.1", ".It Ic \"paragraph\\-next\"");
    assert_non_null(strstr(out, ".It Ic \"theme auto|dark|light|contrast|mono\""));
    assert_non_null(strstr(out, ".It Ic \"forget PATH...\\&\""));
    assert_null(strstr(out, ".\\\" @"));
    must_say("cat " MANUAL "zh_CN/man1/baolan.1", "画成条形");
    assert_null(strstr(out, ".\\\" @"));
    must("! grep -n 'draw a metric' " MANUAL "zh_CN/man1/baolan.1");
    if (!has_program("mandoc"))
        skip();
    must("mandoc -T lint " MANUAL "man1/baolan.1 2>/dev/null");
    must("mandoc -T lint " MANUAL "zh_CN/man1/baolan.1");
}

static void test_nothing_stays(void **state)
{
    (void)state;
    must(MAKE "uninstall");
    must("find $ROOT/to -type f -o -type l");
    assert_string_equal(out, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs_where_it_was_put),
        cmocka_unit_test(test_is_hardened),
        cmocka_unit_test(test_a_program_of_another),
        cmocka_unit_test(test_what_can_be_completed),
        cmocka_unit_test(test_bash),
        cmocka_unit_test(test_zsh),
        cmocka_unit_test(test_fish),
        cmocka_unit_test(test_manual),
        cmocka_unit_test(test_nothing_stays),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
