/* `baolan config`: where the configuration is and what is wrong in it; with --print, a file that
 * sets everything to what is in force. */
#include "app/review.h"
#include "baolan/config.h"
#include "baolan/files.h"
#include "baolan/message.h"
#include "commands.h"

#include <stdio.h>

static void warn(void *context, const char *text)
{
    int *count = context;
    (*count)++;
    fprintf(stderr, "baolan: %s\n", text);
}

int command_config(struct invocation *i)
{
    int wrong = 0;
    struct review_form form;
    struct error e = ERROR_NONE;
    struct options *options = options_new(i->arena);
    struct keymap *keymap = keymap_new(i->arena);
    if (review_form_load(i->arena, &form, warn, &wrong, &e) != STATUS_OK ||
        review_bind_keys(&form, keymap, &e) != STATUS_OK)
        warn(&wrong, e.message);
    if (config_load(i->arena, options, keymap, warn, &wrong, &i->error) != STATUS_OK)
        return fail(i);
    struct buffer out = buffer_in(i->arena);
    if (i->print)
        config_print(options, keymap, &out);
    else
        buffer_printf(&out, "%s\n", path_join(i->arena, path_config_folder(i->arena), "config"));
    if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
        return EXIT_ERROR;
    return wrong > 0 ? EXIT_ERROR : EXIT_FOUND;
}
