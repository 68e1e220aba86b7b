#include "app/listing.h"

#include "baolan/match.h"
#include "baolan/numeral.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

/* Items of the source that are read at once; rows merged in the time that one is looked at; items
 * that are looked at before a key has its answer. */
enum { PAGE = 256, MERGED = 16, FIRST = 512 };

/* Bytes of a text that tell its order. */
enum { TEXT_MOST = 240 };

struct filter_word {
    struct str text; /* as typed, without - and COLUMN: */
    struct pattern patterns[1 + LISTING_MOST_SPELLINGS];
    size_t n_patterns;
    uint32_t column; /* LISTING_NO_COLUMN: anywhere */
    bool refused;
    bool latin; /* may be pinyin */
    struct pinyin_query letters;
};

/* What is asked, and how far the answer has come. */
struct listing_scan {
    VECTOR(struct filter_word) words;
    struct list_query query; /* the source in the order in which it is gone through */
    struct ordering *from;   /* rows that are narrowed first; NULL: none */
    uint32_t from_row, from_group;
    bool group_ended;  /* the next that is admitted begins a group */
    bool read;         /* the source, to its end */
    uint32_t after;    /* the last item of the source that was read */
    bool respelled;    /* some word stands for other spellings too */
    struct str folded; /* text of the item in hand; p == NULL: not yet made */
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

/* What a word stands for: itself, then its other spellings. */
static void add_patterns(struct listing *l, struct filter_word *w)
{
    struct str others[LISTING_MOST_SPELLINGS];
    size_t n =
        l->ops->spellings == NULL ? 0 : l->ops->spellings(l->context, l->kept, w->text, others);
    w->patterns[w->n_patterns++] = pattern_of(l->kept, w->text, true);
    for (size_t i = 0; i < n; i++)
        w->patterns[w->n_patterns++] = pattern_of(l->kept, others[i], true);
}

static void read_filter(struct listing *l, struct listing_scan *s)
{
    struct str text = l->filter;
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
        add_patterns(l, &w);
        s->respelled = s->respelled || w.n_patterns > 1;
        w.latin = l->pinyin != NULL && pinyin_query_of(l->pinyin, l->kept, word, &w.letters) &&
                  w.letters.latin;
        vector_push(l->kept, &s->words, w);
    }
}

