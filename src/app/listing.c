#include "app/listing.h"

#include "baolan/buffer.h"
#include "baolan/match.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

/* Items whose folded texts are kept; of longer lists each filter makes them anew. */
enum { FOLDED_MOST = 4096 };

struct filter_word {
    struct str text; /* as typed, without - and COLUMN: */
    struct pattern pattern;
    uint32_t column; /* LISTING_NO_COLUMN: anywhere */
    bool refused;
    bool latin; /* may be pinyin */
    struct pinyin_query letters;
};

struct filter {
    VECTOR(struct filter_word) words;
};

/* One that the filter admitted, while a list is gone through. */
struct scanned {
    uint64_t group, rank; /* 0: empty, which stands last */
    uint32_t item;
};

struct listing_scan {
    struct filter filter;
    VECTOR(struct scanned) found;
    struct str folded; /* of the item in hand */
    struct str label;  /* of the last, where labels have no rank */
    uint64_t labels;
};

static struct str cell(const struct listing *l, size_t item, uint32_t column, struct arena *a)
{
    return l->ops->cell(l->context, item, column, a);
}

/* --- Filter ---------------------------------------------------------------------------------- */

static struct str next_word(struct str text, size_t *at)
{
    size_t start = *at;
    while (*at < text.n) {
        size_t before = *at;
        bool space = point_is_space(utf8_next(text, at));
        if (space && before > start)
            return str_sub(text, start, before);
        if (space)
            start = *at;
    }
    return str_sub(text, start, text.n);
}

static struct filter read_filter(struct listing *l, struct str text)
{
    struct filter f = {0};
    for (size_t at = 0; at < text.n;) {
        struct str word = next_word(text, &at);
        struct filter_word w = {.column = LISTING_NO_COLUMN};
        if (word.n > 1 && word.p[0] == '-') {
            w.refused = true;
            word = str_sub(word, 1, word.n);
        }
        size_t colon = str_find(word, STR(":"), 0);
        if (colon != STR_NONE && colon > 0 && colon + 1 < word.n)
            w.column = listing_column(l, str_sub(word, 0, colon));
        if (w.column != LISTING_NO_COLUMN)
            word = str_sub(word, colon + 1, word.n);
        if (word.n == 0)
            continue;
        w.text = word;
        w.pattern = pattern_of(l->kept, word, true);
        w.latin = l->pinyin != NULL && pinyin_query_of(l->pinyin, l->kept, word, &w.letters) &&
                  w.letters.latin;
        vector_push(l->kept, &f.words, w);
    }
    return f;
}

/* All that an item says, folded, cells parted by a line feed so that no word matches across. */
static struct str folded_text(struct listing *l, size_t item)
{
    struct str *known = l->scan != NULL     ? &l->scan->folded
                        : l->folded != NULL ? &l->folded[item]
                                            : &l->hand;
    if (known->p != NULL)
        return *known;
    struct buffer all = buffer_in(l->words);
    for (uint32_t i = 0; i < l->ops->n_columns; i++) {
        buffer_add(&all, cell(l, item, i, l->words));
        buffer_add_c(&all, "\n|\n");
    }
    if (l->ops->more != NULL)
        buffer_add(&all, l->ops->more(l->context, item, l->words));
    *known = fold_str(l->words, buffer_str(&all));
    return *known;
}

/* Whether a text may have Han characters: counts and dates are not asked for their sound. */
static bool has_wide(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0xE0)
            return true;
    return false;
}

/* Whether a cell answers letters as pinyin. */
static bool sounds_like(struct listing *l, const struct filter_word *w, size_t item)
{
    uint32_t from = w->column == LISTING_NO_COLUMN ? 0 : w->column;
    uint32_t to = w->column == LISTING_NO_COLUMN ? l->ops->n_columns : w->column + 1;
    struct arena_mark mark = arena_mark(l->words);
    bool found = false;
    for (uint32_t i = from; i < to && !found; i++) {
        struct str text = cell(l, item, i, l->words);
        found = has_wide(text) && pinyin_match(&w->letters, text, NULL) != PINYIN_NO_MATCH;
    }
    arena_release(l->words, mark);
    return found;
}

