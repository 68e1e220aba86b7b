#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

#define BOLD LOOK_BOLD
#define REVERSE LOOK_REVERSE
#define DIM LOOK_DIM

/* Colours of the first eight; 8 to 15 are their bright forms. */
enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, GREY };

/* One row a role: with 256 colours on dark and on light, with 16 or 8 on either, high contrast
 * (any), and without colour. Bodies of text keep the terminal's own colours; what has a background
 * of its own has its own foreground, so that it is legible whatever the terminal's are. */
static const struct {
    struct look dark, light, eight, contrast, mono;
} LOOKS[ROLE_COUNT] = {
    [ROLE_TEXT] = {{-1, -1, 0}, {-1, -1, 0}, {-1, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_DIM] = {{245, -1, 0}, {243, -1, 0}, {-1, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_TITLE] = {{-1, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_HEADING] =
        {{180, -1, BOLD}, {94, -1, BOLD}, {YELLOW, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_LINK] = {{152, -1, 0}, {24, -1, 0}, {CYAN, -1, 0}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_FOCUS] =
        {{16, 81, 0}, {231, 25, 0}, {-1, -1, REVERSE}, {-1, -1, REVERSE}, {-1, -1, REVERSE}},
    [ROLE_SELECTED] =
        {{231, 24, 0}, {16, 153, 0}, {-1, -1, REVERSE}, {-1, -1, REVERSE}, {-1, -1, REVERSE}},
    [ROLE_CURRENT] = {{252, 237, 0}, {235, 253, 0}, {-1, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_MATCH] =
        {{16, 221, 0}, {16, 221, 0}, {BLACK, YELLOW, 0}, {-1, -1, REVERSE}, {-1, -1, REVERSE}},
    [ROLE_NUMBER] = {{150, -1, 0}, {28, -1, 0}, {GREEN, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_BAR] =
        {{252, 236, 0}, {235, 254, 0}, {-1, -1, REVERSE}, {-1, -1, REVERSE}, {-1, -1, REVERSE}},
    [ROLE_TAB] = {{231, 24, BOLD}, {231, 25, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_BORDER] = {{240, -1, 0}, {248, -1, 0}, {-1, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_KEY] = {{180, -1, 0}, {94, -1, 0}, {-1, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_MARK] =
        {{215, -1, BOLD}, {130, -1, BOLD}, {MAGENTA, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_NOTE] = {{183, -1, 0}, {90, -1, 0}, {MAGENTA, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_SOURCE] = {{110, -1, 0}, {24, -1, 0}, {BLUE, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_GOOD] = {{114, -1, 0}, {28, -1, 0}, {GREEN, -1, 0}, {-1, -1, 0}, {-1, -1, 0}},
    [ROLE_WARN] = {{221, -1, 0}, {130, -1, 0}, {YELLOW, -1, 0}, {-1, -1, BOLD}, {-1, -1, BOLD}},
    [ROLE_ERROR] =
        {{210, -1, BOLD}, {160, -1, BOLD}, {RED, -1, BOLD}, {-1, -1, BOLD}, {-1, -1, BOLD}},
};

/* COLORFGBG is "foreground;background" (or with a word between): 7 and 9 to 15 are light. */
static int background_is_light(void)
{
    const char *value = getenv("COLORFGBG");
    const char *last = value == NULL ? NULL : strrchr(value, ';');
    if (last == NULL)
        return 0;
    long colour = strtol(last + 1, NULL, 10);
    return colour == WHITE || colour > GREY;
}

enum theme theme_find(const char *name)
{
    static const char *const NAMES[] = {"dark", "light", "contrast", "mono"};
    for (unsigned i = 0; i < THEME_COUNT; i++)
        if (strcmp(name, NAMES[i]) == 0)
            return (enum theme)i;
    const char *none = getenv("NO_COLOR");
    if (none != NULL && *none != '\0')
        return THEME_MONO;
    return background_is_light() ? THEME_LIGHT : THEME_DARK;
}

struct look theme_look(enum theme theme, enum role role, int colours)
{
    if (role >= ROLE_COUNT)
        role = ROLE_TEXT;
    if (theme == THEME_MONO || colours < 8)
        return LOOKS[role].mono;
    if (theme == THEME_CONTRAST)
        return LOOKS[role].contrast;
    if (colours < 256)
        return LOOKS[role].eight;
    return theme == THEME_LIGHT ? LOOKS[role].light : LOOKS[role].dark;
}
