/* What a piece of text on the screen is; which colours that means is the theme's business. */
#ifndef UI_ROLE_H
#define UI_ROLE_H

/* One row a role: id, its name in themes and tests. */
#define ROLE_TABLE(X)                                                                   \
    X(ROLE_TEXT, "text")                                                                \
    X(ROLE_DIM, "dim")           /* counts, line numbers, what matters less */          \
    X(ROLE_TITLE, "title")       /* an article's title, a column heading */             \
    X(ROLE_HEADING, "heading")   /* a section's heading */                              \
    X(ROLE_LINK, "link")         /* what can be followed */                             \
    X(ROLE_FOCUS, "focus")       /* the link under the cursor */                        \
    X(ROLE_SELECTED, "selected") /* the row under the cursor, in the pane with focus */ \
    X(ROLE_CURRENT, "current")   /* the same in a pane without focus */                 \
    X(ROLE_MATCH, "match")       /* what was searched for */                            \
    X(ROLE_NUMBER, "number")                                                            \
    X(ROLE_BAR, "bar") /* tab bar and status line */                                    \
    X(ROLE_TAB, "tab") /* the tab in use */                                             \
    X(ROLE_BORDER, "border")                                                            \
    X(ROLE_KEY, "key")       /* a key's name in hints and help */                       \
    X(ROLE_MARK, "mark")     /* review marks, bookmarks */                              \
    X(ROLE_NOTE, "note")     /* what a person wrote */                                  \
    X(ROLE_SOURCE, "source") /* raw lines of the file */                                \
    X(ROLE_GOOD, "good")                                                                \
    X(ROLE_WARN, "warn")                                                                \
    X(ROLE_ERROR, "error")

enum role {
#define X(id, name) id,
    ROLE_TABLE(X)
#undef X
        ROLE_COUNT
};

#endif
