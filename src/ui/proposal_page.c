/* One proposal in full: what it says, what was decided, and what stands near it. */
#include "baolan/clock.h"
#include "baolan/layout.h"
#include "baolan/message.h"
#include "ui/proposals.h"
#include "ui/reader.h"
#include "ui/words.h"

#include <time.h>

static struct str text_of(const struct proposals *p, struct place place)
{
    struct stored_passage passage;
    struct error quiet = ERROR_NONE;
    if (store_passage(p->docket.store, p->record, place.paragraph, &passage, &quiet) != STATUS_OK)
        return STR("");
    return str_sub(passage.text, place.start, place.end);
}

bool page_relate(struct proposals *p)
{
    struct error e = ERROR_NONE;
    if (p->related != NULL)
        return true;
    if (related_new(p->kin, &p->docket, &p->related, &e) == STATUS_OK)
        return true;
    p->related = NULL;
    ui_say(p->view->ui, ROLE_ERROR, "%s", e.message);
    return false;
}

/* Reads up to `items` more of the proposals, and finds those like the one that is open where no
 * other is left. */
static enum status find_similar(struct proposals *p, size_t items, struct error *e)
{
    bool whole = false;
    enum status status = STATUS_OK;
    if (p->docket.whole)
        status = related_prepare(p->related, items, &whole, e);
    p->comparing = !whole;
    if (status == STATUS_OK && whole)
        status = related_proposals(p->related, p->record, p->item, SIMILAR_MOST, &p->similar,
                                   &p->n_similar, e);
    return status;
}

void page_open(struct proposals *p, size_t item)
{
    enum { AT_ONCE = 200 }; /* proposals, read before the key returns */
    struct error e = ERROR_NONE;
    uint32_t id = p->docket.items[item].id;
    if (p->item != item)
        memset(p->folded, 0, sizeof p->folded);
    p->item = item;
    p->n_similar = p->n_reports = 0;
    p->comparing = false;
    arena_reset(p->record);
    if (store_load_proposal(p->docket.store, p->record, id, &p->proposal, &e) != STATUS_OK) {
        p->proposal = *docket_brief(&p->docket, item, p->record);
        p->proposal.it.n_suggestions = 0;
        ui_say(p->view->ui, ROLE_ERROR, "%s", e.message);
        return;
    }
    if (!page_relate(p))
        return;
    enum status status =
        related_reports(p->related, p->record, item, REPORTS_MOST, &p->reports, &p->n_reports, &e);
    if (status == STATUS_OK && p->mode == PROPOSALS_SIMILAR)
        status = find_similar(p, AT_ONCE, &e);
    if (status != STATUS_OK)
        ui_say(p->view->ui, ROLE_ERROR, "%s", e.message);
}

reaction page_compare(struct proposals *p)
{
    enum { STEP = 100, PAINT_NANOSECONDS = 200000000 };
    struct error e = ERROR_NONE;
    enum status status = STATUS_OK;
    int64_t start = clock_nanoseconds();
    if (p->mode != PROPOSALS_SIMILAR || !p->comparing || !p->docket.whole || !page_relate(p))
        return REACT_NONE;
    do
        status = find_similar(p, STEP, &e);
    while (status == STATUS_OK && p->comparing && !ui_key_waits(p->view->ui) &&
           clock_nanoseconds() - start < PAINT_NANOSECONDS);
    if (status != STATUS_OK) {
        p->comparing = false;
        ui_say(p->view->ui, ROLE_ERROR, "%s", e.message);
    }
    page_fill(p);
    return REACT_VIEW;
}

/* --- The page -------------------------------------------------------------------------------- */

/* number: 1 + the column of what was read; 0: of what was decided. */
static void add_field(struct proposals *p, uint32_t number, const char *label, struct str value,
                      enum role role)
{
    struct sheet_entry e = sheet_entry_of(ENTRY_FIELD, number);
    if (value.n == 0)
        return;
    struct buffer lead = buffer_in(p->sheet.arena);
    size_t own = width_measure(str_of(label), ui_ambiguous(p->view->ui));
    width_pad(&lead, str_of(label), own > p->label_cells ? own : p->label_cells, ALIGN_LEFT,
              ui_ambiguous(p->view->ui));
    buffer_add_c(&lead, "  ");
    e.lead = buffer_str(&lead);
    e.text = value;
    e.role = role;
    e.indent = 2;
    sheet_add(&p->sheet, &e);
}

