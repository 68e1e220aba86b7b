#include "baolan/lexicon.h"
#include "baolan/files.h"
#include "baolan/map.h"
#include "baolan/trie.h"
#include "baolan/vector.h"

#include <stdio.h>

/* A lexicon while its files are read. */
struct reading {
    struct arena *arena;
    VECTOR(struct lexicon_entry) entries;
    VECTOR(bool) removed;
    struct map words; /* word → index in entries */
};

struct lexicons {
    struct lexicon all[LEXICON_COUNT];
    struct name_ends names;
    uint64_t version;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* A bit for the name of each field. */
static uint64_t names_of(struct str fields)
{
    uint64_t names = 0;
    for (size_t i = 0; i < fields.n;) {
        size_t start = i, end;
        while (i < fields.n && !is_blank(fields.p[i]) && fields.p[i] != '=')
            i++;
        end = i;
        while (i < fields.n && !is_blank(fields.p[i]))
            i++;
        while (i < fields.n && is_blank(fields.p[i]))
            i++;
        if (end > start)
            names |= lexicon_name_bit(fields.p + start, end - start);
    }
    return names;
}

static void add_entry(struct reading *r, struct str word, struct str fields)
{
    bool is_new;
    struct map_entry *known = map_put(&r->words, word, &is_new);
    if (is_new) {
        known->value.number = r->entries.n;
        struct lexicon_entry entry = {.word = word, .index = r->entries.n};
        vector_push(r->arena, &r->entries, entry);
        vector_push(r->arena, &r->removed, false);
    }
    struct lexicon_entry *entry = &r->entries.at[known->value.number];
    entry->fields = fields;
    entry->names = names_of(fields);
    r->removed.at[entry->index] = lexicon_flag(entry, "remove");
}

/* The line without its comment: `#` first or after white space. */
static struct str without_comment(struct str line)
{
    const char *end = line.p + line.n;
    for (const char *at = line.p; (at = memchr(at, '#', (size_t)(end - at))) != NULL; at++)
        if (at == line.p || is_blank(at[-1]))
            return str_sub(line, 0, (size_t)(at - line.p));
    return line;
}

static size_t count_lines(struct str text)
{
    const char *end = text.p + text.n;
    size_t n = 1;
    for (const char *at = text.p; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        n++;
    return n;
}

static void read_text(struct reading *r, struct str text)
{
    size_t most = text.n == 0 ? 0 : count_lines(text);
    vector_reserve(r->arena, &r->entries, most);
    vector_reserve(r->arena, &r->removed, most);
    while (text.p != NULL) {
        struct str line = str_trim(without_comment(str_split(&text, '\n')));
        if (line.n == 0)
            continue;
        size_t n = 0;
        while (n < line.n && !is_blank(line.p[n]))
            n++;
        add_entry(r, str_sub(line, 0, n), str_trim(str_sub(line, n, line.n)));
    }
}

/* The tries that a lexicon is asked through. */
enum { FORWARD = 1, BACKWARD = 2 };

/* Closes gaps that removed entries left, and builds the tries that are asked for. */
static void finish(struct reading *r, struct lexicon *lexicon, unsigned tries)
{
    size_t kept = 0;
    lexicon->forward = trie_in(r->arena, false);
    lexicon->backward = trie_in(r->arena, true);
    for (size_t i = 0; i < r->entries.n; i++) {
        struct lexicon_entry entry = r->entries.at[i];
        r->words.at[i].value.number = r->removed.at[i] ? STR_NONE : kept;
        if (r->removed.at[i])
            continue;
        entry.index = kept;
        if (entry.word.n > lexicon->longest)
            lexicon->longest = entry.word.n;
        entry.role = lexicon_field(&entry, "role");
        if (entry.role.n == 0)
            entry.role = lexicon_field(&entry, "kind");
        if (entry.role.n == 0)
            entry.role = lexicon_field(&entry, "class");
        if ((tries & BACKWARD) != 0)
            trie_add(&lexicon->backward, entry.word, (uint32_t)kept);
        if ((tries & FORWARD) != 0)
            trie_add(&lexicon->forward, entry.word, (uint32_t)kept);
        r->entries.at[kept++] = entry;
    }
    lexicon->words = r->words;
    lexicon->entries = r->entries.at;
    lexicon->n = kept;
    if ((tries & BACKWARD) != 0)
        trie_finish(&lexicon->backward);
    trie_finish(&lexicon->forward);
}

static const char *const file_names[LEXICON_COUNT] = {
#define X(id, file) [id] = file ".txt",
    LEXICON_TABLE(X)
#undef X
};

#define FOLDERS 3

/* Where lexicons stand, the first that is read first; folders[0] is NULL where the program's data
 * is not installed. */
static void find_folders(struct arena *a, const char *data, const char *folders[FOLDERS])
{
    folders[0] = data != NULL ? path_join(a, data, "lexicons") : path_program_data(a, "lexicons");
    folders[1] = path_join(a, path_system_folder(), "lexicons");
    folders[2] = path_join(a, path_config_folder(a), "lexicons");
}

static enum status read_lexicon_file(struct arena *a, const char *folder, size_t id,
                                     struct str *text, uint64_t *version, struct error *e)
{
    enum status status = file_read(a, path_join(a, folder, file_names[id]), text, NULL, e);
    if (status == STATUS_OK)
        *version = *version * 31 + hash_bytes(text->p, text->n);
    return status;
}

/* Reads one lexicon into its place among all. */
static enum status read_lexicon(struct arena *a, struct lexicons *all, size_t id, unsigned tries,
                                const char *const folders[FOLDERS],
                                void (*warn)(void *context, const char *message), void *context,
                                struct error *e)
{
    struct reading reading = {.arena = a, .words = map_in(a)};
    for (size_t i = 0; i < FOLDERS; i++) {
        struct str text;
        struct error problem = ERROR_NONE;
        enum status status = read_lexicon_file(a, folders[i], id, &text, &all->version, &problem);
        if (status == STATUS_OK)
            read_text(&reading, text);
        else if (status == STATUS_NO_MEMORY)
            return error_set(e, status, "%s", problem.message);
        else if (status != STATUS_NOT_FOUND && warn != NULL)
            warn(context, problem.message);
    }
    finish(&reading, &all->all[id], tries);
    return STATUS_OK;
}

static const enum lexicon_id NAME_LEXICONS[NAME_LEXICON_COUNT] = {
#define X(id, lexicon) [id] = lexicon,
    NAME_LEXICON_TABLE(X)
#undef X
};

/* The longest of the words that end a name is found in one walk: the others that end there end it
 * too, so that they are known beforehand. */
static void find_name_ends(struct arena *a, struct lexicons *all)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < NAME_LEXICON_COUNT; i++)
        n += all->all[NAME_LEXICONS[i]].n;
    struct name_end *ends = arena_array(a, struct name_end, n);
    all->names = (struct name_ends){trie_in(a, true), ends};
    for (size_t i = 0; i < NAME_LEXICON_COUNT; i++) {
        const struct lexicon *lexicon = &all->all[NAME_LEXICONS[i]];
        for (size_t k = 0; k < lexicon->n; k++, at++) {
            struct str word = lexicon->entries[k].word;
            trie_add(&all->names.trie, word, (uint32_t)at);
            for (size_t j = 0; j < NAME_LEXICON_COUNT; j++)
                ends[at].entries[j] =
                    lexicon_match_before(&all->all[NAME_LEXICONS[j]], word, word.n, NULL);
        }
    }
    trie_finish(&all->names.trie);
}

