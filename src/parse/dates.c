/* When and where: the day, paper and edition of the document, each with how it is known. */
#include "parse/date_text.h"
#include "parse/page.h"

/* The value of a key in the text of a .baolan file. */
static struct str setting(struct str text, const char *key)
{
    struct str wanted = str_of(key);
    while (text.p != NULL) {
        struct str line = str_trim(str_split(&text, '\n'));
        if (str_starts(line, wanted) && line.n > wanted.n && line.p[wanted.n] == '=')
            return str_trim(str_sub(line, wanted.n + 1, line.n));
    }
    return STR("");
}

/* The name of a paper that ends at byte end of text: Han characters before it. */
static struct str paper_name(struct str text, size_t end)
{
    size_t start = end, chars = 0;
    for (size_t before = end; chars < 12; chars++) {
        if (!point_is_han(utf8_previous(text, &before)))
            break;
        start = before;
    }
    return str_sub(text, start, end);
}

/* A paper's name in a masthead, a 来源： or a path. */
static struct str find_paper(const struct page *p, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t end;
        const struct lexicon_entry *e = lexicon_match(p->furniture, text, at, &end);
        uint32_t next = e != NULL ? utf8_at(text, end) : 0;
        if (e != NULL && lexicon_flag(e, "paper") && !(point_is_han(next) && next != 0x5BA2)) {
            struct str name = paper_name(text, end);
            if (name.n > e->word.n)
                return name;
        }
        utf8_next(text, &at);
    }
    return STR("");
}

/* A05, C3, 第3版 (given as 3): the code of a page. */
static struct str find_edition(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        size_t end = at;
        while (end < text.n && point_is_digit((unsigned char)text.p[end]))
            end++;
        bool alone = start == 0 || !point_is_latin((unsigned char)text.p[start - 1]);
        if (c >= 'A' && c <= 'Z' && end > at && end - at <= 2 && alone)
            return str_sub(text, start, end);
        if (c == 0x7B2C && end > at && end - at <= 2 &&
            str_starts(str_sub(text, end, text.n), STR("版")))
            return str_sub(text, at, end);
    }
    return STR("");
}

static void set_date(struct document *d, struct date date, enum evidence from)
{
    if (date.year == 0 || d->date.day != 0 || (d->date.year != 0 && date.day == 0))
        return;
    d->date = date;
    d->date_from = from;
}

/* The number of `digits` digits at *at of path; moves *at. -1 where there are fewer. */
static int digits_at(struct str path, size_t *at, size_t digits)
{
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (*at >= path.n || !point_is_digit((unsigned char)path.p[*at]))
            return -1;
        value = value * 10 + (path.p[(*at)++] - '0');
    }
    return value;
}

/* Matches the end of a path with a folder's pattern: %Y %m %d, * for anything but /. */
static bool match_path(struct str pattern, struct str path, struct date *date)
{
    size_t at = 0;
    for (size_t i = 0; i < pattern.n; i++) {
        char c = pattern.p[i];
        if (c == '*') {
            struct str rest = str_sub(pattern, i + 1, pattern.n);
            char stop = rest.n == 0 ? '\0' : rest.p[0];
            while (at < path.n && path.p[at] != '/' && path.p[at] != stop)
                at++;
        } else if (c == '%' && i + 1 < pattern.n) {
            char field = pattern.p[++i];
            int value = digits_at(path, &at, field == 'Y' ? 4 : 2);
            if (value < 0)
                return false;
            if (field == 'Y')
                date->year = (int16_t)value;
            else if (field == 'm')
                date->month = (uint8_t)(value <= 12 ? value : 0);
            else if (field == 'd')
                date->day = (uint8_t)(value <= 31 ? value : 0);
        } else if (at < path.n && path.p[at] == c) {
            at++;
        } else {
            return false;
        }
    }
    return at == path.n;
}

/* The last parts of a path, as many as the pattern has. */
static struct str path_end(struct str path, struct str pattern)
{
    size_t parts = 1, start = path.n;
    for (size_t i = 0; i < pattern.n; i++)
        parts += pattern.p[i] == '/';
    while (start > 0 && (path.p[start - 1] != '/' || --parts > 0))
        start--;
    return str_sub(path, start, path.n);
}

