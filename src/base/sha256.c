#include "baolan/sha256.h"
#include "base/sha256_blocks.h"

#include <string.h>

const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t turn(uint32_t x, int by)
{
    return x >> by | x << (32 - by);
}

static uint32_t read32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* One round, with the first of the state's words at s[a]. */
static inline void step(uint32_t s[8], unsigned a, uint32_t add)
{
    uint32_t s0 = s[a], s1 = s[(a + 1) & 7], s2 = s[(a + 2) & 7];
    uint32_t s4 = s[(a + 4) & 7], s5 = s[(a + 5) & 7], s6 = s[(a + 6) & 7];
    uint32_t high = turn(s4, 6) ^ turn(s4, 11) ^ turn(s4, 25);
    uint32_t low = turn(s0, 2) ^ turn(s0, 13) ^ turn(s0, 22);
    uint32_t choice = (s4 & s5) ^ (~s4 & s6);
    uint32_t majority = (s0 & s1) ^ (s0 & s2) ^ (s1 & s2);
    uint32_t first = s[(a + 7) & 7] + high + choice + add;
    s[(a + 3) & 7] += first;
    s[(a + 7) & 7] = first + low + majority;
}

static void add_block(uint32_t state[8], const unsigned char *p)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = read32(p + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t low = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t high = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + low + w[i - 7] + high;
    }
    uint32_t s[8];
    const uint32_t *k = sha256_constants;
    memcpy(s, state, sizeof s);
    /* The eight words take turns instead of moving on. */
    for (int i = 0; i < 64; i += 8) {
        step(s, 0, k[i] + w[i]);
        step(s, 7, k[i + 1] + w[i + 1]);
        step(s, 6, k[i + 2] + w[i + 2]);
        step(s, 5, k[i + 3] + w[i + 3]);
        step(s, 4, k[i + 4] + w[i + 4]);
        step(s, 3, k[i + 5] + w[i + 5]);
        step(s, 2, k[i + 6] + w[i + 6]);
        step(s, 1, k[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++)
        state[i] += s[i];
}

void sha256_blocks_plain(uint32_t state[8], const unsigned char *p, size_t n)
{
    for (; n > 0; n--, p += 64)
        add_block(state, p);
}

void sha256_begin(struct sha256 *h)
{
    *h = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                   0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
                         .blocks = sha256_blocks_here()};
}

void sha256_add(struct sha256 *h, const void *p, size_t n)
{
    const unsigned char *c = p;
    h->length += n;
    while (n > 0) {
        if (h->filled == 0 && n >= 64) {
            h->blocks(h->state, c, n / 64);
            c += n / 64 * 64;
            n %= 64;
            continue;
        }
        size_t part = 64 - h->filled < n ? 64 - h->filled : n;
        memcpy(h->block + h->filled, c, part);
        h->filled += part;
        c += part;
        n -= part;
        if (h->filled == 64) {
            h->blocks(h->state, h->block, 1);
            h->filled = 0;
        }
    }
}

void sha256_end(struct sha256 *h, unsigned char digest[32])
{
    uint64_t bits = h->length * 8;
    static const unsigned char padding[64] = {0x80};
    sha256_add(h, padding, 1 + (119 - h->filled) % 64);
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    sha256_add(h, length, 8);
    for (int i = 0; i < 32; i++)
        digest[i] = (unsigned char)(h->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_hex(const unsigned char digest[32], char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 32; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
}
