/* `baolan completions -- WORD...`: what the last of the words after `baolan` may become, a
 * candidate a line, with a tab and what it is where there is something to say. The shells'
 * completions are thin around it (data/completions), so that all of them know the same. Han text is
 * found by pinyin too. Where files are wanted nothing is printed, which every shell takes for its
 * own files. */
#include "baolan/files.h"
#include "baolan/keymap.h"
#include "baolan/parse_stages.h"
#include "baolan/pinyin.h"
#include "baolan/query.h"
#include "baolan/store_write.h"
#include "baolan/vector.h"
#include "commands.h"
#include "output.h"
#include "ui/words.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 200 };

/* How a candidate answers the word, best first. */
enum fit { FIT_BEGINS, FIT_PINYIN, FIT_INSIDE, FIT_NONE };

struct candidate {
    struct str text, says;
    uint32_t weight; /* of two that answer alike the heavier comes first */
    enum fit fit;
};

struct completing {
    struct invocation *i;
    struct arena *arena;
    struct str word;   /* without the quotes of the shell */
    struct str before; /* of what is printed: `--metric=` where the word holds it */
    const char *library;
    struct pinyin_query pinyin;
    bool by_pinyin;
    enum fit worst; /* of what is kept */
    VECTOR(struct candidate) found;
};

static enum fit fit_of(const struct completing *c, struct str text)
{
    if (str_starts(text, c->word))
        return FIT_BEGINS;
    if (c->by_pinyin) {
        enum pinyin_rank rank = pinyin_match(&c->pinyin, text, NULL);
        if (rank == PINYIN_INSIDE || rank == PINYIN_INITIALS_INSIDE)
            return FIT_INSIDE;
        if (rank != PINYIN_NO_MATCH)
            return FIT_PINYIN;
    }
    return str_has(text, c->word) ? FIT_INSIDE : FIT_NONE;
}

static void offer(struct completing *c, struct str text, struct str says, uint32_t weight)
{
    enum fit fit = text.n == 0 ? FIT_NONE : fit_of(c, text);
    if (fit > c->worst)
        return;
    struct candidate candidate = {str_dup(c->arena, text), str_dup(c->arena, says), weight, fit};
    vector_push(c->arena, &c->found, candidate);
}

static void offer_text(struct completing *c, const char *text, const char *says)
{
    offer(c, str_of(text), str_of(says), 0);
}

static void offer_choices(struct completing *c, const char *choices, char between)
{
    struct str rest = str_of(choices);
    while (rest.p != NULL)
        offer(c, str_split(&rest, between), STR(""), 0);
}

/* What is found by pinyin: the word, where it may be that. */
static void read_pinyin(struct completing *c)
{
    struct pinyin *table;
    c->by_pinyin = c->word.n > 0 && pinyin_load(c->arena, NULL, &table, NULL) == STATUS_OK &&
                   pinyin_query_of(table, c->arena, c->word, &c->pinyin) && c->pinyin.latin;
}

static bool keep_term(struct completing *c, enum term_kind kind, enum term_kind wanted,
                      struct str term, uint32_t count)
{
    if (kind == wanted)
        offer(c, term, STR(""), count);
    return true;
}

static bool visit_name(void *context, enum term_kind kind, uint32_t id, struct str term,
                       uint32_t count)
{
    (void)id;
    return keep_term(context, kind, TERM_ENTITY, term, count);
}

static bool visit_metric(void *context, enum term_kind kind, uint32_t id, struct str term,
                         uint32_t count)
{
    (void)id;
    return keep_term(context, kind, TERM_METRIC, term, count);
}

static void visit_document(void *context, struct str path, int64_t size, int64_t modified,
                           uint32_t document)
{
    struct completing *c = context;
    (void)size;
    (void)modified;
    if (document != 0)
        offer(c, str_of(path_name(str_dup_c(c->arena, path))), STR(""), 0);
}

static void offer_names(struct completing *c, struct store *s)
{
    read_pinyin(c);
    store_each_term(s, UINT32_MAX, visit_name, c, NULL);
}

static void offer_metrics(struct completing *c, struct store *s)
{
    read_pinyin(c);
    store_each_term(s, UINT32_MAX, visit_metric, c, NULL);
}

static void offer_documents(struct completing *c, struct store *s)
{
    read_pinyin(c);
    store_each_known(s, c->arena, STR(""), visit_document, c, NULL);
}

static void from_library(struct completing *c,
                         void (*offer_all)(struct completing *, struct store *))
{
    struct library *library;
    if (library_open(c->library, &library, NULL) != STATUS_OK)
        return;
    if (library->store != NULL)
        offer_all(c, library->store);
    library_close(library);
}

static void complete_documents(struct completing *c, const struct subcommand *command)
{
    (void)command;
    from_library(c, offer_documents);
}

static void complete_metrics(struct completing *c, const struct subcommand *command)
{
    (void)command;
    from_library(c, offer_metrics);
}

