/* SHA-256 as FIPS 180-4 defines it: the name of a document's content. */
#ifndef BAOLAN_SHA256_H
#define BAOLAN_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
    uint32_t state[8];
    uint64_t length;
    unsigned char block[64];
    size_t filled;
    void (*blocks)(uint32_t state[8], const unsigned char *p, size_t n);
};

/* Begins the hash of the bytes that sha256_add then brings, in pieces of any length. */
void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *p, size_t n);
/* Ends the hash; digest takes 32 bytes. */
void sha256_end(struct sha256 *h, unsigned char digest[32]);
/* digest as 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const unsigned char digest[32], char hex[65]);

#endif
