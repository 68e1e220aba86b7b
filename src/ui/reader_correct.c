/* What stands under the reader's cursor, for who puts it right. */
#include "baolan/utf8.h"
#include "ui/reader_state.h"

/* The focused link: a figure, or a name where it stands. */
static void subject_of_link(const struct reader *r, const struct reader_spot *spot,
                            struct correction_subject *out)
{
    const struct stored_passage *passage = reader_page_passage(r->page, spot->passage);
    const struct link *link = &passage->links[spot->link];
    if (link->kind == LINK_INDICATOR)
        *out = (struct correction_subject){CORRECTION_INDICATOR, link->target, 0, 0};
    else
        *out = (struct correction_subject){CORRECTION_NAME, passage->id, link->start, link->end};
}

/* A line that is a date and nothing else: （2024年3月8日）, 2024-04-28, 二〇二四年四月. */
static bool is_date_line(struct str text)
{
    static const char MARKS[] = "年月日〇○零一二三四五六七八九十（）()-./ \u3000";
    struct str marks = str_of(MARKS);
    size_t digits = 0;
    bool joined = false;
    for (size_t at = 0; at < text.n && text.n < 64;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (!point_is_any_digit(c) && !str_has(marks, str_sub(text, from, at)))
            return false;
        digits += point_is_any_digit(c) || (point_is_han(c) && c != U'年' && c != U'月');
        joined = joined || c == U'年' || c == '-' || c == '.' || c == '/';
    }
    return joined && digits >= 4 && text.n < 64;
}

static void subject_of_passage(const struct stored_passage *passage, size_t offset,
                               struct correction_subject *out, struct str *field)
{
    *out = (struct correction_subject){CORRECTION_ARTICLE, passage->article, 0, 0};
    if (passage->kind == PASSAGE_BYLINE)
        *field = STR("byline");
    else if (is_date_line(passage->text))
        *field = STR("date");
    else if (passage->kind >= PASSAGE_HEADING)
        *out = (struct correction_subject){CORRECTION_PASSAGE, passage->id, (uint32_t)offset, 0};
}

bool reader_subject(struct view *v, struct correction_subject *subject, struct str *field)
{
    const struct reader *r = reader_of(v);
    const struct reader_spot *links;
    if (r->page == NULL || r->outline_list || reader_page_passages(r->page) == 0)
        return false;
    if (v->link < reader_page_links(r->page, &links)) {
        subject_of_link(r, &links[v->link], subject);
        return true;
    }
    struct reader_position here = reader_here(v);
    subject_of_passage(reader_page_passage(r->page, here.passage), here.offset, subject, field);
    return true;
}

uint64_t reader_corrections(struct reader *r, struct store *store, uint32_t document, bool mark)
{
    const struct stored_correction *list;
    size_t n = 0, marked = 0;
    uint64_t hash = 0;
    struct arena *a = mark ? r->arena : r->found_arena;
    if (store_corrections(store, a, document, &list, &n, NULL) != STATUS_OK)
        return 0;
    uint32_t *passages = arena_array(a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ (uint64_t)list[i].identity) * 0x9E3779B97F4A7C15u + list[i].found;
        if (list[i].found && list[i].passage != 0)
            passages[marked++] = list[i].passage;
    }
    if (mark)
        reader_page_set_corrected(r->page, passages, marked);
    return hash;
}
