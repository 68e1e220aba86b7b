/* Themes: what each role looks like, by how many colours there are. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "ui/role.h"

enum {
    LOOK_BOLD = 1,
    LOOK_REVERSE = 2,
    LOOK_DIM = 4,
};

struct look {
    int foreground, background; /* colour numbers, -1: the terminal's own */
    unsigned attributes;
};

enum theme { THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_MONO, THEME_COUNT };

/* The theme of a name; "auto" and others: light where COLORFGBG tells a light background, mono
 * where NO_COLOR is set, else dark. */
enum theme theme_find(const char *name);

/* What a role looks like with that many colours (0 or less: none). */
struct look theme_look(enum theme theme, enum role role, int colours);

#endif
