/* Corrections while a document is parsed: whatever they say, what comes out is whole. */
#include "baolan/buffer.h"
#include "baolan/files.h"
#include "baolan/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const PAGES[] = {
    "data/samples/提案/云泽政协十二届三次-第042号.txt",
    "data/samples/云泽日报-2024-08-15-A06.txt",
    "data/samples/云泽日报-2024-04-09-A05-06.txt",
    "data/samples/政协云泽-2024-01-18-大会发言.txt",
    "data/samples/安陵县2024年政府工作报告.txt",
};

static const struct {
    const char *kind, *field;
} FIELDS[] = {
#define X(kind, field) {#kind, field},
    CORRECTION_FIELD_TABLE(X)
#undef X
};

static const char *const VALUES[] = {
    "",        "none",       "join",   "split",
    "heading", "title",      "byline", "1",
    "9",       "2024-02-03", "2023H1", "85亿元",
    "change",  "yes",        "person", "记者 王小明、李小红；摄影 林",
    "云泽市",  "一",         "、；、", "2023"};

static struct arena *lexicon_arena;
static struct lexicons *lexicons;

static int load(void **state)
{
    struct error e = ERROR_NONE;
    (void)state;
    lexicon_arena = arena_new();
    return lexicons_load(lexicon_arena, NULL, &lexicons, NULL, NULL, &e) == STATUS_OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    arena_free(lexicon_arena);
    return 0;
}

/* A generator of the test's own: the same numbers in every run. */
static uint32_t next(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return below == 0 ? 0 : (*state >> 8) % below;
}

static struct document *read(struct arena *a, const char *path, struct str bytes,
                             const struct corrections *corrections)
{
    struct parse_options options = {
        .lexicons = lexicons, .depth = PARSE_FACTS, .path = path, .corrections = corrections};
    struct document *d = NULL;
    struct error e = ERROR_NONE;
    assert_int_equal(document_parse(a, bytes, &options, &d, &e), STATUS_OK);
    return d;
}

static void assert_placed(const struct document *d, struct place place)
{
    assert_true(place.article < d->n_articles);
    const struct article *article = &d->articles[place.article];
    if (place.part == PLACE_BODY && place.paragraph != NONE)
        assert_true(place.paragraph < article->n_paragraphs);
    if (place.part == PLACE_HEADING)
        assert_true(place.paragraph < article->n_headings);
    assert_true(place.start <= place.end);
    assert_true(place.end <= document_prose(d, place)->text.n);
}

static void assert_whole(struct arena *a, const struct document *d)
{
    size_t n;
    const struct text_part *parts = document_parts(a, d, &n);
    for (size_t i = 0; i < n; i++) {
        const struct prose *prose = parts[i].prose;
        for (uint32_t k = 0; k < prose->n_pieces; k++) {
            const struct piece *piece = &prose->pieces[k];
            assert_true((size_t)piece->text + piece->text_length <= d->decoded.text.n);
            assert_int_equal(piece->at,
                             k == 0 ? 0 : prose->pieces[k - 1].at + prose->pieces[k - 1].length);
        }
    }
    for (uint32_t i = 0; i < d->n_articles; i++)
        for (uint32_t k = 0; k < d->articles[i].n_headings; k++)
            assert_true(d->articles[i].headings[k].parent == NONE ||
                        d->articles[i].headings[k].parent < k);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        assert_placed(d, d->indicators[i].place);
    for (uint32_t i = 0; i < d->n_entities; i++)
        for (uint32_t k = 0; k < d->entities[i].n_mentions; k++)
            assert_placed(d, d->entities[i].mentions[k].place);
    for (uint32_t i = 0; i < d->n_tables; i++)
        for (uint32_t k = 0; k < d->tables[i].rows * d->tables[i].columns; k++)
            assert_true(d->tables[i].cells[k].indicator == NONE ||
                        d->tables[i].cells[k].indicator < d->n_indicators);
    for (uint32_t i = 0; i < d->n_findings; i++)
        for (uint32_t k = 0; k < d->findings[i].n_indicators; k++)
            assert_true(d->findings[i].indicators[k] < d->n_indicators);
}

