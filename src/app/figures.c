#include "app/figures.h"

#include "app/corrections.h"
#include "baolan/message.h"

#include "baolan/map.h"
#include "baolan/spelling.h"
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

/* --- Rows ------------------------------------------------------------------------------------ */

/* Those seen last, with room to spare. */
enum { SEEN = 256, SEEN_BYTES = 2 << 20 };

struct figures_seen {
    size_t item;
    bool known;
    struct stored_indicator of[INDICATOR_KIND_COUNT];
    struct figure row;
};

struct looking {
    const struct figures *figures;
    struct figures_seen *seen;
};

static enum status look(void *context)
{
    struct looking *l = context;
    const struct figures *f = l->figures;
    struct figures_seen *s = l->seen;
    struct error quiet = ERROR_NONE;
    struct stored_indicator it;
    uint32_t ids[INDICATOR_KIND_COUNT] = {(uint32_t)s->item};
    size_t n = 1;
    enum status status = store_indicator(f->store, f->seen_arena, ids[0], &it, &quiet);
    if (status == STATUS_OK && it.leads)
        status = store_figure(f->store, ids[0], ids, &n, &quiet);
    for (size_t i = 0; i < n && status == STATUS_OK; i++) {
        if (i > 0)
            status = store_indicator(f->store, f->seen_arena, ids[i], &it, &quiet);
        s->of[it.it.kind] = it;
        s->row.of[it.it.kind] = &s->of[it.it.kind];
    }
    s->known = status == STATUS_OK;
    return status;
}

static void forget_seen(struct figures *f)
{
    arena_reset(f->seen_arena);
    f->seen = arena_array(f->seen_arena, struct figures_seen, SEEN);
    f->source = (struct str){NULL, 0};
}

static const struct figure *figure_at(const struct figures *f, size_t item)
{
    static const struct stored_indicator NOTHING = {0};
    static const struct figure GONE = {.of[INDICATOR_LEVEL] = &NOTHING};
    struct figures_seen *s = &f->seen[item % SEEN];
    if (s->known && s->item == item)
        return &s->row;
    if (f->store == NULL || item == LISTING_NO_ITEM)
        return &GONE;
    if (arena_size(f->seen_arena) > SEEN_BYTES)
        forget_seen((struct figures *)f);
    s = &f->seen[item % SEEN];
    *s = (struct figures_seen){.item = item};
    struct looking l = {f, s};
    return arena_protect(f->seen_arena, look, &l, NULL) == STATUS_OK ? &s->row : &GONE;
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

/* Items stand by document, so that the last source is mostly the next one too. */
static struct str source_of(const struct figures *f, size_t item)
{
    struct figures *own = (struct figures *)f;
    uint32_t document = figures_main(f, item)->document;
    if (f->source.p == NULL || f->source_document != document) {
        own->source = read_source(f, document, f->seen_arena);
        own->source_document = document;
    }
    return f->source;
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
        return source_of(f, item);
    default:
        return STR("");
    }
}

struct str figures_cell(const struct figures *f, size_t item, enum figures_column column,
                        struct arena *a)
{
    /* What was read may be forgotten before the caller has done with it. */
    return str_dup(a, cell_text(f, item, column, a));
}

static struct str cell(void *context, size_t item, uint32_t column, struct arena *a)
{
    return figures_cell(context, item, (enum figures_column)column, a);
}

/* --- Order ----------------------------------------------------------------------------------- */

static enum indicator_kind kind_of_column(uint32_t column)
{
    return column == FIGURES_VALUE    ? INDICATOR_LEVEL
           : column == FIGURES_CHANGE ? INDICATOR_CHANGE
           : column == FIGURES_SHARE  ? INDICATOR_SHARE
                                      : INDICATOR_RANK;
}

static const struct stored_indicator *of_column(const struct figures *f, size_t item,
                                                uint32_t column)
{
    return figure_at(f, item)->of[kind_of_column(column)];
}

/* What is ordered is mostly gone through from the first figure to the last: keys are read so many
 * at a time, and the names in them kept. */
enum { KEYS_AHEAD = 512, NAMES = 4096, NAMES_BYTES = 1 << 20 };

