#define _GNU_SOURCE /* memfd_create, dup3 */
#include "ui/terminal.h"

#include "baolan/message.h"
#include "baolan/utf8.h"
#include "ui/theme.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* <term.h> makes macros of terminfo's names. */
#undef columns
#undef lines

/* What a signal handler needs to give the terminal back; written before `armed` is set. */
static struct {
    volatile sig_atomic_t armed;
    char text[512];
    size_t n;
    struct termios saved;
} rescue;

struct terminal {
    struct arena *arena;
    SCREEN *screen;
    FILE *out;    /* what curses writes to: the terminal, or `gathered` */
    int gathered; /* a file in memory; -1: there is none */
    bool gathering;
    struct cell *shown; /* what the terminal shows, rows * columns */
    size_t room;
    int rows, columns;
    int cursor_row, cursor_column; /* where it stands; it is in sight always */
    cchar_t blanks[ROLE_COUNT];    /* a blank in the look of each role */
    bool see_through[ROLE_COUNT];  /* blanks of the role look like any other blank */
    bool capable;                  /* of the mouse and of bracketed paste */
    bool mouse, open;
    enum theme theme; /* that the looks are of */
};

#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

bool terminal_locale(void)
{
    static const char *const NAMES[] = {"", "C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (setlocale(LC_CTYPE, NAMES[i]) != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
            return true;
    return false;
}

static void write_all(const char *p, size_t n)
{
    while (n > 0) {
        ssize_t wrote = write(STDOUT_FILENO, p, n);
        if (wrote <= 0)
            return;
        p += wrote;
        n -= (size_t)wrote;
    }
}

static void send(const char *text)
{
    write_all(text, strlen(text));
}

/* curses writes after each move of the cursor; each of that many small writes wakes who reads, and
 * may be a packet of its own on the line. So a screen is gathered in memory and sent whole. While
 * curses sets the terminal's modes it must have the terminal itself. */
static void gather(struct terminal *t, bool on)
{
    int to = on ? t->gathered : STDOUT_FILENO;
    if (t->gathered >= 0 && on != t->gathering && dup3(to, fileno(t->out), O_CLOEXEC) >= 0)
        t->gathering = on;
}

static size_t send_gathered(struct terminal *t)
{
    char part[16384];
    off_t end = t->gathering ? lseek(t->gathered, 0, SEEK_CUR) : 0;
    for (off_t at = 0; at < end;) {
        size_t wanted = end - at < (off_t)sizeof part ? (size_t)(end - at) : sizeof part;
        ssize_t n = pread(t->gathered, part, wanted, at);
        if (n <= 0)
            break;
        write_all(part, (size_t)n);
        at += n;
    }
    if (t->gathering)
        lseek(t->gathered, 0, SEEK_SET);
    return (size_t)end;
}

/* A way to the terminal of its own for curses; false where there is none. */
static bool open_out(struct terminal *t)
{
    int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    t->out = own < 0 ? NULL : fdopen(own, "w");
    if (t->out == NULL && own >= 0)
        close(own);
    t->gathered = t->out == NULL ? -1 : memfd_create("screen", MFD_CLOEXEC);
    return t->out != NULL;
}

static void close_out(struct terminal *t)
{
    fclose(t->out);
    if (t->gathered >= 0)
        close(t->gathered);
}

/* A string of terminfo without its delays ($<5>). */
static void add_capability(const char *name)
{
    char copy[64];
    snprintf(copy, sizeof copy, "%s", name);
    const char *p = tigetstr(copy);
    if (p == NULL || p == (const char *)-1)
        return;
    while (*p != '\0' && rescue.n + 1 < sizeof rescue.text) {
        const char *end = p[0] == '$' && p[1] == '<' ? strchr(p, '>') : NULL;
        if (end != NULL)
            p = end + 1;
        else
            rescue.text[rescue.n++] = *p++;
    }
}

static void prepare_rescue(const struct terminal *t)
{
    rescue.n = 0;
    if (t->capable) {
        rescue.n = strlen(MOUSE_OFF PASTE_OFF);
        memcpy(rescue.text, MOUSE_OFF PASTE_OFF, rescue.n);
    }
    add_capability("sgr0");
    add_capability("op");
    add_capability("cnorm");
    add_capability("rmcup");
}

void terminal_rescue(void)
{
    if (!rescue.armed)
        return;
    rescue.armed = 0;
    write_all(rescue.text, rescue.n);
    tcsetattr(STDIN_FILENO, TCSANOW, &rescue.saved);
}

/* A colour of the palette of 256 as a terminal of direct colours numbers it: those of the first
 * eight are the same, above them stands red, green, blue. */
static int direct_colour(int colour)
{
    static const int STEPS[] = {0, 95, 135, 175, 215, 255};
    if (colour < 8)
        return colour;
    if (colour < 16)
        return 0x808080;
    if (colour >= 232) {
        int grey = 8 + (colour - 232) * 10;
        return grey << 16 | grey << 8 | grey;
    }
    int cube = colour - 16;
    return STEPS[cube / 36] << 16 | STEPS[cube / 6 % 6] << 8 | STEPS[cube % 6];
}

static bool set_pair(int pair, int foreground, int background)
{
    char flag[] = "RGB";
    if (COLORS > 256 && tigetflag(flag) > 0)
        return init_extended_pair(pair, direct_colour(foreground), direct_colour(background)) == OK;
    return init_pair((short)pair, (short)foreground, (short)background) == OK;
}

static void set_looks(struct terminal *t, const char *name)
{
    enum theme theme = t->theme = theme_find(name);
    int colours = has_colors() ? COLORS : 0;
    for (unsigned role = 0; role < ROLE_COUNT; role++) {
        struct look look = theme_look(theme, (enum role)role, colours);
        attr_t attributes = A_NORMAL;
        if (look.attributes & LOOK_BOLD)
            attributes |= A_BOLD;
        if (look.attributes & LOOK_REVERSE)
            attributes |= A_REVERSE;
        if (look.attributes & LOOK_DIM)
            attributes |= A_DIM;
        short own = 0;
        t->see_through[role] = look.background < 0 && !(look.attributes & LOOK_REVERSE);
        /* The terminal's own colours are a pair too: from pair 0 to another curses sends the whole
         * rendition, between pairs only the colour. */
        short pair = (short)(role + 1);
        if (colours > 0 && set_pair(pair, look.foreground, look.background))
            own = pair;
        setcchar(&t->blanks[role], L" ", attributes, own, NULL);
    }
    bkgrndset(&t->blanks[ROLE_TEXT]);
}

/* Makes blanks of curses' window, which has nothing in it yet: what is blank in the first frame
 * need not be put there cell by cell. */
static void begin_blank(struct terminal *t)
{
    wbkgrnd(stdscr, &t->blanks[ROLE_TEXT]);
    for (size_t i = 0; i < (size_t)t->rows * (size_t)t->columns; i++)
        t->shown[i] = (struct cell){.text = " ", .n = 1, .width = 1, .role = ROLE_TEXT};
}

bool terminal_send(struct terminal *t, struct str sequence)
{
    if (t->capable)
        write_all(sequence.p, sequence.n);
    return t->capable;
}

static void enter_modes(const struct terminal *t)
{
    if (t->capable)
        send(PASTE_ON);
    if (t->capable && t->mouse)
        send(MOUSE_ON);
}

static void leave_modes(const struct terminal *t)
{
    if (t->capable && t->mouse)
        send(MOUSE_OFF);
    if (t->capable)
        send(PASTE_OFF);
}

/* newterm ends the program for some terminals ("dumb" has no cursor addressing, and is only caught
 * later), so terminfo is asked first. */
static bool is_usable(const char *type)
{
    int result;
    if (setupterm(type, STDOUT_FILENO, &result) != OK)
        return false;
    char name[] = "cup";
    const char *cup = tigetstr(name);
    bool usable = cup != NULL && cup != (const char *)-1;
    /* newterm makes one of its own. */
    del_curterm(cur_term);
    return usable;
}

/* The description to use for a type: its own, or where that is not installed (Debian has PuTTY's in
 * a package that servers lack) one that the same terminal understands. NULL: none. */
static const char *description_of(const char *type)
{
    static const struct {
        const char *begins, *plain, *rich; /* rich: where the type speaks of 256 colours */
    } LIKE[] = {
        {"putty", "xterm", "xterm-256color"},    {"xterm", "xterm", "xterm-256color"},
        {"alacritty", "xterm-256color", NULL},   {"foot", "xterm-256color", NULL},
        {"kitty", "xterm-256color", NULL},       {"ghostty", "xterm-256color", NULL},
        {"wezterm", "xterm-256color", NULL},     {"konsole", "xterm", "xterm-256color"},
        {"gnome", "xterm", "xterm-256color"},    {"vte", "xterm", "xterm-256color"},
        {"mintty", "xterm", "xterm-256color"},   {"st-", "xterm", "xterm-256color"},
        {"rxvt", "xterm", "xterm-256color"},     {"tmux", "screen", "screen-256color"},
        {"screen", "screen", "screen-256color"}, {"linux", "linux", NULL},
    };
    if (is_usable(type))
        return type;
    for (size_t i = 0; i < sizeof LIKE / sizeof *LIKE; i++) {
        if (strncmp(type, LIKE[i].begins, strlen(LIKE[i].begins)) != 0)
            continue;
        if (LIKE[i].rich != NULL && strstr(type, "256") != NULL && is_usable(LIKE[i].rich))
            return LIKE[i].rich;
        return is_usable(LIKE[i].plain) ? LIKE[i].plain : NULL;
    }
    return NULL;
}

enum status terminal_open(struct arena *a, const char *theme, struct terminal **out,
                          struct error *e)
{
    const char *type = getenv("TERM");
    struct terminal *t = arena_new_of(a, struct terminal);
    t->arena = a;
    tcgetattr(STDIN_FILENO, &rescue.saved);
    const char *description = type == NULL || *type == '\0' ? NULL : description_of(type);
    if (description == NULL)
        return error_set(e, STATUS_UNSUPPORTED, message(MESSAGE_TERMINAL),
                         type == NULL ? "" : type);
    use_env(TRUE);
    use_tioctl(TRUE);
    if (!open_out(t))
        return error_set_errno(e, errno, "terminal");
    t->screen = newterm(description, t->out, stdin);
    if (t->screen == NULL) {
        close_out(t);
        return error_set(e, STATUS_UNSUPPORTED, message(MESSAGE_TERMINAL), type);
    }
    set_term(t->screen);
    raw();
    noecho();
    nonl();
    typeahead(-1);
    idlok(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    char mouse[] = "kmous";
    const char *capability = tigetstr(mouse);
    t->capable = capability != NULL && capability != (const char *)-1;
    prepare_rescue(t);
    rescue.armed = 1;
    t->open = true;
    set_looks(t, theme);
    terminal_size(&t->rows, &t->columns);
    terminal_resize(t, t->rows, t->columns);
    begin_blank(t);
    enter_modes(t);
    gather(t, true);
    *out = t;
    return STATUS_OK;
}

void terminal_close(struct terminal *t)
{
    if (t == NULL || !t->open)
        return;
    t->open = false;
    gather(t, false);
    leave_modes(t);
    endwin();
    rescue.armed = 0;
    delscreen(t->screen);
    close_out(t);
}

void terminal_suspend(struct terminal *t)
{
    if (t == NULL)
        return;
    gather(t, false);
    leave_modes(t);
    endwin();
    rescue.armed = 0;
}

void terminal_resume(struct terminal *t)
{
    if (t == NULL)
        return;
    rescue.armed = 1;
    raw();
    clearok(curscr, TRUE);
    enter_modes(t);
}

void terminal_size(int *rows, int *columns)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
        size.ws_row = LINES > 0 ? (unsigned short)LINES : 24;
        size.ws_col = COLS > 0 ? (unsigned short)COLS : 80;
    }
    *rows = size.ws_row > 1000 ? 1000 : size.ws_row;
    *columns = size.ws_col > 1000 ? 1000 : size.ws_col;
}