static bool word_admits(struct listing *l, const struct filter_word *w, size_t item)
{
    struct span found;
    if (w->column != LISTING_NO_COLUMN) {
        struct arena_mark mark = arena_mark(l->words);
        struct str text = fold_str(l->words, cell(l, item, w->column, l->words));
        bool has = pattern_find(&w->pattern, text, 0, &found);
        arena_release(l->words, mark);
        return has || (w->latin && sounds_like(l, w, item));
    }
    int said = l->ops->admit != NULL ? l->ops->admit(l->context, item, w->text) : -1;
    if (said >= 0)
        return said == 1;
    return pattern_find(&w->pattern, folded_text(l, item), 0, &found) ||
           (w->latin && sounds_like(l, w, item));
}

static bool filter_admits(struct listing *l, const struct filter *f, size_t item)
{
    for (size_t i = 0; i < f->words.n; i++)
        if (word_admits(l, &f->words.at[i], item) == f->words.at[i].refused)
            return false;
    return true;
}

/* --- Sort ------------------------------------------------------------------------------------ */

/* What sorting compares: texts are asked for once an item, not once a comparison. */
struct sort_key {
    size_t item;
    struct str group, text;
    uint64_t rank;
};

static int compare_ranks(uint64_t a, uint64_t b, bool descending)
{
    if ((a == 0) != (b == 0))
        return a == 0 ? 1 : -1;
    int order = (a > b) - (a < b);
    return descending ? -order : order;
}

static uint64_t rank_of(const struct listing *l, size_t item, uint32_t column)
{
    if (column == LISTING_NO_COLUMN || l->ops->rank == NULL)
        return LISTING_NO_RANK;
    return l->ops->rank(l->context, item, column);
}

static int compare_text(struct str a, struct str b, bool descending)
{
    if ((a.n == 0) != (b.n == 0))
        return a.n == 0 ? 1 : -1;
    int order = str_cmp(a, b);
    return descending ? -order : order;
}

static int compare_keys(const struct listing *l, const struct sort_key *a, const struct sort_key *b)
{
    int order = 0;
    if (l->group != LISTING_NO_COLUMN) {
        order = compare_text(a->group, b->group, false);
        if (order != 0)
            return order;
    }
    if (l->sort == LISTING_NO_COLUMN)
        return a->item < b->item ? -1 : 1;
    bool ranked = l->ops->compare == NULL && a->rank != LISTING_NO_RANK && a->rank != b->rank;
    if (ranked) {
        order = compare_ranks(a->rank, b->rank, l->descending);
    } else if (l->ops->compare == NULL || a->text.n == 0 || b->text.n == 0) {
        order = compare_text(a->text, b->text, l->descending);
    } else {
        order = l->ops->compare(l->context, a->item, b->item, l->sort);
        order = l->descending ? -order : order;
    }
    return order != 0 ? order : a->item < b->item ? -1 : 1;
}

/* Merges [from, middle) and [middle, to) of keys through spare. */
static void merge(const struct listing *l, struct sort_key *keys, struct sort_key *spare,
                  size_t from, size_t middle, size_t to)
{
    size_t left = from, right = middle;
    for (size_t i = from; i < to; i++) {
        bool take_left =
            left < middle && (right >= to || compare_keys(l, &keys[left], &keys[right]) <= 0);
        spare[i] = take_left ? keys[left++] : keys[right++];
    }
    memcpy(keys + from, spare + from, (to - from) * sizeof *keys);
}

/* A merge sort: stable, and n log n whatever the items say. */
static void sort_keys(const struct listing *l, struct sort_key *keys, size_t n)
{
    struct sort_key *spare = arena_array(l->kept, struct sort_key, n + 1);
    for (size_t width = 1; width < n; width *= 2)
        for (size_t from = 0; from + width < n; from += 2 * width)
            merge(l, keys, spare, from, from + width, from + 2 * width < n ? from + 2 * width : n);
}

