/* What the files that read proposals share: an article as a run of segments, the draft that a
 * proposal is made in, and the reading of fields and of numbered suggestions. */
#ifndef BAOLAN_PARSE_PROPOSAL_H
#define BAOLAN_PARSE_PROPOSAL_H

#include "baolan/parse.h"
#include "baolan/vector.h"

/* The fields of a form. */
enum field {
    FIELD_NONE,
    FIELD_NUMBER,
    FIELD_TITLE,
    FIELD_SPEAKER,
    FIELD_JOINT,
    FIELD_BODY,
    FIELD_HANDLER,
    FIELD_LEAD,
    FIELD_ASSIST,
    FIELD_CATEGORY,
    FIELD_SESSION,
    FIELD_DATE,
    FIELD_STATUS,
    FIELD_SKIP,
    FIELD_BACKGROUND, /* from here on what follows the colon is prose */
    FIELD_SUGGESTIONS,
    FIELD_REPLY,
    FIELD_COUNT
};

enum segment_kind {
    SEGMENT_TITLE,
    SEGMENT_BYLINE,
    SEGMENT_HEADING,
    SEGMENT_RUN_IN, /* a heading whose paragraph goes on in the next segment */
    SEGMENT_PARAGRAPH
};

/* A title, byline, heading or paragraph, or a part of one. */
struct segment {
    struct str text;
    enum segment_kind kind;
    uint32_t article;
    uint32_t paragraph; /* its paragraph; of a heading the next one; NONE where there is none */
    uint32_t start;     /* where text begins in the paragraph's prose; 0 of a heading */
    const struct prose *prose; /* what text is a part of; NULL: its paragraph's */
};

struct segments {
    struct segment *at;
    size_t n, room;
};

/* The bytes [from, to) of s without spaces around them, as a segment of their own. */
struct segment segment_part(const struct segment *s, size_t from, size_t to);

/* The parts that a proposal's text falls into. PART_BODY is background and suggestions in one. */
enum part { PART_HEAD, PART_BODY, PART_SUGGESTIONS, PART_REPLY };

/* A proposal while it is being read. */
struct draft {
    struct proposal proposal;
    VECTOR(struct str) speakers, joint, bodies, handlers;
    struct segments body, suggestions, reply;
    enum part part;
    enum field awaited; /* of a label that stood alone: the value comes next */
    bool goes_on;       /* or comes on: more of a list of people */
    bool quoted;        /* from the news: sentences that tell who speaks are no background */
    bool open;          /* something was read into it */
};

/* Bytes [from, to) of the document's text. */
struct text_range {
    size_t from, to;
};

/* The state of the stage. */
struct proposal_reader {
    struct document *document;
    struct arena *arena;
    const struct lexicon *words, *surnames, *people, *bylines;
    bool speeches;   /* the page is one of speeches */
    struct str next; /* the paragraph of the news after the one that is read */
    VECTOR(struct proposal) proposals;
    VECTOR(struct text_range) tables; /* with a proposal a row, which were read */
};

/* How an item of a list is numbered. */
enum ordinal_kind {
    ORDINAL_NONE,
    ORDINAL_IS,            /* 一是 一要 */
    ORDINAL_NTH,           /* 第一， 其一， */
    ORDINAL_FIRSTLY,       /* 首先， 其次， */
    ORDINAL_HAN,           /* 一、 */
    ORDINAL_HAN_BRACKET,   /* （一） */
    ORDINAL_DIGIT,         /* 1. 1、 */
    ORDINAL_DIGIT_BRACKET, /* （1） 1） */
    ORDINAL_CIRCLE         /* ① */
};

struct ordinal {
    enum ordinal_kind kind;
    uint32_t number;
    size_t end;  /* of the number as printed */
    size_t text; /* where what it numbers begins */
};

/* The ordinal that stands in s at byte at; its kind is ORDINAL_NONE where there is none. */
struct ordinal ordinal_at(struct str s, size_t at);

/* The end of the lead clause of s: the first full stop, colon or like mark outside quotes and
 * brackets, or s.n. *after is where the rest begins. */
size_t lead_clause(struct str s, size_t *after);

/* Separates background from suggestions in d->body where the form did not, reads the suggestions,
 * and appends the proposal. */
void proposal_finish(struct proposal_reader *r, struct draft *d);

/* Reads the fields of a form (`案由：…`, `| 案由 | … |`) that segment holds into d; what is no
 * field goes to the part that d is in. Where the segment begins another proposal, d is finished
 * first. Returns true where a field was read. */
bool proposal_read_fields(struct proposal_reader *r, struct draft *d, struct segment segment);

/* Reads one field of a form with its value into d; a title or number may finish d first. */
void proposal_apply_field(struct proposal_reader *r, struct draft *d, enum field field,
                          struct segment value);

/* Reads the tables of the document that have a proposal a row. */
void proposal_read_tables(struct proposal_reader *r);

/* True where byte `at` of the document's text stands in one of them. */
bool proposal_in_table(const struct proposal_reader *r, size_t at);