void terminal_resize(struct terminal *t, int rows, int columns)
{
    if (t == NULL)
        return;
    t->rows = rows;
    t->columns = columns;
    if (rows != LINES || columns != COLS)
        resizeterm(rows, columns);
    size_t need = (size_t)rows * (size_t)columns;
    if (need > t->room) {
        t->shown = arena_array(t->arena, struct cell, need);
        t->room = need;
    } else {
        memset(t->shown, 0, need * sizeof *t->shown);
    }
}

/* A cell as curses takes it: at most CCHARW_MAX characters, the first of which has the width. */
static void set_cell(const struct terminal *t, const struct cell *c, unsigned role, cchar_t *out)
{
    struct str bytes = {c->text, c->n};
    *out = t->blanks[role];
    for (size_t n = 0, at = 0; at < bytes.n && n < CCHARW_MAX; n++)
        out->chars[n] = (wchar_t)utf8_next(bytes, &at);
}

static bool is_clear(const struct terminal *t, const struct cell *c)
{
    return c->n == 1 && c->text[0] == ' ' && t->see_through[c->role];
}

/* The cells of a row from `from` on as curses takes them; their number is returned. A blank takes
 * the look of what stands before it, which saves two changes of colour between words, but not at
 * the row's end, which can then be cleared at once. */
