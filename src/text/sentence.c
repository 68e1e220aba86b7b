#include "baolan/layout.h"
#include "baolan/utf8.h"
#include "text/breaks.h"

static bool closes(uint32_t c)
{
    return c == U'”' || c == U'’' || c == U'）' || c == U')' || c == U'》' || c == U'」' ||
           c == U'』' || c == U'】';
}

/* A stop at byte `at` (a full stop or an ellipsis included), or 0; *end is the byte after it and
 * after the stops that follow. */
static bool stop_at(struct str text, size_t at, size_t *end)
{
    bool found = false;
    for (*end = at; at < text.n; *end = at) {
        uint32_t c = utf8_next(text, &at);
        if (!break_is_stop(c) && c != U'…')
            break;
        found = true;
    }
    return found;
}

/* Past what closes behind a stop; *depth is how many brackets and quotes are still open. */
static size_t after_closing(struct str text, size_t at, int *depth)
{
    for (size_t next = at; next < text.n; at = next) {
        uint32_t c = utf8_next(text, &next);
        if (!closes(c))
            break;
        *depth -= *depth > 0;
    }
    return at;
}

static size_t after_spaces(struct str text, size_t at)
{
    for (size_t next = at; next < text.n; at = next)
        if (!point_is_space(utf8_next(text, &next)))
            break;
    return at;
}

/* A sentence in brackets or quotes longer than this is taken for one whose end was lost. Bytes. */
enum { ENCLOSED_MAX = 900 };

struct span sentence_next(struct str text, size_t *at)
{
    struct span sentence = {*at, text.n};
    int depth = 0;
    size_t opened = 0;
    for (size_t here = *at; here < text.n;) {
        size_t end;
        if (text.p[here] == '\n') {
            sentence.end = here + 1;
            break;
        }
        if (stop_at(text, here, &end)) {
            end = after_closing(text, end, &depth);
            /* 等……重点项目: an ellipsis goes on where no stop follows it. */
            bool ends = utf8_at(text, here) != U'…' || end >= text.n;
            if (ends && (depth == 0 || end - opened > ENCLOSED_MAX)) {
                sentence.end = after_spaces(text, end);
                break;
            }
            here = end;
            continue;
        }
        uint32_t c = utf8_next(text, &here);
        if (break_is_opening(c) && c != U'￥' && c != U'＄' && c != U'$' && depth++ == 0)
            opened = here;
        else if (closes(c))
            depth -= depth > 0;
    }
    *at = sentence.end;
    return sentence;
}
