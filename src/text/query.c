#include "baolan/query.h"

#include "baolan/message.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

struct parser {
    struct arena *arena;
    struct str text;
    size_t at;
    bool typing;
    struct query_problem *problem;
};

static const struct {
    const char *name, *help;
} fields[] = {
#define X(id, name, help) {name, help},
    QUERY_FIELD_TABLE(X)
#undef X
};

const char *query_field_name(enum query_field field)
{
    return field < QUERY_FIELD_COUNT ? fields[field].name : "";
}

const char *query_field_help(enum query_field field)
{
    return field < QUERY_FIELD_COUNT ? translate(fields[field].help) : "";
}

static const struct {
    const char *form, *help;
} forms[] = {
#define X(form, help) {form, help},
    QUERY_FORM_TABLE(X)
#undef X
};
enum { FORMS = sizeof forms / sizeof *forms };

/* The first field is the text itself, which needs no name. */
size_t query_help_count(void)
{
    return FORMS + QUERY_FIELD_COUNT - 1;
}

struct str query_help_form(struct arena *a, size_t index)
{
    return index < FORMS ? str_of(forms[index].form)
                         : str_printf(a, "%s:", fields[index - FORMS + 1].name);
}

const char *query_help_text(size_t index)
{
    return index < FORMS ? translate(forms[index].help)
                         : query_field_help((enum query_field)(index - FORMS + 1));
}

static bool fail(struct parser *p, size_t start, size_t end, enum message what)
{
    p->problem->span = (struct span){start, end};
    p->problem->message = str_of(message(what));
    return false;
}

/* The ASCII sign that a character stands for, or the character. */
static uint32_t plain(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    if (c == 0x201C || c == 0x201D || c == 0x300C || c == 0x300D)
        return '"';
    return c;
}

/* The sign at the parser's place, and the byte after it; 0 at the end. */
static uint32_t peek(const struct parser *p, size_t *next)
{
    size_t at = p->at;
    uint32_t c = plain(utf8_next(p->text, &at));
    *next = at;
    return c;
}

static void skip_space(struct parser *p)
{
    size_t next;
    while (p->at < p->text.n && point_is_space(peek(p, &next)))
        p->at = next;
}

/* The comparison that stands here, moving past its sign. */
static enum query_compare read_compare(struct parser *p)
{
    size_t next;
    uint32_t c = peek(p, &next);
    if (c != '>' && c != '<' && c != '=' && c != 0x2265 && c != 0x2264)
        return COMPARE_NONE;
    p->at = next;
    if (c == 0x2265 || c == 0x2264)
        return c == 0x2265 ? COMPARE_FROM : COMPARE_TO;
    bool equal = c != '=' && peek(p, &next) == '=';
    if (equal)
        p->at = next;
    if (c == '=')
        return COMPARE_EQUAL;
    if (c == '>')
        return equal ? COMPARE_FROM : COMPARE_ABOVE;
    return equal ? COMPARE_TO : COMPARE_BELOW;
}

/* The number of a comparison; letters and Han after it are its unit. */
static bool read_value(struct parser *p, struct query_term *term, size_t sign)
{
    skip_space(p);
    size_t start = p->at, next;
    bool digit = false;
    for (; p->at < p->text.n; p->at = next) {
        uint32_t c = peek(p, &next);
        if (point_is_space(c))
            break;
        digit = digit || point_is_digit(c);
    }
    term->value_span = (struct span){start, p->at};
    term->value = span_of(p->text, term->value_span);
    return digit || fail(p, sign, p->at, MESSAGE_QUERY_NUMBER);
}

