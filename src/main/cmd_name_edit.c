/* `baolan refs NAME --merge OTHER` and the like: names put right from the command line. */
#include "app/name_edits.h"
#include "baolan/message.h"
#include "name_edit.h"

#include <stdio.h>

bool name_edit_is_asked(const struct invocation *i)
{
    return i->merge != NULL || i->split != NULL || i->rename != NULL || i->hide || i->show;
}

/* The name that a word means, of the type asked for; 0 after it was said that there is none, or
 * several. */
static uint32_t find_name(struct invocation *i, struct library *library, const char *word,
                          uint32_t kinds)
{
    uint32_t ids[16];
    size_t n = 0, kept = 0;
    if (store_entities_by_spelling(library->store, str_of(word), ids, 16, &n, &i->error) !=
        STATUS_OK)
        return 0;
    for (size_t k = 0; k < n; k++) {
        struct stored_entity entity;
        if (store_entity(library->store, i->arena, ids[k], &entity, &i->error) == STATUS_OK &&
            (kinds == 0 || (kinds >> entity.type & 1) != 0))
            ids[kept++] = ids[k];
    }
    if (kept == 0)
        error_set(&i->error, STATUS_NOT_FOUND, "%s: there is no such name", word);
    if (kept > 1)
        error_set(&i->error, STATUS_BAD_INPUT, "%s: several names are spelled so; add --type",
                  word);
    return kept == 1 ? ids[0] : 0;
}

/* The hidden name of that spelling. */
static uint32_t find_hidden(struct invocation *i, struct library *library, const char *word)
{
    struct list_query query = {.list = LIST_ENTITIES, .name = str_of(word), .hidden = true};
    uint32_t ids[16];
    size_t n = 0;
    if (store_list(library->store, &query, (struct list_from){0}, ids, 16, &n, &i->error) !=
        STATUS_OK)
        return 0;
    for (size_t k = 0; k < n; k++) {
        struct stored_entity entity;
        if (store_entity(library->store, i->arena, ids[k], &entity, &i->error) == STATUS_OK &&
            str_eq(entity.name, str_of(word)))
            return ids[k];
    }
    error_set(&i->error, STATUS_NOT_FOUND, "%s: there is no such name", word);
    return 0;
}

int name_edit_run(struct invocation *i, struct library *library, uint32_t kinds)
{
    static const enum name_edit_kind KINDS[] = {NAME_MERGE, NAME_SPLIT, NAME_RENAME, NAME_HIDE};
    const char *texts[] = {i->merge, i->split, i->rename, i->hide ? "1" : NULL};
    bool applied = false;
    enum status status = STATUS_OK;
    if (i->n_operands != 1)
        return fail_with(N_("say which name"));
    if (!find_marks(i, library))
        return EXIT_ERROR;
    const char *word = i->operands[0];
    uint32_t id = i->show ? find_hidden(i, library, word) : find_name(i, library, word, kinds);
    if (id == 0)
        return fail(i);
    if (i->show)
        status = library_show_name(library, id, &applied, &i->error);
    for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS && status == STATUS_OK; k++) {
        if (texts[k] == NULL)
            continue;
        uint32_t other = KINDS[k] == NAME_MERGE ? find_name(i, library, texts[k], kinds) : 0;
        if (KINDS[k] == NAME_MERGE && other == 0)
            return fail(i);
        status =
            library_edit_name(library, KINDS[k], id, other, str_of(texts[k]), &applied, &i->error);
    }
    if (status != STATUS_OK)
        return fail(i);
    if (!applied)
        fprintf(stderr, translate("kept, and shown after the next import: %s"), i->error.message);
    if (!applied)
        fputc('\n', stderr);
    return EXIT_FOUND;
}
