/* The width of the column that each strip stands in, found from its neighbours, and whether lines
 * are wrapped to it; whether paragraphs are indented, or were and lost it. */
#include "parse/page.h"

enum { CHUNK = 8, REACH = 10, MEASURE_MOST = 130, MEASURE_LEAST = 16, SAME = 4 };

static bool is_text(const struct strip *s)
{
    return s->kind == STRIP_TEXT;
}

/* The measure of strips [from, to): the width that most unfinished lines nearly share. Lines with
 * much punctuation may be wider, as printers set it narrow. */
static uint32_t measure_of(const struct strip *strips, uint32_t from, uint32_t to)
{
    uint32_t best = 0;
    unsigned most = 3;
    for (uint32_t i = from; i < to; i++) {
        uint32_t w = strips[i].width;
        if (!is_text(&strips[i]) || w < MEASURE_LEAST || w > MEASURE_MOST || w == best)
            continue;
        unsigned near = 0, same = 0;
        for (uint32_t k = from; k < to; k++) {
            if (strips[k].width > w + 1 || strips[k].width + 1 < w || !is_text(&strips[k]) ||
                (strips[k].ending != END_OPEN && strips[k].ending != END_COMMA))
                continue;
            near++;
            same += strips[k].width == w;
        }
        if (near < 3)
            continue;
        near += same;
        if (near > most || (near == most && w > best)) {
            best = w;
            most = near;
        }
    }
    return best;
}

/* Lines are wrapped where most long lines reach the measure and break off inside a sentence. */
static bool is_wrapped(const struct strip *strips, uint32_t from, uint32_t to, uint32_t measure)
{
    unsigned full = 0, open = 0, longer = 0, long_lines = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct strip *s = &strips[i];
        if (!is_text(s) || s->width < MEASURE_LEAST)
            continue;
        long_lines++;
        longer += s->width > measure + SAME + s->marks;
        if (s->width + SAME + 4 < measure || s->width > measure + SAME + s->marks)
            continue;
        full++;
        open += s->ending == END_OPEN || s->ending == END_COMMA;
    }
    return measure > 0 && longer * 4 <= long_lines && full * 10 >= long_lines * 3 &&
           open * 10 >= full * 6 && open >= 2;
}

/* Two characters narrower than the measure, or so if its punctuation was set narrow. */
bool strip_is_narrow(const struct strip *s)
{
    return s->width + 2 <= s->measure && s->width <= s->measure + s->marks - 4 &&
           s->width + 8 >= s->measure;
}

/* Whether a paragraph may have ended before strip s. */
static bool is_after_end(const struct strip *before, const struct strip *s)
{
    return !is_text(before) || before->ending == END_STOP || before->ending == END_COLON ||
           before->ending == END_BRACKET || s->blanks > 0;
}

/* Indents stand where paragraphs begin, and hardly elsewhere. */
static bool has_indents(const struct page *p)
{
    uint32_t good = 0, bad = 0, missing = 0;
    for (uint32_t i = 0; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i], *before = i > 0 ? s - 1 : s;
        if (!is_text(s) || !s->wrapped || s->width < MEASURE_LEAST)
            continue;
        bool indented = s->indent >= 2 && s->indent <= 12;
        bool breaks_off =
            is_text(before) && before->wrapped && before->width + SAME < before->measure;
        bool starts = i == 0 || is_after_end(before, s) || breaks_off;
        good += indented && starts;
        bad += indented && !starts;
        missing += !indented && s->blanks == 0 && before->ending == END_STOP && breaks_off;
    }
    return good >= 2 && good >= 3 * bad && good >= 2 * missing;
}

/* First lines are two characters narrower than what runs on from an unfinished line. */
static bool has_lost_indents(const struct page *p)
{
    uint32_t first = 0, first_narrow = 0, inner = 0, inner_narrow = 0, sure = 0, sure_narrow = 0;
    for (uint32_t i = 1; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i], *before = s - 1;
        bool heading = s->ordinal.kind != ORDINAL_NONE && s->stop == 0;
        if (!is_text(s) || !s->wrapped || s->indent > 1 || heading ||
            (s->ending != END_OPEN && s->ending != END_COMMA) || s->width + 8 < s->measure)
            continue;
        bool narrow = s->width + 3 <= s->measure && s->width + 5 >= s->measure;
        if (is_after_end(before, s) && (before->ending != END_OPEN || !is_text(before))) {
            bool ended_short = is_text(before) && before->ending == END_STOP && before->wrapped &&
                               before->width + 2 * SAME < before->measure;
            first++;
            first_narrow += narrow;
            sure += ended_short;
            sure_narrow += ended_short && narrow;
        } else if (s->blanks == 0) {
            inner++;
            inner_narrow += narrow;
        }
    }
    /* Under a short last line stands a first line; under a full one any. */
    if (sure_narrow >= 3 && sure_narrow * 10 >= sure * 8 && inner_narrow * 10 <= inner)
        return true;
    return first_narrow >= 2 && first_narrow * 5 >= first &&
           first_narrow * inner >= 5 * inner_narrow * first;
}

/* Whether each line inside a paragraph takes all that has room on it, as a program wraps; printers
 * space lines evenly and break earlier. */
