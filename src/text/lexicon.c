#include "baolan/lexicon.h"
#include "baolan/files.h"
#include "baolan/map.h"
#include "baolan/vector.h"

#include <stdio.h>

/* A trie over bytes: edges are kept in one open hash table, so that a step costs one probe. */
struct edge {
    uint32_t from; /* node, 0 the root */
    uint32_t to;   /* 0: a free slot */
    unsigned char byte;
};

struct trie {
    struct edge *edges;
    size_t n_slots, n_edges; /* n_slots is a power of two */
    uint32_t *entries;       /* of each node: index + 1 into the lexicon's entries, or 0 */
    size_t n_nodes, room_nodes;
};

struct lexicon {
    struct arena *arena;
    VECTOR(struct lexicon_entry) entries;
    VECTOR(bool) removed;
    struct map words; /* word → index in entries */
    struct trie forward, backward;
};

struct lexicons {
    struct lexicon all[LEXICON_COUNT];
    uint64_t version;
};

static struct edge *edge_of(const struct trie *t, uint32_t from, unsigned char byte)
{
    size_t i = ((size_t)from * 0x9E3779B1u + (size_t)byte * 0x85EBCA77u) >> 7 & (t->n_slots - 1);
    while (t->edges[i].to != 0 && (t->edges[i].from != from || t->edges[i].byte != byte))
        i = (i + 1) & (t->n_slots - 1);
    return &t->edges[i];
}

static void grow_edges(struct arena *a, struct trie *t)
{
    struct trie old = *t;
    t->n_slots = old.n_slots == 0 ? 64 : old.n_slots * 2;
    t->edges = arena_array(a, struct edge, t->n_slots);
    for (size_t i = 0; i < old.n_slots; i++)
        if (old.edges[i].to != 0)
            *edge_of(t, old.edges[i].from, old.edges[i].byte) = old.edges[i];
}

static uint32_t add_node(struct arena *a, struct trie *t)
{
    if (t->n_nodes == t->room_nodes) {
        size_t room = t->room_nodes == 0 ? 64 : t->room_nodes * 2;
        t->entries = arena_grow(a, t->entries, t->room_nodes * sizeof *t->entries,
                                room * sizeof *t->entries);
        t->room_nodes = room;
    }
    return (uint32_t)t->n_nodes++;
}

static void add_word(struct arena *a, struct trie *t, struct str word, bool backward,
                     uint32_t value)
{
    if (t->n_nodes == 0)
        add_node(a, t);
    uint32_t node = 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned char byte = (unsigned char)word.p[backward ? word.n - 1 - i : i];
        if (2 * (t->n_edges + 1) > t->n_slots)
            grow_edges(a, t);
        struct edge *edge = edge_of(t, node, byte);
        if (edge->to == 0) {
            *edge = (struct edge){node, add_node(a, t), byte};
            t->n_edges++;
        }
        node = edge->to;
    }
    t->entries[node] = value;
}

static void add_entry(struct lexicon *lexicon, struct str word, struct str fields)
{
    bool is_new;
    struct map_entry *known = map_put(&lexicon->words, word, &is_new);
    if (is_new) {
        known->value.number = lexicon->entries.n;
        struct lexicon_entry entry = {word, fields, lexicon->entries.n};
        vector_push(lexicon->arena, &lexicon->entries, entry);
        vector_push(lexicon->arena, &lexicon->removed, false);
    }
    struct lexicon_entry *entry = &lexicon->entries.at[known->value.number];
    entry->fields = fields;
    lexicon->removed.at[entry->index] = lexicon_flag(entry, "remove");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* The line without its comment: `#` first or after white space. */
static struct str without_comment(struct str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] == '#' && (i == 0 || is_blank(line.p[i - 1])))
            return str_sub(line, 0, i);
    return line;
}

static void read_text(struct lexicon *lexicon, struct str text)
{
    while (text.p != NULL) {
        struct str line = str_trim(without_comment(str_split(&text, '\n')));
        if (line.n == 0)
            continue;
        size_t n = 0;
        while (n < line.n && !is_blank(line.p[n]))
            n++;
        add_entry(lexicon, str_sub(line, 0, n), str_trim(str_sub(line, n, line.n)));
    }
}

/* Closes gaps that removed entries left, and builds the tries. */
static void finish(struct lexicon *lexicon)
{
    size_t kept = 0;
    for (size_t i = 0; i < lexicon->entries.n; i++) {
        if (lexicon->removed.at[i])
            continue;
        struct lexicon_entry entry = lexicon->entries.at[i];
        entry.index = kept;
        lexicon->entries.at[kept++] = entry;
    }
    lexicon->entries.n = kept;
    lexicon->words = map_in(lexicon->arena);
    for (size_t i = 0; i < kept; i++) {
        struct str word = lexicon->entries.at[i].word;
        map_put(&lexicon->words, word, NULL)->value.number = i;
        add_word(lexicon->arena, &lexicon->forward, word, false, (uint32_t)i + 1);
        add_word(lexicon->arena, &lexicon->backward, word, true, (uint32_t)i + 1);
    }
}

