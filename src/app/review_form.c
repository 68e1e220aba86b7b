/* The form of a review: data/review.txt, its fields and their keys. */
#include "app/review.h"
#include "baolan/files.h"
#include "baolan/utf8.h"

#include <stdio.h>

struct reader {
    struct arena *arena;
    const char *name;
    unsigned line;
    void (*warn)(void *context, const char *message);
    void *context;
    VECTOR(struct review_choice) choices;
    VECTOR(struct str) fields;
};

static struct str word_of(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    struct str word = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    return word;
}

static void complain(struct reader *r, struct str word)
{
    struct error said = ERROR_NONE;
    error_set(&said, STATUS_BAD_INPUT, "%s:%u: %.*s", r->name, r->line,
              STR_ARG(str_sub(word, 0, 80)));
    if (r->warn != NULL)
        r->warn(r->context, said.message);
}

static void read_flag(struct reader *r, struct review_choice *c, struct str word)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"initial", &c->initial}, {"done", &c->done}, {"reason", &c->reason},
                 {"toggle", &c->toggle},   {"text", &c->text}, {"list", &c->list}};
    if (str_starts(word, STR("key="))) {
        c->key = str_sub(word, 4, word.n);
        return;
    }
    if (str_starts(word, STR("label="))) {
        c->label = str_sub(word, 6, word.n);
        return;
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (str_eq(word, str_of(flags[i].name))) {
            *flags[i].flag = true;
            return;
        }
    complain(r, word);
}

static void read_line(struct reader *r, struct str line)
{
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#')
        return;
    struct review_choice c = {.field = word_of(&line)};
    c.value = word_of(&line);
    if (c.value.n == 0 || c.field.n > 48) {
        complain(r, c.field);
        return;
    }
    for (line = str_trim(line); line.n > 0; line = str_trim(line))
        read_flag(r, &c, word_of(&line));
    if (c.text || c.list)
        c.value = STR("");
    if (c.label.n == 0)
        c.label = c.field;
    vector_push(r->arena, &r->choices, c);
    for (size_t i = 0; i < r->fields.n; i++)
        if (str_eq(r->fields.at[i], c.field))
            return;
    vector_push(r->arena, &r->fields, c.field);
}

void review_form_read(struct arena *a, struct str text, const char *name, struct review_form *out,
                      void (*warn)(void *context, const char *message), void *context)
{
    struct reader r = {.arena = a, .name = name, .warn = warn, .context = context};
    text = str_dup(a, text);
    while (text.p != NULL) {
        r.line++;
        read_line(&r, str_split(&text, '\n'));
    }
    *out = (struct review_form){r.choices.at, r.choices.n, r.fields.at, r.fields.n};
}

enum status review_form_load(struct arena *a, struct review_form *out,
                             void (*warn)(void *context, const char *message), void *context,
                             struct error *e)
{
    struct str text;
    struct error quiet = ERROR_NONE;
    char *path = path_join(a, path_config_folder(a), "review.txt");
    *out = (struct review_form){0};
    if (file_read(a, path, &text, NULL, &quiet) != STATUS_OK) {
        path = path_program_data(a, "review.txt");
        if (path == NULL)
            return STATUS_OK;
        enum status status = file_read(a, path, &text, NULL, e);
        if (status != STATUS_OK)
            return status;
    }
    review_form_read(a, text, path, out, warn, context);
    return STATUS_OK;
}

const struct review_choice *review_choice(const struct review_form *form, struct str field,
                                          struct str value)
{
    const struct review_choice *first = NULL;
    for (size_t i = 0; i < form->n_choices; i++) {
        const struct review_choice *c = &form->choices[i];
        if (!str_eq(c->field, field))
            continue;
        if (c->text || c->list || str_eq(c->value, value))
            return c;
        first = first == NULL ? c : first;
    }
    return value.n == 0 ? first : NULL;
}

const struct review_choice *review_done(const struct review_form *form)
{
    for (size_t i = 0; i < form->n_choices; i++)
        if (form->choices[i].done)
            return &form->choices[i];
    return NULL;
}

enum status review_bind_keys(const struct review_form *form, struct keymap *m, struct error *e)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->n_choices && status == STATUS_OK; i++) {
        const struct review_choice *c = &form->choices[i];
        char line[256];
        if (c->key.n == 0)
            continue;
        int n =
            snprintf(line, sizeof line, "review %.*s %.*s", STR_ARG(c->field), STR_ARG(c->value));
        if (n > 0 && (size_t)n < sizeof line)
            status = keymap_bind(m, CONTEXT_PROPOSALS, c->key, (struct str){line, (size_t)n}, e);
    }
    return status;
}