/* Who joined those who propose. */
static void add_joint(struct proposals *p)
{
    const struct proposal *it = &p->proposal.it;
    struct buffer names = buffer_in(p->sheet.arena);
    for (uint32_t i = 0; i < it->n_joint; i++) {
        if (i > 0)
            buffer_add_c(&names, "、");
        buffer_add(&names, it->joint[i]);
    }
    add_field(p, 0, message(MESSAGE_SHEET_JOINT), buffer_str(&names), ROLE_TEXT);
}

static void add_fields(struct proposals *p)
{
    static const enum docket_column COLUMNS[] = {DOCKET_NUMBER, DOCKET_SESSION,  DOCKET_SPEAKER,
                                                 DOCKET_BODY,   DOCKET_CATEGORY, DOCKET_HANDLER,
                                                 DOCKET_STATUS};
    p->label_cells = 0;
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        size_t cells =
            width_measure(str_of(docket_column_label(COLUMNS[i])), ui_ambiguous(p->view->ui));
        p->label_cells = cells > p->label_cells ? cells : p->label_cells;
    }
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        add_field(p, 1 + COLUMNS[i], docket_column_label(COLUMNS[i]),
                  COLUMNS[i] == DOCKET_SESSION && p->proposal.it.session.n > 0
                      ? p->proposal.it.session
                      : docket_cell(&p->docket, p->item, COLUMNS[i], p->sheet.arena),
                  ROLE_TEXT);
        if (COLUMNS[i] == DOCKET_SPEAKER)
            add_joint(p);
    }
}

/* What somebody wrote; another's with their name and the time. Empty: taken back. */
static struct str signed_value(const struct proposals *p, const struct review_mark *mark)
{
    char when[32] = "";
    struct tm tm;
    time_t seconds = (time_t)(mark->time / 1000);
    if (!review_stands(mark) || str_eq(mark->author, review_author(p->review)))
        return review_stands(mark) ? mark->value : STR("");
    if (localtime_r(&seconds, &tm) != NULL)
        strftime(when, sizeof when, " %m-%d %H:%M", &tm);
    return str_printf(p->sheet.arena, "%.*s（%.*s%s）", STR_ARG(mark->value), STR_ARG(mark->author),
                      when);
}

/* What was decided: the fixed values in one line, then each text that was written. */
static void add_review(struct proposals *p)
{
    int64_t content_key = p->proposal.content_key;
    struct arena *a = p->sheet.arena;
    add_field(p, 0, message(MESSAGE_SHEET_REVIEW), review_summary(p->review, content_key, a),
              ROLE_MARK);
    static const char *const EXTRA[] = {"handling-reason", "merger"};
    for (size_t i = 0; i < sizeof EXTRA / sizeof *EXTRA; i++)
        add_field(p, 0, i == 0 ? message(MESSAGE_SHEET_REASON) : message(MESSAGE_SHEET_MERGED),
                  review_value(p->review, content_key, str_of(EXTRA[i])), ROLE_NOTE);
    add_field(p, 0, message(MESSAGE_SHEET_OTHERS), review_others(p->review, content_key, a),
              ROLE_NOTE);
    for (size_t i = 0; i < p->form.n_fields; i++) {
        struct str field = p->form.fields[i];
        const struct review_choice *c = review_choice(&p->form, field, STR(""));
        const struct review_mark *mark = review_marks(p->review, content_key, field);
        if (c == NULL || (!c->text && !c->list))
            continue;
        for (; mark != NULL; mark = mark->next)
            add_field(p, 0, str_dup_c(a, c->label), signed_value(p, mark), ROLE_NOTE);
    }
}