static int set_row(const struct terminal *t, const struct cell *row, int from, cchar_t *out)
{
    int n = 0, words = t->columns;
    unsigned before = ROLE_TEXT;
    while (words > 0 && is_clear(t, &row[words - 1]))
        words--;
    for (int column = 0; column < t->columns; column++) {
        const struct cell *c = &row[column];
        unsigned role = c->role;
        if (c->width == 0)
            continue;
        if (is_clear(t, c))
            role = column < words && t->see_through[before] ? before : ROLE_TEXT;
        before = role;
        if (column >= from)
            set_cell(t, c, role, &out[n++]);
    }
    return n;
}

/* Puts what differs of a row into curses' window. */
static void show_row(struct terminal *t, const struct frame *f, int row)
{
    struct cell *shown = t->shown + (size_t)row * (size_t)t->columns;
    const struct cell *wanted = frame_at(f, row, 0);
    int from = 0, to = f->columns;
    while (from < to && cell_same(&shown[from], &wanted[from]))
        from++;
    while (to > from && cell_same(&shown[to - 1], &wanted[to - 1]))
        to--;
    if (from == to)
        return;
    /* Whole characters, of what is there as of what is to come. */
    while (from > 0 && (wanted[from].width == 0 || shown[from].width == 0))
        from--;
    while (to < f->columns && (wanted[to].width == 0 || shown[to].width == 0))
        to++;
    cchar_t cells[1024];
    mvadd_wchnstr(row, from, cells, set_row(t, wanted, from, cells));
    memcpy(shown + from, wanted + from, sizeof *shown * (size_t)(to - from));
}