/* The name of a kind, from its identifier: CORRECTION_ARTICLE → article. */
static struct str kind_named(struct arena *a, const char *id)
{
    char *name = str_dup_c(a, str_of(id + sizeof "CORRECTION_" - 1));
    for (char *p = name; *p != '\0'; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
    return str_of(name);
}

/* A correction of anything: words out of the page, or half of a character, or none at all. */
static struct correction any(struct arena *a, uint32_t *state, struct str text, const char *path)
{
    struct anchor *anchor = arena_new_of(a, struct anchor);
    uint32_t at = next(state, (uint32_t)text.n), length = next(state, 40);
    while (next(state, 8) != 0 && at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80)
        at--;
    anchor->path = str_of(path);
    anchor->quoted = str_sub(text, at, at + length);
    anchor->before = str_sub(text, at < 48 ? 0 : at - 48, at);
    anchor->after = str_sub(text, at + length, at + length + 48);
    size_t field = next(state, sizeof FIELDS / sizeof *FIELDS);
    return (struct correction){.kind = kind_named(a, FIELDS[field].kind),
                               .field = str_of(FIELDS[field].field),
                               .value = str_of(VALUES[next(state, sizeof VALUES / sizeof *VALUES)]),
                               .anchor = anchor};
}

static void test_whatever_is_corrected_the_document_is_whole(void **state)
{
    uint32_t random = 7;
    (void)state;
    for (size_t p = 0; p < sizeof PAGES / sizeof *PAGES; p++) {
        for (int round = 0; round < 40; round++) {
            struct arena *a = arena_new();
            struct error e = ERROR_NONE;
            struct str bytes;
            if (file_read(a, PAGES[p], &bytes, NULL, &e) != STATUS_OK)
                fail_msg("%s", e.message);
            const struct document *plain = read(a, PAGES[p], bytes, NULL);
            struct buffer text = buffer_in(a);
            size_t n, count = 1 + next(&random, 12);
            const struct text_part *parts = document_parts(a, plain, &n);
            for (size_t i = 0; i < n; i++)
                buffer_add(&text, parts[i].prose->text);
            struct correction *list = arena_array(a, struct correction, count);
            for (size_t i = 0; i < count; i++)
                list[i] = any(a, &random, buffer_str(&text), PAGES[p]);
            const struct document *d = read(a, PAGES[p], bytes, corrections_new(a, list, count));
            assert_whole(a, d);
            arena_free(a);
        }
    }
}

/* Without a correction about it, a document is as it was. */
static void test_others_are_left_alone(void **state)
{
    struct arena *a = arena_new();
    struct error e = ERROR_NONE;
    struct str bytes;
    struct anchor anchor = {.path = STR_INIT("elsewhere.txt"),
                            .quoted = STR_INIT("312.4亿元"),
                            .before = STR_INIT("邻县的企业实现产值"),
                            .after = STR_INIT("，还在增长，明年更好。")};
    struct correction c = {.kind = STR_INIT("indicator"),
                           .field = STR_INIT("subject"),
                           .value = STR_INIT("邻县"),
                           .anchor = &anchor};
    (void)state;
    assert_int_equal(file_read(a, PAGES[1], &bytes, NULL, &e), STATUS_OK);
    const struct document *plain = read(a, PAGES[1], bytes, NULL);
    const struct document *d = read(a, PAGES[1], bytes, corrections_new(a, &c, 1));
    assert_int_equal(d->n_applied, 0);
    assert_int_equal(d->n_indicators, plain->n_indicators);
    for (uint32_t i = 0; i < d->n_indicators; i++)
        assert_true(str_eq(d->indicators[i].subject, plain->indicators[i].subject));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_is_corrected_the_document_is_whole),
        cmocka_unit_test(test_others_are_left_alone),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
