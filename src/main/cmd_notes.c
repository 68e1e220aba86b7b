/* `baolan notes`: what a person did, as JSON, and back. */
#include "baolan/files.h"
#include "baolan/message.h"
#include "commands.h"

#include <stdio.h>

static int export_notes(struct invocation *i, struct notes *notes)
{
    struct buffer out = buffer_in(i->arena);
    if (notes_export(notes, &out, &i->error) != STATUS_OK)
        return fail(i);
    if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
        return fail_with("standard output cannot be written");
    return EXIT_FOUND;
}

static int import_notes(struct invocation *i, struct notes *notes)
{
    struct str json;
    int64_t taken;
    const char *path = i->n_operands > 0 ? i->operands[0] : "-";
    enum status status = strcmp(path, "-") == 0
                             ? file_read_descriptor(i->arena, 0, &json, &i->error)
                             : file_read(i->arena, path, &json, NULL, &i->error);
    if (status == STATUS_OK)
        status = notes_import(notes, json, &taken, &i->error);
    if (status != STATUS_OK)
        return fail(i);
    printf(translate("%lld records taken over\n"), (long long)taken);
    return taken > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

int command_notes(struct invocation *i)
{
    struct library *library;
    if (i->export == i->import)
        return fail_with("one of --export and --import is wanted");
    if (library_open(i->library, &library, &i->error) != STATUS_OK)
        return fail(i);
    if (!find_marks(i, library) || library->marks == NULL) {
        int status = i->error.status != STATUS_OK ? fail(i) : EXIT_ERROR;
        library_close(library);
        return status;
    }
    i->error = ERROR_NONE;
    int status = i->import ? import_notes(i, library->marks) : export_notes(i, library->marks);
    library_close(library);
    return status;
}
