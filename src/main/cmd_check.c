/* `baolan check`: records drawn at random beside their sentences, a person's word on each, and how
 * often the parser is right. */
#include "app/sample.h"
#include "baolan/message.h"
#include "citation.h"
#include "output.h"
#include "place.h"
#include "ui/correct.h"

#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

struct check {
    struct invocation *i;
    struct library *library;
    struct sample sample;
    size_t judged; /* in this run */
    bool ended;
};

/* --- Asking ----------------------------------------------------------------------------------- */

/* One key of a terminal, as it is pressed; EOF at the end. */
static int read_key(void)
{
    struct termios was, now;
    if (tcgetattr(0, &was) != 0)
        return EOF;
    now = was;
    now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    tcsetattr(0, TCSADRAIN, &now);
    char c;
    ssize_t n = read(0, &c, 1);
    tcsetattr(0, TCSADRAIN, &was);
    if (n != 1 || c == 4)
        return EOF;
    if (c > ' ' && c < 0x7F)
        putchar(c);
    putchar('\n');
    return c;
}

/* A line of standard input, in the arena; .p == NULL at the end. */
static struct str read_line(struct arena *a)
{
    struct buffer line = buffer_in(a);
    char c;
    ssize_t n;
    while ((n = read(0, &c, 1)) == 1 && c != '\n')
        buffer_add_byte(&line, c);
    if (n != 1 && line.n == 0)
        return (struct str){NULL, 0};
    return str_trim(str_dup(a, buffer_str(&line)));
}

/* A key, with what is written behind it where answers come from a pipe: `c subject 规上企业`. */
static int read_answer(struct check *k, struct str *rest)
{
    *rest = (struct str){NULL, 0};
    fflush(stdout);
    if (isatty(0))
        return read_key();
    struct str line = read_line(k->i->arena);
    if (line.p == NULL)
        return EOF;
    *rest = str_trim(str_sub(line, 1, line.n));
    return line.n == 0 ? 's' : (unsigned char)line.p[0];
}

/* --- Showing ---------------------------------------------------------------------------------- */

static void show_fields(struct check *k, const struct correction_subject *subject)
{
    size_t n, shown = 0;
    const struct str *fields = corrections_fields(k->i->arena, subject->kind, &n);
    for (size_t f = 0; f < n; f++) {
        struct str value;
        struct error quiet = ERROR_NONE;
        if (str_eq(fields[f], STR("record")) || str_eq(fields[f], STR("background")) ||
            corrections_value(k->library, k->i->arena, subject, fields[f], &value, &quiet) !=
                STATUS_OK ||
            value.n == 0)
            continue;
        const char *label = correct_value_label(subject->kind, fields[f], value);
        printf("%s%s ", shown++ == 0 ? "  " : "  · ",
               correct_field_label(subject->kind, fields[f]));
        print_clean(label != NULL ? str_of(label) : value);
    }
    putchar('\n');
}

static bool show(struct check *k, size_t index, struct sample_record *record)
{
    struct citation c;
    struct error quiet = ERROR_NONE;
    if (sample_find(k->library, k->i->arena, &k->sample, index, record, &quiet) != STATUS_OK ||
        cite(k->i, k->library->store, record->passage, record->start, record->end, &c) != STATUS_OK)
        return false;
    printf("\n[%zu/%zu] ", index + 1, k->sample.n);
    print_clean(c.title);
    putchar(' ');
    print_clean(c.date);
    putchar(' ');
    print_place(c.file, c.line, c.page);
    putchar('\n');
    show_fields(k, &record->subject);
    fputs("  ", stdout);
    size_t at = str_find(c.sentence, c.quoted, 0);
    if (at == STR_NONE || k->sample.kind == SAMPLE_PROPOSALS) {
        print_clean(c.sentence);
    } else {
        print_clean(str_sub(c.sentence, 0, at));
        fputs("【", stdout);
        print_clean(c.quoted);
        fputs("】", stdout);
        print_clean(str_sub(c.sentence, at + c.quoted.n, c.sentence.n));
    }
    putchar('\n');
    return true;
}

/* --- Judging ---------------------------------------------------------------------------------- */

static bool answer(struct check *k, size_t index, char is)
{
    k->judged++;
    if (sample_answer(k->library, k->i->arena, &k->sample, index, is, &k->i->error) == STATUS_OK)
        return true;
    k->ended = true;
    return false;
}

/* A correction made while judging; false where it could not be, which was said. */
static bool correct(struct check *k, const struct sample_record *record, struct str field,
                    struct str value)
{
    struct error e = ERROR_NONE;
    bool applied;
    if (corrections_set(k->library, &record->subject, field, value, &applied, &e) == STATUS_OK) {
        printf("  %s\n", applied ? translate("put right") : e.message);
        return true;
    }
    printf("  %s\n", e.message);
    return false;
}

/* `FIELD VALUE`; asked for where the answer did not say it. */
static bool ask_correction(struct check *k, const struct sample_record *record, struct str said)
{
    size_t n;
    const struct str *fields = corrections_fields(k->i->arena, record->subject.kind, &n);
    if (said.n == 0 && isatty(0)) {
        fputs(translate("  field and value, as "), stdout);
        for (size_t f = 0; f + 1 < n; f++)
            printf("%s%s", f == 0 ? "" : " | ",
                   correct_field_label(record->subject.kind, fields[f]));
        fputs(": ", stdout);
        fflush(stdout);
        said = read_line(k->i->arena);
    }
    if (said.n == 0)
        return false;
    struct str value = said, field = str_split(&value, ' ');
    /* Its name, or what it is called here. */
    for (size_t f = 0; f < n; f++)
        if (str_eq(field, str_of(correct_field_label(record->subject.kind, fields[f]))))
            field = fields[f];
    return correct(k, record, field, value.p == NULL ? STR("") : str_trim(value));
}