struct figures_keys {
    const struct figure_key *at;
    size_t n;
    struct {
        uint32_t id;
        struct str text;
    } names[2][NAMES]; /* of metrics, of words */
};

struct ahead {
    const struct figures *figures;
    uint32_t first;
};

static enum status read_keys(void *context)
{
    struct ahead *x = context;
    struct figures_keys *k = x->figures->keys;
    struct error quiet = ERROR_NONE;
    return store_figure_keys(x->figures->store, x->figures->keys_arena, x->first,
                             x->first + KEYS_AHEAD, &k->at, &k->n, &quiet);
}

static const struct figure_key *key_at(const struct figures *f, uint32_t id)
{
    struct figures_keys *k = f->keys;
    for (int again = 0; again < 2; again++) {
        size_t low = 0, high = k->n;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (k->at[middle].id < id)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < k->n && k->at[low].id == id)
            return &k->at[low];
        struct ahead x = {f, id};
        arena_reset(f->keys_arena);
        k->n = 0;
        if (again == 0 && arena_protect(f->keys_arena, read_keys, &x, NULL) != STATUS_OK)
            return NULL;
    }
    return NULL;
}

static struct str name_of(const struct figures *f, uint32_t id, bool word)
{
    struct figures_keys *k = f->keys;
    struct error quiet = ERROR_NONE;
    struct stored_metric metric = {.name = STR_INIT("")};
    struct str text = STR("");
    if (id == 0)
        return text;
    if (k->names[word][id % NAMES].id == id)
        return k->names[word][id % NAMES].text;
    if (arena_size(f->names_arena) > NAMES_BYTES) {
        arena_reset(f->names_arena);
        memset(k->names, 0, sizeof k->names);
    }
    if (word)
        store_word(f->store, f->names_arena, id, &text, &quiet);
    else if (store_metric(f->store, f->names_arena, id, &metric, &quiet) == STATUS_OK)
        text = metric.name;
    k->names[word][id % NAMES].id = id;
    k->names[word][id % NAMES].text = text;
    return text;
}

static void add_value(struct buffer *out, struct str base_unit, struct decimal base)
{
    buffer_add(out, base_unit);
    buffer_add_byte(out, 0);
    listing_key_decimal(out, base.digits, base.scale);
}