/* --- Rows ------------------------------------------------------------------------------------ */

static struct sort_key key_of(struct listing *l, size_t item)
{
    struct sort_key key = {.item = item};
    if (l->group != LISTING_NO_COLUMN)
        key.group = l->ops->label != NULL ? l->ops->label(l->context, item, l->group, l->kept)
                                          : cell(l, item, l->group, l->kept);
    if (l->sort != LISTING_NO_COLUMN)
        key.text = cell(l, item, l->sort, l->kept);
    key.rank = rank_of(l, item, l->sort);
    return key;
}

static void make_rows(struct listing *l, const struct sort_key *keys, size_t n)
{
    VECTOR(struct listing_row) rows = {0};
    size_t group = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        bool grouped = l->group != LISTING_NO_COLUMN;
        if (grouped && (i == 0 || !str_eq(keys[i].group, keys[i - 1].group))) {
            group = rows.n;
            vector_push(l->kept, &rows, ((struct listing_row){LISTING_NO_ITEM, keys[i].group, 0}));
        }
        if (grouped)
            rows.at[group].count++;
        vector_push(l->kept, &rows, ((struct listing_row){.item = keys[i].item}));
    }
    l->rows = rows.at;
    l->n_rows = rows.n;
    l->n_shown = n;
}

/* --- Lists that are gone through ---------------------------------------------------------------
 */

void listing_scan_begin(struct listing *l)
{
    arena_reset(l->words);
    l->whole = true;
    l->order = NULL;
    l->groups = NULL;
    l->n_items = l->n_rows = l->n_shown = l->n_groups = 0;
    l->scan = arena_new_of(l->words, struct listing_scan);
    l->scan->filter = read_filter(l, l->filter);
}

/* The rank of the label that the item in hand stands under: where a column has none, the order in
 * which labels come. */
static uint64_t group_of(struct listing *l, size_t item)
{
    struct listing_scan *s = l->scan;
    uint64_t rank = rank_of(l, item, l->group);
    if (l->group == LISTING_NO_COLUMN || rank != LISTING_NO_RANK)
        return rank;
    struct arena_mark mark = arena_mark(l->words);
    struct str label = cell(l, item, l->group, l->words);
    bool same = s->labels > 0 && str_eq(label, s->label);
    arena_release(l->words, mark);
    if (!same) {
        s->label = str_dup(l->words, cell(l, item, l->group, l->words));
        s->labels++;
    }
    return s->labels;
}

void listing_scan_add(struct listing *l, uint32_t item)
{
    struct listing_scan *s = l->scan;
    struct arena_mark mark = arena_mark(l->words);
    s->folded = (struct str){NULL, 0};
    bool admitted = filter_admits(l, &s->filter, item);
    arena_release(l->words, mark);
    if (!admitted)
        return;
    uint64_t group = group_of(l, item);
    struct scanned found = {group, rank_of(l, item, l->sort), item};
    vector_push(l->words, &s->found, found);
}

static bool stands_before(const struct listing *l, const struct scanned *a, const struct scanned *b)
{
    int order = compare_ranks(a->group, b->group, false);
    if (order == 0)
        order = compare_ranks(a->rank, b->rank, l->descending);
    return order <= 0;
}

/* A merge sort, stable as the one above. */
static void sort_scanned(const struct listing *l, struct scanned *found, struct scanned *spare,
                         size_t n)
{
    if (n < 2)
        return;
    size_t middle = n / 2, left = 0, right = middle;
    sort_scanned(l, found, spare, middle);
    sort_scanned(l, found + middle, spare, n - middle);
    for (size_t i = 0; i < n; i++) {
        bool take_left =
            left < middle && (right >= n || stands_before(l, &found[left], &found[right]));
        spare[i] = take_left ? found[left++] : found[right++];
    }
    memcpy(found, spare, n * sizeof *found);
}

