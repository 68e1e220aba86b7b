/* Headlines: which of the lines above a piece are its kicker, title, subtitle and byline. */
#include "parse/credits.h"
#include "parse/drafts.h"

enum {
    TITLE_LINES = 6, /* lines of a headline */
    SUB_CELLS = 28,  /* of a subtitle that may go on under itself */
    RUN_BLOCKS = 64  /* blocks of a headline with all round it: a longer run is none */
};

/* 2026年2月3日在…会议上, （2024年3月8日）: a date with little else. */
bool text_is_dateline(struct str text)
{
    if (str_starts(text, STR("（")) && str_ends(text, STR("）")))
        text = str_sub(text, 3, text.n - 3);
    size_t year = str_find(text, STR("年"), 0), day = str_find(text, STR("日"), 0);
    if (year == STR_NONE || day == STR_NONE || day < year || year < 4 || day > year + 24)
        return false;
    if (!point_is_any_digit((unsigned char)text.p[year - 1]) && year >= 3 &&
        !point_is_any_digit(utf8_at(text, year - 3)))
        return false;
    struct str rest = str_sub(text, day + 3, text.n);
    return year <= 24 && (rest.n <= 12 || str_starts(rest, STR("在")) || str_ends(rest, STR("上")));
}

/* 云泽市政府办公室　　2024年6月20日: who gives a paper, without the date beside it. */
static struct str without_date(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        if (!point_is_space(utf8_next(text, &at)))
            continue;
        struct str rest = str_trim(str_sub(text, at, text.n));
        return text_is_dateline(rest) && rest.n <= 24 ? str_sub(text, 0, from) : text;
    }
    return text;
}

/* 云泽市统计局: a body under a headline signs it. */
bool head_is_issuer(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s), body = without_date(text);
    if (word_at_end(p->bylines, body, "common") != NULL)
        return false;
    if (body.n < text.n)
        return s->commas == 0 && word_at_end(p->bylines, body, "issuer") != NULL;
    bool one_word = s->gaps <= 1 || s->words.n > 0;
    return s->width <= 44 && s->commas == 0 && s->figures == 0 && s->ending == END_OPEN &&
           one_word && word_at_end(p->bylines, strip_words(p, s), "issuer") != NULL;
}

/* 薛明出席会议并讲话: who took part, under the headline of a meeting. */
static bool is_attendance(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    if (s->width > 60 || s->ending != END_OPEN || s->figures > 0 ||
        word_at_end(p->marks, text, "attend") == NULL)
        return false;
    if (word_at_start(p->bylines, text, "surname") != NULL)
        return true;
    /* 市委书记某某主持 市长某某讲话 */
    size_t space = str_find(text, STR(" "), 0);
    return space != STR_NONE && word_at_end(p->marks, str_sub(text, 0, space), "attend") != NULL;
}

bool text_is_rubric(const struct page *p, struct str text)
{
    enum { RUBRIC_CHARS = 8, PARTED_CHARS = 12 };
    size_t marks = ornament_length(p, text);
    text = str_trim(str_sub(text, marks, text.n));
    if (text.n > PARTED_CHARS * strlen("字"))
        return false;
    bool parted = str_has(text, STR("·")) || str_has(text, STR("｜")); /* 直击两会·委员声音 */
    if (utf8_count(text) > (parted ? PARTED_CHARS : RUBRIC_CHARS) || str_has(text, STR("：")))
        return false;
    size_t dot = str_find(text, STR("·"), 0); /* 走基层·社区里的新变化: the column's name first */
    return word_at_end(p->marks, text, "rubric") != NULL ||
           (dot != STR_NONE && word_at_end(p->marks, str_sub(text, 0, dot), "rubric") != NULL);
}

/* （试行）: of the title, whichever line it stands on. */
static bool is_version(const struct page *p, struct str text)
{
    size_t open = str_starts(text, STR("（")) ? strlen("（") : 1;
    size_t close = str_ends(text, STR("）")) ? strlen("）") : 1;
    if (text.n <= open + close)
        return false;
    const struct lexicon_entry *e =
        lexicon_find(p->marks, str_trim(str_sub(text, open, text.n - close)));
    return e != NULL && lexicon_flag(e, "version");
}