/* The field whose name and colon stand here, moving past them. */
static bool read_field(struct parser *p, struct query_term *term)
{
    size_t end = p->at, next = end;
    if (peek(p, &next) == '@' && next < p->text.n && !point_is_space(utf8_at(p->text, next))) {
        term->field = QUERY_ASSIGNED;
        p->at = next;
        return true;
    }
    next = end;
    while (next < p->text.n && point_is_latin(utf8_next(p->text, &next)))
        end = next;
    next = end;
    if (end == p->at || plain(utf8_next(p->text, &next)) != ':')
        return true;
    struct str name = fold_str(p->arena, str_sub(p->text, p->at, end));
    for (size_t i = 1; i < QUERY_FIELD_COUNT; i++)
        if (str_eq(name, str_of(fields[i].name))) {
            term->field = (enum query_field)i;
            p->at = next;
            return true;
        }
    /* http://… is a word; another name before a colon is a slip. */
    if (next < p->text.n && p->text.p[next] == '/')
        return true;
    return fail(p, p->at, next, MESSAGE_QUERY_FIELD);
}

static bool read_quoted(struct parser *p, struct query_term *term, size_t open)
{
    size_t start = p->at, next = start;
    while (p->at < p->text.n && peek(p, &next) != '"')
        p->at = next;
    term->quoted = true;
    term->words_span = (struct span){start, p->at};
    if (p->at >= p->text.n)
        return p->typing || fail(p, open, p->text.n, MESSAGE_QUERY_QUOTE);
    p->at = next;
    return true;
}

static void read_word(struct parser *p, struct query_term *term)
{
    size_t start = p->at, next;
    for (; p->at < p->text.n; p->at = next) {
        uint32_t c = peek(p, &next);
        if (point_is_space(c) || c == '"')
            break;
        if (term->field == QUERY_METRIC && (c == '>' || c == '<' || c == '='))
            break;
    }
    term->words_span = (struct span){start, p->at};
}

/* Makes the pattern of a term's words; they must hold something that can be searched. */
static bool finish_words(struct parser *p, struct query_term *term)
{
    struct str words = span_of(p->text, term->words_span);
    bool star = !term->quoted && words.n > 1 && words.p[words.n - 1] == '*';
    bool going_on = p->typing && !term->quoted && p->at == p->text.n;
    term->words = star ? str_sub(words, 0, words.n - 1) : words;
    struct pattern *pattern = arena_new_of(p->arena, struct pattern);
    *pattern = pattern_of(p->arena, term->words, star || going_on);
    term->patterns = pattern;
    term->n_patterns = 1;
    if (str_trim(term->words).n == 0)
        return fail(p, term->span.start, p->at, MESSAGE_QUERY_EMPTY);
    bool indexed = term->field != QUERY_DATE && term->field != QUERY_TYPE &&
                   term->field != QUERY_DOCUMENT && term->field != QUERY_MARK &&
                   term->field != QUERY_BY && term->field != QUERY_ASSIGNED;
    if (indexed && !pattern_has_tokens(pattern))
        return fail(p, term->span.start, p->at, MESSAGE_QUERY_MARKS);
    return true;
}

/* metric:WORDS may have its comparison at once. */
static bool read_own_compare(struct parser *p, struct query_term *term)
{
    size_t sign = p->at;
    if (term->field != QUERY_METRIC)
        return true;
    term->compare = read_compare(p);
    return term->compare == COMPARE_NONE || read_value(p, term, sign);
}

static bool read_term(struct parser *p, struct query_term *term)
{
    size_t next, start = p->at;
    *term = (struct query_term){.span = {start, start}};
    if (peek(p, &next) == '-' && next < p->text.n && !point_is_space(utf8_at(p->text, next))) {
        term->negated = true;
        p->at = next;
    }
    size_t sign = p->at;
    term->compare = read_compare(p);
    if (term->compare != COMPARE_NONE) {
        term->field = QUERY_METRIC;
        if (!read_value(p, term, sign))
            return false;
        term->span.end = p->at;
        return true;
    }
    if (!read_field(p, term))
        return false;
    size_t open = p->at;
    if (peek(p, &next) == '"') {
        p->at = next;
        if (!read_quoted(p, term, open))
            return false;
    } else {
        read_word(p, term);
    }
    if (!finish_words(p, term) || !read_own_compare(p, term))
        return false;
    term->span.end = p->at;
    return true;
}

