/* What the files of the view of proposals share. */
#ifndef UI_PROPOSALS_H
#define UI_PROPOSALS_H

#include "app/docket.h"
#include "app/related.h"
#include "ui/grid.h"
#include "ui/sheet.h"

/* What the view shows: the table, one proposal in full, or those like it. */
enum proposals_mode { PROPOSALS_LIST, PROPOSALS_PAGE, PROPOSALS_SIMILAR };

/* Entries of the page. */
enum proposal_entry {
    ENTRY_TITLE,
    ENTRY_FIELD,
    ENTRY_SECTION, /* number: enum proposal_section */
    ENTRY_TEXT,    /* of a section */
    ENTRY_SUGGESTION,
    ENTRY_MEASURE, /* number: suggestion << 12 | measure */
    ENTRY_REPORT,
    ENTRY_REPORT_TEXT,
    ENTRY_MERGE, /* number: of the similar proposal */
    ENTRY_OTHER,
    ENTRY_WHY,
    ENTRY_SHARED, /* number: similar << 12 | pair */
};

enum proposal_section {
    SECTION_BACKGROUND,
    SECTION_SUGGESTIONS,
    SECTION_REPLY,
    SECTION_REPORTS,
    SECTION_COUNT
};

/* Similar proposals and reports shown at most. */
enum { SIMILAR_MOST = 12, REPORTS_MOST = 8, FOLDS_MOST = 64 };

struct proposals {
    struct view *view;
    struct review_form form;
    struct review *review;
    struct docket docket;
    struct store *loaded_from;
    int64_t loaded_version;
    struct grid grid;
    enum proposals_mode mode;
    size_t item;             /* of the page */
    struct arena *record;    /* what was read of it */
    struct arena *lines;     /* the sheet's */
    struct arena *kin;       /* the index of what stands near */
    struct related *related; /* NULL: not yet made */
    struct stored_proposal proposal;
    const struct similar *similar;
    size_t n_similar;
    size_t label_cells; /* of the widest label of a field */
    bool comparing;     /* the similar ones are not known yet: proposals are still being read */
    const struct report *reports;
    size_t n_reports;
    bool folded_sections[SECTION_COUNT];
    bool folded[FOLDS_MOST]; /* suggestions; those past it are never folded */
    struct sheet sheet;
    bool all;                              /* the next review key is for all that is listed */
    const struct review_subject *subjects; /* of the prompt that is open */
    size_t n_subjects;
    struct str field, value; /* of that prompt */
    const char *export_path;
};

/* proposal_page.c: one proposal in full. */

/* Reads item and what stands near it; the sheet is made by page_fill. */
void page_open(struct proposals *p, size_t item);
/* At rest: goes on with what similar proposals are told by, until a key waits. */
reaction page_compare(struct proposals *p);
/* Makes the sheet anew for the view's width; the focus stays on its entry. */
void page_fill(struct proposals *p);
/* Folds or unfolds what the cursor stands on: 1 folds all, -1 unfolds all, 0 the other way. */
reaction page_fold(struct proposals *p, int all);
/* The field, or the suggestion, that an entry of the page says. */
void page_subject(const struct proposals *p, const struct sheet_entry *entry,
                  struct correction_subject *subject, struct str *field);
/* Makes the index of what stands near, where it is not yet; false where that failed. */
bool page_relate(struct proposals *p);

/* proposal_review.c: marks, notes, undo, export. */
reaction proposals_review(struct proposals *p, struct str argument);
reaction proposals_mark_read(struct proposals *p);
reaction proposals_undo(struct proposals *p);
reaction proposals_edit_note(struct proposals *p);
reaction proposals_merge(struct proposals *p, const struct similar *with);
reaction proposals_export(struct proposals *p, struct str argument);
/* After marks changed: rows say so. */
void proposals_changed(struct proposals *p);
/* The item under the cursor, or LISTING_NO_ITEM. */
size_t proposals_item(const struct proposals *p);
/* Shows an item: the focus in the list, the page anew in the page. */
void proposals_show(struct proposals *p, size_t row);

#endif