/* 县十八届人大四次会议, 文件（二）: what a paper of a session is headed with. */
static bool is_session_label(const struct page *p, const struct strip *s)
{
    struct str text = strip_words(p, s);
    size_t open = str_find_last(text, STR("（"));
    if (s->ending == END_BRACKET && open != STR_NONE && open > 0)
        text = str_trim(str_sub(text, 0, open));
    while (text.n > 0 && (point_is_digit((unsigned char)text.p[text.n - 1]) ||
                          text.p[text.n - 1] == ' ')) /* 两会特别报道 02 */
        text.n--;
    return s->width <= 60 && s->commas == 0 && word_at_end(p->marks, text, "label") != NULL;
}

enum head_line head_line_kind(struct maker *m, const struct strip *s)
{
    struct str text = strip_words(m->page, s);
    uint32_t c = utf8_at(text, 0);
    if (s->ordinal.kind == ORDINAL_MARKDOWN) {
        struct str rest = str_trim(str_sub(text, s->ordinal.length, text.n));
        return utf8_at(rest, 0) == 0x2014 ? HEAD_SUB : HEAD_MARKDOWN; /* ### ——… */
    }
    if (c == 0x2014 || c == 0x2015 || c == 0x2500 || str_starts(text, STR("--")))
        return HEAD_SUB;
    if (text_is_dateline(text) || is_attendance(m->page, s))
        return HEAD_SUB;
    if (is_session_label(m->page, s) || text_is_rubric(m->page, text) ||
        (c == 0x3010 && str_ends(text, STR("】")))) /* 【夏收进行时】 */
        return HEAD_LABEL;
    enum credit_line credit = strip_credit(m->page, s);
    if (credit == CREDIT_NAMES || head_is_issuer(m->page, s))
        return HEAD_NAMES;
    if ((c == 0xFF08 || c == '(') && s->ending == END_BRACKET)
        return is_version(m->page, text) ? HEAD_PLAIN : HEAD_NOTE;
    return HEAD_PLAIN;
}

struct head {
    index_vector title, kicker, sub; /* strips */
    index_vector names, rest;
    uint32_t kicker_block;
};

/* 城里人当农夫 闲置地变宝地: parts of one length, a line complete in itself. */
static bool is_parallel(struct str text)
{
    enum { PART_CHARS = 3 };
    size_t parts = 0, chars = 0, least = SIZE_MAX, most = 0;
    for (size_t at = 0; at <= text.n;) {
        bool end = at == text.n;
        uint32_t c = end ? ' ' : utf8_next(text, &at);
        at += end;
        if (!point_is_space(c)) {
            chars++;
            continue;
        }
        if (chars > 0) {
            parts++;
            least = chars < least ? chars : least;
            most = chars > most ? chars : most;
        }
        chars = 0;
    }
    return parts >= 2 && parts <= 4 && least >= PART_CHARS && most <= least + 1;
}

/* 深入学习贯彻…精神: however long the line is, it is one. */
static bool ends_as_kicker(const struct page *p, uint32_t strip)
{
    return word_at_end(p->marks, strip_words(p, &p->strips.at[strip]), "kicker") != NULL;
}

/* A series with its number, words that lead over to what comes, a dash before them. */
static bool leads_over(const struct page *p, uint32_t strip)
{
    struct str text = strip_text(p, &p->strips.at[strip]);
    struct str words = strip_words(p, &p->strips.at[strip]);
    size_t end = text.n;
    uint32_t last = utf8_previous(text, &end);
    return (last >= 0x2460 && last <= 0x2473) || utf8_at(words, 0) == 0x2014 ||
           word_at_end(p->marks, words, "kicker") != NULL ||
           word_at_start(p->marks, words, "before") != NULL;
}

/* A kicker that stands right above its headline: it leads over to it, or has parallel parts. */
static bool is_kicker_line(const struct page *p, uint32_t strip)
{
    return leads_over(p, strip) || is_parallel(strip_text(p, &p->strips.at[strip]));
}