/* A section's heading, which folds what stands below it; true where that is shown. */
static bool add_section(struct proposals *p, enum proposal_section section, enum message name,
                        size_t count)
{
    struct sheet_entry e = sheet_entry_of(ENTRY_SECTION, section);
    bool open = !p->folded_sections[section];
    sheet_blank(&p->sheet);
    e.lead = open ? STR("- ") : STR("+ ");
    e.text = count == 0 ? str_of(message(name))
                        : str_printf(p->sheet.arena, "%s %zu", message(name), count);
    e.role = ROLE_HEADING;
    e.single = true;
    sheet_add(&p->sheet, &e);
    return open;
}

static void add_text(struct proposals *p, enum proposal_section section, struct str text,
                     struct ring_place target)
{
    struct sheet_entry e = sheet_entry_of(ENTRY_TEXT, section);
    e.text = text;
    e.indent = 2;
    e.target = target;
    sheet_add(&p->sheet, &e);
}

static void add_measures(struct proposals *p, const struct suggestion *s, uint32_t number)
{
    for (uint32_t i = 0; i < s->n_measures; i++) {
        struct sheet_entry e = sheet_entry_of(ENTRY_MEASURE, number << 12 | i);
        e.text = text_of(p, s->measures[i]);
        e.lead = STR("· ");
        e.indent = 4;
        e.target = reader_place(p->proposal.it.article, s->measures[i].paragraph,
                                s->measures[i].start, e.text);
        sheet_add(&p->sheet, &e);
    }
    if (s->n_measures == 0 && s->text.n > 0) {
        struct sheet_entry e = sheet_entry_of(ENTRY_MEASURE, number << 12);
        e.text = s->text;
        e.indent = 4;
        e.target =
            reader_place(p->proposal.it.article, s->place.paragraph, s->place.start, s->title);
        sheet_add(&p->sheet, &e);
    }
}

static void add_suggestion(struct proposals *p, uint32_t number)
{
    const struct suggestion *s = &p->proposal.it.suggestions[number];
    bool folded = number < FOLDS_MOST && p->folded[number];
    struct sheet_entry e = sheet_entry_of(ENTRY_SUGGESTION, number);
    e.lead = str_printf(p->sheet.arena, "%s%.*s%s", folded ? "+ " : "- ", STR_ARG(s->ordinal),
                        s->ordinal.n > 0 ? " " : "");
    e.text = s->title.n > 0 ? s->title : str_sub(s->text, 0, s->text.n);
    e.role = ROLE_TITLE;
    e.indent = 2;
    e.target = reader_place(p->proposal.it.article, s->place.paragraph, s->place.start, s->title);
    sheet_add(&p->sheet, &e);
    if (!folded && s->title.n > 0)
        add_measures(p, s, number);
}

static struct str join_names(struct arena *a, const struct str *names, size_t n)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < n && i < 8; i++) {
        if (i > 0)
            buffer_add_c(&out, "、");
        buffer_add(&out, names[i]);
    }
    if (n > 8)
        buffer_add_c(&out, " …");
    return buffer_str(&out);
}

static void add_report(struct proposals *p, uint32_t number)
{
    const struct report *r = &p->reports[number];
    struct arena *a = p->sheet.arena;
    struct ring_place target =
        reader_place(r->article, r->passage, r->start, str_sub(r->text, r->start, r->end));
    struct sheet_entry e = sheet_entry_of(ENTRY_REPORT, number);
    e.text = r->title.n > 0 ? r->title : STR("—");
    struct str date = words_of_period(a, r->date);
    e.lead = str_printf(a, "%.*s%s", STR_ARG(date), date.n > 0 ? "  " : "");
    e.role = ROLE_LINK;
    e.indent = 2;
    e.single = true;
    e.target = target;
    sheet_add(&p->sheet, &e);
    e = sheet_entry_of(ENTRY_REPORT_TEXT, number);
    e.lead = str_printf(a, "%s ", message(MESSAGE_SHEET_SHARED));
    e.text = join_names(a, r->names, r->n_names);
    e.role = ROLE_DIM;
    e.indent = 4;
    e.target = target;
    sheet_add(&p->sheet, &e);
    /* The sentence that the rarest name stands in. */
    size_t at = 0;
    struct span sentence = {0, 0};
    while (at < r->text.n && at <= r->start)
        sentence = sentence_next(r->text, &at);
    e = sheet_entry_of(ENTRY_REPORT_TEXT, number);
    e.text = span_of(r->text, sentence);
    if (r->start >= sentence.start && r->end <= sentence.end)
        e.strong = (struct span){r->start - sentence.start, r->end - sentence.start};
    e.indent = 4;
    e.target = target;
    sheet_add(&p->sheet, &e);
}

