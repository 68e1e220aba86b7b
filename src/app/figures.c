#include "app/figures.h"

#include "app/corrections.h"
#include "baolan/message.h"

#include "baolan/map.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"
#include "parse/quantity.h"

#include <stdlib.h>

static const struct {
    const char *name, *label;
} COLUMNS[] = {
#define X(id, name, label) {name, label},
    FIGURES_TABLE(X)
#undef X
};

static const char *column_name(uint32_t column, bool shown)
{
    return shown ? translate(COLUMNS[column].label) : COLUMNS[column].name;
}

/* --- Rows that are not in memory -------------------------------------------------------------- */

/* Those seen last, with room to spare. */
enum { SEEN = 256, SEEN_BYTES = 1 << 20 };

struct figures_seen {
    size_t item;
    bool known;
    struct stored_indicator indicator;
    struct figure row;
    struct str source; /* p == NULL: not yet read */
};

struct looking {
    const struct figures *figures;
    struct figures_seen *seen;
};

bool figures_paged(const struct figures *f)
{
    return f->all > f->most;
}

static enum status look(void *context)
{
    struct looking *l = context;
    const struct figures *f = l->figures;
    struct figures_seen *s = l->seen;
    struct error quiet = ERROR_NONE;
    enum status status =
        store_indicator(f->store, f->seen_arena, (uint32_t)s->item, &s->indicator, &quiet);
    s->known = status == STATUS_OK;
    s->row = (struct figure){0};
    s->source = (struct str){0};
    if (s->known)
        s->row.of[s->indicator.it.kind] = &s->indicator;
    return status;
}

static void forget_seen(const struct figures *f)
{
    arena_reset(f->seen_arena);
    memset(f->seen, 0, SEEN * sizeof *f->seen);
}

static struct figures_seen *seen_at(const struct figures *f, size_t item)
{
    struct figures_seen *s = &f->seen[item % SEEN];
    if (s->known && s->item == item)
        return s;
    if (arena_size(f->seen_arena) > SEEN_BYTES)
        forget_seen(f);
    *s = (struct figures_seen){.item = item};
    struct looking l = {f, s};
    return arena_protect(f->seen_arena, look, &l, NULL) == STATUS_OK ? s : NULL;
}

static const struct figure *figure_at(const struct figures *f, size_t item)
{
    static const struct stored_indicator NOTHING = {0};
    static const struct figure GONE = {.of[INDICATOR_LEVEL] = &NOTHING};
    if (f->listing.store == NULL)
        return &f->items[item];
    const struct figures_seen *s = seen_at(f, item);
    return s != NULL ? &s->row : &GONE;
}

const struct stored_indicator *figures_main(const struct figures *f, size_t item)
{
    const struct figure *row = figure_at(f, item);
    for (size_t i = 0; i < INDICATOR_KIND_COUNT; i++)
        if (row->of[i] != NULL)
            return row->of[i];
    return NULL;
}

/* --- Cells ----------------------------------------------------------------------------------- */

/* As printed, with the unit that a table's heading says. */
static struct str with_unit(const struct indicator *it, struct arena *a)
{
    if (it->unit.n == 0 || it->kind == INDICATOR_RANK || str_has(it->text, it->unit))
        return it->text;
    size_t last = it->text.n;
    bool bare = utf8_previous(it->text, &last) < 0x80;
    return bare ? str_printf(a, "%.*s%.*s", STR_ARG(it->text), STR_ARG(it->unit)) : it->text;
}

static struct str value_text(const struct stored_indicator *s, struct arena *a)
{
    if (s == NULL)
        return STR("");
    const struct indicator *it = &s->it;
    bool change = it->kind == INDICATOR_CHANGE;
    struct str text = change ? str_printf(a, "%s%.*s%.*s", it->value.digits > 0 ? "+" : "",
                                          STR_ARG(decimal_str(a, it->value)), STR_ARG(it->unit))
                             : with_unit(it, a);
    return it->target ? str_printf(a, "%.*s*", STR_ARG(text)) : text;
}

static struct str read_source(const struct figures *f, uint32_t id, struct arena *a)
{
    struct stored_document document;
    struct error quiet = ERROR_NONE;
    if (store_document(f->store, a, id, &document, &quiet) != STATUS_OK)
        return STR("");
    return document.date.n == 0
               ? document.title
               : str_printf(a, "%.*s %.*s", STR_ARG(document.date), STR_ARG(document.title));
}

