#include "ui/help_topics.h"

#include "baolan/files.h"
#include "baolan/message.h"
#include "baolan/query.h"
#include "baolan/width.h"

static const char *const TOPICS[] = {
    "reading", "search", "review", "figures", "names",   "checks",  "corrections",
    "copy",    "keys",   "config", "files",   "formats", "sharing", "access",
};
enum { N_TOPICS = sizeof TOPICS / sizeof *TOPICS };

const char *help_topic(size_t index)
{
    return index < N_TOPICS ? TOPICS[index] : NULL;
}

const char *help_topic_named(struct str name)
{
    for (size_t i = 0; i < N_TOPICS; i++)
        if (str_starts(str_of(TOPICS[i]), name))
            return TOPICS[i];
    return NULL;
}

/* The first key of a command that has one, else how it is run by name. */
static void put_key(struct buffer *out, const struct keymap *m, struct str name)
{
    for (size_t i = 0; i < keymap_count(m); i++)
        if (str_eq(keymap_at(m, i)->line, name)) {
            buffer_add(out, binding_label(keymap_at(m, i), out->arena));
            return;
        }
    buffer_add_byte(out, ':');
    buffer_add(out, name);
}

static void put_query(struct buffer *out)
{
    for (size_t i = 0; i < query_help_count(); i++) {
        struct str form = query_help_form(out->arena, i);
        size_t wide = width_measure(form, AMBIGUOUS_NARROW);
        buffer_add_c(out, i > 0 ? "\n  " : "");
        buffer_add(out, form);
        do
            buffer_add_byte(out, ' ');
        while (++wide < 24);
        buffer_add_c(out, query_help_text(i));
    }
}

static struct str fill_in(struct arena *a, struct str text, const struct keymap *m)
{
    struct buffer out = buffer_in(a);
    while (text.n > 0) {
        size_t open = str_find(text, STR("{"), 0), close = str_find(text, STR("}"), 0);
        struct str name = open < close && close != STR_NONE ? str_sub(text, open + 1, close)
                                                            : (struct str){NULL, 0};
        struct str line = name;
        bool query = str_eq(name, STR("query"));
        if (!query && command_named(str_split(&line, ' ')) == COMMAND_COUNT) {
            size_t end = open == STR_NONE ? text.n : open + 1;
            buffer_add(&out, str_sub(text, 0, end));
            text = str_sub(text, end, text.n);
            continue;
        }
        buffer_add(&out, str_sub(text, 0, open));
        if (query)
            put_query(&out);
        else
            put_key(&out, m, name);
        text = str_sub(text, close + 1, text.n);
    }
    return buffer_str(&out);
}

struct str help_topic_text(struct arena *a, const char *topic, const struct keymap *m,
                           struct error *e)
{
    struct str name =
        str_printf(a, "help/%s/%s.txt", language_now() == LANGUAGE_CHINESE ? "zh" : "en", topic);
    const char *path = path_program_data(a, str_dup_c(a, name));
    struct str text = {NULL, 0};
    if (path == NULL)
        error_set(e, STATUS_NOT_FOUND, "the program's data (%s) is not installed; set BAOLAN_DATA",
                  str_dup_c(a, name));
    else if (file_read(a, path, &text, NULL, e) == STATUS_OK)
        return fill_in(a, str_trim(text), m);
    return (struct str){NULL, 0};
}
