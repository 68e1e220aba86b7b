/* Finding a file's encoding; for decode.c alone. */
#ifndef BAOLAN_TEXT_DECODE_DETECT_H
#define BAOLAN_TEXT_DECODE_DETECT_H

#include "baolan/decode.h"

/* Bytes of the byte order mark that bytes begin with, and its encoding; 0 where there is none. */
size_t decode_bom(struct str bytes, enum encoding *encoding);

/* The encoding of bytes without a mark. *binary: they are no text. */
enum encoding decode_detect(struct str bytes, bool *binary);

/* Bytes of the GB18030 character at byte at < s.n, by its form alone: 1, 2 or 4; 1 too for a byte
 * that begins none. */
size_t gb_length(struct str s, size_t at);

#endif