/* All that an item says, folded, cells parted by a line feed so that no word matches across. */
static struct str folded_text(struct listing *l, size_t item)
{
    struct str *known = &l->scan->folded;
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

static bool stands_in(const struct filter_word *w, struct str folded)
{
    struct span where;
    bool found = false;
    for (size_t i = 0; i < w->n_patterns && !found; i++)
        found = pattern_find(&w->patterns[i], folded, 0, &where);
    return found;
}

static bool word_admits(struct listing *l, const struct filter_word *w, size_t item)
{
    if (w->column != LISTING_NO_COLUMN) {
        struct str text = fold_str(l->words, cell(l, item, w->column, l->words));
        return stands_in(w, text) || (w->latin && sounds_like(l, w, item));
    }
    int said = l->ops->admit != NULL ? l->ops->admit(l->context, item, w->text) : -1;
    if (said >= 0)
        return said == 1;
    return stands_in(w, folded_text(l, item)) || (w->latin && sounds_like(l, w, item));
}

bool listing_admits(struct listing *l, size_t item)
{
    struct listing_scan *s = l->scan;
    bool admits = true;
    if (s == NULL || s->words.n == 0)
        return true;
    struct arena_mark mark = arena_mark(l->words);
    s->folded = (struct str){NULL, 0};
    for (size_t i = 0; i < s->words.n && admits; i++)
        admits = word_admits(l, &s->words.at[i], item) != s->words.at[i].refused;
    arena_release(l->words, mark);
    return admits;
}

/* --- Sort ------------------------------------------------------------------------------------ */

void listing_key_number(struct buffer *out, uint64_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buffer_add_byte(out, (char)(number >> shift & 0xFF));
}

/* Sign, the number of digits before the point, the digits; turned round where it is negative. */
void listing_key_decimal(struct buffer *out, int64_t digits, int32_t scale)
{
    char text[24];
    struct decimal d = decimal_reduce((struct decimal){digits, scale});
    uint64_t size = d.digits < 0 ? 0 - (uint64_t)d.digits : (uint64_t)d.digits;
    int n = 0, turn = d.digits < 0 ? 0xFF : 0;
    for (; size > 0; size /= 10)
        text[n++] = (char)('1' + size % 10);
    int32_t before = n == 0 ? 0 : n - d.scale + 0x4000;
    buffer_add_byte(out, (char)(d.digits < 0 ? 1 : n == 0 ? 2 : 3));
    buffer_add_byte(out, (char)((before >> 8 & 0xFF) ^ turn));
    buffer_add_byte(out, (char)((before & 0xFF) ^ turn));
    while (n > 0)
        buffer_add_byte(out, (char)(text[--n] ^ turn));
    buffer_add_byte(out, (char)turn);
}

/* One part of a key: empty ones last; ended so that none is the beginning of another. */
static void end_part(struct buffer *key, size_t from, bool descending)
{
    size_t most = from + 1 + TEXT_MOST;
    key->n = key->n < most ? key->n : most;
    key->p[from] = key->n == from + 1 ? 2 : 1;
    buffer_add_byte(key, 0);
    for (size_t i = from + 1; descending && i < key->n; i++)
        key->p[i] = (char)~key->p[i];
}

static bool add_own_key(struct listing *l, size_t item, uint32_t column, struct buffer *key)
{
    return l->ops->key != NULL && l->ops->key(l->context, item, column, key);
}

/* The key of an item: its label's, then that of the column that is sorted by. */
static struct str key_of(struct listing *l, size_t item, size_t *group_n)
{
    struct buffer key = buffer_in(l->words);
    *group_n = 0;
    if (l->group != LISTING_NO_COLUMN) {
        buffer_add_byte(&key, 0);
        if (!add_own_key(l, item, l->group, &key))
            buffer_add(&key, l->ops->label != NULL
                                 ? l->ops->label(l->context, item, l->group, l->words)
                                 : cell(l, item, l->group, l->words));
        end_part(&key, 0, false);
        *group_n = key.n;
    }
    if (l->sort != LISTING_NO_COLUMN) {
        buffer_add_byte(&key, 0);
        if (!add_own_key(l, item, l->sort, &key))
            buffer_add(&key, cell(l, item, l->sort, l->words));
        end_part(&key, *group_n, l->descending);
    }
    return buffer_str(&key);
}

/* --- Steps ----------------------------------------------------------------------------------- */

/* The next items of the rows that are narrowed. */
static size_t read_rows(struct listing_scan *s, uint32_t *items, bool *groups)
{
    size_t n = 0;
    for (; n < PAGE && s->from_row < s->from->n_items; n++, s->from_row++) {
        groups[n] = s->from_group < s->from->n_groups &&
                    ordering_group(s->from, s->from_group) == s->from_row;
        s->from_group += groups[n];
        items[n] = ordering_item(s->from, s->from_row);
    }
    if (s->from_row == s->from->n_items) {
        s->read = s->read || s->from->whole;
        ordering_begin(s->from, false);
        s->from = NULL;
    }
    return n;
}

/* The next items of the source. */
static size_t read_source(struct listing *l, uint32_t *items)
{
    struct listing_scan *s = l->scan;
    size_t n = 0;
    if (l->store == NULL) {
        for (; n < PAGE && s->after < l->n_items; n++)
            items[n] = s->after++;
    } else if (store_list(l->store, &s->query, (struct list_from){.after = s->after}, items, PAGE,
                          &n, &l->error) != STATUS_OK) {
        n = 0;
    } else if (n > 0) {
        s->after = items[n - 1];
    }
    s->read = n < PAGE;
    return n;
}

static void look_at(struct listing *l, size_t item, bool begins_group)
{
    struct listing_scan *s = l->scan;
    struct arena_mark mark = arena_mark(l->words);
    s->group_ended = s->group_ended || begins_group;
    if (listing_admits(l, item)) {
        size_t group_n = s->group_ended;
        struct str key = l->order->sorted ? key_of(l, item, &group_n) : STR("");
        ordering_add(l->order, (uint32_t)item, key, group_n, &l->error);
        s->group_ended = false;
    }
    arena_release(l->words, mark);
}

static size_t look_at_page(struct listing *l)
{
    uint32_t items[PAGE];
    bool groups[PAGE] = {false};
    bool again = l->scan->from != NULL;
    size_t n = again ? read_rows(l->scan, items, groups) : read_source(l, items);
    for (size_t i = 0; i < n && l->error.status == STATUS_OK; i++)
        look_at(l, items[i], groups[i]);
    l->seen += again ? 0 : n;
    return n;
}

static void count_rows(struct listing *l)
{
    l->n_shown = l->order->n_items;
    l->n_rows = (size_t)l->order->n_items + l->order->n_groups;
}

void listing_step(struct listing *l, size_t most)
{
    for (size_t done = 0; l->pending && done < most;) {
        if (!l->scan->read || l->scan->from != NULL) {
            done += look_at_page(l) + 1;
        } else {
            ordering_merge(l->order, (most - done) * MERGED, &l->error);
            l->pending = !l->order->whole;
            done = most;
        }
        l->pending = l->pending && l->error.status == STATUS_OK;
        count_rows(l);
    }
}

void listing_finish(struct listing *l)
{
    while (l->pending)
        listing_step(l, SIZE_MAX / MERGED);
}

/* --- What is shown ---------------------------------------------------------------------------- */

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

/* Whether the source can be gone through in the order that is asked for. */
static bool source_order(const struct listing *l, struct list_query *query)
{
    *query = l->query;
    if (l->sort == LISTING_NO_COLUMN)
        return true;
    query->descending = l->descending;
    return l->store != NULL && l->ops->order != NULL && l->ops->order(l->context, l->sort, query);
}

/* The rows are those of the source. */
static void take_source(struct listing *l, const struct list_query *query)
{
    l->order = NULL;
    l->pending = false;
    if (l->store != NULL &&
        paging_read(&l->paging, l->pages, l->store, query, &l->error) == STATUS_OK)
        l->n_items = l->paging.count;
    else if (l->store != NULL)
        l->n_items = 0;
    l->n_rows = l->n_shown = l->seen = l->n_items;
}

/* The rows that are there are those that a filter typed on may leave. */
static bool may_narrow(const struct listing *l, struct str filter)
{
    if (l->order == NULL || !narrows(l->filter, filter))
        return false;
    return l->order->whole || (!l->order->sorted && l->scan->from == NULL);
}

/* Makes the rows anew; `narrow` where they are among those that are there. */
static void make(struct listing *l, struct str filter, bool narrow)
{
    struct listing_scan before = {0};
    struct list_query query;
    if (narrow)
        before = *l->scan;
    struct str typed = str_dup(l->words, filter);
    arena_reset(l->kept);
    l->filter = str_dup(l->kept, typed);
    arena_reset(l->words);
    l->error = ERROR_NONE;
    l->scan = arena_new_of(l->kept, struct listing_scan);
    read_filter(l, l->scan);
    /* What another spelling admits need not be among what a part of the word did. */
    narrow = narrow && !l->scan->respelled;
    struct ordering *from = narrow ? l->order : NULL;
    bool in_order = source_order(l, &query);
    for (int i = 0; i < 2; i++)
        if (&l->orders[i] != from)
            ordering_begin(&l->orders[i], false);
    if (in_order && l->group == LISTING_NO_COLUMN && l->scan->words.n == 0) {
        take_source(l, &query);
        return;
    }
    bool sorted = !in_order || l->group != LISTING_NO_COLUMN;
    l->order = from == &l->orders[0] ? &l->orders[1] : &l->orders[0];
    ordering_begin(l->order, sorted && !narrow);
    l->scan->query = in_order ? query : l->query;
    l->scan->from = from;
    l->scan->read = narrow && before.read;
    l->scan->after = before.after;
    l->seen = narrow ? l->seen : 0;
    l->pending = true;
    listing_step(l, FIRST);
    if (l->pending && ordering_show(l->order, &l->error) == STATUS_OK)
        count_rows(l);
}

bool listing_open(struct listing *l, const struct listing_ops *ops, void *context)
{
    *l = (struct listing){.ops = ops,
                          .context = context,
                          .kept = arena_new(),
                          .words = arena_new(),
                          .pages = arena_new(),
                          .sort = LISTING_NO_COLUMN,
                          .group = LISTING_NO_COLUMN};
    if (l->kept != NULL && l->words != NULL && l->pages != NULL && ordering_open(&l->orders[0]) &&
        ordering_open(&l->orders[1]))
        return true;
    listing_close(l);
    return false;
}

void listing_close(struct listing *l)
{
    ordering_close(&l->orders[0]);
    ordering_close(&l->orders[1]);
    arena_free(l->kept);
    arena_free(l->words);
    arena_free(l->pages);
    *l = (struct listing){0};
}

void listing_set_items(struct listing *l, size_t n_items)
{
    l->store = NULL;
    l->n_items = n_items;
    make(l, l->filter, false);
}

void listing_set_store(struct listing *l, struct store *store, const struct list_query *query)
{
    bool exact;
    uint64_t count = 0;
    l->store = store;
    l->query = *query;
    l->n_items = 0;
    make(l, l->filter, false);
    if (l->order == NULL || store == NULL)
        return;
    store_list_count(store, query, UINT32_MAX, &count, &exact, &l->error);
    l->n_items = (size_t)count;
}

void listing_set_filter(struct listing *l, struct str filter)
{
    make(l, filter, may_narrow(l, filter));
}

void listing_set(struct listing *l, struct str filter, uint32_t sort, bool descending,
                 uint32_t group)
{
    l->sort = sort < l->ops->n_columns ? sort : LISTING_NO_COLUMN;
    l->group = group < l->ops->n_columns ? group : LISTING_NO_COLUMN;
    l->descending = descending;
    make(l, filter, false);
}

void listing_set_sort(struct listing *l, uint32_t column, bool descending)
{
    listing_set(l, l->filter, column, descending, l->group);
}

void listing_set_group(struct listing *l, uint32_t column)
{
    listing_set(l, l->filter, l->sort, l->descending, column);
}

/* --- Rows ------------------------------------------------------------------------------------ */

/* The last group whose label stands at the row or before it. */
static uint32_t group_at(const struct listing *l, size_t row)
{
    uint32_t low = 0, high = l->order->n_groups;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((size_t)ordering_group(l->order, middle) + middle <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The item of a row where there are no labels. */
static size_t item_at(const struct listing *l, size_t row)
{
    if (l->order != NULL)
        return ordering_item(l->order, (uint32_t)row);
    return l->store == NULL ? row : paging_id((struct paging *)&l->paging, row);
}

struct listing_row listing_row_at(const struct listing *l, size_t row)
{
    if (l->order == NULL || l->order->n_groups == 0) {
        size_t item = item_at(l, row);
        return (struct listing_row){.item = item, .first = item};
    }
    uint32_t group = group_at(l, row), first = ordering_group(l->order, group);
    if (row > (size_t)first + group) {
        size_t item = item_at(l, row - group - 1);
        return (struct listing_row){.item = item, .first = item};
    }
    uint32_t end =
        group + 1 < l->order->n_groups ? ordering_group(l->order, group + 1) : l->order->n_items;
    return (struct listing_row){
        .item = LISTING_NO_ITEM, .first = item_at(l, first), .count = l->pending ? 0 : end - first};
}

struct str listing_label(const struct listing *l, const struct listing_row *row, struct arena *a)
{
    return l->ops->label != NULL ? l->ops->label(l->context, row->first, l->group, a)
                                 : cell(l, row->first, l->group, a);
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
    if (item == LISTING_NO_ITEM || item >= UINT32_MAX)
        return SIZE_MAX;
    if (l->order == NULL && l->store == NULL)
        return item < l->n_rows ? item : SIZE_MAX;
    if (l->order == NULL)
        return paging_row((struct paging *)&l->paging, (uint32_t)item);
    uint32_t row = ordering_row(l->order, (uint32_t)item), low = 0, high = l->order->n_groups;
    if (row == UINT32_MAX)
        return SIZE_MAX;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (ordering_group(l->order, middle) <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return (size_t)row + low;
}

void listing_expect(struct listing *l, size_t item, size_t row)
{
    if (item != LISTING_NO_ITEM && item < UINT32_MAX)
        paging_expect(&l->paging, (uint32_t)item, row);
}