static bool is_exact(struct page *p)
{
    enum { LINES_LEAST = 20, STRAY = 50 };
    uint32_t lines = 0, stray = 0;
    p->exact = true;
    for (uint32_t i = 1; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i], *before = s - 1;
        if (!is_text(s) || !is_text(before) || !s->wrapped || !before->wrapped || s->blanks > 0 ||
            s->column_start || s->measure != before->measure || strip_is_numbered(before) ||
            (before->ending != END_OPEN && before->ending != END_COMMA) || before->commas == 0)
            continue;
        lines++;
        stray += strip_would_fit(p, before->width + before->indent, before->measure, s);
    }
    return lines >= LINES_LEAST && stray * STRAY <= lines;
}

/* Blank lines stand inside sentences as often as after them: then they part nothing. */
static bool has_stray_blanks(const struct page *p)
{
    enum { STRAY_LEAST = 4 };
    uint32_t stray = 0, ends = 0;
    for (uint32_t i = 1; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i], *before = s - 1;
        if (s->blanks == 0 || !is_text(s) || !is_text(before) || !s->wrapped || !before->wrapped ||
            strip_is_numbered(s) || !strip_is_full(before))
            continue;
        stray += before->ending == END_OPEN || before->ending == END_COMMA;
        ends += before->ending == END_STOP;
    }
    return stray >= STRAY_LEAST && stray >= 2 * ends;
}

/* The end of the lines from strip i on that no blank line parts. */
static uint32_t stanza_end(const struct page *p, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < p->strips.n && p->strips.at[end].blanks == 0 && !p->strips.at[end].column_start &&
           is_text(&p->strips.at[end]))
        end++;
    return end;
}

static void set_measure(struct page *p, uint32_t from, uint32_t to, uint32_t measure)
{
    for (uint32_t k = from; k < to; k++) {
        struct strip *s = &p->strips.at[k];
        s->measure = measure;
        s->wrapped = s->width <= measure + SAME + s->marks;
    }
}

/* The few lines of a column that other pieces cut off from the rest of it have the measure of the
 * nearest lines above that they fill. */
static uint32_t borrowed_measure(const struct page *p, uint32_t from, uint32_t to)
{
    enum { LINES_BACK = 60 };
    const struct strip *strips = p->strips.at, *widest = NULL;
    bool fits = true;
    for (uint32_t k = from; k < to; k++) {
        fits = fits && strips[k].wrapped;
        if (is_text(&strips[k]) && (widest == NULL || strips[k].width > widest->width))
            widest = &strips[k];
    }
    if (fits || to - from < 2 || widest == NULL || (widest->stop == 0 && widest->commas == 0))
        return 0;
    for (uint32_t k = from; k-- > 0 && from - k <= LINES_BACK;) {
        uint32_t measure = strips[k].wrapped ? strips[k].measure : 0;
        if (measure > 0 && widest->width <= measure + SAME + widest->marks &&
            widest->width + SAME >= measure)
            return measure;
    }
    return 0;
}

/* The lines of one piece of a page that blank lines part from the others stand in a column of their
 * own: a box, a picture's text and what they interrupt are set to other widths, however near. */
static void measure_stanzas(struct page *p)
{
    enum { LINES_LEAST = 4, LINES_MOST = CHUNK + 2 * REACH };
    struct strip *strips = p->strips.at;
    for (uint32_t i = 0, end; i < p->strips.n; i = end) {
        end = stanza_end(p, i);
        uint32_t n = end - i, stops = 0;
        for (uint32_t k = i; k < end; k++)
            stops += strips[k].stop != 0 || strips[k].commas > 0;
        uint32_t measure =
            n >= LINES_LEAST && n <= LINES_MOST && stops >= 2 ? measure_of(strips, i, end) : 0;
        if (measure == 0 || !is_wrapped(strips, i, end, measure))
            measure = n <= LINES_MOST ? borrowed_measure(p, i, end) : 0;
        else if (strips[i].measure <= measure + SAME && strips[i].measure + SAME >= measure)
            continue;
        if (measure > 0)
            set_measure(p, i, end, measure);
    }
}

void page_find_measures(struct page *p)
{
    struct strip *strips = p->strips.at;
    uint32_t n = (uint32_t)p->strips.n;
    for (uint32_t at = 0; at < n; at += CHUNK) {
        uint32_t to = at + CHUNK + REACH < n ? at + CHUNK + REACH : n;
        uint32_t from = to > CHUNK + 2 * REACH ? to - CHUNK - 2 * REACH : 0;
        uint32_t measure = measure_of(strips, from, to);
        bool wrapped = is_wrapped(strips, from, to, measure);
        for (uint32_t i = at; i < at + CHUNK && i < n; i++) {
            strips[i].measure = wrapped ? measure : 0;
            strips[i].wrapped = wrapped && strips[i].width <= measure + SAME + strips[i].marks;
        }
    }
    measure_stanzas(p);
    p->indents = has_indents(p);
    p->lost_indents = !p->indents && has_lost_indents(p);
    p->exact = is_exact(p);
    uint32_t breaks = 0, spaced = 0, usual[8] = {0};
    for (uint32_t i = 1; i < n; i++) {
        if (strips[i].blanks > 0 && strips[i].blanks < 8)
            usual[strips[i].blanks]++;
        breaks += strips[i - 1].ending == END_STOP;
        spaced += strips[i - 1].ending == END_STOP && strips[i].blanks > 0;
    }
    /* One blank line between paragraphs is usual; where two are, a picture leaves more. */
    p->gap = (uint16_t)(usual[2] > 2 * (usual[1] + usual[3]) ? 4 : 3);
    p->spaced_out = breaks > 0 && spaced * 2 > breaks;
    p->stray_blanks = !p->indents && !p->lost_indents && !p->spaced_out && has_stray_blanks(p);
}