/* Values are ordered within their base unit; metrics by the name that joins their spellings. */
static bool key(void *context, size_t item, uint32_t column, struct buffer *out)
{
    const struct figures *f = context;
    if (column == FIGURES_SOURCE || f->store == NULL)
        return false;
    const struct figure_key *k = key_at(f, (uint32_t)item);
    if (k == NULL)
        return true;
    switch (column) {
    case FIGURES_METRIC:
        buffer_add(out, name_of(f, k->metric, false));
        return true;
    case FIGURES_SUBJECT:
        buffer_add(out, name_of(f, k->subject, true));
        return true;
    case FIGURES_PLACE:
        buffer_add(out, name_of(f, k->region, true));
        return true;
    case FIGURES_PERIOD:
        buffer_add(out, k->period);
        return true;
    default:
        break;
    }
    if (k->kind == kind_of_column(column)) {
        add_value(out, k->base_unit, k->base);
    } else if (k->leads) {
        const struct stored_indicator *beside = of_column(f, item, column);
        if (beside != NULL)
            add_value(out, beside->it.base_unit, beside->it.base);
    }
    return true;
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

static size_t spellings(void *context, struct arena *a, struct str word, struct str *out)
{
    const struct figures *f = context;
    return spelling_variants(a, f->lexicons, word, out, LISTING_MOST_SPELLINGS);
}

static const struct listing_ops OPS = {
    .n_columns = FIGURES_COLUMN_COUNT,
    .name = column_name,
    .cell = cell,
    .key = key,
    .label = label,
    .more = more,
    .admit = admit,
    .spellings = spellings,
};

/* --- Loading --------------------------------------------------------------------------------- */

enum status figures_open(struct figures *f, struct store *store, struct error *e)
{
    *f = (struct figures){.seen_arena = arena_new(),
                          .corrected_arena = arena_new(),
                          .slots = arena_new(),
                          .keys_arena = arena_new(),
                          .names_arena = arena_new(),
                          .store = store};
    if (f->seen_arena == NULL || f->corrected_arena == NULL || f->slots == NULL ||
        f->keys_arena == NULL || f->names_arena == NULL || !listing_open(&f->listing, &OPS, f)) {
        figures_close(f);
        return error_set(e, STATUS_NO_MEMORY, "%s", status_name(STATUS_NO_MEMORY));
    }
    f->keys = arena_new_of(f->slots, struct figures_keys);
    forget_seen(f);
    return STATUS_OK;
}

void figures_close(struct figures *f)
{
    arena_free(f->seen_arena);
    arena_free(f->corrected_arena);
    arena_free(f->slots);
    arena_free(f->keys_arena);
    arena_free(f->names_arena);
    listing_close(&f->listing);
    *f = (struct figures){0};
}

enum status figures_load(struct figures *f, const struct list_query *query, struct error *e)
{
    struct list_query rows = *query;
    enum status status = STATUS_OK;
    rows.rows = true;
    forget_seen(f);
    f->keys->n = 0; /* another library, or it changed */
    memset(f->keys->names, 0, sizeof f->keys->names);
    arena_reset(f->corrected_arena);
    f->n_corrected = 0;
    if (f->store != NULL)
        status = corrections_records(f->store, f->corrected_arena, 1u << CORRECTION_INDICATOR,
                                     &f->corrected, &f->n_corrected, e);
    listing_set_store(&f->listing, f->store, &rows);
    if (status == STATUS_OK && f->listing.error.status != STATUS_OK) {
        status = f->listing.error.status;
        if (e != NULL)
            *e = f->listing.error;
    }
    return status;
}

bool figures_corrected(const struct figures *f, size_t item)
{
    if (f->n_corrected == 0)
        return false;
    const struct figure *row = figure_at(f, item);
    for (size_t k = 0; k < INDICATOR_KIND_COUNT; k++)
        if (row->of[k] != NULL && corrections_has(f->corrected, f->n_corrected, row->of[k]->id))
            return true;
    return false;
}

size_t figures_item(const struct figures *f, uint32_t indicator)
{
    uint32_t ids[INDICATOR_KIND_COUNT];
    size_t n = 0;
    struct error quiet = ERROR_NONE;
    if (f->store == NULL || indicator == 0 ||
        store_figure(f->store, indicator, ids, &n, &quiet) != STATUS_OK || n == 0)
        return LISTING_NO_ITEM;
    return ids[0];
}

struct series_figure figures_series(struct arena *a, const struct lexicons *lexicons,
                                    const struct stored_indicator *s)
{
    struct str subject = figures_subject(a, lexicons, s->it.subject, s->it.region);
    bool home = figures_are_at_home(lexicons, s->it.metric_key, subject, s->it.region);
    return (struct series_figure){
        .metric = s->it.metric_key,
        .subject = subject,
        .region = s->it.region,
        .period = s->it.period,
        .period_resolved = s->it.period_resolved,
        .kind = s->it.kind,
        .base = s->it.base,
        .base_unit = s->it.base_unit,
        .text = with_unit(&s->it, a),
        .target = s->it.target,
        .pace = figures_pace(s->it.kind, s->it.period, s->it.basis),
        .home = home ? s->it.place.article : 0,
        .id = s->id,
    };
}

const struct figure *figures_row(const struct figures *f, size_t item)
{
    return figure_at(f, item);
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

/* The same, to live as long as `a`. */
static const struct indicator *lasting(const struct stored_indicator *s, struct arena *a)
{
    struct indicator *it = arena_new_of(a, struct indicator);
    *it = s->it;
    it->metric_key = str_dup(a, it->metric_key);
    it->subject = str_dup(a, it->subject);
    it->region = str_dup(a, it->region);
    it->period = str_dup(a, it->period);
    it->unit = str_dup(a, it->unit);
    it->base_unit = str_dup(a, it->base_unit);
    return it;
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
        const struct indicator *it = lasting(s, a);
        for (size_t k = 0; k < parts.n; k++)
            if (!same_sort(parts.at[k], it))
                return STR("");
        vector_push(a, &parts, it);
        struct decimal v = it->value;
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
