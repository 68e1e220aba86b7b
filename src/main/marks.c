/* Which library is meant, where marks are kept, and who sets them: the command line over the
 * configuration. */
#include "baolan/config.h"
#include "command_line.h"

enum status share_marks(struct invocation *i, const struct options *options,
                        struct library *library, struct error *e)
{
    return library_share(library, i->notes != NULL ? i->notes : options_text(options, OPTION_NOTES),
                         i->author != NULL ? i->author : options_text(options, OPTION_AUTHOR), e);
}

const char *marks_path(struct invocation *i)
{
    struct options *options = options_new(i->arena);
    struct error e = ERROR_NONE;
    config_load(i->arena, options, NULL, NULL, NULL, &e);
    const char *path = i->notes != NULL ? i->notes : options_text(options, OPTION_NOTES);
    return *path == '\0' ? NULL : library_review_path(i->arena, path);
}

bool find_marks(struct invocation *i, struct library *library)
{
    struct options *options = options_new(i->arena);
    struct error e = ERROR_NONE;
    config_load(i->arena, options, NULL, NULL, NULL, &e);
    e = ERROR_NONE;
    if (share_marks(i, options, library, &e) == STATUS_OK)
        return true;
    fail_with("%s", e.message);
    return i->notes == NULL;
}

void choose_library(struct invocation *i, const struct subcommand *command)
{
    struct options *options = options_new(i->arena);
    config_load(i->arena, options, NULL, NULL, NULL, NULL);
    const char *name = options_text(options, OPTION_LIBRARY);
    bool writes = command == NULL ? i->n_operands > 0
                                  : strcmp(command->name, "import") == 0 ||
                                        strcmp(command->name, "forget") == 0;
    bool published = strchr(name, '/') != NULL;
    if (i->library == NULL && *name != '\0' && !(writes && published))
        i->library = published ? library_review_path(i->arena, name) : name;
}