/* A field `label：value` in a segment: bytes of its text. */
struct form_field {
    enum field field;
    size_t label, colon; /* where the label begins and ends */
    size_t value, end;   /* of the value */
    size_t rest;         /* [end, rest) is no part of the value, but text after it */
};

struct form_fields {
    struct form_field *at;
    size_t n, room;
};

/* The fields that s is made of; none where it does not begin with one. */
struct form_fields proposal_fields_in(const struct proposal_reader *r, const struct segment *s);

/* The field that the whole of s names, brackets, numbering and colon aside, or FIELD_NONE. */
enum field proposal_label(const struct proposal_reader *r, struct str s);

/* 【案由】, [案由], **案由** */
static inline bool mark_frames_label(uint32_t c)
{
    return c == 0x3010 || c == 0x3011 || c == '[' || c == ']' || c == '*';
}

/* The bars that part the cells of a row, typed (|) or drawn (│ ┃ ║), full width or half. */
static inline bool mark_is_bar(uint32_t c)
{
    return c == '|' || c == 0xFF5C || c == 0x2502 || c == 0x2503 || c == 0x2551;
}
bool proposal_is_row(struct str s);

/* The cells of a row between bars, those outside the first and last bar dropped. */
enum { CELLS_MAX = 24 };
size_t proposal_cells(const struct segment *s, struct segment cells[CELLS_MAX]);

/* The title of a reply: 关于…提案的答复. */
bool proposal_is_reply_title(struct str title);

/* Reads what members are quoted with in an article that is no form: a proposal for each who
 * suggests something. */
void proposal_read_news(struct proposal_reader *r, struct str title, const struct segments *list);

/* The name that ends at byte `end` of s after a title (董事长沈某); false leaves *name alone. */
bool proposal_titled_name(const struct proposal_reader *r, struct str s, size_t end,
                          struct str *name);

/* Reads an article that gives each member a part under a line with the name; false where none has
 * one. */
bool proposal_read_parts(struct proposal_reader *r, struct str title, const struct segments *list);

/* Opens d for the proposal that the segment titles. */
void proposal_begin(struct draft *d, struct segment title);

/* The lines of a page around an article that a form's fields may stand in. */
struct segments proposal_lines_around(struct proposal_reader *r, uint32_t article);

/* Reads an article that answers a proposal into d. */
void proposal_read_reply(struct proposal_reader *r, struct draft *d, struct segment title,
                         const struct segments *list);

/* Takes the sentences of d's body that tell no more than who speaks or submits out of it. */
void proposal_drop_attributions(struct proposal_reader *r, struct draft *d);

/* A reader of the document d. */
struct proposal_reader proposal_reader_of(struct document *d, const struct parse_options *o);

/* The field that a label with this value is of: 案由 with sentences is background. */
enum field proposal_field_of_value(enum field field, struct str value);

/* Splits a list of names at `、` and like marks outside brackets, and appends the parts to d's
 * speakers, bodies or handlers; `（主办）` and like remarks after handlers are dropped. */
enum name_list { LIST_SPEAKERS, LIST_JOINT, LIST_BODIES, LIST_HANDLERS };
void proposal_add_names(struct proposal_reader *r, struct draft *d, enum name_list list,
                        struct str names);

/* True where name ends as the names of offices do: 局, 委, 办, …. */
bool proposal_ends_as_office(struct str name);

/* True of a line in which a list of people goes on: more of them, or （共6人）. */
bool proposal_goes_on(const struct proposal_reader *r, struct str line);

/* Where the number 第…号 and the session 政协…次会议 stand in s, else empty. */
struct str proposal_number_in(struct str s);
struct str proposal_session_in(struct str s);

/* The first year of four digits in s, or 0. */
int proposal_year_in(struct str s);

/* The status that text tells: the one that all its words of status agree on; 正在办理 where they
 * differ; empty where it has none. */
struct str proposal_status_in(const struct proposal_reader *r, struct str text);

/* Marks that are written full or half width. */
static inline bool mark_is_colon(uint32_t c)
{
    return c == 0xFF1A || c == ':' || c == 0x2236;
}

static inline bool mark_is_comma(uint32_t c)
{
    return c == 0xFF0C || c == ',';
}

static inline bool mark_is_semicolon(uint32_t c)
{
    return c == 0xFF1B || c == ';';
}

/* 。！？ and their half-width forms but the point, which is a decimal's too. */
static inline bool mark_ends_sentence(uint32_t c)
{
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' || c == 0xFF61;
}

/* +1 where c opens a quotation or bracket, -1 where it closes one, else 0. */
static inline int mark_depth(uint32_t c)
{
    switch (c) {
    case 0x201C: /* “ */
    case 0x2018: /* ‘ */
    case 0x300A: /* 《 */
    case 0xFF08: /* （ */
    case '(':
    case 0x300C: /* 「 */
    case 0x3010: /* 【 */
        return 1;
    case 0x201D:
    case 0x2019:
    case 0x300B:
    case 0xFF09:
    case ')':
    case 0x300D:
    case 0x3011:
        return -1;
    default:
        return 0;
    }
}

#endif