static struct str source_of(const struct figures *f, size_t item, struct arena *a)
{
    if (f->listing.store != NULL)
        return read_source(f, figures_main(f, item)->document, a);
    if (f->sources[item].p == NULL)
        f->sources[item] = read_source(f, figures_main(f, item)->document, f->items_arena);
    return f->sources[item];
}

static struct str cell_text(const struct figures *f, size_t item, enum figures_column column,
                            struct arena *a)
{
    const struct stored_indicator *s = figures_main(f, item);
    const struct figure *of = figure_at(f, item);
    switch (column) {
    case FIGURES_METRIC:
        return s->it.metric.n > 0 ? s->it.metric : s->it.metric_key;
    case FIGURES_SUBJECT:
        return s->it.subject;
    case FIGURES_PERIOD:
        return s->it.period;
    case FIGURES_VALUE:
        return value_text(of->of[INDICATOR_LEVEL], a);
    case FIGURES_CHANGE:
        return value_text(of->of[INDICATOR_CHANGE], a);
    case FIGURES_SHARE:
        return value_text(of->of[INDICATOR_SHARE], a);
    case FIGURES_RANK:
        return value_text(of->of[INDICATOR_RANK], a);
    case FIGURES_PLACE:
        return s->it.region;
    case FIGURES_SOURCE:
        return source_of(f, item, a);
    default:
        return STR("");
    }
}

struct str figures_cell(const struct figures *f, size_t item, enum figures_column column,
                        struct arena *a)
{
    struct str text = cell_text(f, item, column, a);
    /* What is not in memory may be forgotten before the caller has done with it. */
    return f->listing.store != NULL ? str_dup(a, text) : text;
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    return figures_cell(context, item, (enum figures_column)column, a);
}

/* --- Order ----------------------------------------------------------------------------------- */

static const struct stored_indicator *of_column(const struct figures *f, size_t item,
                                                uint32_t column)
{
    static const enum indicator_kind KINDS[FIGURES_COLUMN_COUNT] = {
        [FIGURES_VALUE] = INDICATOR_LEVEL,
        [FIGURES_CHANGE] = INDICATOR_CHANGE,
        [FIGURES_SHARE] = INDICATOR_SHARE,
        [FIGURES_RANK] = INDICATOR_RANK,
    };
    bool number = column >= FIGURES_VALUE && column <= FIGURES_RANK;
    return number ? figure_at(f, item)->of[KINDS[column]] : NULL;
}

/* Values are ordered within their base unit; metrics by the name that joins their spellings. */
static bool key(void *context, size_t item, uint32_t column, struct buffer *out)
{
    const struct figures *f = context;
    const struct stored_indicator *number = of_column(f, item, column);
    if (column == FIGURES_METRIC)
        buffer_add(out, figures_main(f, item)->it.metric_key);
    if (number != NULL) {
        buffer_add(out, number->it.base_unit);
        buffer_add_byte(out, 0);
        listing_key_decimal(out, number->it.base.digits, number->it.base.scale);
    }
    return column == FIGURES_METRIC || (column >= FIGURES_VALUE && column <= FIGURES_RANK);
}

static struct str label(void *context, size_t item, uint32_t column, struct arena *a)
{
    const struct figures *f = context;
    return column == FIGURES_METRIC ? str_dup(a, figures_main(f, item)->it.metric_key)
                                    : figures_cell(f, item, (enum figures_column)column, a);
}

/* --- Filter ---------------------------------------------------------------------------------- */

struct str figures_name(struct arena *a, const struct indicator *it)
{
    return str_printf(a, "%.*s%.*s%.*s", STR_ARG(it->region), STR_ARG(it->subject),
                      STR_ARG(it->metric));
}

static struct str more(void *context, size_t item, struct arena *a)
{
    const struct stored_indicator *s = figures_main(context, item);
    return str_printf(a, "%.*s\n%.*s\n%s", STR_ARG(s->it.metric_key),
                      STR_ARG(figures_name(a, &s->it)), s->it.target ? "目标 target" : "");
}

enum sign { SIGN_NONE, SIGN_ABOVE, SIGN_FROM, SIGN_BELOW, SIGN_TO, SIGN_EQUAL };

