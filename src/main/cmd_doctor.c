/* `baolan doctor`: locale, terminal, colours, a ruler for characters of ambiguous width, where the
 * databases are and whether they are sound. */
#include "baolan/converter.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "output.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void row(const char *label, const char *value)
{
    printf("%s: ", translate(label));
    print_clean(str_of(value == NULL ? translate("(not set)") : value));
    putchar('\n');
}

static void look_at_locale(void)
{
    static const char *const names[] = {"", "C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"};
    const char *variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t k = 0; k < sizeof variables / sizeof *variables; k++)
        row(variables[k], getenv(variables[k]));
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *set = setlocale(LC_CTYPE, names[k]);
        if (set == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
            continue;
        printf(translate("locale: %s is used\n"), set);
        return;
    }
    puts(translate("locale: no UTF-8 is available; set LC_ALL=C.UTF-8"));
}

static const char *colours(void)
{
    const char *none = getenv("NO_COLOR"), *true_colour = getenv("COLORTERM");
    const char *terminal = getenv("TERM");
    if (none != NULL && *none != '\0')
        return translate("none (NO_COLOR)");
    if (true_colour != NULL &&
        (strcmp(true_colour, "truecolor") == 0 || strcmp(true_colour, "24bit") == 0))
        return translate("true colour (256 are used)");
    if (terminal != NULL && strstr(terminal, "256color") != NULL)
        return "256";
    if (terminal == NULL || strcmp(terminal, "dumb") == 0 || strncmp(terminal, "vt", 2) == 0)
        return translate("none");
    return "8";
}

static void look_at_terminal(void)
{
    struct winsize size;
    row(N_("terminal"), getenv("TERM"));
    row(N_("colour"), colours());
    if (ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        printf(translate("window: %ux%u\n"), size.ws_col, size.ws_row);
    row("SSH", getenv("SSH_CONNECTION"));
    puts(translate("ruler: the bars below should stand in one column; where they do not, the "
                   "terminal draws such characters two cells wide: set ambiguous substitute"));
    static const char *const rulers[] = {"1234567890|", "一二三四五|", "“”‘’—…·×①■|",
                                         "ａｂｃｄｅ|", "─│┌┐└┘├┤┬┴|", "αβγδεζηθικ|"};
    for (size_t k = 0; k < sizeof rulers / sizeof *rulers; k++)
        printf("  %s\n", rulers[k]);
}

/* What reads formats that are no text, and what is missing for them. */
static void look_at_converters(struct invocation *i)
{
    struct converters *c;
    struct error e = ERROR_NONE;
    if (converters_load(i->arena, &c, NULL, NULL, &e) != STATUS_OK)
        return;
    row(N_("converters"), "");
    for (size_t k = 0; k < converters_count(c); k++) {
        const struct converter *one = converters_at(c, k);
        struct error missing = ERROR_NONE;
        if (one->program == NULL)
            continue;
        if (one->argv == NULL)
            converter_say_missing(one, &missing);
        printf("  %-6s ", one->ending);
        print_clean(str_of(one->argv != NULL ? one->argv[0] : missing.message));
        putchar('\n');
    }
}

static void print_size(const char *path)
{
    struct file_stamp stamp;
    if (file_stamp(path, &stamp, NULL) == STATUS_OK)
        printf("  %.1f MB\n", (double)stamp.size / 1e6);
}

static bool verdict(struct str message, enum status status, const struct error *e)
{
    bool sound = status == STATUS_OK && str_eq(message, STR("ok"));
    fputs(sound ? translate("  sound\n") : translate("  damaged: "), stdout);
    if (sound)
        return true;
    print_clean(status == STATUS_OK ? message : str_of(e->message));
    putchar('\n');
    return false;
}

static bool look_at_cache(struct invocation *i, struct library *library)
{
    struct str message = {NULL, 0};
    struct store_totals t;
    struct store *store;
    struct error e = ERROR_NONE;
    row(N_("cache"), library->cache_path);
    if (library->store == NULL) {
        enum status status = store_open(library->cache_path, STORE_READ, 0, &store, &e);
        printf("  %s\n", e.message);
        /* One that is missing or of another version is made anew by the next import. */
        return status == STATUS_NOT_FOUND || status == STATUS_UNSUPPORTED;
    }
    print_size(library->cache_path);
    enum status status = store_check(library->store, i->arena, &message, &e);
    bool sound = verdict(message, status, &e);
    if (store_totals(library->store, &t, &e) == STATUS_OK)
        printf(translate("  %lld documents, %lld figures, %lld names, %.1f MB of text\n"),
               (long long)t.documents, (long long)t.indicators, (long long)t.entities,
               (double)t.bytes / 1e6);
    if (t.problems > 0)
        printf(translate_count("  %lld file could not be read\n",
                               "  %lld files could not be read\n", (unsigned long)t.problems),
               (long long)t.problems);
    return sound;
}

static bool look_at_notes(struct invocation *i, struct library *library)
{
    struct str message = {NULL, 0};
    struct error e = ERROR_NONE;
    row(N_("notes"), library->notes_path);
    if (library->notes == NULL) {
        print_clean(str_of(i->error.message));
        putchar('\n');
        return false;
    }
    print_size(library->notes_path);
    enum status why;
    const char *warning = notes_warning(library->notes, &why);
    if (warning != NULL) {
        fputs("  ", stdout);
        print_clean(str_of(warning));
        putchar('\n');
        return why != STATUS_CORRUPT;
    }
    enum status status = notes_check(library->notes, i->arena, &message, &e);
    return verdict(message, status, &e);
}

int command_doctor(struct invocation *i)
{
    struct library *library;
    const char *lexicons = path_program_data(i->arena, "lexicons");
    bool good = lexicons != NULL;
    look_at_locale();
    look_at_terminal();
    row(N_("data"), lexicons);
    row(N_("configuration"), path_config_folder(i->arena));
    look_at_converters(i);
    if (library_open(i->library, &library, &i->error) != STATUS_OK)
        return fail(i);
    good &= look_at_cache(i, library);
    good &= look_at_notes(i, library);
    library_close(library);
    return good ? EXIT_FOUND : EXIT_ERROR;
}
