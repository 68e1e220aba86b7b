/* A figure is weighed by how much of the question stands in its metric, its subject and place, its
 * sentence, and by its period. The question is not parsed: pieces of it of two characters or more
 * are looked for in what is known, longest first, so that spaces make no difference. */
#include "baolan/answer.h"

#include "baolan/fold.h"
#include "baolan/layout.h"
#include "baolan/lexicon.h"
#include "baolan/utf8.h"
#include "baolan/vector.h"

#include <stdlib.h>

enum {
    MOST_METRICS = 60,     /* that are looked through */
    MOST_FIGURES = 400,    /* of one metric, the latest first */
    MOST_FORMS = 6,        /* of a question with pinyin in it */
    MOST_FINALISTS = 60,   /* whose sentences are read */
    LONGEST_QUESTION = 64, /* characters */
};

/* A question in one of its forms: its characters without spaces and marks, and the period in it. */
struct question {
    uint32_t points[LONGEST_QUESTION];
    size_t n;
    char period[16];              /* 2023, 2023H1, …: what stored periods begin with */
    bool place[LONGEST_QUESTION]; /* characters that name some figure's place */
};

static bool is_year(const uint32_t *p, size_t left)
{
    for (size_t i = 0; i < 4; i++)
        if (left < 4 || !point_is_digit(p[i]))
            return false;
    return (left == 4 || !point_is_digit(p[4])) && (p[0] == '1' || p[0] == '2') &&
           (p[1] == '9' || p[1] == '0');
}