static void fill_page(struct proposals *p)
{
    const struct proposal *it = &p->proposal.it;
    struct sheet_entry title = sheet_entry_of(ENTRY_TITLE, 0);
    title.lead = docket_corrected(&p->docket, p->item) ? STR("改 ") : STR("");
    title.lead_role = ROLE_MARK;
    title.text = it->title;
    title.role = ROLE_TITLE;
    title.target = reader_place(it->article, it->place.paragraph, it->place.start, STR(""));
    sheet_add(&p->sheet, &title);
    add_fields(p);
    add_review(p);
    if (it->background.n > 0 && add_section(p, SECTION_BACKGROUND, MESSAGE_SHEET_BACKGROUND, 0))
        add_text(p, SECTION_BACKGROUND, it->background, title.target);
    if (add_section(p, SECTION_SUGGESTIONS, MESSAGE_SHEET_SUGGESTIONS, it->n_suggestions))
        for (uint32_t i = 0; i < it->n_suggestions; i++)
            add_suggestion(p, i);
    if (it->reply.n > 0 && add_section(p, SECTION_REPLY, MESSAGE_SHEET_REPLY, 0))
        add_text(p, SECTION_REPLY, it->reply, title.target);
    if (p->n_reports > 0 && add_section(p, SECTION_REPORTS, MESSAGE_SHEET_REPORTS, p->n_reports))
        for (uint32_t i = 0; i < p->n_reports; i++)
            add_report(p, i);
}

/* --- Similar proposals ----------------------------------------------------------------------- */

static void add_similar(struct proposals *p, uint32_t number)
{
    const struct similar *s = &p->similar[number];
    struct stored_proposal other;
    struct error quiet = ERROR_NONE;
    struct arena *a = p->sheet.arena;
    const struct stored_proposal *listed = docket_brief(&p->docket, s->item, a);
    struct str speaker = docket_cell(&p->docket, s->item, DOCKET_SPEAKER, a);
    struct str session = docket_cell(&p->docket, s->item, DOCKET_SESSION, a);
    sheet_blank(&p->sheet);
    struct sheet_entry e = sheet_entry_of(ENTRY_MERGE, number);
    e.lead = str_printf(a, "%3.0f%%  ", s->score * 100);
    e.text = listed->it.number.n == 0 ? listed->it.title
                                      : str_printf(a, "%.*s　%.*s", STR_ARG(listed->it.number),
                                                   STR_ARG(listed->it.title));
    e.role = ROLE_TITLE;
    e.target = reader_place(listed->it.article, listed->it.place.paragraph, listed->it.place.start,
                            STR(""));
    sheet_add(&p->sheet, &e);
    e = sheet_entry_of(ENTRY_OTHER, number);
    e.text = str_printf(a, "%.*s  %.*s", STR_ARG(speaker), STR_ARG(session));
    e.role = ROLE_LINK;
    e.indent = 6;
    e.target = (struct ring_place){.view = VIEW_PROPOSALS, .record = listed->id, .link = NO_LINK};
    sheet_add(&p->sheet, &e);
    if (s->n_names > 0) {
        e = sheet_entry_of(ENTRY_WHY, number);
        e.lead = str_printf(a, "%s ", message(MESSAGE_SHEET_SHARED));
        e.text = join_names(a, s->names, s->n_names);
        e.indent = 6;
        sheet_add(&p->sheet, &e);
    }
    if (store_load_proposal(p->docket.store, a, listed->id, &other, &quiet) != STATUS_OK)
        return;
    for (uint32_t i = 0; i < s->n_suggestions; i++) {
        const struct suggestion *own = &p->proposal.it.suggestions[s->suggestions[i].own];
        const struct suggestion *theirs = &other.it.suggestions[s->suggestions[i].other];
        e = sheet_entry_of(ENTRY_SHARED, number << 12 | i);
        e.text = str_printf(a, "%.*s ≈ %.*s", STR_ARG(own->title), STR_ARG(theirs->title));
        e.indent = 6;
        e.target = reader_place(other.it.article, theirs->place.paragraph, theirs->place.start,
                                theirs->title);
        sheet_add(&p->sheet, &e);
    }
}