void listing_scan_end(struct listing *l)
{
    struct listing_scan *s = l->scan;
    size_t n = s->found.n;
    VECTOR(struct listing_group) groups = {0};
    sort_scanned(l, s->found.at, arena_array(l->words, struct scanned, n + 1), n);
    uint32_t *order = arena_array(l->words, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool first = i == 0 || s->found.at[i].group != s->found.at[i - 1].group;
        if (first && l->group != LISTING_NO_COLUMN)
            vector_push(l->words, &groups, (struct listing_group){.first = i});
        order[i] = s->found.at[i].item;
    }
    l->order = order;
    l->groups = groups.at;
    l->n_groups = groups.n;
    l->n_items = l->n_shown = n;
    l->n_rows = n + groups.n;
    l->scan = NULL;
}

/* The last group whose label stands at the row or before it. */
static size_t group_at(const struct listing *l, size_t row)
{
    size_t low = 0, high = l->n_groups;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (l->groups[middle].first + middle <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct listing_row listing_row_at(const struct listing *l, size_t row)
{
    if (!l->whole)
        return l->rows[row];
    if (l->order == NULL || l->n_groups == 0)
        return (struct listing_row){.item = l->order == NULL ? row : l->order[row]};
    size_t group = group_at(l, row), first = l->groups[group].first;
    if (row > first + group)
        return (struct listing_row){.item = l->order[row - group - 1]};
    size_t end = group + 1 < l->n_groups ? l->groups[group + 1].first : l->n_items;
    struct str *label = &l->groups[group].label;
    uint32_t item = l->order[first];
    if (label->p == NULL)
        *label = l->ops->label != NULL ? l->ops->label(l->context, item, l->group, l->words)
                                       : cell(l, item, l->group, l->words);
    return (struct listing_row){LISTING_NO_ITEM, *label, end - first};
}

/* --- What is shown -----------------------------------------------------------------------------
 */

/* Whether what a filter admits, one that begins as it does and is typed on admits no more of: a
 * word was added, or the last, which is plain Chinese, became longer. */
static bool narrows(struct str before, struct str filter)
{
    if (before.n == 0 || filter.n <= before.n || !str_starts(filter, before))
        return false;
    size_t from = before.n, last = 0;
    for (size_t at = from; at > 0; from = at) {
        last = utf8_previous(before, &at);
        if (point_is_space((uint32_t)last))
            break;
    }
    bool whole = from == before.n || point_is_space(utf8_at(filter, before.n));
    for (size_t at = from; !whole && at < filter.n;) {
        uint32_t c = utf8_next(filter, &at);
        if (point_is_space(c))
            return true;
        if (!point_is_han(c))
            return false;
    }
    return true;
}

/* The items that are shown, in the words' arena; *n of them. */
static size_t *items_shown(struct listing *l, size_t *n)
{
    size_t *items = arena_array(l->words, size_t, l->n_shown + 1);
    *n = 0;
    for (size_t i = 0; i < l->n_rows; i++)
        if (l->rows[i].item != LISTING_NO_ITEM && *n < l->n_shown)
            items[(*n)++] = l->rows[i].item;
    return items;
}

/* Whether the filter admits an item whose text is not kept. */
static bool admits_in_hand(struct listing *l, const struct filter *f, size_t item)
{
    if (l->folded != NULL)
        return filter_admits(l, f, item);
    struct arena_mark mark = arena_mark(l->words);
    l->hand = (struct str){NULL, 0};
    bool admitted = filter_admits(l, f, item);
    arena_release(l->words, mark);
    return admitted;
}

/* Everything made of the filter, which lives in the arena that is reset, is copied across. */
static void make(struct listing *l, struct str filter)
{
    struct arena_mark mark = arena_mark(l->words);
    struct str typed = str_dup(l->words, filter);
    bool narrow = !l->whole && l->folded == NULL && l->rows != NULL && narrows(l->filter, typed);
    size_t n_items = l->n_items, n = 0;
    const size_t *items = narrow ? items_shown(l, &n_items) : NULL;
    arena_reset(l->kept);
    l->filter = str_dup(l->kept, typed);
    if (items == NULL)
        arena_release(l->words, mark);
    if (l->whole) {
        l->rows = NULL;
        l->n_rows = l->n_items + l->n_groups;
        l->n_shown = l->n_items;
        return;
    }
    struct filter f = read_filter(l, l->filter);
    struct sort_key *keys = arena_array(l->kept, struct sort_key, n_items + 1);
    for (size_t i = 0; i < n_items; i++) {
        size_t item = items != NULL ? items[i] : i;
        if (admits_in_hand(l, &f, item))
            keys[n++] = key_of(l, item);
    }
    if (items != NULL)
        arena_release(l->words, mark);
    if (l->sort != LISTING_NO_COLUMN || l->group != LISTING_NO_COLUMN)
        sort_keys(l, keys, n);
    make_rows(l, keys, n);
}

void listing_begin(struct listing *l, const struct listing_ops *ops, void *context,
                   struct arena *kept, struct arena *words)
{
    *l = (struct listing){.ops = ops,
                          .context = context,
                          .kept = kept,
                          .words = words,
                          .sort = LISTING_NO_COLUMN,
                          .group = LISTING_NO_COLUMN};
}

void listing_set_whole(struct listing *l, size_t n_items)
{
    arena_reset(l->words);
    l->n_items = n_items;
    l->folded = NULL;
    l->order = NULL;
    l->groups = NULL;
    l->n_groups = 0;
    l->whole = true;
    make(l, l->filter);
}

void listing_set_items(struct listing *l, size_t n_items)
{
    l->whole = false;
    arena_reset(l->words);
    l->n_items = n_items;
    l->folded = n_items <= FOLDED_MOST ? arena_array(l->words, struct str, n_items + 1) : NULL;
    l->rows = NULL;
    make(l, l->filter);
}

void listing_touch(struct listing *l, size_t item)
{
    if (item < l->n_items && !l->whole && l->folded != NULL)
        l->folded[item] = (struct str){NULL, 0};
}

void listing_set_filter(struct listing *l, struct str filter)
{
    make(l, filter);
}

void listing_set_sort(struct listing *l, uint32_t column, bool descending)
{
    l->sort = column < l->ops->n_columns ? column : LISTING_NO_COLUMN;
    l->descending = descending;
    make(l, l->filter);
}

void listing_set_group(struct listing *l, uint32_t column)
{
    l->group = column < l->ops->n_columns ? column : LISTING_NO_COLUMN;
    make(l, l->filter);
}

uint32_t listing_column(const struct listing *l, struct str name)
{
    for (uint32_t i = 0; i < l->ops->n_columns; i++)
        if (str_eq(str_of(l->ops->name(i, false)), name) ||
            str_eq(str_of(l->ops->name(i, true)), name))
            return i;
    struct str names[LISTING_MOST_COLUMNS];
    size_t n = l->ops->n_columns < LISTING_MOST_COLUMNS ? l->ops->n_columns : LISTING_MOST_COLUMNS;
    for (uint32_t i = 0; i < n; i++)
        names[i] = str_of(l->ops->name(i, true));
    size_t chosen =
        l->pinyin == NULL ? SIZE_MAX : pinyin_choose(l->pinyin, l->words, name, names, n);
    return chosen == SIZE_MAX ? LISTING_NO_COLUMN : (uint32_t)chosen;
}

size_t listing_row_of(const struct listing *l, size_t item)
{
    if (l->whole && l->order == NULL)
        return item < l->n_rows ? item : SIZE_MAX;
    for (size_t i = 0, group = 0; l->whole && i < l->n_items; i++) {
        group += group < l->n_groups && l->groups[group].first == i;
        if (l->order[i] == item)
            return i + group;
    }
    for (size_t i = 0; !l->whole && i < l->n_rows; i++)
        if (l->rows[i].item == item)
            return i;
    return SIZE_MAX;
}