static const char *const file_names[LEXICON_COUNT] = {
#define X(id, file) [id] = file ".txt",
    LEXICON_TABLE(X)
#undef X
};

enum status lexicons_load(struct arena *a, const char *data, struct lexicons **out,
                          void (*warn)(void *context, const char *message), void *context,
                          struct error *e)
{
    const char *first =
        data != NULL ? path_join(a, data, "lexicons") : path_program_data(a, "lexicons");
    if (first == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (lexicons) is not installed; set BAOLAN_DATA");
    const char *folders[] = {first, "/etc/baolan/lexicons",
                             path_join(a, path_config_folder(a), "lexicons")};
    struct lexicons *all = arena_new_of(a, struct lexicons);
    for (size_t id = 0; id < LEXICON_COUNT; id++) {
        struct lexicon *lexicon = &all->all[id];
        lexicon->arena = a;
        lexicon->words = map_in(a);
        for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
            struct str text;
            struct error problem = ERROR_NONE;
            const char *path = path_join(a, folders[i], file_names[id]);
            enum status status = file_read(a, path, &text, NULL, &problem);
            if (status == STATUS_OK) {
                all->version = all->version * 31 + hash_bytes(text.p, text.n);
                read_text(lexicon, text);
            } else if (status == STATUS_NO_MEMORY) {
                return error_set(e, status, "%s", problem.message);
            } else if (status != STATUS_NOT_FOUND && warn != NULL) {
                warn(context, problem.message);
            }
        }
        finish(lexicon);
    }
    *out = all;
    return STATUS_OK;
}

const struct lexicon *lexicons_get(const struct lexicons *all, enum lexicon_id id)
{
    return &all->all[id];
}

uint64_t lexicons_version(const struct lexicons *all)
{
    return all->version;
}

const struct lexicon_entry *lexicon_match(const struct lexicon *lexicon, struct str text, size_t at,
                                          size_t *end)
{
    const struct trie *t = &lexicon->forward;
    uint32_t node = 0, best = 0;
    if (t->n_slots == 0)
        return NULL;
    for (size_t i = at; i < text.n; i++) {
        node = edge_of(t, node, (unsigned char)text.p[i])->to;
        if (node == 0)
            break;
        if (t->entries[node] != 0) {
            best = t->entries[node];
            if (end != NULL)
                *end = i + 1;
        }
    }
    return best == 0 ? NULL : &lexicon->entries.at[best - 1];
}

const struct lexicon_entry *lexicon_match_before(const struct lexicon *lexicon, struct str text,
                                                 size_t end, size_t *start)
{
    const struct trie *t = &lexicon->backward;
    uint32_t node = 0, best = 0;
    if (t->n_slots == 0 || end > text.n)
        return NULL;
    for (size_t i = end; i-- > 0;) {
        node = edge_of(t, node, (unsigned char)text.p[i])->to;
        if (node == 0)
            break;
        if (t->entries[node] != 0) {
            best = t->entries[node];
            if (start != NULL)
                *start = i;
        }
    }
    return best == 0 ? NULL : &lexicon->entries.at[best - 1];
}

const struct lexicon_entry *lexicon_find(const struct lexicon *lexicon, struct str word)
{
    const struct map_entry *entry = map_get(&lexicon->words, word);
    return entry == NULL ? NULL : &lexicon->entries.at[entry->value.number];
}

size_t lexicon_count(const struct lexicon *lexicon)
{
    return lexicon->entries.n;
}

const struct lexicon_entry *lexicon_at(const struct lexicon *lexicon, size_t i)
{
    return &lexicon->entries.at[i];
}

/* The next field of *rest. */
static struct str next_field(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && !is_blank(rest->p[n]))
        n++;
    struct str field = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    return field;
}

struct str lexicon_field(const struct lexicon_entry *entry, const char *key)
{
    struct str rest = entry->fields, wanted = str_of(key);
    for (;;) {
        struct str field = next_field(&rest);
        if (field.n == 0)
            return field;
        if (field.n > wanted.n && str_starts(field, wanted) && field.p[wanted.n] == '=')
            return str_sub(field, wanted.n + 1, field.n);
    }
}

bool lexicon_flag(const struct lexicon_entry *entry, const char *flag)
{
    struct str rest = entry->fields;
    for (;;) {
        struct str field = next_field(&rest);
        if (field.n == 0)
            return false;
        if (str_eq(field, str_of(flag)))
            return true;
    }
}
