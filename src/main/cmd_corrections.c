/* `baolan corrections`: what was put right, and those of another library taken over. */
#include "app/corrections.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "output.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const struct column columns[] = {
    {"state", N_("state"), 8, false},
    {"kind", N_("kind"), 10, false},
    {"field", N_("field"), 10, false},
    {"value", N_("now"), 30, false},
    {"was", N_("read as"), 30, false},
    {"quoted", N_("words"), 30, false},
    {"author", N_("author"), 10, false},
    {"date", N_("date"), 10, false},
    {"time", "", 0, false},
    {"content_key", "", 0, false},
    {"sha256", "", 0, false},
    {"path", "", 0, false},
    {"passage_key", "", 0, false},
    {"offset", "", 0, false},
    {"before", "", 0, false},
    {"after", "", 0, false},
};

static struct str day_of(struct arena *a, int64_t milliseconds)
{
    char text[16] = "";
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm tm;
    if (localtime_r(&seconds, &tm) != NULL)
        strftime(text, sizeof text, "%Y-%m-%d", &tm);
    return str_dup(a, str_of(text));
}

static struct str hex_of(struct arena *a, const unsigned char *bytes, size_t n)
{
    struct buffer out = buffer_in(a);
    for (size_t i = 0; i < n; i++)
        buffer_printf(&out, "%02x", (unsigned)bytes[i]);
    return buffer_str(&out);
}

static void print(struct invocation *i, struct output *out, const struct correction_state *c)
{
    static const struct anchor NOWHERE;
    const struct anchor *anchor = c->it.anchor != NULL ? c->it.anchor : &NOWHERE;
    output_str(out, c->found ? STR("found") : STR("lost"));
    output_str(out, c->it.kind);
    output_str(out, c->it.field);
    output_str(out, c->it.value);
    output_str(out, c->it.was);
    output_str(out, anchor->quoted);
    output_str(out, c->it.author);
    output_str(out, day_of(i->arena, c->it.time));
    output_int(out, c->it.time);
    output_int(out, c->it.content_key);
    output_str(out, c->it.anchor == NULL ? STR("")
                                         : hex_of(i->arena, anchor->sha256, sizeof anchor->sha256));
    output_str(out, anchor->path);
    output_int(out, (int64_t)anchor->passage_key);
    output_int(out, anchor->offset);
    output_str(out, anchor->before);
    output_str(out, anchor->after);
    output_row_end(out);
}

static int list(struct invocation *i, struct library *library)
{
    const struct correction_state *all;
    size_t n;
    uint64_t most = limit_of(i, UINT64_MAX);
    if (corrections_list(library, i->arena, &all, &n, &i->error) != STATUS_OK)
        return fail(i);
    struct output *out = output_begin(i, columns, sizeof columns / sizeof *columns);
    for (size_t k = 0; k < n && most > 0; k++) {
        if (i->kind != NULL && !str_eq(all[k].it.kind, str_of(i->kind)))
            continue;
        print(i, out, &all[k]);
        most--;
    }
    return output_end(out);
}

static int take(struct invocation *i, struct library *library)
{
    struct str text;
    size_t taken, bad;
    bool applied;
    const char *path = i->n_operands > 0 ? i->operands[0] : "-";
    enum status status = strcmp(path, "-") == 0
                             ? file_read_descriptor(i->arena, 0, &text, &i->error)
                             : file_read(i->arena, path, &text, NULL, &i->error);
    if (status == STATUS_OK)
        status = corrections_take(library, i->arena, text, &taken, &bad, &applied, &i->error);
    if (status != STATUS_OK)
        return fail(i);
    printf(translate("%zu corrections taken over\n"), taken);
    if (!applied && library->store != NULL)
        fail_with("they show after the next import: %s", i->error.message);
    if (bad > 0)
        return fail_with("%zu lines of %s are no corrections", bad, path);
    return taken > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

int command_corrections(struct invocation *i)
{
    struct library *library;
    if (!i->import && i->n_operands > 0)
        return fail_with("a file is taken over with --import");
    if (library_open(i->library, &library, &i->error) != STATUS_OK)
        return fail(i);
    i->error = ERROR_NONE;
    /* What stands where is seen in a cache of this version. */
    if (library->store == NULL && access(library->cache_path, F_OK) == 0) {
        library_close(library);
        library = open_library(i);
        if (library == NULL)
            return EXIT_ERROR;
    }
    if (!find_marks(i, library) || library->marks == NULL) {
        int status = i->error.status != STATUS_OK ? fail(i) : EXIT_ERROR;
        library_close(library);
        return status;
    }
    i->error = ERROR_NONE;
    int status = i->import ? take(i, library) : list(i, library);
    library_close(library);
    return status;
}
