/* Several libraries, a published one that a reader may not write, and restricted use. */
#include "../remove.h"
#include "harness.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define LONG                                                                                                                         \
    "## 海边的镇上办起了新厂\n\n2022年，全镇96家企业实现产值312.4亿元。\n\n"                                 \
    "居民们说，这里变了样子。\n\n第三段在这里，说的是老街。\n\n第四段在这里，说的是码头。\n\n" \
    "第五段在这里，说的是学校。\n\n第六段在这里，说的是茶山。\n"
#define SHORT "## 山里的村\n\n村里有三百户人家，种茶，也养蜂。\n"

/* A folder with pages, a published library, and a home, which an unprivileged reader may read. */
struct ground {
    char root[64], pages[96], more[96], published[96], program[96], data[96];
};

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void run(const char *command)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

static int set_up(void **state)
{
    struct ground *g = calloc(1, sizeof *g);
    snprintf(g->root, sizeof g->root, "/tmp/baolan-libraries-XXXXXX");
    assert_non_null(mkdtemp(g->root));
    chmod(g->root, 0755);
    snprintf(g->pages, sizeof g->pages, "%s/pages", g->root);
    snprintf(g->more, sizeof g->more, "%s/more", g->root);
    snprintf(g->published, sizeof g->published, "%s/published", g->root);
    mkdir(g->pages, 0755);
    mkdir(g->more, 0755);
    mkdir(g->published, 0755);
    write_file(g->pages, "a.txt", LONG);
    write_file(g->more, "b.txt", SHORT);
    *state = g;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *g = *state;
    chmod(g->published, 0755);
    remove_below(g->root);
    free(g);
    return 0;
}

static const char *program(void)
{
    const char *told = getenv("BAOLAN_PROGRAM");
    return told == NULL ? "build/baolan" : told;
}

/* baolan ARGUMENTS in the ground's own XDG folders. */
static void baolan(struct ground *g, const char *arguments)
{
    char command[1024];
    snprintf(command, sizeof command,
             "HOME=%s XDG_CONFIG_HOME=%s/config XDG_CACHE_HOME=%s/cache XDG_DATA_HOME=%s/data "
             "'%s' %s",
             g->root, g->root, g->root, g->root, program(), arguments);
    run(command);
}

static void publish(struct ground *g)
{
    char arguments[256];
    chmod(g->published, 0755);
    snprintf(arguments, sizeof arguments, "import --quiet --publish %s %s", g->published, g->pages);
    baolan(g, arguments);
    chmod(g->published, 0555);
}

static void expect(struct harness *h, const char *text)
{
    if (!harness_expect(h, text))
        fail_msg("no \"%s\" on:\n%s", text, harness_screen(h));
}

static const char *cursor_row(struct harness *h)
{
    int row, column;
    harness_cursor(h, &row, &column);
    return harness_row(h, row);
}

static void leave(struct harness *h)
{
    harness_keys(h, "<Esc>1q");
    assert_int_equal(harness_wait(h), 0);
    harness_end(h);
}

/* The entries of a folder with their sizes and times, to be compared. */
static void list_folder(const char *folder, char *out, size_t room)
{
    char command[256];
    snprintf(command, sizeof command, "ls -la --full-time %s", folder);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    size_t n = fread(out, 1, room - 1, f);
    out[n] = '\0';
    pclose(f);
}

/* Another user where the tests are root's, whom no mode keeps from writing. */
static unsigned reader_of(struct ground *g)
{
    char command[1024];
    if (geteuid() != 0)
        return 0;
    snprintf(g->program, sizeof g->program, "%s/baolan", g->root);
    snprintf(g->data, sizeof g->data, "%s/share", g->root);
    snprintf(
        command, sizeof command,
        "cp '%s' %s && cp -r \"$(dirname '%s')\"/locale %s && cp -r data %s && chmod -R a+rX %s",
        program(), g->program, program(), g->root, g->data, g->root);
    run(command);
    return 65534;
}