/* A part of a year after it, as stored periods have it; *length is its characters. */
static const char *part_of_year(const uint32_t *p, size_t left, size_t *length)
{
    static const struct {
        const char *words, *stored;
    } parts[] = {{"上半年", "H1"},   {"下半年", "H2"},   {"第一季度", "Q1"}, {"第二季度", "Q2"},
                 {"第三季度", "Q3"}, {"第四季度", "Q4"}, {"一季度", "Q1"},   {"二季度", "Q2"},
                 {"三季度", "Q3"},   {"四季度", "Q4"},   {"h1", "H1"},       {"h2", "H2"},
                 {"q1", "Q1"},       {"q2", "Q2"},       {"q3", "Q3"},       {"q4", "Q4"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct str words = str_of(parts[i].words);
        size_t k = 0;
        bool same = true;
        for (size_t at = 0; at < words.n && same; k++)
            same = k < left && utf8_next(words, &at) == p[k];
        if (same) {
            *length = k;
            return parts[i].stored;
        }
    }
    *length = 0;
    return "";
}

/* Takes the period out of the question's characters. */
static void take_period(struct question *q)
{
    for (size_t i = 0; i < q->n; i++) {
        size_t length, end = i + 4;
        if ((i > 0 && point_is_digit(q->points[i - 1])) || !is_year(q->points + i, q->n - i))
            continue;
        end += end < q->n && q->points[end] == U'年';
        const char *part = part_of_year(q->points + end, q->n - end, &length);
        for (size_t k = 0; k < 4; k++)
            q->period[k] = (char)q->points[i + k];
        memcpy(q->period + 4, part, strlen(part) + 1);
        end += length;
        memmove(q->points + i, q->points + end, (q->n - end) * sizeof *q->points);
        q->n -= end - i;
        return;
    }
}

static void add_points(struct question *q, struct arena *a, struct str text)
{
    struct str folded = fold_str(a, text);
    for (size_t at = 0; at < folded.n && q->n < LONGEST_QUESTION;) {
        uint32_t c = utf8_next(folded, &at);
        if (point_class(c) > CLASS_SPACE)
            q->points[q->n++] = c;
    }
}

/* The forms of a question: as written, and with each word of letters as what its pinyin may be. */
static size_t forms_of(struct finder *f, struct arena *a, struct str text, struct question *out)
{
    struct query query;
    struct query_problem problem;
    size_t n = 0;
    for (size_t form = 0; form < MOST_FORMS; form++) {
        struct question *q = &out[n];
        bool changed = false;
        memset(q, 0, sizeof *q);
        if (finder_parse(f, a, text, false, &query, &problem, NULL) != STATUS_OK ||
            query.n_clauses == 0) {
            add_points(q, a, text);
        } else {
            for (uint32_t i = 0; i < query.clauses[0].n_terms; i++) {
                const struct query_term *t = &query.clauses[0].terms[i];
                bool other = form > 0 && form < t->n_patterns;
                changed = changed || other;
                add_points(q, a, other ? t->patterns[form].text : t->words);
            }
        }
        if (form > 0 && !changed)
            break;
        take_period(q);
        n++;
    }
    return n;
}

/* Where the characters of word stand in the question, or q->n. */
static size_t find_points(const struct question *q, const uint32_t *word, size_t n)
{
    for (size_t i = 0; n > 0 && i + n <= q->n; i++)
        if (memcmp(q->points + i, word, n * sizeof *word) == 0)
            return i;
    return q->n;
}

/* The question with bytes of it replaced: n characters from `at` on by key. */
static struct question replaced(const struct question *q, size_t at, size_t n,
                                const struct question *key)
{
    struct question out = *q;
    size_t rest = q->n - at - n;
    if (at + key->n + rest > LONGEST_QUESTION)
        return out;
    memcpy(out.points + at, key->points, key->n * sizeof *key->points);
    memcpy(out.points + at + key->n, q->points + at + n, rest * sizeof *q->points);
    out.n = at + key->n + rest;
    return out;
}

/* Adds a form with the name under which figures are kept for the one that was asked for, as the
 * lexicon of metrics joins them (GDP is 地区生产总值); the longest that stands in the question. */
static size_t add_known_name(struct finder *f, struct arena *a, struct question *forms, size_t n)
{
    const struct lexicons *all = finder_lexicons(f);
    const struct lexicon *metrics = all == NULL ? NULL : lexicons_get(all, LEXICON_METRICS);
    struct question word, key, best = {.n = 0};
    size_t longest = 0;
    for (size_t i = 0; metrics != NULL && n < MOST_FORMS && i < lexicon_count(metrics); i++) {
        const struct lexicon_entry *entry = lexicon_at(metrics, i);
        struct arena_mark mark = arena_mark(a);
        word.n = key.n = 0;
        add_points(&word, a, entry->word);
        add_points(&key, a, lexicon_field(entry, "key"));
        arena_release(a, mark);
        size_t at = find_points(&forms[0], word.points, word.n);
        if (word.n <= longest || at == forms[0].n)
            continue;
        longest = word.n;
        best.n = 0;
        if (key.n > 0)
            best = replaced(&forms[0], at, word.n, &key);
    }
    if (best.n > 0)
        forms[n++] = best;
    return n;
}

/* Which characters of the question stand in text, in pieces of two or more, longest first; marks
 * them in `covered` and returns how many are new. */
static size_t cover(const struct question *q, struct str text, bool *covered)
{
    uint32_t points[256];
    size_t n = 0, fresh = 0;
    for (size_t at = 0; at < text.n && n < sizeof points / sizeof *points;)
        points[n++] = utf8_next(text, &at);
    for (size_t i = 0; i + 1 < q->n;) {
        size_t best = 0;
        for (size_t k = 0; k + 1 < n; k++) {
            size_t length = 0;
            while (i + length < q->n && k + length < n &&
                   q->points[i + length] == points[k + length])
                length++;
            best = length > best ? length : best;
        }
        if (best < 2) {
            i++;
            continue;
        }
        for (size_t k = i; k < i + best; k++) {
            fresh += !covered[k];
            covered[k] = true;
        }
        i += best;
    }
    return fresh;
}

struct candidate {
    uint32_t id; /* of a metric, or of an indicator */
    double score;
    bool whole; /* all of the metric's name stands in the question */
};

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

struct metric_search {
    const struct question *forms;
    size_t n_forms;
    struct arena *arena;
    VECTOR(struct candidate) found;
};

static bool visit_metric(void *context, enum term_kind kind, uint32_t id, struct str term,
                         uint32_t count)
{
    struct metric_search *m = context;
    double best = 0;
    bool whole = false;
    if (kind != TERM_METRIC)
        return true;
    struct arena_mark mark = arena_mark(m->arena);
    struct str name = fold_str(m->arena, term);
    size_t length = utf8_count(name);
    for (size_t i = 0; i < m->n_forms; i++) {
        bool covered[LONGEST_QUESTION] = {false};
        double fresh = (double)cover(&m->forms[i], name, covered);
        /* A name that is wholly asked for before one that only begins alike. */
        double score = fresh + fresh / (double)(length + 1);
        whole = whole || fresh >= (double)length;
        best = score > best ? score : best;
    }
    arena_release(m->arena, mark);
    if (best >= 2) {
        struct candidate c = {id, best + (count > 20 ? 0.02 : count * 0.001), whole};
        vector_push(m->arena, &m->found, c);
    }
    return true;
}

/* How well a figure answers, and whether it is not known to be of the place and time asked for. */
struct fit {
    double score;
    bool elsewhere;
};

/* How well a figure answers: what of the question its metric covers counts most, then its subject
 * and place, then its sentence and the document's title. */
static struct fit weigh(const struct question *q, struct arena *a, const struct indicator *it,
                        struct str sentence, struct str title)
{
    bool covered[LONGEST_QUESTION] = {false};
    struct arena_mark mark = arena_mark(a);
    double score = 0;
    bool elsewhere = false;
    struct str metric = fold_str(a, it->metric), period = it->period;
    size_t in_metric = cover(q, metric, covered);
    score += 4.0 * (double)in_metric;
    score -= 0.7 * ((double)utf8_count(metric) - (double)in_metric);
    score += 3.0 * (double)cover(q, fold_str(a, it->subject), covered);
    score += 3.0 * (double)cover(q, fold_str(a, it->region), covered);
    score += 1.5 * (double)cover(q, fold_str(a, sentence), covered);
    score += 1.0 * (double)cover(q, fold_str(a, title), covered);
    arena_release(a, mark);
    /* A place was asked for, and this is another's figure. */
    for (size_t i = 0; i < q->n; i++) {
        bool missing = q->place[i] && !covered[i];
        score -= missing ? 4 : 0;
        elsewhere = elsewhere || missing;
    }
    if (q->period[0] != '\0') {
        struct str wanted = str_of(q->period);
        bool unknown = period.n == 0 || !it->period_resolved;
        score += str_eq(period, wanted) ? 8 : str_starts(period, wanted) ? 6 : unknown ? 0 : -6;
        elsewhere = elsewhere || unknown || !str_starts(period, wanted);
    } else if (it->period_resolved && period.n >= 4) {
        /* Nothing was asked: the latest says most. */
        score += ((double)strtol(str_dup_c(a, str_sub(period, 0, 4)), NULL, 10) - 2000) * 0.05;
    }
    score += it->kind == INDICATOR_LEVEL ? 1 : 0;
    score -= it->target ? 1 : 0;
    score -= it->subject.n > 0 ? 0.3 : 0;
    /* A sentence says more than a row. */
    score -= it->table != NONE ? 0.5 : 0;
    return (struct fit){score, elsewhere};
}

static struct fit best_weight(const struct question *forms, size_t n, struct arena *a,
                              const struct indicator *it, struct str sentence, struct str title)
{
    struct fit best = {-1000, true};
    for (size_t i = 0; i < n; i++) {
        struct fit fit = weigh(&forms[i], a, it, sentence, title);
        best = fit.score > best.score ? fit : best;
    }
    return best;
}

struct candidates {
    struct candidate *at;
    size_t n, room;
};

static enum status add_figures(struct store *s, struct arena *a, const struct list_query *list,
                               struct question *forms, size_t n_forms, uint32_t passage,
                               struct candidates *out, struct error *e)
{
    uint32_t ids[MOST_FIGURES];
    size_t n;
    const struct str none = {NULL, 0};
    TRY(store_list(s, list, (struct list_from){0}, ids, MOST_FIGURES, &n, e));
    for (size_t i = 0; i < n; i++) {
        struct stored_indicator it;
        struct arena_mark mark = arena_mark(a);
        TRY(store_indicator(s, a, ids[i], &it, e));
        bool wanted = passage == 0 || it.it.place.paragraph == passage;
        for (size_t k = 0; k < n_forms && wanted; k++)
            cover(&forms[k], it.it.region, forms[k].place);
        double score = wanted ? best_weight(forms, n_forms, a, &it.it, none, none).score : 0;
        arena_release(a, mark);
        if (wanted)
            vector_push(a, out, ((struct candidate){ids[i], score, false}));
    }
    return STATUS_OK;
}

static enum status figures_of_metrics(struct store *s, struct arena *a, struct question *forms,
                                      size_t n_forms, struct candidates *out, struct error *e)
{
    struct metric_search m = {.forms = forms, .n_forms = n_forms, .arena = a};
    TRY(store_each_term(s, UINT32_MAX, visit_metric, &m, e));
    if (m.found.n > 1)
        qsort(m.found.at, m.found.n, sizeof *m.found.at, by_score);
    size_t taken = 0;
    for (size_t i = 0; i < m.found.n && taken < MOST_METRICS; i++) {
        /* One that shares half as much with the question is about something else, unless it is
         * asked for whole: 产值 after the name of an industry. */
        if (!m.found.at[i].whole && m.found.at[i].score * 2 < m.found.at[0].score)
            continue;
        taken++;
        struct list_query list = {.list = LIST_INDICATORS,
                                  .order = ORDER_METRIC,
                                  .descending = true,
                                  .metric = m.found.at[i].id};
        TRY(add_figures(s, a, &list, forms, n_forms, 0, out, e));
    }
    return STATUS_OK;
}

/* Where no metric is named: the figures of the passages that the words find. */
static enum status figures_of_passages(struct finder *f, struct library *library, struct arena *a,
                                       struct str question, struct question *forms, size_t n_forms,
                                       struct candidates *out, struct error *e)
{
    struct search_options o = {.most = 40};
    struct search_results results;
    struct query query;
    struct query_problem problem;
    enum status status = finder_run(f, a, question, false, &o, &query, &results, &problem, NULL);
    if (status != STATUS_OK)
        return status == STATUS_BAD_INPUT || status == STATUS_NOT_FOUND ? STATUS_OK : status;
    for (size_t i = 0; i < results.n_hits; i++) {
        struct list_query list = {.list = LIST_INDICATORS, .article = results.hits[i].article};
        TRY(add_figures(library->store, a, &list, forms, n_forms, results.hits[i].passage, out, e));
    }
    return STATUS_OK;
}

/* The sentence around bytes [start, end) of text; several where a figure lies across. */
static struct span sentence_of(struct str text, size_t start, size_t end)
{
    struct span found = {0, text.n};
    for (size_t at = 0; at < text.n;) {
        struct span s = sentence_next(text, &at);
        if (s.end <= start)
            continue;
        found.start = s.start < start ? s.start : start;
        found.end = s.end;
        while (found.end < end && at < text.n)
            found.end = sentence_next(text, &at).end;
        break;
    }
    while (found.end > found.start &&
           (text.p[found.end - 1] == '\n' || text.p[found.end - 1] == ' '))
        found.end--;
    return found;
}

static enum status find_dispute(struct store *s, struct arena *a, const struct stored_indicator *it,
                                struct str *out, struct error *e)
{
    uint32_t ids[256];
    size_t n;
    struct list_query list = {.list = LIST_FINDINGS, .document = it->document};
    TRY(store_list(s, &list, (struct list_from){0}, ids, 256, &n, e));
    for (size_t i = 0; i < n; i++) {
        struct stored_finding finding;
        TRY(store_finding(s, a, ids[i], &finding, e));
        /* The others that it names are what the disputed one is reckoned from. */
        /* Of two documents that disagree, both are disputed. */
        bool disputed = false;
        for (uint32_t k = 0; k < finding.it.n_indicators && !disputed; k++)
            disputed = finding.it.indicators[k] == it->id && (k == 0 || finding.across != 0);
        if (disputed) {
            *out = finding.it.formula.n > 0 ? finding.it.formula : finding.it.computed;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

enum status card_of(struct library *library, struct arena *a, uint32_t indicator, struct card *out,
                    struct error *e)
{
    struct store *s = library->store;
    struct stored_passage passage;
    struct stored_document document;
    *out = (struct card){.line = 0};
    TRY(store_indicator(s, a, indicator, &out->indicator, e));
    struct place place = out->indicator.it.place;
    TRY(store_passage(s, a, place.paragraph, &passage, e));
    TRY(store_document(s, a, out->indicator.document, &document, e));
    struct span sentence = sentence_of(passage.text, place.start, place.end);
    out->sentence = span_of(passage.text, sentence);
    out->value.start = place.start - sentence.start;
    out->value.end = place.end < sentence.end ? place.end - sentence.start : out->sentence.n;
    out->region = out->indicator.it.region.n > 0 ? out->indicator.it.region : document.place;
    out->file = document.path;
    out->title = document.title;
    out->date = document.date;
    for (uint32_t i = 0; i < passage.n_runs && passage.runs[i].at <= place.start; i++)
        out->line = passage.runs[i].line;
    out->page = stored_document_page(&document, out->line);
    return find_dispute(s, a, &out->indicator, &out->dispute, e);
}

static bool same_figure(const struct card *x, const struct card *y)
{
    const struct indicator *a = &x->indicator.it, *b = &y->indicator.it;
    /* The same sum told in prose and in a table, or in two reports, is one. */
    return a->base.digits == b->base.digits && a->base.scale == b->base.scale &&
           str_eq(a->base_unit, b->base_unit) && str_eq(a->metric_key, b->metric_key) &&
           str_eq(a->period, b->period) && str_eq(x->region, y->region);
}

/* Reads the best candidates' sentences, weighs them again with these, keeps the best. */
static enum status choose(struct library *library, struct arena *a, const struct question *forms,
                          size_t n_forms, struct candidates *c, struct card *out, size_t most,
                          size_t *n, struct error *e)
{
    if (c->n > 1)
        qsort(c->at, c->n, sizeof *c->at, by_score);
    size_t finalists = c->n < MOST_FINALISTS ? c->n : MOST_FINALISTS;
    struct card *cards = arena_array(a, struct card, finalists + 1);
    struct candidate *order = arena_array(a, struct candidate, finalists + 1);
    bool *elsewhere = arena_array(a, bool, finalists + 1);
    for (size_t i = 0; i < finalists; i++) {
        TRY(card_of(library, a, c->at[i].id, &cards[i], e));
        order[i].id = (uint32_t)i;
        struct fit fit = best_weight(forms, n_forms, a, &cards[i].indicator.it, cards[i].sentence,
                                     cards[i].title);
        order[i].score = fit.score;
        elsewhere[i] = fit.elsewhere;
    }
    if (finalists > 1)
        qsort(order, finalists, sizeof *order, by_score);
    for (size_t i = 0; i < finalists && *n < most; i++) {
        const struct card *card = &cards[order[i].id];
        bool known = order[i].score <= 0 || order[i].score * 2 < order[0].score ||
                     (elsewhere[order[i].id] && !elsewhere[order[0].id]);
        for (size_t k = 0; k < *n && !known; k++)
            known = same_figure(card, &out[k]);
        if (!known)
            out[(*n)++] = *card;
    }
    return STATUS_OK;
}

enum status answer(struct finder *f, struct library *library, struct arena *a, struct str question,
                   struct card *out, size_t most, size_t *n, struct error *e)
{
    struct question forms[MOST_FORMS];
    struct candidates candidates = {0};
    *n = 0;
    size_t n_forms = add_known_name(f, a, forms, forms_of(f, a, question, forms));
    TRY(figures_of_metrics(library->store, a, forms, n_forms, &candidates, e));
    if (candidates.n == 0)
        TRY(figures_of_passages(f, library, a, question, forms, n_forms, &candidates, e));
    return choose(library, a, forms, n_forms, &candidates, out, most, n, e);
}