bool strip_is_place_label(const struct page *p, uint32_t i)
{
    enum { LABEL_CELLS = 20 };
    const struct strip *s = &p->strips.at[i], *next = s + 1;
    struct str text = strip_words(p, s);
    struct str name = str_trim(str_sub(text, ornament_length(p, text), text.n));
    return s->ornament && s->width <= LABEL_CELLS && s->gaps == 0 && s->commas == 0 &&
           i + 1 < p->strips.n && next->blanks == 0 && !next->ornament && next->stop == 0 &&
           next->ending == END_OPEN && word_at_end(p->marks, name, "place") != NULL;
}

/* The first of a headline's lines is a kicker by how they are set: a tag of a few characters over
 * what is much longer (提案追踪), a rise in figures that is told in full (GDP同比增长6.1%) over two
 * lines, a line longer than the two below it, which are alike. */
static bool is_set_as_kicker(const struct page *p, uint32_t first)
{
    enum { TAG_CELLS = 8, LONGER_BY = 6, ALIKE = 4 };
    const struct strip *strips = p->strips.at, *s = &strips[first];
    if (s->next == NONE || s->ending != END_OPEN || strip_is_place_label(p, first))
        return false;
    const struct strip *second = &strips[s->next];
    if (second->ordinal.kind == ORDINAL_NONE && s->width <= TAG_CELLS && s->width == 2u * s->han &&
        s->gaps == 0 && second->width * 2 >= s->width * 5)
        return true;
    if (s->ornament && !second->ornament && second->next == NONE && s->commas == 0 && s->gaps == 0)
        return true; /* □师者之尊 over a headline: the name of its column */
    /* 最美云泽人 / 白芷：三千次夜巡: the name of a column of portraits. */
    struct str below = strip_words(p, second);
    size_t colon = str_find(str_sub(below, 0, 15), STR("："), 0);
    if (colon != STR_NONE && second->next == NONE && s->gaps == 0 && s->commas == 0 &&
        !str_has(strip_words(p, s), STR("：")) && credit_is_name(p, str_sub(below, 0, colon)))
        return true;
    if (second->next == NONE || s->commas > 0)
        return false;
    const struct strip *third = &strips[second->next];
    struct str text = strip_words(p, s);
    if (str_ends(text, STR("%")) || str_ends(text, STR("％")))
        return true;
    uint32_t most = second->width > third->width ? second->width : third->width;
    uint32_t least = second->width < third->width ? second->width : third->width;
    return third->next == NONE && s->width >= most + LONGER_BY && most <= least + ALIKE &&
           !text_has_open_quote(text);
}

/* 临河市统计局 over 临河市2023年…公报: who gives a paper, above a title that is whole without. */
static bool is_issuer_over(const struct page *p, uint32_t strip)
{
    const struct strip *s = &p->strips.at[strip];
    struct str text = strip_words(p, s), below = strip_words(p, &p->strips.at[s->next]);
    return head_is_issuer(p, s) && below.n > 6 && str_starts(below, str_sub(text, 0, 6));
}

/* A subtitle without a dash: a clause with a comma under a headline without one, words that tell
 * more of it. */
static bool is_sub_words(const struct page *p, const struct head *h, uint32_t strip)
{
    const struct strip *s = &p->strips.at[strip];
    if (h->title.n == 0 || h->sub.n > 0 || (h->title.n == 1 && leads_over(p, h->title.at[0])))
        return false;
    struct str text = strip_words(p, s);
    bool commas = false, whole = true;
    for (size_t i = 0; i < h->title.n; i++) {
        const struct strip *title = &p->strips.at[h->title.at[i]];
        commas = commas || title->commas > 0;
        whole = whole && title->ending != END_COMMA;
    }
    if (word_at_start(p->marks, text, "below") != NULL && whole)
        return true;
    if (h->title.n == 1 && is_kicker_line(p, h->title.at[0]))
        return false;
    /* 、 only lists: under a kicker it may stand in the second line of a headline. */
    bool clause = h->kicker.n == 0 || str_has(text, STR("，")) || str_has(text, STR(","));
    return s->commas > 0 && clause && !commas && s->ending == END_OPEN;
}

