/* The program: an arena, the command line, an exit status. */
#include "commands.h"

#include <stdio.h>

struct start {
    struct invocation invocation;
    int argc;
    char **argv;
    int status;
};

static enum status run(void *context)
{
    struct start *start = context;
    start->status = command_line_run(&start->invocation, start->argc, start->argv);
    return STATUS_OK;
}

int main(int argc, char **argv)
{
    struct start start = {.argc = argc, .argv = argv, .status = EXIT_ERROR};
    struct error e = ERROR_NONE;
    start.invocation.arena = arena_new();
    if (start.invocation.arena == NULL)
        return fail_with("out of memory");
    if (arena_protect(start.invocation.arena, run, &start, &e) != STATUS_OK)
        fail_with("%s", e.message);
    arena_free(start.invocation.arena);
    /* What was not written was not found: a full disk is an error. */
    if (fflush(stdout) != 0 || ferror(stdout))
        return fail_with("standard output cannot be written");
    return start.status;
}
