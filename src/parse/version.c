#include "baolan/parse.h"

uint32_t parser_version(void)
{
    return
#include "parser_version.inc"
        ;
}