/* A headline printed twice, the second time perhaps with the name of its column: （新春走基层）….
 */
static bool repeats(const struct page *p, uint32_t title, uint32_t line)
{
    struct str first = strip_words(p, &p->strips.at[title]);
    struct str second = strip_words(p, &p->strips.at[line]);
    return first.n >= 24 && second.n <= first.n + 60 && str_ends(second, first);
}

/* The bytes of a footnote's mark at the end of a headline: [1], 〔1〕. */
static size_t footnote_length(struct str text)
{
    size_t at = text.n, digits = 0;
    uint32_t c = utf8_previous(text, &at);
    if (c != ']' && c != 0x3015 && c != 0xFF3D)
        return 0;
    for (c = utf8_previous(text, &at); point_is_digit(c); c = utf8_previous(text, &at))
        digits++;
    bool open = c == '[' || c == 0x3014 || c == 0xFF3B;
    return open && digits > 0 && digits <= 2 && at > 0 ? text.n - at : 0;
}

/* 北海 over a headline: whose news it is, in a page of several places. */
static bool is_place_tag(const struct page *p, uint32_t tag, uint32_t title)
{
    enum { TAG_CELLS = 6, TITLE_CELLS = 14 };
    const struct strip *s = &p->strips.at[tag], *below = &p->strips.at[title];
    return s->width <= TAG_CELLS && s->width == 2u * s->han && s->gaps == 0 &&
           below->width >= TITLE_CELLS && below->ending == END_OPEN;
}

struct prose head_set_strips(struct page *p, const index_vector *strips)
{
    struct prose_span *spans = arena_array(p->arena, struct prose_span, strips->n);
    size_t n = 0;
    for (size_t i = 0; i < strips->n; i++) {
        const struct strip *s = &p->strips.at[strips->at[i]];
        struct str text = strip_text(p, s);
        size_t skip = s->ordinal.kind == ORDINAL_MARKDOWN ? s->ordinal.length : 0;
        skip += ornament_length(p, str_sub(text, skip, text.n));
        while (skip < text.n && text.p[skip] == ' ')
            skip++;
        size_t end = s->end - footnote_length(text);
        spans[n++] = (struct prose_span){s->start + skip, end, s->plain};
    }
    return prose_set(p, spans, n, PROSE_DISPLAY);
}

/* 某市水利局关于市政协…会议 / 提案第0126号的答复, 关于…体系 / 的提案: one title, though its first
 * line looks like a kicker. */
static bool is_one_title(const struct page *p, const struct strip *s)
{
    static const struct str ends[] = {STR_INIT("答复"),   STR_INIT("复函"),   STR_INIT("答复意见"),
                                      STR_INIT("的提案"), STR_INIT("的建议"), STR_INIT("的报告")};
    const struct strip *next = s->next == NONE ? NULL : &p->strips.at[s->next];
    struct str text = strip_words(p, s);
    if (next == NULL || next != s + 1 || s->kind != STRIP_TITLE || next->kind != STRIP_TITLE ||
        next->blanks > 0 || (!str_has(text, STR("关于")) && !str_has(text, STR("对"))))
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(strip_words(p, next), ends[i]))
            return true;
    return false;
}

static void move_lines(struct page *p, index_vector *to, index_vector *from)
{
    for (size_t i = 0; i < from->n; i++)
        vector_push(p->arena, to, from->at[i]);
    *from = (index_vector){0};
}

/* What a page of several pieces is headed with, whole with its subtitle, stands over the headline
 * of the first of them: 为…献良策 / ——…大会发言摘登. */
static void set_banner_aside(struct page *p, struct head *h, bool speech)
{
    bool gathers = false;
    for (size_t i = 0; i < h->sub.n; i++) {
        struct str text = strip_words(p, &p->strips.at[h->sub.at[i]]);
        gathers = gathers || word_at_end(p->marks, text, "kicker") != NULL ||
                  word_at_end(p->marks, text, "label") != NULL;
    }
    if (h->title.n == 0 || h->sub.n == 0 || h->names.n > 0 || !(speech || gathers))
        return;
    move_lines(p, &h->rest, &h->kicker);
    move_lines(p, &h->rest, &h->title);
    move_lines(p, &h->rest, &h->sub);
}

