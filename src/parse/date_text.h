/* Dates as pages print them: 2023年6月12日, 2023-06-12, 20230612, digits of half or full width. */
#ifndef BAOLAN_PARSE_DATE_TEXT_H
#define BAOLAN_PARSE_DATE_TEXT_H

#include "baolan/document.h"

/* Four digits (no more around them) at byte at: the year, or 0; sets *end past them. */
int date_year_at(struct str text, size_t at, size_t *end);

/* One or two digits at *at, moved past them; 0 where there are none. */
unsigned date_number_at(struct str text, size_t *at);

/* The date that begins at byte at; year 0 where there is none. */
struct date date_at(struct str text, size_t at);

/* The first date with a day (else a month) in text. */
struct date date_find(struct str text);

#endif