static enum sign read_sign(struct str *word)
{
    static const struct {
        const char *text;
        enum sign sign;
    } SIGNS[] = {{">=", SIGN_FROM},  {"<=", SIGN_TO},    {"≥", SIGN_FROM},
                 {"≤", SIGN_TO},     {">", SIGN_ABOVE},  {"<", SIGN_BELOW},
                 {"＞", SIGN_ABOVE}, {"＜", SIGN_BELOW}, {"=", SIGN_EQUAL}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (str_starts(*word, str_of(SIGNS[i].text))) {
            *word = str_sub(*word, strlen(SIGNS[i].text), word->n);
            return SIGNS[i].sign;
        }
    return SIGN_NONE;
}

static bool holds(enum sign sign, int order)
{
    switch (sign) {
    case SIGN_ABOVE:
        return order > 0;
    case SIGN_FROM:
        return order >= 0;
    case SIGN_BELOW:
        return order < 0;
    case SIGN_TO:
        return order <= 0;
    default:
        return order == 0;
    }
}

/* What a comparison is with: in its base unit, or a bare number, which is compared as printed. */
struct bound {
    struct decimal value;
    struct str base_unit; /* empty: a bare number */
};

static bool read_bound(const struct figures *f, struct arena *a, struct str word, struct bound *out)
{
    struct quantity q;
    *out = (struct bound){0};
    if (decimal_parse(word, &out->value))
        return true;
    if (f->lexicons == NULL || !quantity_of_cell(a, f->lexicons, word, STR(""), &q))
        return false;
    *out = (struct bound){q.base, q.base_unit};
    return true;
}

static int admit(void *context, size_t item, struct str word)
{
    const struct figures *f = context;
    struct bound bound;
    enum sign sign = read_sign(&word);
    if (sign == SIGN_NONE)
        return -1;
    struct arena_mark mark = arena_mark(f->listing.words);
    bool read = read_bound(f, f->listing.words, word, &bound);
    int admitted = 0;
    for (size_t i = 0; read && i < INDICATOR_KIND_COUNT && admitted == 0; i++) {
        const struct stored_indicator *s = figure_at(f, item)->of[i];
        bool same =
            s != NULL && (bound.base_unit.n == 0 || str_eq(s->it.base_unit, bound.base_unit));
        admitted =
            same && holds(sign, decimal_compare(bound.base_unit.n == 0 ? s->it.value : s->it.base,
                                                bound.value));
    }
    arena_release(f->listing.words, mark);
    /* While a number is being typed (`>`), everything stands. */
    return read ? admitted : word.n == 0;
}

static const struct listing_ops OPS = {
    .n_columns = FIGURES_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
    .key = key,
    .label = label,
    .more = more,
    .admit = admit,
};

/* --- Loading --------------------------------------------------------------------------------- */

enum status figures_open(struct figures *f, struct store *store, struct error *e)
{
    *f = (struct figures){.items_arena = arena_new(),
                          .seen_arena = arena_new(),
                          .slots = arena_new(),
                          .most = FIGURES_MOST,
                          .store = store};
    if (f->items_arena == NULL || f->seen_arena == NULL || f->slots == NULL ||
        !listing_open(&f->listing, &OPS, f)) {
        figures_close(f);
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    f->seen = arena_array(f->slots, struct figures_seen, SEEN);
    return STATUS_OK;
}

void figures_close(struct figures *f)
{
    arena_free(f->items_arena);
    listing_close(&f->listing);
    arena_free(f->seen_arena);
    arena_free(f->slots);
    *f = (struct figures){0};
}

static struct str join_key(struct arena *a, const struct stored_indicator *s)
{
    return str_printf(a, "%u\n%.*s\n%.*s\n%.*s\n%.*s\n%d", s->document, STR_ARG(s->it.metric_key),
                      STR_ARG(s->it.subject), STR_ARG(s->it.region), STR_ARG(s->it.period),
                      s->it.target);
}

/* Rows: what stands in one document of one metric, subject, place and period is one, as long as
 * each kind is said once; a figure said again begins another row. */
static void join(struct figures *f)
{
    struct map open = map_in(f->items_arena);
    VECTOR(struct figure) items = {0};
    for (size_t i = 0; i < f->n_indicators; i++) {
        const struct stored_indicator *s = &f->indicators[i];
        struct map_entry *entry = NULL;
        if (s->it.metric_key.n > 0) {
            bool is_new;
            entry = map_put(&open, join_key(f->items_arena, s), &is_new);
            if (!is_new && items.at[entry->value.number].of[s->it.kind] == NULL) {
                items.at[entry->value.number].of[s->it.kind] = s;
                continue;
            }
            entry->value.number = items.n;
        }
        vector_add(f->items_arena, &items)->of[s->it.kind] = s;
    }
    f->items = items.at;
    f->n_items = items.n;
    f->sources = arena_array(f->items_arena, struct str, items.n + 1);
}

static enum status keep_page(struct figures *f, const uint32_t *ids, size_t n, struct error *e)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < n; i++) {
        VECTOR(struct stored_indicator) all = {f->indicators, f->n_indicators, f->room};
        struct stored_indicator *it = vector_add(f->items_arena, &all);
        f->indicators = all.at;
        f->room = all.room;
        status = store_indicator(f->store, f->items_arena, ids[i], it, e);
        f->n_indicators += status == STATUS_OK;
    }
    return status;
}