/* 县医院组建巡回医疗队 / “流动诊室”开进大山里 / 两年服务群众3.2万人次: three lines, each whole, of
 * which only the last counts something, are kicker, title and subtitle. */
static bool is_three_parts(const struct page *p, const struct block *b)
{
    enum { CELLS_LEAST = 16 };
    const struct strip *s = &p->strips.at[b->first];
    if (b->n_strips != 3 || b->last != b->first + 2)
        return false;
    for (unsigned i = 0; i < 3; i++) {
        struct str text = strip_words(p, &s[i]);
        if (s[i].width < CELLS_LEAST || s[i].commas > 0 || s[i].ending != END_OPEN ||
            text_has_open_quote(text) || (s[i].figures > 0) != (i == 2) ||
            str_has(text, STR("关于")) || str_ends(text, STR("的")) || str_ends(text, STR("和")))
            return false;
    }
    return word_at_end(p->marks, strip_words(p, &s[2]), "title") == NULL;
}

/* Sorts the lines of a headline's block into title, kicker, subtitle. */
static void read_head_block(struct maker *m, struct head *h, uint32_t block,
                            const struct block *next)
{
    bool speech = next != NULL && next->kind == BLOCK_SPEAKER;
    bool is_signed = speech || (next != NULL && next->kind == BLOCK_BYLINE);
    struct page *p = m->page;
    struct block *b = &p->blocks.at[block];
    if (is_signed && b->kind == BLOCK_TITLE && b->blanks > 0 && block_at(m, block + 1) == next &&
        head_line_kind(m, &p->strips.at[b->first]) == HEAD_PLAIN)
        set_banner_aside(p, h, speech);
    if (h->title.n == 0 && h->kicker.n == 0 && is_three_parts(p, b)) {
        vector_push(p->arena, &h->kicker, b->first);
        vector_push(p->arena, &h->title, b->first + 1);
        vector_push(p->arena, &h->sub, b->last);
        h->kicker_block = block;
        return;
    }
    bool below = h->sub.n > 0 || h->names.n > 0;
    bool set_as_kicker = h->title.n == 0 && is_set_as_kicker(p, b->first);
    for (uint32_t i = b->first; i != NONE; i = p->strips.at[i].next) {
        const struct strip *s = &p->strips.at[i];
        enum head_line kind = head_line_kind(m, s);
        const struct strip *before = i != b->first ? s - 1 : NULL;
        /* 某县人民政府 / 关于…的通知: the title of a document begins with who gives it. */
        if (kind == HEAD_NAMES && i != b->last && s->next != NONE &&
            str_starts(strip_words(p, &p->strips.at[s->next]), STR("关于")))
            kind = HEAD_PLAIN;
        if (h->title.n == 1 && repeats(p, h->title.at[0], i)) {
            vector_push(p->arena, &h->rest, i);
            continue;
        }
        /* What leads over, the headline it leads to, and below a gap what tells more of it. */
        bool told_more =
            h->kicker.n == 1 && h->title.n > 0 && h->sub.n == 0 && i == b->first &&
            kind == HEAD_PLAIN && b->n_strips == 1 &&
            (leads_over(p, h->kicker.at[0]) || p->strips.at[h->kicker.at[0]].ending == END_COLON);
        bool under_marked = h->title.n > 0 && h->sub.n == 0 && i == b->first &&
                            p->strips.at[vector_last(&h->title)].ordinal.kind == ORDINAL_MARKDOWN;
        if (kind == HEAD_PLAIN && (told_more || under_marked || is_sub_words(p, h, i)))
            kind = HEAD_SUB;
        bool runs_on = before != NULL && before->wrapped && before->width + 5 >= before->measure;
        bool headed = i != b->last || (next != NULL && block_at(m, block + 1) != next &&
                                       block_is_headish(block_at(m, block + 1)));
        /* 快评 over its headline, under what another block said: the piece begins here. */
        if (kind == HEAD_LABEL && h->title.n > 0 && h->kicker.n == 0 && i == b->first &&
            i != b->last) {
            vector_push(p->arena, &h->rest, i);
            h->kicker = h->title;
            h->kicker_block = block - 1;
            h->title = (index_vector){0};
            continue;
        }
        if (kind == HEAD_LABEL && h->title.n == 0 && headed && !is_one_title(p, s)) {
            vector_push(p->arena, &h->kicker, i);
            h->kicker_block = block;
            continue;
        }
        bool over = kind == HEAD_NAMES && s->next != NONE && is_issuer_over(p, i);
        if (kind == HEAD_LABEL || (h->title.n == 0 && kind != HEAD_MARKDOWN && !over) ||
            (kind == HEAD_NAMES && is_signed))
            kind = HEAD_PLAIN;
        bool under_sub = h->sub.n > 0 && vector_last(&h->sub) == i - 1 && before != NULL;
        /* What its line had no room for. */
        bool rest_of_sub = under_sub && kind == HEAD_PLAIN && s->blanks == 0 && h->names.n == 0 &&
                           s->width <= before->width && before->width >= SUB_CELLS;
        if ((runs_on && kind != HEAD_MARKDOWN && under_sub) || rest_of_sub) {
            vector_push(p->arena, &h->sub, i);
            continue;
        }
        if (kind == HEAD_SUB && h->title.n > 0 && h->sub.n == 0) {
            vector_push(p->arena, &h->sub, i);
            below = true;
        } else if (kind == HEAD_NAMES || kind == HEAD_NOTE) {
            vector_push(p->arena, &h->names, i);
            below = below || !over;
        } else if (below || h->title.n >= TITLE_LINES) {
            vector_push(p->arena, &h->rest, i);
        } else {
            bool same_block = i != b->first;
            if (h->title.n == 1 && is_place_tag(p, h->title.at[0], i)) {
                vector_push(p->arena, &h->rest, h->title.at[0]);
                h->title = (index_vector){0};
            }
            /* 建言荟萃, then below a gap the title with its speaker. */
            bool parted = speech && s->blanks > 0 && next->blanks == 0;
            bool alone = h->title.n == 1 && (is_kicker_line(p, h->title.at[0]) ||
                                             (set_as_kicker && h->title.at[0] == b->first));
            bool whole = alone && ends_as_kicker(p, h->title.at[0]);
            bool kicks = h->title.n > 0 && (!speech || parted) && kind != HEAD_SUB &&
                         (!runs_on || whole) && (!same_block || parted || alone);
            if (kicks && !(same_block && is_one_title(p, s - 1))) {
                bool lines = !same_block && h->title.n > 1; /* a kicker is one line */
                for (size_t k = 0; k < h->kicker.n; k++)
                    vector_push(p->arena, &h->rest, h->kicker.at[k]);
                for (size_t k = 0; k < h->title.n && lines; k++)
                    vector_push(p->arena, &h->rest, h->title.at[k]);
                h->kicker = lines ? (index_vector){0} : h->title;
                h->kicker_block = block - (same_block ? 0 : 1);
                h->title = (index_vector){0};
            }
            vector_push(p->arena, &h->title, i);
            below = kind == HEAD_MARKDOWN;
        }
    }
}

