/* segment(text) in SQL: the tokens of text as the index has them. */
#include "baolan/segment.h"
#include "internal.h"

struct segmenting {
    struct arena *arena;
    struct str text;
    struct str out;
};

static enum status segment_protected(void *context)
{
    struct segmenting *s = context;
    s->out = segment_join(s->arena, s->text);
    return STATUS_OK;
}

static void segment_sql(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    struct segmenting s = {.arena = arena_new()};
    const void *p = sqlite3_value_blob(values[0]);
    s.text = (struct str){p, p == NULL ? 0 : (size_t)sqlite3_value_bytes(values[0])};
    if (s.arena == NULL || arena_protect(s.arena, segment_protected, &s, NULL) != STATUS_OK)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text64(context, s.out.n == 0 ? "" : s.out.p, s.out.n, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    arena_free(s.arena);
}

enum status tokens_register(struct database *db, struct error *e)
{
    int code = sqlite3_create_function_v2(db->handle, "segment", 1,
                                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                          NULL, segment_sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : database_fail(db, e);
}