/* Reads one more page; f->whole where there is no more. */
static enum status read_page(struct figures *f, size_t most, struct error *e)
{
    uint32_t ids[FIGURES_PAGE];
    size_t found = 0, wanted = most < FIGURES_PAGE ? most : FIGURES_PAGE;
    enum status status = store_list(f->store, &f->query, (struct list_from){.after = f->after}, ids,
                                    wanted, &found, e);
    if (status == STATUS_OK && found > 0) {
        f->after = ids[found - 1];
        status = keep_page(f, ids, found, e);
    }
    f->whole = status != STATUS_OK || found < wanted;
    return status;
}

enum status figures_more(struct figures *f, size_t most, struct error *e)
{
    enum status status = STATUS_OK;
    size_t end = most > SIZE_MAX - f->n_indicators ? SIZE_MAX : f->n_indicators + most;
    if (f->whole)
        return STATUS_OK;
    while (!f->whole && status == STATUS_OK && f->n_indicators < end)
        status = read_page(f, end - f->n_indicators, e);
    if (f->whole || f->n_indicators >= 2 * f->joined) {
        f->joined = f->n_indicators;
        join(f);
        listing_set_items(&f->listing, f->n_items);
    }
    return status;
}

static enum status set_out(struct figures *f, const struct list_query *query, struct error *e)
{
    bool exact;
    enum status status = store_list_count(f->store, query, UINT32_MAX, &f->all, &exact, e);
    f->query = *query;
    f->whole = status != STATUS_OK;
    if (status == STATUS_OK)
        status = corrections_records(f->store, f->items_arena, 1u << CORRECTION_INDICATOR,
                                     &f->corrected, &f->n_corrected, e);
    if (status != STATUS_OK || !figures_paged(f))
        return status;
    forget_seen(f);
    listing_set_store(&f->listing, f->store, &f->query);
    f->n_indicators = (size_t)f->all;
    f->whole = true;
    return f->listing.error.status;
}

enum status figures_begin(struct figures *f, const struct list_query *query, size_t most,
                          struct error *e)
{
    enum status status = STATUS_OK;
    arena_reset(f->items_arena);
    f->items = NULL;
    f->indicators = NULL;
    f->n_items = f->n_indicators = f->room = f->joined = f->n_corrected = 0;
    f->all = 0;
    f->after = 0;
    f->whole = false;
    if (f->store != NULL) {
        status = set_out(f, query, e);
    } else {
        f->whole = true;
        listing_set_items(&f->listing, 0);
    }
    return status == STATUS_OK ? figures_more(f, most, e) : status;
}

enum status figures_load(struct figures *f, const struct list_query *query, struct error *e)
{
    return figures_begin(f, query, SIZE_MAX, e);
}

bool figures_corrected(const struct figures *f, size_t item)
{
    const struct figure *row = figure_at(f, item);
    for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++)
        if (row->of[k] != NULL && corrections_has(f->corrected, f->n_corrected, row->of[k]->id))
            return true;
    return false;
}

size_t figures_item(const struct figures *f, uint32_t indicator)
{
    if (f->listing.store != NULL)
        return indicator;
    for (size_t i = 0; i < f->n_items; i++)
        for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++)
            if (f->items[i].of[k] != NULL && f->items[i].of[k]->id == indicator)
                return i;
    return LISTING_NO_ITEM;
}

