/* Articles that give each member a part under a line with the name (桑某委员：, 康某某委员（民盟…
 * 市委会）：, or a heading 桑某委员：破解…): what each suggests. */
#include "baolan/utf8.h"
#include "parse/proposal.h"
#include "parse/speech.h"

/* Who has a part, and its title where the line gives it. */
struct part_line {
    struct str name, body, title;
};

static bool is_name(const struct proposal_reader *r, struct str s)
{
    size_t n = utf8_count(s), end = 0;
    const struct lexicon_entry *surname = lexicon_match(r->surnames, s, 0, &end);
    bool compound = surname != NULL && end == 2 * strlen("姓");
    return surname != NULL && n >= 2 && n <= (compound ? 4u : 3u) && s.n == 3 * n;
}

/* Takes （民盟云泽市委会） from the end of *s. */
static struct str take_bracket(struct str *s)
{
    size_t open = str_find_last(*s, STR("（"));
    if (!str_ends(*s, STR("）")) || open == STR_NONE || open == 0)
        return (struct str){NULL, 0};
    struct str inner = str_sub(*s, open + strlen("（"), s->n - strlen("）"));
    *s = str_trim(str_sub(*s, 0, open));
    return str_trim(inner);
}

/* Reads a line that names whose part follows; false where s is none. */
static bool read_part_line(const struct proposal_reader *r, const struct segment *segment,
                           struct part_line *out)
{
    enum { BYTES_MOST = 240, NAME_BYTES = 40 };
    static const struct str member = STR_INIT("委员");
    struct str s = str_trim(segment->text), head = s;
    size_t colon = str_find(s, STR("："), 0);
    *out = (struct part_line){{NULL, 0}, {NULL, 0}, {NULL, 0}};
    if (s.n > BYTES_MOST || s.n == 0)
        return false;
    if (colon != STR_NONE) {
        head = str_trim(str_sub(s, 0, colon));
        out->title = str_trim(str_sub(s, colon + strlen("："), s.n));
    }
    if (out->title.n > 0 && segment->kind == SEGMENT_PARAGRAPH)
        return false; /* a paragraph of the news: 邱某委员：建议… */
    out->body = take_bracket(&head);
    size_t office = str_find_last(head, member);
    bool named = false;
    if (str_has(out->body, member)) { /* 汤某某（市政协委员、民建会员）： */
        out->body = (struct str){NULL, 0};
        named = colon != STR_NONE;
    } else if (colon != STR_NONE && office != STR_NONE && office + member.n < head.n) {
        head = str_trim(str_sub(head, office + member.n, head.n)); /* 市政协委员汤某某： */
        named = true;
    }
    if (!named && str_ends(head, member))
        head.n -= member.n;
    else if (!named && (colon == STR_NONE || segment->kind != SEGMENT_HEADING))
        return false;
    out->name = head;
    return head.n <= NAME_BYTES && is_name(r, head);
}

/* Finishes a part; without suggestions it is no proposal. */
static void finish_part(struct proposal_reader *r, struct draft *d)
{
    if (!d->open)
        return;
    proposal_finish(r, d);
    if (vector_last(&r->proposals).n_suggestions == 0)
        r->proposals.n--;
}

static void begin_part(struct proposal_reader *r, struct draft *d, const struct segment *s,
                       const struct part_line *line, struct str above)
{
    uint32_t length = s->kind == SEGMENT_PARAGRAPH ? (uint32_t)s->text.n : 0;
    *d = (struct draft){.open = true, .part = PART_BODY, .quoted = true};
    d->proposal.article = s->article;
    d->proposal.title = line->title.n > 0 ? line->title : above;
    d->proposal.place = place_in(s->article, s->paragraph, 0, length);
    vector_push(r->arena, &d->speakers, line->name);
    proposal_add_names(r, d, LIST_BODIES, line->body);
}

/* The byte after 建议 where it opens a sentence and goes on with what is suggested (建议设立…);
 * else STR_NONE. */
static size_t suggests_plainly(struct str s)
{
    static const struct str word = STR_INIT("建议");
    for (size_t at = str_find(s, word, 0); at != STR_NONE; at = str_find(s, word, at + word.n)) {
        size_t before = at;
        bool opens = at == 0 || mark_ends_sentence(utf8_previous(s, &before));
        if (opens && point_is_han(utf8_at(s, at + word.n)))
            return at + word.n;
    }
    return STR_NONE;
}

/* Puts a paragraph or heading into a part. */
static void add_to_part(struct proposal_reader *r, struct draft *d, const struct segment *s)
{
    size_t after =
        d->part == PART_BODY && s->kind == SEGMENT_PARAGRAPH ? suggests_plainly(s->text) : STR_NONE;
    if (after == STR_NONE) {
        vector_push(r->arena, d->part == PART_BODY ? &d->body : &d->suggestions, *s);
        return;
    }
    struct segment before = segment_part(s, 0, after - strlen("建议"));
    if (before.text.n > 0)
        vector_push(r->arena, &d->body, before);
    vector_push(r->arena, &d->suggestions, segment_part(s, after, s->text.n));
    d->part = PART_SUGGESTIONS;
}

bool proposal_read_parts(struct proposal_reader *r, struct str title, const struct segments *list)
{
    struct draft d = {0};
    struct part_line line;
    bool any = false;
    for (size_t i = 0; i < list->n; i++) {
        const struct segment *s = &list->at[i];
        bool named = read_part_line(r, s, &line);
        struct str above = {NULL, 0};
        struct segments *last = d.part == PART_BODY ? &d.body : &d.suggestions;
        if (named && any && last->n > 0 && vector_last(last).kind == SEGMENT_HEADING) {
            above = vector_last(last).text; /* the title of the next part */
            last->n--;
        } else if (named && i > 0 && s[-1].kind == SEGMENT_HEADING) {
            above = s[-1].text;
        }
        if (named) {
            finish_part(r, &d);
            begin_part(r, &d, s, &line, above);
            any = true;
        } else if (d.open && d.proposal.title.n == 0 && d.body.n == 0 &&
                   s->kind == SEGMENT_HEADING) {
            d.proposal.title = s->text;
        } else if (d.open) {
            if (d.proposal.title.n == 0)
                d.proposal.title = title;
            add_to_part(r, &d, s);
        }
    }
    finish_part(r, &d);
    return any;
}
