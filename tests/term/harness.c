#define _GNU_SOURCE
#include "harness.h"

#include "baolan/utf8.h"
#include "baolan/width.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { QUIET_MS = 120, PATIENCE_MS = 10000, ROW_BYTES = 4096 };

struct harness {
    VTerm *terminal;
    VTermScreen *screen;
    pid_t process;
    int master, rows, columns, status;
    bool ended, full_screen, keep_home, ambiguous_wide;
    char rest[4]; /* of a character that came in parts */
    size_t n_rest;
    int cursor_row, cursor_column;
    char home[256], row[ROW_BYTES];
    char *text, *output;
    size_t n_output, room;
};

static void fail(const char *what)
{
    perror(what);
    abort();
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int on_cursor(VTermPos to, VTermPos from, int visible, void *context)
{
    struct harness *h = context;
    (void)from;
    (void)visible;
    h->cursor_row = to.row;
    h->cursor_column = to.col;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *context)
{
    struct harness *h = context;
    if (property == VTERM_PROP_ALTSCREEN)
        h->full_screen = value->boolean != 0;
    return 1;
}

static const VTermScreenCallbacks CALLBACKS = {.movecursor = on_cursor, .settermprop = on_property};

static void set_environment(const struct harness *h, const struct harness_options *o)
{
    static const char *const CLEARED[] = {"NO_COLOR",       "COLORFGBG", "LINES",
                                          "COLUMNS",        "LANGUAGE",  "ESCDELAY",
                                          "SSH_CONNECTION", "SSH_TTY",   "BAOLAN_SCRIPT"};
    static const char *const FOLDERS[][2] = {
        {"XDG_CONFIG_HOME", "config"}, {"XDG_CACHE_HOME", "cache"}, {"XDG_DATA_HOME", "data"}};
    char path[512];
    for (size_t i = 0; i < sizeof CLEARED / sizeof *CLEARED; i++)
        unsetenv(CLEARED[i]);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", h->home, FOLDERS[i][1]);
        setenv(FOLDERS[i][0], path, 1);
    }
    setenv("HOME", h->home, 1);
    setenv("TERM", o->term == NULL ? "xterm-256color" : o->term, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    for (size_t i = 0; o->environment != NULL && o->environment[i] != NULL; i++) {
        char *copy = strdup(o->environment[i]), *equals = copy == NULL ? NULL : strchr(copy, '=');
        if (equals != NULL) {
            *equals = '\0';
            setenv(copy, equals + 1, 1);
        } else if (copy != NULL) {
            unsetenv(copy);
        }
        free(copy);
    }
}

static void run_program(const struct harness *h, const struct harness_options *o)
{
    const char *program = getenv("BAOLAN_PROGRAM");
    char *arguments[32] = {program == NULL ? (char *)"build/baolan" : (char *)program};
    for (size_t i = 0; o->arguments != NULL && o->arguments[i] != NULL && i < 30; i++)
        arguments[i + 1] = (char *)o->arguments[i];
    set_environment(h, o);
    if (o->user != 0 && (chown(h->home, o->user, o->user) != 0 || setgroups(0, NULL) != 0 ||
                         setgid(o->user) != 0 || setuid(o->user) != 0))
        _exit(126);
    execv(arguments[0], arguments);
    _exit(127);
}

struct harness *harness_start(const struct harness_options *o)
{
    struct harness *h = calloc(1, sizeof *h);
    if (h == NULL)
        fail("calloc");
    h->rows = o->rows;
    h->columns = o->columns;
    h->ambiguous_wide = o->ambiguous_wide;
    snprintf(h->home, sizeof h->home, "%s", o->home == NULL ? "/tmp/baolan-term-XXXXXX" : o->home);
    if (o->home == NULL && mkdtemp(h->home) == NULL)
        fail("mkdtemp");
    h->terminal = vterm_new(o->rows, o->columns);
    vterm_set_utf8(h->terminal, 1);
    h->screen = vterm_obtain_screen(h->terminal);
    vterm_screen_set_callbacks(h->screen, &CALLBACKS, h);
    vterm_screen_enable_altscreen(h->screen, 1);
    vterm_screen_reset(h->screen, 1);
    struct winsize size = {.ws_row = (unsigned short)o->rows, .ws_col = (unsigned short)o->columns};
    h->process = forkpty(&h->master, NULL, NULL, &size);
    if (h->process < 0)
        fail("forkpty");
    if (h->process == 0)
        run_program(h, o);
    fcntl(h->master, F_SETFD, FD_CLOEXEC);
    return h;
}

static void keep_output(struct harness *h, const char *bytes, size_t n)
{
    if (h->n_output + n > h->room) {
        h->room = (h->n_output + n) * 2;
        h->output = realloc(h->output, h->room);
        if (h->output == NULL)
            fail("realloc");
    }
    memcpy(h->output + h->n_output, bytes, n);
    h->n_output += n;
}

/* libvterm draws characters of ambiguous width in one cell: for the other kind of terminal each is
 * replaced by one that has two. */
static void write_wide(struct harness *h, const char *bytes, size_t n)
{
    char all[65536 + 4];
    memcpy(all, h->rest, h->n_rest);
    memcpy(all + h->n_rest, bytes, n);
    n += h->n_rest;
    h->n_rest = 0;
    for (size_t i = 0; i < n;) {
        unsigned char lead = (unsigned char)all[i];
        size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4, at = i;
        if (i + length > n) {
            h->n_rest = n - i;
            memcpy(h->rest, all + i, h->n_rest);
            return;
        }
        bool wide = lead >= 0xC0 && point_is_ambiguous(utf8_next((struct str){all, n}, &at));
        vterm_input_write(h->terminal, wide ? "＃" : all + i, wide ? strlen("＃") : length);
        i += length;
    }
}

/* Reads what comes within so many milliseconds; false where nothing came. */
static bool take(struct harness *h, int milliseconds)
{
    struct pollfd wait = {.fd = h->master, .events = POLLIN};
    char bytes[65536];
    if (h->master < 0 || poll(&wait, 1, milliseconds) <= 0)
        return false;
    ssize_t n = read(h->master, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    keep_output(h, bytes, (size_t)n);
    if (h->ambiguous_wide)
        write_wide(h, bytes, (size_t)n);
    else
        vterm_input_write(h->terminal, bytes, (size_t)n);
    vterm_screen_flush_damage(h->screen);
    return true;
}

void harness_settle(struct harness *h)
{
    long end = now_ms() + PATIENCE_MS;
    while (take(h, QUIET_MS) && now_ms() < end)
        ;
}

static void put(struct harness *h, const char *bytes, size_t n)
{
    while (n > 0 && h->master >= 0) {
        ssize_t wrote = write(h->master, bytes, n);
        if (wrote < 0 && errno != EINTR)
            return;
        if (wrote > 0) {
            bytes += wrote;
            n -= (size_t)wrote;
        }
    }
}

void harness_send(struct harness *h, const char *bytes)
{
    put(h, bytes, strlen(bytes));
    harness_settle(h);
}

static const char *named(const char *name, size_t n, char control[2])
{
    static const char *const KEYS[][2] = {
        {"Enter", "\r"},         {"Esc", "\033"},       {"Tab", "\t"},
        {"S-Tab", "\033[Z"},     {"BS", "\177"},        {"Backspace", "\177"},
        {"Space", " "},          {"Up", "\033[A"},      {"Down", "\033[B"},
        {"Right", "\033[C"},     {"Left", "\033[D"},    {"Home", "\033[H"},
        {"End", "\033[F"},       {"lt", "<"},           {"PageUp", "\033[5~"},
        {"PageDown", "\033[6~"}, {"Delete", "\033[3~"}, {"F1", "\033OP"},
    };
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (strlen(KEYS[i][0]) == n && memcmp(KEYS[i][0], name, n) == 0)
            return KEYS[i][1];
    if (n == 3 && name[0] == 'C' && name[1] == '-') {
        control[0] = (char)(name[2] & 31);
        control[1] = '\0';
        return control;
    }
    fprintf(stderr, "no key %.*s\n", (int)n, name);
    abort();
}

void harness_keys(struct harness *h, const char *keys)
{
    while (*keys != '\0') {
        const char *end = *keys == '<' ? strchr(keys, '>') : NULL;
        char control[2];
        if (end == NULL) {
            put(h, keys++, 1);
            continue;
        }
        const char *bytes = named(keys + 1, (size_t)(end - keys - 1), control);
        put(h, bytes, strlen(bytes));
        if (strcmp(bytes, "\033") == 0)
            harness_settle(h);
        keys = end + 1;
    }
    harness_settle(h);
}

static size_t put_point(char *out, uint32_t c)
{
    if (c < 0x80)
        return out[0] = (char)c, 1;
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

const char *harness_row(struct harness *h, int row)
{
    size_t n = 0, keep = 0;
    for (int column = 0; column < h->columns && n + 32 < ROW_BYTES;) {
        VTermScreenCell cell;
        VTermPos at = {.row = row, .col = column};
        vterm_screen_get_cell(h->screen, at, &cell);
        bool blank = cell.chars[0] == 0 || cell.chars[0] == ' ';
        if (cell.chars[0] == 0)
            h->row[n++] = ' ';
        for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            n += put_point(h->row + n, cell.chars[i]);
        if (!blank)
            keep = n;
        column += cell.width > 1 ? cell.width : 1;
    }
    h->row[keep] = '\0';
    return h->row;
}

const char *harness_screen(struct harness *h)
{
    size_t n = 0;
    free(h->text);
    h->text = malloc((size_t)h->rows * ROW_BYTES + 1);
    if (h->text == NULL)
        fail("malloc");
    for (int row = 0; row < h->rows; row++)
        n += (size_t)sprintf(h->text + n, "%s\n", harness_row(h, row));
    return h->text;
}

int harness_find(struct harness *h, const char *text)
{
    for (int row = 0; row < h->rows; row++)
        if (strstr(harness_row(h, row), text) != NULL)
            return row;
    return -1;
}

bool harness_shows(struct harness *h, const char *text)
{
    return harness_find(h, text) >= 0;
}

int harness_background_changes(struct harness *h, int row)
{
    int changes = 0;
    VTermScreenCell cell, before;
    for (int column = 0; column<h->columns; column += cell.width> 1 ? cell.width : 1) {
        vterm_screen_get_cell(h->screen, (VTermPos){.row = row, .col = column}, &cell);
        changes += column > 0 && !vterm_color_is_equal(&cell.bg, &before.bg);
        before = cell;
    }
    return changes;
}

bool harness_expect(struct harness *h, const char *text)
{
    long end = now_ms() + PATIENCE_MS;
    while (!harness_shows(h, text)) {
        if (now_ms() > end) {
            fprintf(stderr, "the screen does not show %s:\n%s", text, harness_screen(h));
            return false;
        }
        take(h, 50);
    }
    harness_settle(h);
    return true;
}

void harness_cursor(struct harness *h, int *row, int *column)
{
    *row = h->cursor_row;
    *column = h->cursor_column;
}

bool harness_is_full_screen(struct harness *h)
{
    return h->full_screen;
}

void harness_resize(struct harness *h, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    h->rows = rows;
    h->columns = columns;
    vterm_set_size(h->terminal, rows, columns);
    ioctl(h->master, TIOCSWINSZ, &size);
    harness_settle(h);
}

void harness_signal(struct harness *h, int number)
{
    kill(h->process, number);
    harness_settle(h);
}

static bool reap(struct harness *h, int flags)
{
    int status;
    if (h->ended)
        return true;
    pid_t pid = waitpid(h->process, &status, flags);
    if (pid != h->process || WIFSTOPPED(status))
        return false;
    h->ended = true;
    h->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return true;
}

bool harness_is_stopped(struct harness *h)
{
    int status;
    pid_t pid = waitpid(h->process, &status, WNOHANG | WUNTRACED);
    return pid == h->process && WIFSTOPPED(status);
}

void harness_hang_up(struct harness *h)
{
    close(h->master);
    h->master = -1;
}

size_t harness_bytes(const struct harness *h)
{
    return h->n_output;
}

const char *harness_output(const struct harness *h, size_t *n)
{
    *n = h->n_output;
    return h->output;
}

int harness_wait(struct harness *h)
{
    long end = now_ms() + PATIENCE_MS;
    while (!reap(h, WNOHANG)) {
        if (now_ms() > end)
            return -1;
        if (!take(h, 20))
            usleep(2000);
    }
    harness_settle(h);
    return h->status;
}

const char *harness_home(const struct harness *h)
{
    return h->home;
}

void harness_keep_home(struct harness *h)
{
    h->keep_home = true;
}

static void remove_folder(const char *path)
{
    pid_t pid = fork();
    if (pid == 0) {
        execlp("rm", "rm", "-rf", "--", path, (char *)NULL);
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, NULL, 0);
}

/* In order where it can: what a sanitizer or the counts of coverage say is said at exit. */
static void end_process(struct harness *h)
{
    long end = now_ms() + PATIENCE_MS;
    if (!reap(h, WNOHANG)) {
        kill(h->process, SIGTERM);
        kill(h->process, SIGCONT);
    }
    while (!reap(h, WNOHANG) && now_ms() < end)
        if (!take(h, 5))
            usleep(1000);
    if (!h->ended) {
        kill(h->process, SIGKILL);
        reap(h, 0);
    }
}

void harness_end(struct harness *h)
{
    end_process(h);
    if (h->master >= 0)
        close(h->master);
    vterm_free(h->terminal);
    if (!h->keep_home)
        remove_folder(h->home);
    free(h->text);
    free(h->output);
    free(h);
}