struct prose head_without_dashes(struct page *p, struct prose prose)
{
    size_t at = 0;
    for (size_t after = 0; after < prose.text.n; at = after) {
        uint32_t c = utf8_next(prose.text, &after);
        if (c != 0x2014 && c != 0x2015 && c != 0x2500 && c != '-' && !point_is_space(c))
            break;
    }
    return prose_sub(p->arena, &prose, at, prose.text.n);
}

/* 统计公报 over 2022年…统计公报: the kind of paper above its title says nothing of its own. */
static void drop_label(struct page *p, struct head *h)
{
    enum { LABEL_BYTES = 24 };
    if (h->title.n < 2)
        return;
    struct str first = strip_words(p, &p->strips.at[h->title.at[0]]);
    struct str last = strip_words(p, &p->strips.at[vector_last(&h->title)]);
    if (first.n > LABEL_BYTES || !str_ends(last, first))
        return;
    vector_push(p->arena, &h->rest, h->title.at[0]);
    h->title.at++;
    h->title.n--;
    h->title.room--;
}

static void set_head(struct maker *m, struct draft *d, struct head *h)
{
    struct page *p = m->page;
    drop_label(p, h);
    d->article.title = head_set_strips(p, &h->title);
    d->article.kicker = head_set_strips(p, &h->kicker);
    d->article.subtitle = head_without_dashes(p, head_set_strips(p, &h->sub));
    d->kicker_block = h->kicker.n > 0 ? h->kicker_block : NONE;
    d->titled = d->article.title.text.n > 0;
    for (size_t i = 0; i < h->names.n; i++) {
        index_vector one = {&h->names.at[i], 1, 1};
        struct prose line = head_set_strips(p, &one);
        if (line.text.n > 0 && line.text.p[0] != '(' && !str_starts(line.text, STR("（")))
            credits_read(p, without_date(line.text), &d->credits);
        draft_push(p, &d->byline_lines, line);
    }
    for (size_t i = 0; i < h->rest.n; i++) {
        index_vector one = {&h->rest.at[i], 1, 1};
        draft_push(p, &d->captions, head_set_strips(p, &one));
    }
}

