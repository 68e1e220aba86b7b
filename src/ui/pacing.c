/* When the screen is painted, and how much of it: a slow line must never be behind the keys. */
#include "baolan/clock.h"
#include "ui/state.h"

/* Keys that follow each other faster than HELD come from a key held down: the list then moves
 * alone, and the text beside it, a whole pane to send, follows when the key is let go. It is, once
 * the next one has been missing for half as long again as it took the last, within these bounds. */
enum { HELD_MILLISECONDS = 100, RELEASE_LEAST = 50, RELEASE_SLACK = 10 };

/* While a key is held, no frame may take the line for longer than this. */
enum { FRAME_MILLISECONDS = 150 };

/* What a text beside a list may take of a slow line, and what a line of it takes with its marks. */
enum { BESIDE_MILLISECONDS = 250, BESIDE_ROW_BYTES = 132, BESIDE_LEAST_ROWS = 7 };

void pacing_key(struct ui *ui)
{
    int64_t now = clock_nanoseconds(), gap = (now - ui->last_key) / 1000000;
    ui->held = gap < HELD_MILLISECONDS;
    /* On a slow line the text would be in the way of the second key. */
    ui->hurried = ui->held || pacing_is_slow(ui);
    ui->key_gap = ui->held ? (int)gap : 0;
    ui->last_key = now;
}

int pacing_hurry_left(const struct ui *ui)
{
    int64_t passed = (clock_nanoseconds() - ui->last_key) / 1000000;
    int release = ui->key_gap * 3 / 2 + RELEASE_SLACK;
    release = release < RELEASE_LEAST ? RELEASE_LEAST : release;
    release = release > HELD_MILLISECONDS ? HELD_MILLISECONDS : release;
    return passed >= release ? 0 : (int)(release - passed);
}

static long line_speed(const struct ui *ui)
{
    return options_number(ui->options, OPTION_LINK);
}

int pacing_line_delay(const struct ui *ui)
{
    int64_t wait = line_speed(ui) <= 0 ? 0 : ui->line_free - clock_nanoseconds();
    return wait <= 0 ? 0 : (int)(wait / 1000000) + 1;
}

int pacing_rows_beside(const struct ui *ui, int rows)
{
    long speed = line_speed(ui);
    long most = speed * BESIDE_MILLISECONDS / 1000 / BESIDE_ROW_BYTES;
    most = most < BESIDE_LEAST_ROWS ? BESIDE_LEAST_ROWS : most;
    return speed > 0 && most < rows ? (int)most : rows;
}

bool pacing_is_slow(const struct ui *ui)
{
    return pacing_rows_beside(ui, ui->rows) < ui->rows;
}

/* What a line carries of so many bytes: SSH and TCP add their own to each packet. */
static size_t bytes_on_line(size_t bytes)
{
    enum { PACKET = 1400, PACKET_OWN = 100 };
    return bytes + (bytes + PACKET - 1) / PACKET * PACKET_OWN;
}

/* A frame that would be still on its way when the key is let go waits until then; only its last
 * rows, which say how far one is, or what is typed, are shown. */
static int first_row(const struct ui *ui, const struct frame *f, long speed)
{
    if (speed <= 0 || !ui->hurried || !ui->held || ui->repaint)
        return 0;
    size_t bytes = terminal_estimate(ui->terminal, f);
    return (int64_t)bytes * 1000 > (int64_t)speed * FRAME_MILLISECONDS ? f->rows - 2 : 0;
}

void pacing_paint(struct ui *ui)
{
    long speed = line_speed(ui);
    ui->hurried = ui->hurried && pacing_hurry_left(ui) > 0;
    struct frame *f = paint_frame(ui);
    size_t bytes = terminal_show(ui->terminal, f, first_row(ui, f, speed), ui->repaint);
    if (speed > 0)
        ui->line_free = clock_nanoseconds() + (int64_t)bytes_on_line(bytes) * 1000000000 / speed;
    ui->dirty = ui->repaint = false;
    arena_reset(ui->places);
}