/* The record judged before this one is to be judged again: its index, or this one's. */
static size_t step_back(struct check *k, size_t index)
{
    while (index > 0 && k->sample.records[index - 1].answer == '\0')
        index--;
    if (index == 0)
        return 0;
    answer(k, index - 1, '\0');
    return index - 1;
}

/* Judges one record; the index of the next. */
static size_t judge(struct check *k, size_t index)
{
    struct sample_record record;
    struct str rest;
    if (!show(k, index, &record)) {
        printf(translate("\n[%zu/%zu] no longer in the library\n"), index + 1, k->sample.n);
        return index + 1;
    }
    for (;;) {
        fputs(translate("y right  n wrong  c put right  d is none  s later  u back  q leave: "),
              stdout);
        int key = read_answer(k, &rest);
        if (key == EOF || key == 'q') {
            putchar('\n');
            k->ended = true;
            return index;
        }
        if (key == 'u')
            return step_back(k, index);
        if (key == 's')
            return index + 1;
        bool done = key == 'y' || key == 'n' ||
                    (key == 'd' && correct(k, &record, STR("record"), STR("none"))) ||
                    (key == 'c' && ask_correction(k, &record, rest));
        if (done)
            return answer(k, index, key == 'y' ? 'y' : 'n') ? index + 1 : index;
    }
}

static void judge_all(struct check *k)
{
    size_t index = 0;
    while (!k->ended && index < k->sample.n)
        index = k->sample.records[index].answer != '\0' ? index + 1 : judge(k, index);
}

/* --- What follows ----------------------------------------------------------------------------- */

static const struct column columns[] = {
    {"kind", N_("kind"), 12, false},
    {"drawn", N_("drawn"), 8, true},
    {"judged", N_("judged"), 8, true},
    {"right", N_("right"), 8, true},
    {"precision", N_("precision"), 10, true},
    {"low", N_("from"), 8, true},
    {"high", N_("to"), 8, true},
    {"seed", N_("seed"), 20, true},
};

static void share(struct output *out, double value, bool known)
{
    if (known)
        output_decimal(out, (struct decimal){(int64_t)(value * 1000 + 0.5), 3});
    else
        output_str(out, STR(""));
}

/* Of all kinds that were ever drawn, or of those asked for; the interval holds 95 %. */
static int tell(struct check *k, uint32_t kinds)
{
    struct output *out = output_begin(k->i, columns, sizeof columns / sizeof *columns);
    for (unsigned kind = 0; kind < SAMPLE_KIND_COUNT; kind++) {
        struct sample s;
        struct error quiet = ERROR_NONE;
        if ((kinds >> kind & 1) == 0 ||
            sample_latest(k->library, k->i->arena, (enum sample_kind)kind, &s, &quiet) != STATUS_OK)
            continue;
        struct sample_result r = sample_result(&s);
        output_str(out, str_of(sample_kind_name((enum sample_kind)kind)));
        output_int(out, (long long)s.n);
        output_int(out, (long long)r.judged);
        output_int(out, (long long)r.right);
        share(out, r.precision, r.judged > 0);
        share(out, r.low, r.judged > 0);
        share(out, r.high, r.judged > 0);
        output_int(out, (long long)s.seed);
        output_row_end(out);
    }
    return output_end(out);
}

static int judge_kinds(struct check *k, uint32_t kinds)
{
    char *end = NULL;
    long n = strtol(k->i->sample, &end, 10);
    uint64_t seed = k->i->seed == NULL ? 0 : strtoull(k->i->seed, NULL, 10);
    if (n <= 0 || n > 100000 || *end != '\0')
        return fail_with("--sample takes a number from 1 to 100000");
    for (unsigned kind = 0; kind < SAMPLE_KIND_COUNT && !k->ended; kind++) {
        struct error e = ERROR_NONE;
        if ((kinds >> kind & 1) == 0)
            continue;
        enum status status = sample_open(k->library, k->i->arena, (enum sample_kind)kind, (size_t)n,
                                         seed, &k->sample, &e);
        if (status == STATUS_NOT_FOUND)
            continue;
        if (status != STATUS_OK)
            return fail_with("%s", e.message);
        if (k->sample.resumed)
            printf(translate("going on with the %s drawn before\n"),
                   sample_kind_name((enum sample_kind)kind));
        judge_all(k);
    }
    if (k->i->error.status != STATUS_OK)
        return fail(k->i);
    putchar('\n');
    return EXIT_FOUND;
}

static const char *kind_name(int kind)
{
    return sample_kind_name((enum sample_kind)kind);
}

static const char *kind_word(int kind)
{
    static const char *const WORDS[] = {N_("figures"), N_("proposals"), N_("names")};
    return translate(WORDS[kind]);
}

int command_check(struct invocation *i)
{
    static const struct kind_names NAMES = {kind_name, kind_word, SAMPLE_KIND_COUNT};
    uint32_t kinds = (1u << SAMPLE_KIND_COUNT) - 1;
    if (i->kind != NULL && !kinds_named(i->kind, &NAMES, &kinds))
        return EXIT_ERROR;
    struct check k = {.i = i, .library = open_library(i)};
    if (k.library == NULL)
        return EXIT_ERROR;
    int status = i->sample == NULL ? EXIT_FOUND : judge_kinds(&k, kinds);
    if (status != EXIT_ERROR)
        status = tell(&k, kinds);
    library_close(k.library);
    return status;
}
