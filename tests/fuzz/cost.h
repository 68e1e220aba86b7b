/* What every fuzz target has in common: an arena that goes with the input, and a watch on what the
 * input costs. Any input is bounded: now and then one is repeated to a length and to four and
 * sixteen times that length, and where time or memory grow by far more than four at both steps, the
 * target fails. */
#ifndef TESTS_FUZZ_COST_H
#define TESTS_FUZZ_COST_H

#include "baolan/memory.h"

#include <stdint.h>

/* What a target does with bytes; all memory in the arena, which it may run out of. */
typedef void fuzz_run(struct arena *a, struct str bytes);

/* Whether the cost of the bytes, repeated, grows by far more than their length. */
bool fuzz_cost_grows(fuzz_run *run, struct str bytes);

/* Runs it on the input, and aborts where the cost is not linear. Gives what
 * LLVMFuzzerTestOneInput returns. */
int fuzz_one(fuzz_run *run, const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
