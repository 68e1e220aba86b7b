/* SHA-256 by the instructions of x86 processors that have them: five times as fast. Follows "Intel
 * SHA Extensions: New Instructions Supporting the Secure Hash Algorithm" (2013). */
#include "base/sha256_blocks.h"

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>
#include <stdbool.h>

/* The words of the state as the instructions want them: a b e f, c d g h. */
struct halves {
    __m128i abef, cdgh;
};

__attribute__((target("sha,sse4.1"))) static struct halves halves_of(const uint32_t state[8])
{
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)state);
    __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(state + 4));
    __m128i cdab = _mm_shuffle_epi32(first, 0xB1), efgh = _mm_shuffle_epi32(second, 0x1B);
    return (struct halves){_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

__attribute__((target("sha,sse4.1"))) static void store_halves(uint32_t state[8], struct halves s)
{
    __m128i feba = _mm_shuffle_epi32(s.abef, 0x1B), dchg = _mm_shuffle_epi32(s.cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

__attribute__((target("sha,sse4.1"))) static void blocks_x86(uint32_t state[8],
                                                             const unsigned char *p, size_t n)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    struct halves s = halves_of(state);
    for (; n > 0; n--, p += 64) {
        struct halves before = s;
        __m128i w[4] = {_mm_setzero_si128()};
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) {
            __m128i oldest = w[i & 3], next = w[(i + 1) & 3], last = w[(i + 3) & 3];
            if (i < 4)
                w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)p + i),
                                        big_endian);
            else
                w[i & 3] =
                    _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(oldest, next),
                                                       _mm_alignr_epi8(last, w[(i + 2) & 3], 4)),
                                         last);
            __m128i k = _mm_loadu_si128((const __m128i *)(const void *)sha256_constants + i);
            __m128i add = _mm_add_epi32(w[i & 3], k);
            s.cdgh = _mm_sha256rnds2_epu32(s.cdgh, s.abef, add);
            s.abef = _mm_sha256rnds2_epu32(s.abef, s.cdgh, _mm_shuffle_epi32(add, 0x0E));
        }
        s.abef = _mm_add_epi32(s.abef, before.abef);
        s.cdgh = _mm_add_epi32(s.cdgh, before.cdgh);
    }
    store_halves(state, s);
}

static bool has_instructions(void)
{
    enum { SSSE3 = 1 << 9, SSE41 = 1 << 19, SHA = 1 << 29 };
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & SSSE3) && (c & SSE41) &&
           __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & SHA);
}

sha256_blocks *sha256_blocks_here(void)
{
    /* Asking costs microseconds on a virtual machine; threads that ask at once find the same. */
    static _Atomic(sha256_blocks *) chosen;
    sha256_blocks *known = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (known == NULL) {
        known = has_instructions() ? blocks_x86 : sha256_blocks_plain;
        atomic_store_explicit(&chosen, known, memory_order_relaxed);
    }
    return known;
}

#else

sha256_blocks *sha256_blocks_here(void)
{
    return sha256_blocks_plain;
}

#endif
