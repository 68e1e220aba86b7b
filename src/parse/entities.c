#include "baolan/parse.h"

void parse_entities(struct document *d, const struct parse_options *o)
{
    (void)d;
    (void)o;
}
