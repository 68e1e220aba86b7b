#include "app/program.h"
#include "baolan/clock.h"
#include "baolan/message.h"
#include "ui/state.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* How often views in sight look for what other processes changed. */
enum { TICK_MILLISECONDS = 800 };

/* Where handlers write what came; the only state of signals besides the terminal's rescue. */
static volatile sig_atomic_t signal_pipe = -1;

static void on_signal(int number)
{
    int kept = errno;
    unsigned char byte = (unsigned char)number;
    if (signal_pipe >= 0 && write(signal_pipe, &byte, 1) < 0)
        errno = kept;
    errno = kept;
}

/* A crash: the terminal is given back, and the signal does what it would have done. The handler was
 * taken away as it was called. */
static void on_crash(int number)
{
    terminal_rescue();
    raise(number);
}

static void rescue_at_exit(void)
{
    terminal_rescue();
}

static const int NEWS[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};
static const int CRASHES[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

static void set_handlers(void)
{
    struct sigaction news = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    struct sigaction crash = {.sa_handler = on_crash,
                              .sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK)};
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigemptyset(&news.sa_mask);
    sigemptyset(&crash.sa_mask);
    sigemptyset(&ignored.sa_mask);
    for (size_t i = 0; i < sizeof NEWS / sizeof *NEWS; i++)
        sigaction(NEWS[i], &news, NULL);
    for (size_t i = 0; i < sizeof CRASHES / sizeof *CRASHES; i++)
        sigaction(CRASHES[i], &crash, NULL);
    sigaction(SIGPIPE, &ignored, NULL);
}

enum status loop_prepare(struct ui *ui, struct error *e)
{
    enum { STACK_BYTES = 64 * 1024 };
    if (pipe(ui->signals) != 0)
        return error_set_errno(e, errno, "pipe");
    for (int i = 0; i < 2; i++) {
        fcntl(ui->signals[i], F_SETFL, O_NONBLOCK);
        fcntl(ui->signals[i], F_SETFD, FD_CLOEXEC);
    }
    signal_pipe = ui->signals[1];
    /* A stack that ran over needs another one for its handler; its pages are never touched else. */
    static char room[STACK_BYTES];
    stack_t stack = {.ss_sp = room, .ss_size = STACK_BYTES};
    sigaltstack(&stack, NULL);
    set_handlers();
    atexit(rescue_at_exit);
    return STATUS_OK;
}

void loop_end(struct ui *ui)
{
    stack_t none = {.ss_flags = SS_DISABLE};
    signal_pipe = -1;
    for (size_t i = 0; i < sizeof NEWS / sizeof *NEWS; i++)
        signal(NEWS[i], SIG_DFL);
    for (size_t i = 0; i < sizeof CRASHES / sizeof *CRASHES; i++)
        signal(CRASHES[i], SIG_DFL);
    sigaltstack(&none, NULL);
    close(ui->signals[0]);
    close(ui->signals[1]);
}

static void take_size(struct ui *ui)
{
    terminal_size(&ui->rows, &ui->columns);
    terminal_resize(ui->terminal, ui->rows, ui->columns);
    ui->dirty = ui->repaint = true;
}

void loop_suspend(struct ui *ui)
{
    terminal_suspend(ui->terminal);
    raise(SIGSTOP);
    terminal_resume(ui->terminal);
    take_size(ui);
}

reaction ui_run_program(struct ui *ui, const char *const argv[], struct error *e)
{
    terminal_suspend(ui->terminal);
    program_run(argv, e);
    terminal_resume(ui->terminal);
    take_size(ui);
    return REACT_LAYOUT | REACT_REPAINT;
}

static void take_signals(struct ui *ui)
{
    unsigned char bytes[64];
    ssize_t n = read(ui->signals[0], bytes, sizeof bytes);
    for (ssize_t i = 0; i < n; i++) {
        switch (bytes[i]) {
        case SIGWINCH:
            take_size(ui);
            break;
        case SIGTSTP:
            loop_suspend(ui);
            break;
        case SIGCONT:
            take_size(ui);
            break;
        default:
            ui->quit = true;
        }
    }
}

bool ui_key_waits(const struct ui *ui)
{
    struct pollfd keys = {.fd = STDIN_FILENO, .events = POLLIN};
    return !ui->given->lines && poll(&keys, 1, 0) > 0;
}

static void take_inputs(struct ui *ui, bool flush)
{
    struct input input;
    while (!ui->quit && decoder_next(ui->decoder, flush, &input))
        input_handle(ui, &input);
}

/* Reads all that is there; the end of input and EIO mean that the terminal has gone. */
static void take_bytes(struct ui *ui)
{
    struct pollfd more = {.fd = STDIN_FILENO, .events = POLLIN};
    unsigned char bytes[DECODER_ROOM];
    pacing_key(ui);
    do {
        ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0) {
            ui->quit = true;
            return;
        }
        decoder_feed(ui->decoder, bytes, (size_t)n);
        take_inputs(ui, false);
    } while (!ui->quit && poll(&more, 1, 0) > 0);
}