static void complete_names(struct completing *c, const struct subcommand *command)
{
    (void)command;
    from_library(c, offer_names);
}

/* The fields of a query, as far as the colon. */
static void complete_query(struct completing *c, const struct subcommand *command)
{
    (void)command;
    for (int field = QUERY_TEXT + 1; field < QUERY_FIELD_COUNT && c->word.n > 0; field++)
        offer(c, str_printf(c->arena, "%s:", query_field_name((enum query_field)field)),
              str_of(query_field_help((enum query_field)field)), 0);
}

static void complete_libraries(struct completing *c, const struct subcommand *command)
{
    DIR *folder = opendir(path_cache_folder(c->arena));
    struct dirent *entry;
    (void)command;
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            offer_text(c, entry->d_name, "");
    if (folder != NULL)
        closedir(folder);
}

static void complete_kinds(struct completing *c, const struct subcommand *command)
{
    if (strcmp(command->name, "audit") == 0)
        for (int k = 0; k < FINDING_KIND_COUNT; k++)
            offer_text(c, finding_kind_name((enum finding_kind)k),
                       words_of_finding((enum finding_kind)k));
    else
        for (int k = 0; k < INDICATOR_KIND_COUNT; k++)
            offer_text(c, indicator_kind_name((enum indicator_kind)k),
                       words_of_indicator((enum indicator_kind)k));
}

static void complete_types(struct completing *c, const struct subcommand *command)
{
    (void)command;
    for (int k = 0; k < ENTITY_TYPE_COUNT; k++)
        offer_text(c, entity_type_name((enum entity_type)k), words_of_entity((enum entity_type)k));
}

static void complete_orders(struct completing *c, const struct subcommand *command)
{
    static const struct {
        enum store_list list;
        const char *name;
    } ORDERS[] = {
#define X(id, list, name) {list, name},
        ORDER_TABLE(X)
#undef X
    };
    enum store_list list = strcmp(command->name, "refs") == 0        ? LIST_ENTITIES
                           : strcmp(command->name, "proposals") == 0 ? LIST_PROPOSALS
                                                                     : LIST_DOCUMENTS;
    for (size_t k = 0; k < sizeof ORDERS / sizeof *ORDERS; k++)
        if (ORDERS[k].list == list || ORDERS[k].list == LIST_COUNT)
            offer_text(c, ORDERS[k].name, "");
}

static void complete_keys(struct completing *c, const struct subcommand *command)
{
    offer_choices(c,
                  strcmp(command->name, "refs") == 0 ? "year place document"
                                                     : "place subject metric period year",
                  ' ');
}

static void complete_encodings(struct completing *c, const struct subcommand *command)
{
    (void)command;
    for (int k = 0; k < ENCODING_COUNT; k++)
        offer_text(c, encoding_name((enum encoding)k), "");
}

static void complete_stages(struct completing *c, const struct subcommand *command)
{
    (void)command;
    offer_choices(c, "lines blocks articles", ' ');
}

static void complete_nothing(struct completing *c, const struct subcommand *command)
{
    (void)c;
    (void)command;
}

typedef void complete_what(struct completing *c, const struct subcommand *command);

/* Values of options that are neither files nor one of a|b|c. */
static complete_what *completer_of_option(const char *name)
{
    static const struct {
        const char *name;
        complete_what *complete;
    } ROWS[] = {
        {"metric", complete_metrics}, {"doc", complete_documents}, {"library", complete_libraries},
        {"kind", complete_kinds},     {"type", complete_types},    {"sort", complete_orders},
        {"by", complete_keys},        {"stage", complete_stages},  {"encoding", complete_encodings},
        {"speaker", complete_names},  {"body", complete_names},
    };
    for (size_t k = 0; k < sizeof ROWS / sizeof *ROWS; k++)
        if (strcmp(ROWS[k].name, name) == 0)
            return ROWS[k].complete;
    return complete_nothing;
}

/* Operands, by the word that help has for the first of them. */
static complete_what *completer_of_operands(const struct subcommand *command)
{
    static const struct {
        const char *operands;
        complete_what *complete;
    } ROWS[] = {
        {"[DOC]", complete_documents}, {"DOC", complete_documents}, {"METRIC", complete_metrics},
        {"[NAME]", complete_names},    {"QUERY", complete_query},
    };
    for (size_t k = 0; k < sizeof ROWS / sizeof *ROWS; k++)
        if (strncmp(command->operands, ROWS[k].operands, strlen(ROWS[k].operands)) == 0)
            return ROWS[k].complete;
    return complete_nothing;
}

