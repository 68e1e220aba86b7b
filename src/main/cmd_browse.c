/* `baolan [PATH...]`: what is named is read into the library; on a terminal the interface opens,
 * elsewhere a readable listing is printed. */
#include "baolan/files.h"
#include "baolan/message.h"
#include "baolan/store_write.h"
#include "baolan/vector.h"
#include "commands.h"
#include "output.h"

#include <stdio.h>
#include <unistd.h>

struct named {
    struct invocation *i;
    struct library *library;
    VECTOR(uint32_t) documents;
    VECTOR(struct str) roots;
};

static void collect(void *context, struct str path, int64_t size, int64_t modified,
                    uint32_t document)
{
    struct named *n = context;
    (void)size;
    (void)modified;
    if (document == 0)
        return;
    for (size_t k = 0; k < n->roots.n; k++) {
        struct str root = n->roots.at[k];
        if (str_eq(path, root) ||
            (str_starts(path, root) && (path.p[root.n] == '/' || str_ends(root, STR("/"))))) {
            vector_push(n->i->arena, &n->documents, document);
            return;
        }
    }
}

/* Prints the text of every document below the paths. */
static int print_named(struct invocation *i)
{
    struct named n = {.i = i};
    int status = EXIT_NOTHING;
    n.library = open_library(i);
    if (n.library == NULL)
        return EXIT_ERROR;
    for (int k = 0; k < i->n_operands; k++) {
        struct str root = str_of(path_absolute(i->arena, i->operands[k]));
        vector_push(i->arena, &n.roots, root);
    }
    if (store_each_known(n.library->store, collect, &n, &i->error) != STATUS_OK)
        status = fail(i);
    for (size_t k = 0; k < n.documents.n && status != EXIT_ERROR; k++) {
        struct arena_mark mark = arena_mark(i->arena);
        int one = show_document(i, n.library, n.documents.at[k], NULL, NULL);
        status = one == EXIT_NOTHING ? status : one;
        arena_release(i->arena, mark);
    }
    library_close(n.library);
    return status;
}

int command_browse(struct invocation *i)
{
    int status = EXIT_FOUND;
    i->quiet = true;
    if (i->n_operands > 0)
        status = import_paths(i, (const char *const *)i->operands, (size_t)i->n_operands);
    if (status == EXIT_ERROR && i->error.status != STATUS_OK)
        return status;
    int shown = i->n_operands == 0 ? command_list(i) : print_named(i);
    return status == EXIT_ERROR ? status : shown;
}
