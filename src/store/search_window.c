/* Fields tested in one article at a time: what is done where a field has more to it than is worth
 * working out at once. The articles are those of the passages that the rest of the clause finds. */
#include "facts.h"
#include "search_internal.h"

static enum status open_window(struct searching *s, uint32_t passage, struct window *w)
{
    bool more;
    sqlite3_stmt *st;
    *w = (struct window){.left = {0}};
    TRY(search_row(
        s,
        "SELECT a.id, a.first_passage, a.passages, d.id, d.first_indicator, d.indicators,"
        " d.first_proposal, d.proposals FROM passage p JOIN article a ON a.id=p.article"
        " JOIN document d ON d.id=a.document WHERE p.id=?1",
        passage, &st, &more));
    if (more)
        *w = (struct window){.article = column_u32(st, 0),
                             .first = column_u32(st, 1),
                             .end = column_u32(st, 1) + column_u32(st, 2),
                             .document = column_u32(st, 3),
                             .first_indicator = column_u32(st, 4),
                             .indicators = column_u32(st, 5),
                             .first_proposal = column_u32(st, 6),
                             .proposals = column_u32(st, 7)};
    sqlite3_reset(st);
    return STATUS_OK;
}

static struct range all_of(const struct window *w)
{
    return (struct range){w->first, w->end, 0, 0};
}

/* Calls `test` for each proposal of the article; the whole article answers where one does. */
typedef bool proposal_test(struct searching *s, const struct field *f, sqlite3_stmt *st);