/* Reads the headline of blocks [*i, …) that are titles or short lines, up to what ends it; leaves
 * *i at the last block taken. With only_titles, short lines below end it. */
void head_read(struct maker *m, struct draft *d, uint32_t *i, uint32_t end)
{
    struct head h = {.kicker_block = NONE};
    const struct block *next = block_at(m, block_significant(m, end));
    for (uint32_t k = *i; k < end; k++) {
        const struct block *b = block_at(m, k);
        if (block_is_headish(b))
            read_head_block(m, &h, k, next);
        else if (b->kind != BLOCK_DROP)
            draft_push(m->page, &d->captions, b->prose);
    }
    set_head(m, d, &h);
    *i = end - 1;
}

/* The end of the run of headline blocks that begins at i. */
/* 短评, 快评: the name of a box or of a column opens a headline of its own. */
static bool opens_headline(const struct page *p, const struct block *b)
{
    const struct strip *s = &p->strips.at[b->first];
    bool rubric = b->blanks > 0 && b->n_strips >= 2 && text_is_rubric(p, strip_words(p, s));
    return rubric || strip_is_box_label(p, s);
}

uint32_t head_end(struct maker *m, uint32_t i)
{
    uint32_t end = i + 1;
    bool markdown = false, named = false;
    for (uint32_t k = i; k < m->page->blocks.n && k < i + RUN_BLOCKS; k++) {
        const struct block *b = block_at(m, k);
        bool mark = b->kind == BLOCK_TITLE && b->ordinal.kind == ORDINAL_MARKDOWN &&
                    head_line_kind(m, &m->page->strips.at[b->first]) == HEAD_MARKDOWN;
        if (block_is_aside(b))
            continue;
        if (!block_is_headish(b) || (mark && markdown) || (b->blanks >= m->page->gap && k > i))
            break;
        /* Under a byline the headline is one block: what a gap parts from it is of the text. */
        bool whole = k > i && b->blanks > 0 && b[-1].kind == BLOCK_TITLE && k >= 2 &&
                     b[-2].kind == BLOCK_BYLINE && m->page->strips.at[b[-2].first].opens;
        if (whole || (k > i && opens_headline(m->page, b)))
            break;
        enum head_line kind = head_line_kind(m, &m->page->strips.at[b->first]);
        if (b->kind == BLOCK_SHORT &&
            ((markdown && kind == HEAD_PLAIN) || (named && kind != HEAD_NOTE)))
            break;
        named = named || (k > i && kind == HEAD_NAMES);
        markdown = markdown || mark;
        end = k + 1;
    }
    return end;
}
