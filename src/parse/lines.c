/* Text to hard lines. */
#include "baolan/fold.h"
#include "baolan/parse.h"
#include "baolan/vector.h"

void parse_lines(struct document *d)
{
    struct str text = d->decoded.text;
    VECTOR(struct line) lines = {0};
    uint32_t page = 1, number = 1;
    for (size_t start = 0; start < text.n; number++) {
        const char *newline = memchr(text.p + start, '\n', text.n - start);
        size_t end = newline == NULL ? text.n : (size_t)(newline - text.p);
        size_t next = end + (newline != NULL);
        while (start < end && text.p[start] == '\f') {
            start++;
            page++;
        }
        struct line line = {(uint32_t)start, (uint32_t)end, number, page};
        vector_push(d->arena, &lines, line);
        start = next;
    }
    d->lines = lines.at;
    d->n_lines = (uint32_t)lines.n;
    d->traditional = fold_traditional(text);
}
