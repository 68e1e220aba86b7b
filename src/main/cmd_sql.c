/* `baolan sql`: a SELECT over the documented views; without one, what they are. */
#include "baolan/message.h"
#include "baolan/store_sql.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>

struct listing {
    struct invocation *i;
    struct output *output;
};

static bool begin(void *context, const struct str *names, size_t n)
{
    struct listing *t = context;
    struct column *columns = arena_array(t->i->arena, struct column, n + 1);
    for (size_t k = 0; k < n; k++) {
        const char *name = str_dup_c(t->i->arena, names[k]);
        columns[k] = (struct column){name, NULL, 60, false};
    }
    t->output = output_begin(t->i, columns, n);
    return true;
}

/* A number as SQLite prints it, exactly, where that is a plain decimal. */
static void write_real(struct output *out, double value)
{
    char text[64];
    struct decimal d = {0, 0};
    snprintf(text, sizeof text, "%.15g", value);
    if (strpbrk(text, "einEIN") != NULL) {
        output_str(out, str_of(text));
        return;
    }
    const char *point = strchr(text, '.');
    for (const char *c = text; *c != '\0'; c++)
        if (*c >= '0' && *c <= '9')
            d.digits = d.digits * 10 + (*c - '0');
    d.digits = text[0] == '-' ? -d.digits : d.digits;
    d.scale = point == NULL ? 0 : (int32_t)strlen(point + 1);
    output_decimal(out, d);
}

static bool write_row(void *context, const struct sql_value *values, size_t n)
{
    struct listing *t = context;
    for (size_t k = 0; k < n; k++) {
        if (values[k].kind == SQL_INTEGER)
            output_int(t->output, values[k].integer);
        else if (values[k].kind == SQL_REAL)
            write_real(t->output, values[k].real);
        else
            output_str(t->output, values[k].text);
    }
    output_row_end(t->output);
    return true;
}

int command_sql(struct invocation *i)
{
    struct listing t = {i, NULL};
    struct buffer sql = buffer_in(i->arena);
    struct str help;
    for (int k = 0; k < i->n_operands; k++) {
        buffer_add_c(&sql, k > 0 ? " " : "");
        buffer_add_c(&sql, i->operands[k]);
    }
    if (sql.n == 0) {
        if (store_sql_help(i->arena, &help, &i->error) != STATUS_OK)
            return fail(i);
        print_clean(help);
        return EXIT_FOUND;
    }
    struct library *library = open_library(i);
    if (library == NULL)
        return EXIT_ERROR;
    enum status status =
        store_sql(library->store, i->arena, buffer_str(&sql), begin, write_row, &t, &i->error);
    int exit_status = t.output == NULL ? EXIT_ERROR : output_end(t.output);
    if (status != STATUS_OK)
        exit_status = fail(i);
    library_close(library);
    return exit_status;
}
