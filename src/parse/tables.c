#include "baolan/parse.h"

void parse_tables(struct document *d, const struct parse_options *o)
{
    (void)d;
    (void)o;
}