/* Milliseconds that a lone Esc waits for the rest of a sequence. */
static int escape_delay(const struct ui *ui)
{
    long set = options_number(ui->options, OPTION_ESCAPE);
    const char *environment = getenv("ESCDELAY");
    if (set > 0)
        return (int)(set > 5000 ? 5000 : set);
    if (environment != NULL && *environment != '\0') {
        long value = strtol(environment, NULL, 10);
        return (int)(value < 0 ? 0 : value > 5000 ? 5000 : value);
    }
    return getenv("SSH_CONNECTION") != NULL ? 100 : 25;
}

/* The wait may have been cut short by another: only time tells. */
static bool escape_is_over(const struct ui *ui)
{
    return clock_nanoseconds() - ui->last_key >= (int64_t)escape_delay(ui) * 1000000;
}

bool loop_rest(struct ui *ui)
{
    for (int i = 0; i < PANE_COUNT; i++) {
        struct view *v = ui->panes[i].shown ? ui->panes[i].view : NULL;
        if (v != NULL && v->ops->idle != NULL && v->ops->idle(v) != REACT_NONE)
            return true;
    }
    return false;
}

static void feed_script(struct ui *ui)
{
    while (!ui->quit && ui->script_at < ui->script.n) {
        struct input input = {.kind = INPUT_KEY};
        if (ui->script.p[ui->script_at] == '\n' || ui->script.p[ui->script_at] == '\r') {
            ui->script_at++;
            continue;
        }
        input.key = key_read(ui->script, &ui->script_at);
        if (input.key == 0)
            ui->script_at++;
        else
            input_handle(ui, &input);
        while (!ui->quit && loop_rest(ui)) /* the next key means what a person would see */
            continue;
        paint_frame(ui);
    }
}

/* Looks for what other processes changed, in the library and by the views in sight; true where
 * there is anything to look for. */
static bool tick_views(struct ui *ui, bool due)
{
    bool ticks = ui->library != NULL;
    if (ticks && due) {
        watching_tick(ui);
        ui_look_for_changes(ui);
    }
    for (int i = 0; i < PANE_COUNT; i++) {
        struct view *v = ui->panes[i].shown ? ui->panes[i].view : NULL;
        if (v == NULL || v->ops->tick == NULL)
            continue;
        ticks = true;
        if (due && v->ops->tick(v) != REACT_NONE)
            ui->dirty = true;
    }
    return ticks;
}

/* One wait: for keys, signals, news of an import, the Esc delay, or the line to be free. */
static void wait_for_news(struct ui *ui)
{
    int others[WATCHING_DESCRIPTORS];
    watching_descriptors(ui, others);
    struct pollfd wait[] = {{.fd = ui->signals[0], .events = POLLIN},
                            {.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = others[0], .events = POLLIN},
                            {.fd = others[1], .events = POLLIN}};
    int timeout = -1;
    bool escape = decoder_waits(ui->decoder);
    if (ui->dirty)
        timeout = pacing_line_delay(ui);
    if (escape && (timeout < 0 || escape_delay(ui) < timeout))
        timeout = escape_delay(ui);
    bool hurried = ui->hurried && timeout < 0;
    if (hurried)
        timeout = pacing_hurry_left(ui);
    if (timeout < 0 && !ui_key_waits(ui) && loop_rest(ui)) {
        ui->dirty = true;
        return;
    }
    bool ticks = timeout < 0 && tick_views(ui, false);
    int n = poll(wait, sizeof wait / sizeof *wait, ticks ? TICK_MILLISECONDS : timeout);
    if (n == 0 && hurried) {
        ui->hurried = false;
        ui->dirty = true;
    }
    if (n == 0 && ticks)
        tick_views(ui, true);
    if (n < 0 && errno != EINTR)
        ui->quit = true;
    if (n == 0 && escape && escape_is_over(ui))
        take_inputs(ui, true);
    if (n <= 0)
        return;
    if (wait[0].revents != 0)
        take_signals(ui);
    if (wait[1].revents != 0 && !ui->quit)
        take_bytes(ui);
    if (wait[2].revents != 0 || wait[3].revents != 0)
        watching_news(ui);
}

/* What the first screen did not need and what comes next does. */
static void mend_notes(struct ui *ui)
{
    struct error e = ERROR_NONE;
    if (ui->library == NULL)
        return;
    library_mend_notes(ui->library, &e);
    if (e.status != STATUS_OK)
        ui_say(ui, ROLE_ERROR, "%s", e.message);
}

void loop_run(struct ui *ui)
{
    ui->dirty = true;
    if (ui->script.n > 0)
        mend_notes(ui);
    feed_script(ui);
    while (!ui->quit) {
        if (ui->dirty && pacing_line_delay(ui) == 0)
            pacing_paint(ui);
        mend_notes(ui);
        watching_painted(ui);
        wait_for_news(ui);
    }
}
