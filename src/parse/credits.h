/* What credits.c takes from credit_names.c: names and tokens of bylines. */
#ifndef PARSE_CREDITS_H
#define PARSE_CREDITS_H

#include "parse/page.h"

/* A person's name: two or three characters that begin with a family name, four with one of two
 * characters, or parts with · between them. */
bool credit_is_name(const struct page *p, struct str text);

/* Its Han characters, 0 where there are others than these and ·. */
size_t credit_count_han(struct str text);

/* The next run without space or separator; *rest is what follows it. */
struct str credit_next_token(struct str *rest);

/* Both parts of a name as one. */
struct str credit_join_name(const struct page *p, struct str first, struct str second);

/* Adds a name with its role, 作者 where the role is empty. */
void credit_add(const struct page *p, struct credit_list *out, struct str role, struct str name);

#endif
