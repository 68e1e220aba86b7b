/* Time, for progress and pacing; never for results. */
#ifndef BAOLAN_CLOCK_H
#define BAOLAN_CLOCK_H

#include <stdint.h>

/* Nanoseconds of a clock that never goes back (CLOCK_MONOTONIC). */
int64_t clock_nanoseconds(void);
/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_wall_milliseconds(void);

#endif
