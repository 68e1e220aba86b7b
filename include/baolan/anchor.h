/* Where something stands, whatever becomes of the file: by its words. */
#ifndef BAOLAN_ANCHOR_H
#define BAOLAN_ANCHOR_H

#include "baolan/str.h"

#include <stdint.h>

/* Bytes kept before and after a quotation. */
#define ANCHOR_AROUND 48

struct anchor {
    unsigned char sha256[32];
    struct str path;      /* a hint */
    uint64_t passage_key; /* hash of the passage's text */
    uint32_t offset;      /* bytes in the passage */
    struct str quoted, before, after;
};

#endif
