/* The corrections that were tried on a document. */
#include "baolan/correction.h"
#include "put.h"

struct corrected_ids {
    uint32_t record, part, passage;
};

static struct corrected_ids corrected_ids(const struct put *p, const struct applied *it)
{
    const struct document *d = p->d;
    uint32_t passage = 0;
    switch (it->kind) {
    case CORRECTION_DOCUMENT:
        return (struct corrected_ids){p->document, 0, p->first_passage};
    case CORRECTION_ARTICLE:
        return (struct corrected_ids){article_of(p, it->article), 0, passage_of(p, it->place)};
    case CORRECTION_PASSAGE:
        passage = passage_of(p, it->place);
        return (struct corrected_ids){passage, 0, passage};
    case CORRECTION_INDICATOR:
        passage = passage_of(p, it->place);
        if (it->record >= d->n_indicators)
            return (struct corrected_ids){0, 0, passage};
        return (struct corrected_ids){p->w->next_indicator + it->record, 0, passage};
    case CORRECTION_PROPOSAL:
    case CORRECTION_SUGGESTION:
        passage = passage_of(p, it->place);
        if (it->record >= d->n_proposals)
            return (struct corrected_ids){0, 0, passage};
        return (struct corrected_ids){p->w->next_proposal + it->record, it->seq, passage};
    case CORRECTION_NAME:
        passage = passage_of(p, it->place);
        return (struct corrected_ids){passage, it->place.start, passage};
    default:
        break;
    }
    return (struct corrected_ids){0, 0, 0};
}

static enum status put_corrected(struct put *p, uint32_t seq)
{
    const struct applied *it = &p->d->applied[seq];
    struct corrected_ids ids = {0, 0, 0};
    if (it->found)
        ids = corrected_ids(p, it);
    sqlite3_stmt *st = database_prepare(
        p->db, "INSERT INTO corrected VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        p->error);
    if (st == NULL)
        return failed(p->error);
    bind_int(st, 1, p->document);
    bind_int(st, 2, seq);
    bind_int(st, 3, correction_identity(it->correction));
    bind_int(st, 4, it->found);
    bind_int(st, 5, it->kind);
    bind_int(st, 6, ids.record);
    bind_int(st, 7, ids.part);
    bind_int(st, 8, ids.passage);
    bind_str(st, 9, it->correction->field);
    bind_str(st, 10, it->correction->value);
    bind_str(st, 11, it->was);
    return database_finish(p->db, st, p->error);
}

enum status put_corrections(struct put *p)
{
    for (uint32_t i = 0; i < p->d->n_applied; i++)
        TRY(put_corrected(p, i));
    return STATUS_OK;
}
