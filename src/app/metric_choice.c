#include "app/metric_choice.h"

#include "baolan/spelling.h"
#include "baolan/utf8.h"

static bool has_id(const struct metric_choice *c, uint32_t id)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->ids[i] == id)
            return true;
    return false;
}

/* The metric of that very name, as it is spelt in the library. */
static bool add_named(struct store *store, struct str name, bool owned, struct metric_choice *c)
{
    uint32_t id;
    if (name.n == 0 || c->n == METRICS_MOST ||
        store_metric_by_name(store, name, &id, NULL) != STATUS_OK || has_id(c, id))
        return false;
    c->owned[c->n] = owned;
    c->ids[c->n++] = id;
    return true;
}

/* The longest end of the name that is a metric, of those that the beginning names. */
static void add_owned(struct store *store, struct arena *a, const struct lexicons *lexicons,
                      struct str name, struct metric_choice *c)
{
    for (size_t at = 0; at < name.n && c->n_owners == 0;) {
        utf8_next(name, &at);
        struct str end = str_sub(name, at, name.n);
        if (!add_named(store, spelling_join(a, lexicons, end), true, c))
            continue;
        c->owners[0] = str_sub(name, 0, at);
        c->owner = spelling_join(a, lexicons, c->owners[0]);
        c->n_owners =
            1 + spelling_variants(a, lexicons, c->owners[0], c->owners + 1, OWNERS_MOST - 1);
    }
}

enum status metric_choice(struct store *store, struct arena *a, const struct lexicons *lexicons,
                          struct str name, struct metric_choice *out, struct error *e)
{
    struct list_query having = {
        .list = LIST_METRICS, .order = ORDER_METRIC_COUNT, .descending = true, .name = name};
    uint32_t ids[METRICS_MOST];
    size_t n;
    *out = (struct metric_choice){0};
    if (!add_named(store, name, false, out))
        add_named(store, spelling_join(a, lexicons, name), false, out);
    add_owned(store, a, lexicons, name, out);
    if (out->n > 0)
        return STATUS_OK;
    enum status status =
        store_list(store, &having, (struct list_from){0}, ids, METRICS_MOST, &n, e);
    for (size_t k = 0; status == STATUS_OK && k < n && out->n < METRICS_MOST; k++)
        if (!has_id(out, ids[k]))
            out->ids[out->n++] = ids[k];
    return status;
}

bool metric_choice_admits(const struct metric_choice *c, size_t k, struct str subject)
{
    bool admits = !c->owned[k];
    for (size_t i = 0; i < c->n_owners && !admits; i++)
        admits = str_has(subject, c->owners[i]);
    return admits;
}

bool metric_choice_is_owner(const struct metric_choice *c, size_t k, struct str subject)
{
    return c->owned[k] && str_eq(subject, c->owner);
}