struct series_figure figures_series(struct arena *a, const struct stored_indicator *s)
{
    return (struct series_figure){
        .metric = s->it.metric_key,
        .subject = indicator_is_of_region(s->it.subject, s->it.region) ? STR("") : s->it.subject,
        .region = s->it.region,
        .period = s->it.period,
        .period_resolved = s->it.period_resolved,
        .kind = s->it.kind,
        .base = s->it.base,
        .base_unit = s->it.base_unit,
        .text = with_unit(&s->it, a),
        .target = s->it.target,
        .id = s->id,
    };
}

/* The same indicator, to live as long as `a`. */
static const struct stored_indicator *lasting(const struct figures *f,
                                              const struct stored_indicator *s, struct arena *a)
{
    struct error quiet = ERROR_NONE;
    if (f->listing.store == NULL)
        return s;
    struct stored_indicator *own = arena_new_of(a, struct stored_indicator);
    if (store_indicator(f->store, a, s->id, own, &quiet) != STATUS_OK)
        *own = (struct stored_indicator){0};
    return own;
}

size_t figures_shown(const struct figures *f, struct arena *a, const struct series_figure **out)
{
    VECTOR(struct series_figure) list = {0};
    for (size_t i = 0; i < f->listing.n_rows && (f->listing.store == NULL || list.n < f->most);
         i++) {
        size_t item = listing_row_at(&f->listing, i).item;
        const struct figure *row = item == LISTING_NO_ITEM ? NULL : figure_at(f, item);
        for (size_t k = 0; row != NULL && k < INDICATOR_KIND_COUNT; k++)
            if (row->of[k] != NULL)
                vector_push(a, &list, figures_series(a, lasting(f, row->of[k], a)));
    }
    *out = list.at;
    return list.n;
}

/* --- Sums ------------------------------------------------------------------------------------ */

/* Units of which things are counted or measured, not marks that are given. */
static bool can_be_added(const struct indicator *it)
{
    static const char *const NOT[] = {"%", "％", "分", "岁", "度", "倍", "名", "位"};
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        if (str_eq(it->base_unit, str_of(NOT[i])))
            return false;
    return !it->target;
}

static bool apart(struct str a, struct str b)
{
    return a.n > 0 && b.n > 0 && !str_has(a, b) && !str_has(b, a);
}

/* Two parts of one whole: rows of one table, or one thing in two places. Breakdowns of different
 * kinds (by age, by schooling) overlap and are not to be added. */
static bool same_sort(const struct indicator *a, const struct indicator *b)
{
    bool one_table = a->table == b->table && a->table != NONE && a->table != 0;
    return str_eq(a->metric_key, b->metric_key) && str_eq(a->period, b->period) &&
           str_eq(a->base_unit, b->base_unit) && str_eq(a->unit, b->unit) &&
           ((one_table && apart(a->subject, b->subject)) ||
            (str_eq(a->subject, b->subject) && apart(a->region, b->region)));
}

struct str figures_sum(const struct figures *f, size_t from, size_t count, struct arena *a)
{
    VECTOR(const struct indicator *) parts = {0};
    struct decimal sum = {0, 0};
    for (size_t i = from; i < from + count && i < f->listing.n_rows; i++) {
        size_t item = listing_row_at(&f->listing, i).item;
        const struct stored_indicator *s =
            item == LISTING_NO_ITEM ? NULL : figure_at(f, item)->of[INDICATOR_LEVEL];
        if (s == NULL || !can_be_added(&s->it) || parts.n > 200)
            return STR("");
        s = lasting(f, s, a);
        for (size_t k = 0; k < parts.n; k++)
            if (!same_sort(parts.at[k], &s->it))
                return STR("");
        vector_push(a, &parts, &s->it);
        struct decimal v = s->it.value;
        for (; sum.scale < v.scale && llabs(sum.digits) < INT64_MAX / 20; sum.scale++)
            sum.digits *= 10;
        for (; v.scale < sum.scale && llabs(v.digits) < INT64_MAX / 20; v.scale++)
            v.digits *= 10;
        if (v.scale != sum.scale || llabs(sum.digits) > INT64_MAX / 2 ||
            llabs(v.digits) > INT64_MAX / 2)
            return STR("");
        sum.digits += v.digits;
    }
    if (parts.n < 2)
        return STR("");
    return str_printf(a, "%.*s%.*s", STR_ARG(decimal_str(a, sum)), STR_ARG(parts.at[0]->unit));
}
