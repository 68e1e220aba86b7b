/* A folder of pages with a cache and notes of its own, for tests of the store on real files. */
#ifndef TESTS_GROUND_H
#define TESTS_GROUND_H

#include "../remove.h"
#include "baolan/files.h"
#include "baolan/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A place of its own for each test: the XDG folders, and a folder of pages. */
struct ground {
    char root[64];
    char pages[96];
    struct arena *arena;
};

static inline int set_up(void **state)
{
    struct ground *p = calloc(1, sizeof *p);
    snprintf(p->root, sizeof p->root, "/tmp/baolan-ground-XXXXXX");
    assert_non_null(mkdtemp(p->root));
    snprintf(p->pages, sizeof p->pages, "%s/pages", p->root);
    mkdir(p->pages, 0700);
    setenv("XDG_CACHE_HOME", p->root, 1);
    setenv("XDG_DATA_HOME", p->root, 1);
    p->arena = arena_new();
    *state = p;
    return 0;
}

static inline int tear_down(void **state)
{
    struct ground *p = *state;
    remove_below(p->root);
    arena_free(p->arena);
    free(p);
    return 0;
}

static inline const char *page_path(struct ground *p, const char *name)
{
    return path_join(p->arena, p->pages, name);
}

static inline void write_page(struct ground *p, const char *name, const char *text)
{
    FILE *f = fopen(page_path(p, name), "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static inline void keep_last(void *context, const struct import_progress *progress)
{
    *(struct import_progress *)context = *progress;
}

static inline struct import_progress import(struct ground *p)
{
    const char *paths[] = {p->pages};
    struct import_progress last = {0};
    struct import_options o = {
        .paths = paths, .n_paths = 1, .progress = keep_last, .context = &last};
    struct error e = ERROR_NONE;
    enum status status = library_import(&o, &e);
    assert_string_equal(e.message, "");
    assert_int_equal(status, STATUS_OK);
    return last;
}

static inline struct library *open_library(void)
{
    struct library *library;
    struct error e = ERROR_NONE;
    assert_int_equal(library_open(NULL, &library, &e), STATUS_OK);
    assert_string_equal(e.message, "");
    assert_non_null(library->store);
    assert_non_null(library->notes);
    return library;
}

#endif
