/* The inner loop of SHA-256, in plain C and by the processor's own instructions for it. */
#ifndef BAOLAN_BASE_SHA256_BLOCKS_H
#define BAOLAN_BASE_SHA256_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/* The constants of FIPS 180-4, 4.2.2. */
extern const uint32_t sha256_constants[64];

/* Takes n blocks of 64 bytes into the state. */
typedef void sha256_blocks(uint32_t state[8], const unsigned char *p, size_t n);

sha256_blocks sha256_blocks_plain;

/* The fastest that this processor has. */
sha256_blocks *sha256_blocks_here(void);

#endif