static void test_a_published_library_is_read_by_who_may_not_write(void **state)
{
    struct ground *g = *state;
    char before[4096], after[4096], row[4096], program_is[128], data_is[128];
    unsigned user = reader_of(g);
    publish(g);
    list_folder(g->published, before, sizeof before);
    const char *arguments[] = {"--library", g->published, NULL};
    const char *told = getenv("BAOLAN_PROGRAM"), *kept = told == NULL ? NULL : strdup(told);
    snprintf(data_is, sizeof data_is, "BAOLAN_DATA=%s", g->data);
    snprintf(program_is, sizeof program_is, "%s", g->program);
    const char *environment[] = {user == 0 ? NULL : data_is, NULL};
    if (user != 0)
        setenv("BAOLAN_PROGRAM", program_is, 1);
    struct harness *h = harness_start(&(struct harness_options){.arguments = arguments,
                                                                .environment = environment,
                                                                .rows = 12,
                                                                .columns = 80,
                                                                .user = user});
    if (kept != NULL)
        setenv("BAOLAN_PROGRAM", kept, 1);
    else
        unsetenv("BAOLAN_PROGRAM");
    free((char *)kept);
    expect(h, "1篇");
    harness_keys(h, "<Enter>))))");
    snprintf(row, sizeof row, "%s", cursor_row(h));
    assert_non_null(strstr(row, "第四段在这里"));
    list_folder(g->published, after, sizeof after);
    assert_string_equal(before, after);
    /* A new one is published while it is read: with one page more, and text before the place. */
    write_file(g->pages, "0.txt", SHORT);
    write_file(g->pages, "a.txt", "## 海边的镇上办起了新厂\n\n新添的一段在最前面。\n\n" LONG);
    publish(g);
    list_folder(g->published, before, sizeof before);
    expect(h, "2篇");
    harness_settle(h);
    assert_string_equal(cursor_row(h), row);
    harness_keys(h, "gg");
    expect(h, "新添的一段在最前面");
    /* What a reader puts right holds for him at once, and is kept with him. */
    harness_keys(h, "c1<C-u>改过的标题<Enter>");
    expect(h, "已改正");
    harness_keys(h, "gg");
    expect(h, "改 改过的标题");
    harness_keys(h, "1");
    expect(h, "山里的村");
    expect(h, "改过的标题");
    list_folder(g->published, after, sizeof after);
    assert_string_equal(before, after);
    /* And in what is published after that. */
    write_file(g->pages, "c.txt", "## 又来了一篇文章\n\n这一篇是后来才有的，说得也不长。\n");
    publish(g);
    expect(h, "3篇");
    expect(h, "又来了一篇文章");
    expect(h, "改过的标题");
    harness_keys(h, "u");
    expect(h, "已撤回");
    expect(h, "海边的镇上办起了新厂");
    leave(h);
}

/* Where there is no folder to publish in, one is made that readers may enter; what was published
 * once is published again without naming the pages. */
static void test_publishing_anew(void **state)
{
    struct ground *g = *state;
    char arguments[512], path[160];
    struct stat st;
    mode_t mask = umask(022);
    snprintf(path, sizeof path, "%s/srv/lib", g->root);
    snprintf(arguments, sizeof arguments, "import --quiet --library all --publish %s %s", path,
             g->pages);
    baolan(g, arguments);
    umask(mask);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0755);
    write_file(g->pages, "0.txt", SHORT);
    snprintf(arguments, sizeof arguments, "import --quiet --library all --publish %s", path);
    baolan(g, arguments);
    snprintf(arguments, sizeof arguments, "--library %s list | grep -q 0.txt", path);
    baolan(g, arguments);
}

