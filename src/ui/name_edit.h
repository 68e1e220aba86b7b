/* Putting names right in view 4: merge, split, rename, hide, and showing again. */
#ifndef UI_NAME_EDIT_H
#define UI_NAME_EDIT_H

#include "ui/view.h"

/* What stands under the cursor of the view of names; kept by the view. */
struct name_here {
    struct view *view;
    uint32_t entity;     /* 0: none */
    struct str spelling; /* another spelling of it under the cursor; may be empty */
    uint32_t merging;    /* the name that M was pressed on before; 0: none */
    bool hidden;         /* the hidden names are listed */
};

/* Answers correct (rename), is-none (hide), merge and split; REACT_PASS for what else. */
reaction name_edit_command(struct name_here *here, enum command id, struct str argument);

#endif
