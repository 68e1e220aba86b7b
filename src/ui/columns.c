#include "ui/columns.h"

#include "baolan/message.h"

/* Leaves the column of the highest rank out; false where only columns of rank 0 are left. */
static bool leave_out(struct columns *t)
{
    int worst = -1;
    for (int i = 0; i < t->n; i++)
        if (t->widths[i] > 0 && t->of[i].rank > 0 &&
            (worst < 0 || t->of[i].rank >= t->of[worst].rank))
            worst = i;
    if (worst >= 0)
        t->widths[worst] = 0;
    return worst >= 0;
}

static int sum_widths(const struct columns *t)
{
    int sum = -1;
    for (int i = 0; i < t->n; i++)
        sum += t->widths[i] > 0 ? t->widths[i] + 1 : 0;
    return sum;
}

void columns_fit(struct columns *t, const struct column *columns, int n, int width)
{
    *t = (struct columns){.of = columns, .n = n};
    for (int i = 0; i < n; i++)
        t->widths[i] = columns[i].least;
    while (sum_widths(t) > width && leave_out(t))
        ;
    int left = width - sum_widths(t), shares = 0;
    for (int i = 0; i < n; i++)
        shares += t->widths[i] > 0 ? columns[i].share : 0;
    for (int i = 0; i < n && left > 0; i++) {
        if (t->widths[i] == 0 || columns[i].share == 0)
            continue;
        int more = left * columns[i].share / shares;
        t->widths[i] += more;
        left -= more;
        shares -= columns[i].share;
    }
}

static void separate(struct row *row)
{
    if (row->runs.n > 0)
        row_add(row, ROLE_TEXT, STR(" "));
}

void columns_header(const struct columns *t, struct row *row, int sorted, bool descending)
{
    for (int i = 0; i < t->n; i++) {
        if (t->widths[i] == 0)
            continue;
        const struct column *c = &t->of[i];
        struct str name = str_of(message_of(c->zh, c->en));
        if (i == sorted)
            name = str_printf(row->arena, "%.*s%s", STR_ARG(name), descending ? "↓" : "↑");
        separate(row);
        row_column(row, ROLE_TITLE, name, t->widths[i], c->align);
    }
}

void columns_cell(const struct columns *t, struct row *row, int column, enum role role,
                  struct str text)
{
    if (t->widths[column] == 0)
        return;
    separate(row);
    row_column(row, role, text, t->widths[column], t->of[column].align);
}