/* /etc/baolan/config holds for all, below a person's own, which cannot lift what is restricted. */
static void test_what_the_administrator_says(void **state)
{
    struct ground *g = *state;
    char command[1024], folder[160];
    snprintf(command, sizeof command, "unshare -rm mount --bind %s /etc 2>/dev/null", g->root);
    if (system(command) != 0) {
        print_message("skipped: nothing can be mounted over /etc here\n");
        skip();
    }
    publish(g);
    snprintf(command, sizeof command, "mkdir -p %s/etc/baolan %s/config/baolan", g->root, g->root);
    run(command);
    snprintf(folder, sizeof folder, "%s/etc/baolan", g->root);
    snprintf(command, sizeof command, "library = %s\nrestricted = yes\nmeasure = 30\n",
             g->published);
    write_file(folder, "config", command);
    snprintf(folder, sizeof folder, "%s/config/baolan", g->root);
    write_file(folder, "config", "set measure 32\nset restricted no\n");
    snprintf(command, sizeof command,
             "HOME=%s XDG_CONFIG_HOME=%s/config XDG_CACHE_HOME=%s/cache XDG_DATA_HOME=%s/data "
             "LC_ALL=C.UTF-8 unshare -rm sh -c 'mount --bind %s/etc /etc && "
             "%s list | grep -q /a.txt && { %s config --print 2>/dev/null >%s/said; :; }'",
             g->root, g->root, g->root, g->root, g->root, program(), program(), g->root);
    run(command);
    snprintf(command, sizeof command,
             "grep -q '^set restricted yes' %s/said && grep -q '^set measure 32' %s/said", g->root,
             g->root);
    run(command);
}

static void test_two_libraries_do_not_mix(void **state)
{
    struct ground *g = *state;
    char arguments[256];
    snprintf(arguments, sizeof arguments, "import --quiet %s", g->pages);
    baolan(g, arguments);
    snprintf(arguments, sizeof arguments, "import --quiet --library 山村 %s", g->more);
    baolan(g, arguments);
    struct harness *h =
        harness_start(&(struct harness_options){.rows = 12, .columns = 80, .home = g->root});
    expect(h, "海边的镇上办起了新厂");
    harness_keys(h, "<Enter>))))");
    assert_non_null(strstr(cursor_row(h), "第四段在这里"));
    harness_keys(h, ":library 山<Tab><Enter>");
    expect(h, "山里的村");
    assert_false(harness_shows(h, "海边的镇"));
    harness_keys(h, "/码头<Enter>");
    expect(h, "0 处");
    harness_keys(h, "<Esc>:library default<Enter>");
    expect(h, "第四段在这里");
    assert_non_null(strstr(cursor_row(h), "第四段在这里"));
    harness_keys(h, ":library 没有<Enter>");
    expect(h, "baolan import --library 没有");
    assert_true(harness_shows(h, "第四段在这里"));
    harness_keep_home(h);
    leave(h);
}

static void test_restricted_use(void **state)
{
    struct ground *g = *state;
    char config[160], keys[256];
    snprintf(config, sizeof config, "%s/config", g->root);
    mkdir(config, 0755);
    snprintf(config, sizeof config, "%s/config/baolan", g->root);
    mkdir(config, 0755);
    write_file(config, "config", "restricted = yes\nset restricted no\n");
    const char *arguments[] = {g->pages, NULL};
    struct harness *h = harness_start(&(struct harness_options){
        .arguments = arguments, .rows = 12, .columns = 80, .home = g->root});
    expect(h, "海边的镇上办起了新厂");
    static const char *const FORBIDDEN[] = {"!", "|", ":shell true<Enter>", "<Enter>v",
                                            ":set restricted no<Enter>"};
    for (size_t i = 0; i < sizeof FORBIDDEN / sizeof *FORBIDDEN; i++) {
        harness_keys(h, "<Esc>1");
        harness_keys(h, FORBIDDEN[i]);
        expect(h, "受限");
    }
    snprintf(keys, sizeof keys, "<Esc>3e<C-u>%s/figures.csv<Enter>", g->root);
    harness_keys(h, keys);
    expect(h, "受限");
    snprintf(keys, sizeof keys, "<Esc>:screenshot %s/screen.txt<Enter>", g->root);
    harness_keys(h, keys);
    expect(h, "受限");
    snprintf(keys, sizeof keys, "%s/screen.txt", g->root);
    assert_int_not_equal(access(keys, F_OK), 0);
    harness_keep_home(h);
    leave(h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_published_library_is_read_by_who_may_not_write,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_publishing_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_the_administrator_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_libraries_do_not_mix, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restricted_use, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