static enum status proposals_with(struct searching *s, struct field *f, const struct window *w,
                                  proposal_test *test, struct ranges *out)
{
    bool more, found = false;
    enum status status = STATUS_OK;
    sqlite3_stmt *st = database_prepare(&s->store->db,
                                        "SELECT speakers, bodies, handlers, content_key"
                                        " FROM proposal WHERE id>=?1 AND id<?2 AND article=?3",
                                        s->error);
    if (st == NULL)
        return failed(s->error);
    bind_int(st, 1, w->first_proposal);
    bind_int(st, 2, (int64_t)w->first_proposal + w->proposals);
    bind_int(st, 3, w->article);
    while (!found && (status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK &&
           more) {
        search_spend(s, STEPS_OF_ROW);
        found = test(s, f, st);
    }
    sqlite3_reset(st);
    if (found)
        vector_push(s->arena, out, all_of(w));
    return status;
}

static bool is_any(struct searching *s, const struct field *f, sqlite3_stmt *st)
{
    (void)s;
    (void)f;
    (void)st;
    return true;
}

static bool has_speaker(struct searching *s, const struct field *f, sqlite3_stmt *st)
{
    return field_stands_in(s, f->term, column_view(st, 0));
}

static bool has_body(struct searching *s, const struct field *f, sqlite3_stmt *st)
{
    return field_stands_in(s, f->term, column_view(st, 1)) ||
           field_stands_in(s, f->term, column_view(st, 2));
}

static bool has_mark(struct searching *s, const struct field *f, sqlite3_stmt *st)
{
    (void)s;
    return keys_have(f->keys[1], f->n_keys[1], sqlite3_column_int64(st, 3));
}

/* Adds the article where the term stands in one of its passages of these kinds. */
static enum status fronts_with(struct searching *s, struct field *f, const struct window *w,
                               uint32_t kinds, struct ranges *out)
{
    bool more, found = false;
    enum status status = STATUS_OK;
    sqlite3_stmt *st = database_prepare(
        &s->store->db, "SELECT unpack(text) FROM passage WHERE id>=?1 AND id<?2 AND (?3>>kind)&1",
        s->error);
    if (st == NULL)
        return failed(s->error);
    search_spend(s, (size_t)(w->end - w->first));
    bind_int(st, 1, w->first);
    bind_int(st, 2, w->end);
    bind_int(st, 3, kinds);
    while (!found && (status = database_step(&s->store->db, st, &more, s->error)) == STATUS_OK &&
           more) {
        search_spend(s, STEPS_OF_ROW);
        found = field_stands_in(s, f->term, column_view(st, 0));
    }
    sqlite3_reset(st);
    if (found)
        vector_push(s->arena, out, all_of(w));
    return status;
}

static enum status window_title(struct searching *s, struct field *f, const struct window *w,
                                struct ranges *out)
{
    return fronts_with(s, f, w, TITLE_KINDS, out);
}

static enum status window_speaker(struct searching *s, struct field *f, const struct window *w,
                                  struct ranges *out)
{
    TRY(fronts_with(s, f, w, 1u << PASSAGE_BYLINE, out));
    return out->n > 0 ? STATUS_OK : proposals_with(s, f, w, has_speaker, out);
}

static enum status window_body(struct searching *s, struct field *f, const struct window *w,
                               struct ranges *out)
{
    return proposals_with(s, f, w, has_body, out);
}

/* What stands in the row of the article or of its document. */
static enum status window_row(struct searching *s, struct field *f, const struct window *w,
                              struct ranges *out)
{
    bool more, found = false;
    struct str from, before;
    sqlite3_stmt *st;
    TRY(search_row(s,
                   "SELECT a.date, a.content_key, d.path, d.title"
                   " FROM article a JOIN document d ON d.id=a.document"
                   " WHERE a.id=?1",
                   w->article, &st, &more));
    if (more && f->term->field == QUERY_DATE) {
        struct str date = column_view(st, 0);
        found = field_dates(s, f->term, &from, &before) == STATUS_OK && str_cmp(date, from) >= 0 &&
                str_cmp(date, before) < 0;
    } else if (more && f->term->field == QUERY_DOCUMENT) {
        found = field_in_document(s, f->term, column_view(st, 2), column_view(st, 3));
    } else if (more) {
        found = keys_have(f->keys[0], f->n_keys[0], sqlite3_column_int64(st, 1));
    }
    sqlite3_reset(st);
    if (found)
        vector_push(s->arena, out, all_of(w));
    return STATUS_OK;
}

static enum status window_mark(struct searching *s, struct field *f, const struct window *w,
                               struct ranges *out)
{
    TRY(window_row(s, f, w, out));
    return out->n > 0 ? STATUS_OK : proposals_with(s, f, w, has_mark, out);
}

static enum status is_of_type(struct searching *s, uint32_t entity, enum entity_type type,
                              bool *out)
{
    bool more;
    sqlite3_stmt *st = database_prepare(
        &s->store->db, "SELECT type=?2 AND NOT hidden FROM entity WHERE id=?1", s->error);
    if (st == NULL)
        return failed(s->error);
    bind_int(st, 1, entity);
    bind_int(st, 2, type);
    TRY(database_step(&s->store->db, st, &more, s->error));
    *out = more && sqlite3_column_int(st, 0) != 0;
    sqlite3_reset(st);
    return STATUS_OK;
}

/* Mentions in the article of names that the field has, or of a type where type is one. What stands
 * in a near copy is counted for no name. */
static enum status mentions_of(struct searching *s, struct field *f, const struct window *w,
                               enum entity_type type, struct ranges *out)
{
    bool more;
    sqlite3_stmt *st;
    TRY(search_row(s,
                   "SELECT names FROM article WHERE id=?1 AND id NOT IN (SELECT article FROM copy)",
                   w->article, &st, &more));
    struct str names = more ? column_str(s->arena, st, 0) : (struct str){NULL, 0};
    sqlite3_reset(st);
    for (struct stored_mention m = {.passage = w->first}; names_next(&names, &m);) {
        bool wanted = false;
        search_spend(s, STEPS_OF_ROW);
        if (type == ENTITY_TYPE_COUNT)
            wanted = ids_have(f->sorted, f->n_ids, m.entity);
        else
            TRY(is_of_type(s, m.entity, type, &wanted));
        if (wanted)
            vector_push(s->arena, out, ((struct range){m.passage, m.passage + 1, m.start, m.end}));
    }
    return STATUS_OK;
}

static enum status window_name(struct searching *s, struct field *f, const struct window *w,
                               struct ranges *out)
{
    return mentions_of(s, f, w, ENTITY_TYPE_COUNT, out);
}

static enum status window_type(struct searching *s, struct field *f, const struct window *w,
                               struct ranges *out)
{
    struct str wanted = fold_str(s->arena, f->term->words);
    if (str_eq(wanted, STR("proposal")))
        return proposals_with(s, f, w, is_any, out);
    for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++)
        if (str_eq(wanted, str_of(entity_type_name((enum entity_type)i))))
            return mentions_of(s, f, w, (enum entity_type)i, out);
    return window_figures(s, f, w, out);
}

