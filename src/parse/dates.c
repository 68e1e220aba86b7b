/* When and where: the year of each article, and paper, edition, place and date. */
#include "parse/page.h"

void page_find_dates(struct page *p)
{
    (void)p;
}
