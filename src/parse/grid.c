#include "parse/grid.h"
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "baolan/width.h"

static bool is_bar(uint32_t c)
{
    return c == '|' || c == 0xFF5C || c == 0x2502 || c == 0x2503 || c == 0x2551;
}

static bool is_rule_point(uint32_t c)
{
    return is_bar(c) || c == '-' || c == '=' || c == '_' || c == '+' || c == ':' || c == 0x2014 ||
           c == 0x2015 || (c >= 0x2500 && c <= 0x257F) || c == 0xFF0D || c == 0x2212;
}

bool grid_is_rule(struct str line)
{
    for (size_t i = 0; i < line.n;) {
        uint32_t c = utf8_next(line, &i);
        if (!point_is_space(c) && !is_rule_point(c))
            return false;
    }
    return true;
}

bool grid_is_figure(struct str text)
{
    size_t i = 0, digits = 0;
    if (text.n == 0)
        return false;
    while (i < text.n) {
        uint32_t c = utf8_next(text, &i);
        if (point_is_any_digit(c))
            digits++;
        else if (c != '.' && c != ',' && c != '-' && c != '+' && c != '%' && c != 0xFF05 &&
                 c != 0x2212 && c != 0x2014 && c != 0xFF0E && c != 0x2030 && c != '*' && c != '/')
            return false;
    }
    return digits > 0 || text.n <= 6;
}

/* True where a space before this point ends a token already. */
static bool begins_figure(struct str line, size_t at)
{
    uint32_t c = utf8_at(line, at);
    if (c == '-' || c == '+')
        c = utf8_at(line, at + 1);
    return point_is_any_digit(c);
}

static bool is_single_han(const struct token *t)
{
    return t->text.n == 3 && point_is_han(utf8_at(t->text, 0));
}

/* 产  值, 其  他: characters set apart are one word. */
static void join_spaced(struct arena *a, struct tokens *tokens, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < tokens->n; i++) {
        struct token *t = &tokens->at[i];
        struct token *last = kept > first ? &tokens->at[kept - 1] : NULL;
        if (last != NULL && t->left - last->right <= 2 && is_single_han(t) && last->text.n <= 9 &&
            last->text.n % 3 == 0 &&
            (is_single_han(last) || last->left + 2 * (last->text.n / 3) < last->right)) {
            last->text = str_printf(a, "%.*s%.*s", STR_ARG(last->text), STR_ARG(t->text));
            last->right = t->right;
            continue;
        }
        tokens->at[kept++] = *t;
    }
    tokens->n = kept;
}

void grid_split(struct arena *a, struct str line, struct tokens *out)
{
    uint32_t cell = 0, gap = 9;
    size_t start = 0, end = 0, first = out->n;
    uint32_t left = 0, right = 0, walls = 0;
    bool open = false;
    for (size_t i = 0; i <= line.n;) {
        size_t at = i;
        uint32_t c = i < line.n ? utf8_next(line, &i) : '|';
        if (at == line.n)
            i++;
        if (point_is_space(c) && c != '\t') {
            gap += c == 0x3000 ? 2 : 1;
            cell += c == 0x3000 ? 2 : 1;
            continue;
        }
        bool wall = is_bar(c) || c == '\t';
        bool breaks = gap >= 2 || (gap == 1 && begins_figure(line, at));
        if (open && (wall || breaks)) {
            struct token t = {str_sub(line, start, end), left, right, walls};
            vector_push(a, out, t);
            open = false;
        }
        int width = point_width(c);
        if (!wall) {
            if (!open) {
                start = at;
                left = cell;
            }
            open = true;
            end = i > line.n ? line.n : i;
            right = cell + (uint32_t)(width > 0 ? width : 0);
        }
        bool border = is_bar(c) && str_trim(str_sub(line, 0, at)).n == 0;
        walls += wall && !border;
        cell += (uint32_t)(width > 0 ? width : 1);
        gap = wall ? 9 : 0;
    }
    join_spaced(a, out, first);
}

uint32_t grid_walls(struct str line)
{
    uint32_t walls = 0, last = 0;
    struct str text = str_trim(line);
    /* TABs at the ends are empty cells. */
    size_t front = (size_t)(text.p - line.p), back = line.n - front - text.n;
    for (size_t i = 0; i < front + back; i++)
        walls += (i < front ? line.p[i] : line.p[front + text.n + (i - front)]) == '\t';
    for (size_t i = 0; i < text.n;) {
        bool first = i == 0;
        uint32_t c = utf8_next(text, &i);
        last = c;
        walls += c == '\t' || (is_bar(c) && !first);
    }
    return walls - (is_bar(last) && walls > 0);
}

size_t grid_column(const struct columns *columns, const struct token *token)
{
    size_t best = columns->n;
    long best_score = 0;
    for (size_t i = 0; i < columns->n; i++) {
        const struct token *c = &columns->at[i];
        uint32_t left = c->left > token->left ? c->left : token->left;
        uint32_t right = c->right < token->right ? c->right : token->right;
        /* An overlap counts its cells; a gap counts against. */
        long score = (long)right - (long)left;
        if (best == columns->n || score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}
