/* Other programs, and what is sent through them. What the person types is a command of the shell;
 * nothing of a document is ever part of it: a text goes in through standard input. */
#include "baolan/message.h"
#include "ui/state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static reaction run_shell(struct ui *ui, struct str command, const char *input)
{
    static const char SCRIPT[] =
        "if [ -n \"$3\" ]; then eval \"$1\" <\"$3\"; else eval \"$1\"; fi; "
        "if [ -n \"$2\" ]; then printf '\\n%s' \"$2\"; read -r _; fi";
    struct error e = ERROR_NONE;
    /* What is printed stays where lines are printed. */
    const char *argv[] = {"sh",
                          "-c",
                          SCRIPT,
                          "sh",
                          str_dup_c(ui->places, command),
                          ui->given->lines ? "" : message(MESSAGE_PRESS_ENTER),
                          input,
                          NULL};
    if (ui->given->lines)
        fflush(stdout);
    reaction r = ui_run_program(ui, argv, &e);
    if (ui->given->lines)
        r = REACT_STATUS;
    if (e.status != STATUS_OK)
        ui_say(ui, ROLE_ERROR, "%s", e.message);
    return r;
}

static reaction shell_typed(struct ui *ui, void *context, struct str text)
{
    (void)context;
    return text.n == 0 ? REACT_STATUS : run_shell(ui, text, "");
}

reaction shell_command(struct ui *ui, struct str argument)
{
    if (!ui_may_run(ui))
        return REACT_STATUS;
    if (argument.n > 0)
        return shell_typed(ui, NULL, argument);
    ui_prompt(ui, message(MESSAGE_PROMPT_SHELL), STR(""), shell_typed, NULL, NULL);
    return REACT_STATUS;
}

/* The text of the focused view (what is selected, or all of it, or what is in sight) in a file that
 * goes when the command ends. */
static reaction run_with_text(struct ui *ui, struct str command, bool in_sight)
{
    struct view *v = ui_focused(ui);
    struct error e = ERROR_NONE;
    char path[] = "/tmp/baolan-XXXXXX";
    int descriptor = mkstemp(path);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file == NULL) {
        error_set_errno(&e, errno, path);
        ui_say(ui, ROLE_ERROR, "%s", e.message);
        return REACT_STATUS;
    }
    struct arena_mark mark = arena_mark(ui->paint);
    struct buffer text = buffer_in(ui->paint);
    take_rows(ui, v, in_sight, &text);
    fwrite(text.p, 1, text.n, file);
    arena_release(ui->paint, mark);
    reaction r = fclose(file) == 0 ? run_shell(ui, command, path) : REACT_STATUS;
    unlink(path);
    ui->selecting = NULL;
    return r;
}

static reaction pipe_typed(struct ui *ui, void *context, struct str text)
{
    (void)context;
    return text.n == 0 ? REACT_STATUS : run_with_text(ui, text, false);
}

reaction shell_copy_screen(struct ui *ui)
{
    return run_with_text(ui, STR("cat"), true);
}

reaction shell_pipe(struct ui *ui, struct str argument)
{
    if (!ui_may_run(ui))
        return REACT_STATUS;
    if (argument.n > 0)
        return pipe_typed(ui, NULL, argument);
    ui_prompt(ui, message(MESSAGE_PROMPT_PIPE), STR(""), pipe_typed, NULL, NULL);
    return REACT_STATUS;
}
