/* What a test made below a folder of its own, gone again. */
#ifndef TESTS_REMOVE_H
#define TESTS_REMOVE_H

#include <ftw.h>
#include <stdio.h>

static inline int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

/* Removes a folder and all below it, links as links; 0, or what nftw says. */
static inline int remove_below(const char *root)
{
    return nftw(root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

#endif