/* True where OR or | stands here as a word; moves past it. */
static bool read_or(struct parser *p)
{
    static const char *const words[] = {"OR", "|"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t end = p->at + strlen(words[i]);
        if (str_eq(str_sub(p->text, p->at, end), str_of(words[i])) &&
            (end >= p->text.n || point_is_space(utf8_at(p->text, end)))) {
            p->at = end;
            return true;
        }
    }
    return false;
}

struct terms {
    struct query_term *at;
    size_t n, room;
};

/* A bare comparison belongs to the metric before it. */
static void add_term(struct parser *p, struct terms *terms, const struct query_term *term)
{
    struct query_term *last = terms->n > 0 ? &vector_last(terms) : NULL;
    bool bare = term->compare != COMPARE_NONE && term->words.n == 0 && !term->negated;
    if (bare && last != NULL && last->field == QUERY_METRIC && last->compare == COMPARE_NONE) {
        last->compare = term->compare;
        last->value = term->value;
        last->value_span = term->value_span;
        last->span.end = term->span.end;
        return;
    }
    vector_push(p->arena, terms, *term);
}

static bool has_positive(const struct terms *terms)
{
    for (size_t i = 0; i < terms->n; i++)
        if (!terms->at[i].negated)
            return true;
    return false;
}

/* The terms up to OR or the end; *more: an OR follows them. */
static bool read_clause(struct parser *p, struct terms *terms, bool *more)
{
    *more = false;
    for (skip_space(p); p->at < p->text.n; skip_space(p)) {
        struct query_term term;
        size_t start = p->at;
        if (read_or(p)) {
            *more = true;
            return terms->n > 0 || fail(p, start, p->at, MESSAGE_QUERY_BEFORE_OR);
        }
        if (!read_term(p, &term))
            return false;
        add_term(p, terms, &term);
    }
    return true;
}

static bool read_clauses(struct parser *p, struct query *out)
{
    VECTOR(struct query_clause) clauses = {0};
    for (bool more = true; more;) {
        struct terms terms = {0};
        size_t start = p->at;
        if (!read_clause(p, &terms, &more))
            return false;
        if (terms.n == 0 && clauses.n > 0 && !p->typing)
            return fail(p, start, p->text.n, MESSAGE_QUERY_AFTER_OR);
        if (terms.n > 0 && !has_positive(&terms))
            return fail(p, terms.at[0].span.start, p->at, MESSAGE_QUERY_NEGATIVE);
        if (terms.n > 0)
            vector_push(p->arena, &clauses, ((struct query_clause){terms.at, (uint32_t)terms.n}));
    }
    out->clauses = clauses.at;
    out->n_clauses = (uint32_t)clauses.n;
    return true;
}

enum status query_parse(struct arena *a, struct str text, bool typing, struct query *out,
                        struct query_problem *problem)
{
    struct parser p = {a, text, 0, typing, problem};
    *out = (struct query){.text = text};
    *problem = (struct query_problem){{0, 0}, {NULL, 0}};
    if (text.n > QUERY_MOST) {
        fail(&p, QUERY_MOST, text.n, MESSAGE_QUERY_LONG);
        return STATUS_BAD_INPUT;
    }
    if (!read_clauses(&p, out))
        return STATUS_BAD_INPUT;
    return out->n_clauses == 0 ? STATUS_NOT_FOUND : STATUS_OK;
}

size_t query_highlights(const struct query *q, struct arena *a, bool titles, struct pattern **out)
{
    VECTOR(struct pattern) found = {0};
    for (uint32_t i = 0; i < q->n_clauses; i++)
        for (uint32_t k = 0; k < q->clauses[i].n_terms; k++) {
            const struct query_term *t = &q->clauses[i].terms[k];
            bool wanted = t->field == QUERY_TEXT || t->field == QUERY_NAME ||
                          (titles && t->field == QUERY_TITLE);
            for (uint32_t m = 0; wanted && !t->negated && m < t->n_patterns; m++)
                vector_push(a, &found, t->patterns[m]);
        }
    *out = found.at;
    return found.n;
}
