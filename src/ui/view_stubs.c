/* Views that are not written yet: empty lists. A strong definition elsewhere takes the place of
 * each. */
#include "ui/view.h"

static size_t count(struct view *v)
{
    (void)v;
    return 0;
}

static void row(struct view *v, size_t index, struct row *out)
{
    (void)v;
    (void)index;
    (void)out;
}

#define STUB(NAME)                                                  \
    __attribute__((weak)) const struct view_ops VIEW_OPS_##NAME = { \
        .id = VIEW_##NAME, .context = CONTEXT_##NAME, .count = count, .row = row}

STUB(LIBRARY);
STUB(READER);
STUB(PROPOSALS);
STUB(INDICATORS);
STUB(NAMES);
STUB(FINDINGS);
STUB(SEARCH);

/* Of the library, until it is there. */
#include "baolan/library.h"

__attribute__((weak)) int import_descriptor(const struct import_job *job)
{
    (void)job;
    return -1;
}

__attribute__((weak)) bool import_poll(struct import_job *job, struct import_progress *out)
{
    (void)job;
    (void)out;
    return false;
}

__attribute__((weak)) bool library_refresh(struct library *library)
{
    (void)library;
    return false;
}

__attribute__((weak)) enum status store_totals(struct store *s, struct store_totals *out,
                                               struct error *e)
{
    (void)s;
    (void)out;
    return error_set(e, STATUS_UNSUPPORTED, "no store");
}

__attribute__((weak)) int64_t store_data_version(struct store *s)
{
    (void)s;
    return 0;
}
