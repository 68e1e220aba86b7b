#include "aside.h"

#include "baolan/files.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const char *const JOURNALS[] = {"-wal", "-journal"};

const char *aside_name(struct arena *a, const char *path, const char *word)
{
    char when[32] = "";
    time_t now = time(NULL);
    struct tm tm;
    if (localtime_r(&now, &tm) != NULL)
        strftime(when, sizeof when, "-%Y%m%d-%H%M%S", &tm);
    const char *name = str_printf(a, "%s.%s%s", path, word, when).p;
    for (int i = 2; access(name, F_OK) == 0; i++)
        name = str_printf(a, "%s.%s%s-%d", path, word, when, i).p;
    return name;
}

enum status set_aside(struct arena *a, const char *path, const char *word, const char **to,
                      struct error *e)
{
    *to = aside_name(a, path, word);
    if (rename(path, *to) != 0)
        return error_set_errno(e, errno, path);
    /* What was not yet written back belongs to the file; SQLite knows it by the name. */
    for (size_t i = 0; i < sizeof JOURNALS / sizeof *JOURNALS; i++)
        rename(str_printf(a, "%s%s", path, JOURNALS[i]).p,
               str_printf(a, "%s%s", *to, JOURNALS[i]).p);
    unlink(str_printf(a, "%s-shm", path).p);
    return STATUS_OK;
}

enum status copy_database(struct arena *a, const char *from, const char *to, struct error *e)
{
    struct str bytes;
    enum status status = file_read(a, from, &bytes, NULL, e);
    if (status == STATUS_OK)
        status = file_replace(to, bytes, e);
    for (size_t i = 0; i < sizeof JOURNALS / sizeof *JOURNALS && status == STATUS_OK; i++)
        if (file_read(a, str_printf(a, "%s%s", from, JOURNALS[i]).p, &bytes, NULL, NULL) ==
            STATUS_OK)
            status = file_replace(str_printf(a, "%s%s", to, JOURNALS[i]).p, bytes, e);
    return status;
}
