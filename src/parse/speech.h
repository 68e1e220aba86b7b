/* What lines of a page say of proposals: who speaks, what one is titled. */
#ifndef BAOLAN_PARSE_SPEECH_H
#define BAOLAN_PARSE_SPEECH_H

#include "baolan/lexicon.h"

struct speech_line {
    struct str name, body; /* body: on whose behalf; empty of a member alone */
    bool member;           /* 市政协委员 NAME, which names a speaker on any page */
};

/* Whether text is the title of a proposal: 关于…的提案, 关于…的建议. */
bool proposal_is_title(struct str title);

/* Reads `BODY NAME`, `市政协委员 NAME` and `NAME（BODY）`; false where text is none of these.
 * bylines is the lexicon of that name. */
bool speech_read_line(const struct lexicon *bylines, struct str text, struct speech_line *out);

/* Reads `市政协委员 NAME 代表BODY、BODY发言` and `NAME（代表BODY发言）`; member: it ends with 发言,
 * as no wrapped line of it but the last does. */
bool speech_read_behalf(const struct lexicon *bylines, struct str text, struct speech_line *out);

/* Whether text is a page of a session's speeches, by its head. */
bool speech_page(struct str text);

#endif