enum status lexicons_load(struct arena *a, const char *data, struct lexicons **out,
                          void (*warn)(void *context, const char *message), void *context,
                          struct error *e)
{
    const char *folders[FOLDERS];
    find_folders(a, data, folders);
    if (folders[0] == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (lexicons) is not installed; set BAOLAN_DATA");
    struct lexicons *all = arena_new_of(a, struct lexicons);
    for (size_t id = 0; id < LEXICON_COUNT; id++) {
        unsigned tries = id == LEXICON_WORDS ? BACKWARD : FORWARD | BACKWARD;
        enum status status = read_lexicon(a, all, id, tries, folders, warn, context, e);
        if (status != STATUS_OK)
            return status;
    }
    find_name_ends(a, all);
    *out = all;
    return STATUS_OK;
}

enum status lexicons_load_figures(struct arena *a, const char *data, struct lexicons **out,
                                  struct error *e)
{
    static const bool wanted[LEXICON_COUNT] = {
        [LEXICON_UNITS] = true,     [LEXICON_QUALIFIERS] = true, [LEXICON_LABELS] = true,
        [LEXICON_VERBS] = true,     [LEXICON_CHANGES] = true,    [LEXICON_METRICS] = true,
        [LEXICON_SPELLINGS] = true,
    };
    const char *folders[FOLDERS], *none[FOLDERS] = {NULL};
    find_folders(a, data, folders);
    if (folders[0] == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (lexicons) is not installed; set BAOLAN_DATA");
    struct lexicons *all = arena_new_of(a, struct lexicons);
    for (size_t id = 0; id < LEXICON_COUNT; id++) {
        enum status status = read_lexicon(a, all, id, FORWARD | BACKWARD,
                                          wanted[id] ? folders : none, NULL, NULL, e);
        if (status != STATUS_OK)
            return status;
    }
    *out = all;
    return STATUS_OK;
}

enum status lexicon_load(struct arena *a, const char *data, enum lexicon_id id,
                         const struct lexicon **out, struct error *e)
{
    const char *folders[FOLDERS];
    find_folders(a, data, folders);
    if (folders[0] == NULL)
        return error_set(e, STATUS_NOT_FOUND,
                         "the program's data (lexicons) is not installed; set BAOLAN_DATA");
    struct lexicons *all = arena_new_of(a, struct lexicons);
    *out = &all->all[id];
    return read_lexicon(a, all, id, FORWARD, folders, NULL, NULL, e);
}

uint64_t lexicons_read_version(struct arena *a, const char *data)
{
    const char *folders[FOLDERS];
    uint64_t version = 0;
    find_folders(a, data, folders);
    for (size_t id = 0; id < LEXICON_COUNT && folders[0] != NULL; id++)
        for (size_t i = 0; i < FOLDERS; i++) {
            struct arena_mark mark = arena_mark(a);
            struct str text;
            read_lexicon_file(a, folders[i], id, &text, &version, NULL);
            arena_release(a, mark);
        }
    return version;
}

/* Adds the stamp of a path; false where nothing stands there. */
static bool add_stamp(const char *path, uint64_t *hash, int64_t *newest)
{
    struct file_stamp stamp;
    if (file_stamp(path, &stamp, NULL) != STATUS_OK)
        return false;
    const uint64_t parts[] = {*hash, (uint64_t)stamp.size, (uint64_t)stamp.modified, stamp.device,
                              stamp.inode};
    *hash = hash_bytes(path, strlen(path)) ^ hash_bytes(parts, sizeof parts);
    if (stamp.modified > *newest)
        *newest = stamp.modified;
    return true;
}

uint64_t lexicons_stamp(struct arena *a, const char *data, int64_t *newest)
{
    const char *folders[FOLDERS];
    uint64_t hash = 0;
    *newest = 0;
    find_folders(a, data, folders);
    for (size_t i = 0; i < FOLDERS; i++) {
        struct arena_mark mark = arena_mark(a);
        /* Of a person's own lexicons, which few have, one look suffices. */
        bool stands = folders[i] != NULL && add_stamp(folders[i], &hash, newest);
        for (size_t id = 0; id < LEXICON_COUNT && stands; id++)
            add_stamp(path_join(a, folders[i], file_names[id]), &hash, newest);
        arena_release(a, mark);
    }
    return hash;
}

const struct lexicon *lexicons_get(const struct lexicons *all, enum lexicon_id id)
{
    return &all->all[id];
}

const struct name_ends *lexicons_name_ends(const struct lexicons *all)
{
    return &all->names;
}

uint64_t lexicons_version(const struct lexicons *all)
{
    return all->version;
}

const struct lexicon_entry *lexicon_find_word(const struct lexicon *lexicon, struct str word)
{
    const struct map_entry *found = map_get(&lexicon->words, word);
    return found == NULL || found->value.number == STR_NONE
               ? NULL
               : &lexicon->entries[found->value.number];
}

size_t lexicon_count(const struct lexicon *lexicon)
{
    return lexicon->n;
}

const struct lexicon_entry *lexicon_at(const struct lexicon *lexicon, size_t i)
{
    return &lexicon->entries[i];
}

/* The field that begins with name and goes on with `next` (0: ends there): what stands behind that;
 * its p is NULL where there is none. */
static inline struct str find_named(const struct lexicon_entry *entry, const char *name, char next)
{
    const char *p = entry->fields.p, *end = p + entry->fields.n;
    while (p < end) {
        const char *left = name;
        while (p < end && is_blank(*p))
            p++;
        for (; p < end && *left != '\0' && *p == *left; p++)
            left++;
        const char *from = p;
        while (p < end && !is_blank(*p))
            p++;
        bool goes_on = from < p;
        if (*left == '\0' && left != name && goes_on == (next != 0) && (!goes_on || *from == next))
            return (struct str){from + goes_on, (size_t)(p - from) - goes_on};
    }
    return (struct str){NULL, 0};
}

struct str lexicon_find_field(const struct lexicon_entry *entry, const char *key)
{
    return find_named(entry, key, '=');
}

bool lexicon_find_flag(const struct lexicon_entry *entry, const char *flag)
{
    return find_named(entry, flag, '\0').p != NULL;
}
