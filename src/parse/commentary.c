/* Commentaries by what they speak of: signed by 评论员, and with the title of another article of
 * the page in 《》. Those below a label of their own (短评) are told by that. */
#include "baolan/fold.h"
#include "parse/page.h"

static bool is_signed_by_commentator(const struct article *a)
{
    static const struct str commentator = STR_INIT("评论员");
    for (uint32_t i = 0; i < a->n_credits; i++)
        if (str_has(a->credits[i].name, commentator) || str_has(a->credits[i].role, commentator))
            return true;
    return false;
}

/* The article of the page whose title stands in 《》 in text, or NONE. */
static uint32_t find_cited(struct arena *arena, const struct article *articles, uint32_t n,
                           uint32_t own, struct str text)
{
    for (size_t open = str_find(text, STR("《"), 0), close; open != STR_NONE;
         open = str_find(text, STR("《"), close)) {
        close = str_find(text, STR("》"), open);
        if (close == STR_NONE)
            return NONE;
        struct str cited = fold_str(arena, str_sub(text, open + 3, close));
        for (uint32_t i = 0; i < n; i++)
            if (i != own && str_eq(fold_str(arena, articles[i].title.text), cited))
                return i;
    }
    return NONE;
}

void page_join_commentaries(struct arena *arena, struct article *articles, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct article *a = &articles[i];
        bool comments = a->box_of == NONE && is_signed_by_commentator(a);
        for (uint32_t k = 0; comments && a->box_of == NONE && k < a->n_paragraphs; k++)
            a->box_of = find_cited(arena, articles, n, i, a->paragraphs[k].prose.text);
    }
}