typedef enum status field_window(struct searching *s, struct field *f, const struct window *w,
                                 struct ranges *out);

static field_window *const fields[QUERY_FIELD_COUNT] = {
    [QUERY_TITLE] = window_title,   [QUERY_SPEAKER] = window_speaker, [QUERY_BODY] = window_body,
    [QUERY_NAME] = window_name,     [QUERY_TYPE] = window_type,       [QUERY_DOCUMENT] = window_row,
    [QUERY_DATE] = window_row,      [QUERY_MARK] = window_mark,       [QUERY_BY] = window_mark,
    [QUERY_ASSIGNED] = window_mark, [QUERY_METRIC] = window_figures,
};

/* What is found out about a field once, before it is tested in the first article. */
static enum status prepare(struct searching *s, struct field *f)
{
    switch (f->term->field) {
    case QUERY_NAME:
        return field_names(s, f);
    case QUERY_MARK:
    case QUERY_BY:
    case QUERY_ASSIGNED:
        return field_marks(s, f);
    case QUERY_METRIC:
        return field_figures(s, f);
    default:
        return STATUS_OK;
    }
}

/* Works out what all untried fields leave of the window's article. */
static enum status narrow_window(struct searching *s, struct filter *f, struct ranges *left)
{
    const struct window *w = &f->window;
    vector_push(s->arena, left, all_of(w));
    for (size_t i = 0; i < f->untried.n && left->n > 0; i++) {
        struct field *field = &f->untried.at[i];
        struct ranges found = {0};
        TRY(fields[field->term->field](s, field, w, &found));
        ranges_settle(&found);
        if (field->term->negated)
            found = ranges_without(s->arena, &found, w->end);
        *left = ranges_both(s->arena, left, &found);
    }
    return STATUS_OK;
}

/* Moves to the article that a passage stands in. What was needed to work it out is given back: a
 * search may go through half a million articles. */
static enum status move_window(struct searching *s, struct filter *f, uint32_t passage)
{
    enum { MOST_RANGES = 128 }; /* in most articles there are fewer */
    struct range few[MOST_RANGES];
    struct ranges left = {0};
    for (size_t i = 0; i < f->untried.n; i++)
        TRY(prepare(s, &f->untried.at[i]));
    struct ranges room = f->window.left;
    TRY(open_window(s, passage, &f->window));
    search_spend(s, STEPS_OF_WINDOW);
    room.n = 0;
    f->window.left = room;
    if (f->window.end == 0)
        return STATUS_OK;
    struct arena_mark mark = arena_mark(s->arena);
    TRY(narrow_window(s, f, &left));
    if (left.n > MOST_RANGES) {
        f->window.left = left;
        return STATUS_OK;
    }
    if (left.n > 0)
        memcpy(few, left.at, left.n * sizeof *few);
    arena_release(s->arena, mark);
    for (size_t i = 0; i < left.n; i++)
        vector_push(s->arena, &f->window.left, few[i]);
    return STATUS_OK;
}

enum status filter_test(struct searching *s, struct filter *f, uint32_t passage,
                        const struct range **range)
{
    size_t cursor = 0;
    if (f->untried.n == 0)
        return STATUS_OK;
    if (passage < f->window.first || passage >= f->window.end)
        TRY(move_window(s, f, passage));
    *range = ranges_find(&f->window.left, &cursor, passage);
    return STATUS_OK;
}