static void fill_similar(struct proposals *p)
{
    struct sheet_entry e = sheet_entry_of(ENTRY_TITLE, 0);
    e.lead = str_printf(p->sheet.arena, "%s：", message(MESSAGE_SHEET_SIMILAR));
    e.text = p->proposal.it.title;
    e.role = ROLE_TITLE;
    sheet_add(&p->sheet, &e);
    e = sheet_entry_of(ENTRY_WHY, UINT32_MAX);
    e.text = str_of(message(p->n_similar == 0 ? MESSAGE_SIMILAR_NONE : MESSAGE_SIMILAR_HOW));
    if (p->comparing)
        e.text = str_printf(p->sheet.arena, message(MESSAGE_SIMILAR_READING),
                            related_prepared(p->related), p->docket.n_items);
    e.role = ROLE_DIM;
    sheet_add(&p->sheet, &e);
    for (uint32_t i = 0; i < p->n_similar; i++)
        add_similar(p, i);
}

void page_fill(struct proposals *p)
{
    struct view *v = p->view;
    const struct sheet_entry *at = sheet_at(&p->sheet, v->focus);
    struct sheet_entry was = at != NULL ? *at : sheet_entry_of(ENTRY_TITLE, 0);
    sheet_begin(&p->sheet, p->lines, v->width, ui_ambiguous(v->ui));
    if (p->mode == PROPOSALS_SIMILAR)
        fill_similar(p);
    else
        fill_page(p);
    size_t row = sheet_find(&p->sheet, was.kind, was.number);
    v->focus = row == SIZE_MAX ? 0 : row;
}

void page_subject(const struct proposals *p, const struct sheet_entry *entry,
                  struct correction_subject *subject, struct str *field)
{
    static const char *const FIELDS[DOCKET_COLUMN_COUNT] = {
        [DOCKET_NUMBER] = "number",    [DOCKET_SPEAKER] = "speakers",
        [DOCKET_BODY] = "bodies",      [DOCKET_SESSION] = "session",
        [DOCKET_STATUS] = "status",    [DOCKET_CATEGORY] = "category",
        [DOCKET_HANDLER] = "handlers",
    };
    uint32_t column = entry->number - 1;
    (void)p;
    if (entry->kind == ENTRY_TITLE)
        *field = STR("title");
    else if (entry->kind == ENTRY_FIELD && column < DOCKET_COLUMN_COUNT && FIELDS[column] != NULL)
        *field = str_of(FIELDS[column]);
    else if (entry->kind == ENTRY_TEXT && entry->number == SECTION_BACKGROUND)
        *field = STR("background");
    if (entry->kind != ENTRY_SUGGESTION && entry->kind != ENTRY_MEASURE)
        return;
    subject->kind = CORRECTION_SUGGESTION;
    subject->part = entry->kind == ENTRY_MEASURE ? entry->number >> 12 : entry->number;
    *field = entry->kind == ENTRY_MEASURE ? STR("text") : STR("title");
}

reaction page_fold(struct proposals *p, int all)
{
    const struct sheet_entry *e = sheet_at(&p->sheet, p->view->focus);
    if (all != 0)
        for (size_t i = 0; i < FOLDS_MOST; i++)
            p->folded[i] = all > 0;
    else if (e != NULL && e->kind == ENTRY_SECTION)
        p->folded_sections[e->number] = !p->folded_sections[e->number];
    else if (e != NULL && e->kind == ENTRY_SUGGESTION && e->number < FOLDS_MOST)
        p->folded[e->number] = !p->folded[e->number];
    else if (e != NULL && e->kind == ENTRY_MEASURE && e->number >> 12 < FOLDS_MOST) {
        p->folded[e->number >> 12] = true;
        size_t row = sheet_find(&p->sheet, ENTRY_SUGGESTION, e->number >> 12);
        p->view->focus = row == SIZE_MAX ? p->view->focus : row;
    }
    page_fill(p);
    return REACT_VIEW;
}