static void read_path(struct page *p, struct str settings)
{
    struct document *d = p->document;
    struct str path = str_of(p->options->path), tail = path;
    size_t slash = STR_NONE;
    for (size_t i = path.n, n = 0; i-- > 0 && n < 2;)
        if (path.p[i] == '/' && n++ < 2)
            slash = i;
    if (slash != STR_NONE)
        tail = str_sub(path, slash + 1, path.n);
    if (tail.n == 0)
        return;
    struct str pattern = setting(settings, "path");
    struct date date = {0};
    if (pattern.n > 0 && match_path(pattern, path_end(path, pattern), &date))
        set_date(d, date, EVIDENCE_PATH);
    set_date(d, date_find(tail), EVIDENCE_PATH);
    if (d->paper.n == 0)
        d->paper = find_paper(p, tail);
    size_t name = str_find_last(tail, STR("/")), dot;
    tail = name == STR_NONE ? tail : str_sub(tail, name + 1, tail.n);
    dot = str_find_last(tail, STR("."));
    struct str edition = find_edition(tail),
               stem = str_sub(tail, 0, dot == STR_NONE ? tail.n : dot);
    if (d->edition.n == 0 && (d->date_from == EVIDENCE_PATH || str_eq(edition, stem)))
        d->edition = edition;
}

/* The masthead and the site's lines round the piece. */
static void read_furniture(struct page *p)
{
    struct document *d = p->document;
    bool time = false;
    for (size_t i = 0; i < p->strips.n; i++) {
        const struct strip *s = &p->strips.at[i];
        if (s->kind != STRIP_FURNITURE)
            continue;
        struct str text = strip_text(p, s);
        const struct lexicon_entry *e = furniture_word(p, s);
        if (str_starts(text, STR("今天是")))
            continue; /* when the page was looked at */
        bool masthead = e == NULL;
        if (d->paper.n == 0)
            d->paper = find_paper(p, text);
        if (d->edition.n == 0 && masthead)
            d->edition = find_edition(text);
        struct date date = date_find(text);
        if (masthead && !time)
            set_date(d, date, EVIDENCE_MASTHEAD);
        else if (time || (e != NULL && lexicon_flag(e, "time")) || date.day != 0)
            set_date(d, date, EVIDENCE_DATELINE);
        time = e != NULL && lexicon_flag(e, "time") && date.year == 0;
    }
}

/* Not the arrow, nor the space, before a page. */
static bool is_page_name(uint32_t c)
{
    return point_is_han(c) || point_is_any_digit(c) || point_is_latin(c);
}

static void find_continued(const struct page *p, struct article *a)
{
    for (uint32_t i = 0; i < a->n_captions; i++) {
        struct str text = a->captions[i].text;
        for (size_t at = 0; at < text.n;) {
            size_t end;
            const struct lexicon_entry *e = lexicon_match(p->marks, text, at, &end);
            utf8_next(text, &at);
            if (e == NULL || !(lexicon_flag(e, "from") || lexicon_flag(e, "to")))
                continue;
            size_t to = end + text_page_length(str_sub(text, end, text.n));
            while (end < to && !is_page_name(utf8_at(text, end)))
                utf8_next(text, &end);
            struct str where = str_sub(text, end, to);
            if (lexicon_flag(e, "from"))
                a->continued_from = where;
            else
                a->continued_to = where;
        }
    }
}

void page_find_dates(struct page *p)
{
    struct document *d = p->document;
    struct str settings = p->options->folder_settings;
    struct str paper = setting(settings, "paper"), place = setting(settings, "place");
    struct article *articles = (struct article *)d->articles;
    read_furniture(p);
    read_path(p, settings);
    if (d->paper.n == 0)
        d->paper = paper;
    bool named = page_find_region(p);
    if (place.n > 0 && (!named || str_eq(place, d->place))) {
        d->place = place;
        d->place_from = EVIDENCE_FOLDER;
    }
    for (uint32_t i = 0; i < d->n_articles; i++) {
        struct article *a = &articles[i];
        page_find_year(a);
        find_continued(p, a);
        if (d->date.year != 0 && (a->date.year == 0 || (d->date.day != 0 && a->date.day == 0))) {
            a->date = d->date;
            a->date_from = d->date_from;
        }
        a->place = d->place;
        a->place_from = d->place_from;
    }
}
