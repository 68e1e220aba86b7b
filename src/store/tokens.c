/* Text as the index has it: one token a Han character, a run of letters, a run of digits. */
#include "baolan/utf8.h"
#include "internal.h"

enum token_class { TOKEN_NONE, TOKEN_LETTERS, TOKEN_DIGITS, TOKEN_ALONE };

static enum token_class class_of(uint32_t c)
{
    if (c >= 'a' && c <= 'z')
        return TOKEN_LETTERS;
    if (point_is_digit(c))
        return TOKEN_DIGITS;
    if (c < 0x80 || point_is_space(c) || point_is_punctuation(c))
        return TOKEN_NONE;
    return TOKEN_ALONE;
}

void tokens_write(struct str text, struct buffer *out)
{
    enum token_class before = TOKEN_NONE;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        if (c >= 'A' && c <= 'Z')
            c += 'a' - 'A';
        enum token_class class = class_of(c);
        if (class == TOKEN_NONE) {
            before = class;
            continue;
        }
        if (out->n > 0 && (class != before || class == TOKEN_ALONE))
            buffer_add_byte(out, ' ');
        buffer_add_point(out, c);
        before = class;
    }
}

struct segmenting {
    struct arena *arena;
    struct str text;
    struct buffer out;
};

static enum status segment_protected(void *context)
{
    struct segmenting *s = context;
    s->out = buffer_in(s->arena);
    tokens_write(s->text, &s->out);
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