static bool row_same(const struct cell *a, const struct cell *b, int columns)
{
    for (int column = 0; column < columns; column++)
        if (!cell_same(&a[column], &b[column]))
            return false;
    return true;
}

/* Bytes from the first to the last cell that differs, each change of the look with its own. */
static size_t row_bytes(const struct cell *shown, const struct cell *wanted, int columns)
{
    enum { MOVE_BYTES = 8, LOOK_BYTES = 11 };
    size_t bytes = MOVE_BYTES;
    int from = 0, to = columns;
    while (from < to && cell_same(&shown[from], &wanted[from]))
        from++;
    while (to > from && cell_same(&shown[to - 1], &wanted[to - 1]))
        to--;
    while (to > from && wanted[to - 1].n == 1 && wanted[to - 1].text[0] == ' ')
        to--;
    for (int column = from; column < to; column++)
        bytes +=
            (size_t)wanted[column].n +
            (column > from && wanted[column].role != wanted[column - 1].role ? (size_t)LOOK_BYTES
                                                                             : 0);
    return bytes;
}

static size_t estimate_moved(const struct terminal *t, const struct frame *f, int moved)
{
    size_t bytes = 0;
    for (int row = 0; row < f->rows; row++) {
        const struct cell *shown = t->shown + (size_t)row * (size_t)t->columns;
        const struct cell *wanted = frame_at(f, row, 0);
        int from = row + moved;
        bool kept = row_same(shown, wanted, t->columns);
        if (!kept && moved != 0 && from >= 0 && from < t->rows)
            kept = row_same(t->shown + (size_t)from * (size_t)t->columns, wanted, t->columns);
        if (!kept)
            bytes += row_bytes(shown, wanted, t->columns);
    }
    return bytes;
}

size_t terminal_estimate(const struct terminal *t, const struct frame *f)
{
    enum { MOVES = 4 };
    if (f->rows != t->rows || f->columns != t->columns)
        return 0;
    size_t least = estimate_moved(t, f, 0);
    for (int moved = -MOVES; moved <= MOVES; moved++) {
        size_t bytes = estimate_moved(t, f, moved);
        least = bytes < least ? bytes : least;
    }
    return least;
}

size_t terminal_show(struct terminal *t, const struct frame *f, int first, bool anew)
{
    if (f->rows != t->rows || f->columns != t->columns)
        return 0;
    if (anew) {
        memset(t->shown, 0, (size_t)t->rows * (size_t)t->columns * sizeof *t->shown);
        clearok(curscr, TRUE);
    }
    for (int row = first; row < f->rows; row++)
        show_row(t, f, row);
    if (f->cursor_row >= first) {
        t->cursor_row = f->cursor_row;
        t->cursor_column = f->cursor_column;
    }
    move(t->cursor_row, t->cursor_column);
    refresh();
    size_t sent = send_gathered(t);
    gather(t, true);
    return sent;
}

void terminal_theme(struct terminal *t, const char *theme)
{
    if (t == NULL || theme_find(theme) == t->theme)
        return;
    set_looks(t, theme);
    memset(t->shown, 0, (size_t)t->rows * (size_t)t->columns * sizeof *t->shown);
}

void terminal_mouse(struct terminal *t, bool on)
{
    if (t == NULL)
        return;
    if (t->capable && on != t->mouse)
        send(on ? MOUSE_ON : MOUSE_OFF);
    t->mouse = on;
}