/* A word of a shell's line without its quotes. */
static struct str unquoted(struct arena *a, const char *word)
{
    struct buffer out = buffer_in(a);
    char quote = '\0';
    for (; *word != '\0'; word++) {
        if (quote == '\0' && (*word == '"' || *word == '\''))
            quote = *word;
        else if (*word == quote)
            quote = '\0';
        else {
            if (*word == '\\' && quote != '\'' && word[1] != '\0')
                word++;
            buffer_add_byte(&out, *word);
        }
    }
    return buffer_str(&out);
}

/* The option that a word is, with *value what stands after a `=`, NULL where there is none. */
static const struct parameter *option_of(const struct subcommand *command, struct str word,
                                         struct str *value)
{
    *value = (struct str){NULL, 0};
    if (word.n == 2 && word.p[0] == '-' && word.p[1] != '-')
        return parameter_of_letter(command, word.p[1]);
    if (!str_starts(word, STR("--")))
        return NULL;
    struct str rest = str_sub(word, 2, word.n), name = str_split(&rest, '=');
    *value = rest;
    for (size_t k = 0; parameter_at(k) != NULL; k++)
        if (str_eq(name, str_of(parameter_at(k)->name)) &&
            parameter_is_taken(command, parameter_at(k)))
            return parameter_at(k);
    return NULL;
}

static void complete_value(struct completing *c, const struct subcommand *command,
                           const struct parameter *option)
{
    if (strchr(option->argument, '|') != NULL)
        offer_choices(c, option->argument, '|');
    else if (command != NULL || strcmp(option->name, "kind") != 0)
        completer_of_option(option->name)(c, command);
}

static void complete_options(struct completing *c, const struct subcommand *command)
{
    for (size_t k = 0; parameter_at(k) != NULL; k++)
        if (parameter_is_taken(command, parameter_at(k)))
            offer(c, str_printf(c->arena, "--%s", parameter_at(k)->name),
                  str_of(translate(parameter_at(k)->help)), 0);
}

static void complete_subcommands(struct completing *c)
{
    for (size_t k = 0; subcommand_at(k) != NULL; k++)
        if (subcommand_at(k)->help[0] != '\0')
            offer_text(c, subcommand_at(k)->name, translate(subcommand_at(k)->help));
}

/* Goes through the words before the last, and completes that. */
static void complete_words(struct completing *c, char **words, int n)
{
    const struct subcommand *command = NULL;
    const struct parameter *open = NULL; /* waits for its value */
    bool plain = false;                  /* a path or operand stood before */
    struct str value = {NULL, 0};
    for (int k = 0; k + 1 < n; k++) {
        struct str word = unquoted(c->arena, words[k]);
        if (str_eq(word, STR("="))) /* bash parts --metric=NAME in three */
            continue;
        if (open != NULL) {
            if (strcmp(open->name, "library") == 0)
                c->library = str_dup_c(c->arena, word);
            open = NULL;
            continue;
        }
        const struct parameter *option = option_of(command, word, &value);
        if (option != NULL && option->argument != NULL && value.p == NULL)
            open = option;
        else if (option == NULL && command == NULL && !plain)
            plain = (command = subcommand_named(str_dup_c(c->arena, word))) == NULL;
    }
    struct str last = n > 0 ? unquoted(c->arena, words[n - 1]) : STR("");
    c->word = str_eq(last, STR("=")) ? STR("") : last;
    const struct parameter *option = option_of(command, last, &value);
    if (open == NULL && option != NULL && option->argument != NULL && value.p != NULL) {
        c->before = str_sub(last, 0, (size_t)(value.p - last.p));
        c->word = value;
        open = option;
    }
    if (open != NULL)
        complete_value(c, command, open);
    else if (str_starts(c->word, STR("-")))
        complete_options(c, command);
    else if (command != NULL)
        completer_of_operands(command)(c, command);
    else if (!plain)
        complete_subcommands(c);
}

static int compare(const void *left, const void *right)
{
    const struct candidate *x = left, *y = right;
    if (x->fit != y->fit)
        return x->fit < y->fit ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return str_cmp(x->text, y->text);
}

int command_completions(struct invocation *i)
{
    struct completing c = {
        .i = i, .arena = i->arena, .library = i->library, .worst = FIT_INSIDE, .before = STR("")};
    complete_words(&c, i->operands, i->n_operands);
    if (c.found.n > 1)
        qsort(c.found.at, c.found.n, sizeof *c.found.at, compare);
    for (size_t k = 0; k < c.found.n && k < MOST; k++) {
        const struct candidate *it = &c.found.at[k];
        /* What only holds the word is of use where nothing begins with it. */
        if (it->fit == FIT_INSIDE && c.found.at[0].fit != FIT_INSIDE)
            break;
        if (k > 0 && str_eq(it->text, c.found.at[k - 1].text))
            continue;
        print_clean(c.before);
        print_clean(it->text);
        if (it->says.n > 0) {
            putchar('\t');
            print_clean(it->says);
        }
        putchar('\n');
    }
    return c.found.n > 0 ? EXIT_FOUND : EXIT_NOTHING;
}
