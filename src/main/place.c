#include "place.h"

#include "baolan/message.h"
#include "baolan/width.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0';
}

static bool is_one_of(const char *name, const char *const *words)
{
    const char *value = getenv(name);
    for (; value != NULL && *words != NULL; words++)
        if (strcmp(value, *words) == 0)
            return true;
    return false;
}

/* No terminal is asked, and none that is not known to have links is sent one: what does not know
 * the sequence may print it. Within tmux and screen the outer terminal is not known. */
static bool has_links(void)
{
    static const char *const TERMS[] = {"xterm-kitty", "alacritty", "foot",          "foot-extra",
                                        "wezterm",     "contour",   "xterm-ghostty", NULL};
    static const char *const PROGRAMS[] = {"iTerm.app", "WezTerm", "vscode",
                                           "ghostty",   "Hyper",   NULL};
    static const char *const OWN[] = {"KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM",
                                      "WEZTERM_PANE"};
    const char *forced = getenv("FORCE_HYPERLINK"), *vte = getenv("VTE_VERSION");
    if (!isatty(STDOUT_FILENO))
        return false;
    if (forced != NULL && *forced != '\0')
        return strcmp(forced, "0") != 0;
    if (is_set("TMUX") || is_set("STY"))
        return false;
    /* VTE has them since 0.50. */
    bool has = is_one_of("TERM", TERMS) || is_one_of("TERM_PROGRAM", PROGRAMS) ||
               (vte != NULL && strtol(vte, NULL, 10) >= 5000);
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN && !has; i++)
        has = is_set(OWN[i]);
    return has;
}

void link_begin(struct str path)
{
    static const char PLAIN[] =
        "/-_.~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    char host[256] = "";
    if (!has_links())
        return;
    gethostname(host, sizeof host - 1);
    fputs("\033]8;;file://", stdout);
    for (const char *c = host; *c != '\0'; c++)
        if (strchr(PLAIN, *c) != NULL)
            putchar(*c);
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] != '\0' && strchr(PLAIN, path.p[i]) != NULL)
            putchar(path.p[i]);
        else
            printf("%%%02X", (unsigned char)path.p[i]);
    fputs("\033\\", stdout);
}

void link_end(void)
{
    if (has_links())
        fputs("\033]8;;\033\\", stdout);
}

void print_place(struct str path, uint32_t line, uint32_t page)
{
    link_begin(path);
    print_clean(path);
    printf(":%u", (unsigned)line);
    link_end();
    if (page > 0) {
        fputs("  ", stdout);
        printf(translate("page %u"), (unsigned)page);
    }
}

/* The part of a place that a line of `room` cells takes: up to the last slash that fits, else what
 * fits, and one cluster at least. */
static size_t line_of_place(struct str rest, size_t room)
{
    struct cluster first;
    size_t at = 0, fits = width_cut(rest, room, AMBIGUOUS_NARROW, NULL).n;
    if (fits == rest.n)
        return fits;
    for (size_t i = fits; i > 1; i--)
        if (rest.p[i - 1] == '/')
            return i;
    cluster_next(rest, &at, AMBIGUOUS_NARROW, &first);
    return fits > at ? fits : at;
}

void print_place_within(struct arena *a, struct str path, uint32_t line, uint32_t page,
                        size_t indent, size_t width)
{
    struct str rest = str_printf(a, "%.*s:%u", STR_ARG(path), (unsigned)line);
    size_t room = width > indent ? width - indent : 1, used = 0;
    while (rest.n > 0) {
        size_t n = line_of_place(rest, room);
        used = width_measure(str_sub(rest, 0, n), AMBIGUOUS_NARROW);
        printf("%*s", (int)indent, "");
        link_begin(path);
        print_clean(str_sub(rest, 0, n));
        link_end();
        rest = str_sub(rest, n, rest.n);
        if (rest.n > 0)
            putchar('\n');
    }
    if (page > 0) {
        struct str at = str_printf(a, translate("page %u"), (unsigned)page);
        if (used + 2 + width_measure(at, AMBIGUOUS_NARROW) > room)
            printf("\n%*s", (int)indent, "");
        else
            fputs("  ", stdout);
        print_clean(at);
    }
    putchar('\n');
}
