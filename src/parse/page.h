/* The inside of the page parser: what its stages hand to one another.
 *
 *   lines → strips (features, columns) → blocks (wraps undone) → articles (roles) → sections
 *
 * Only files of src/parse that read the printed page include this. All records live in the
 * document's arena. */
#ifndef PARSE_PAGE_H
#define PARSE_PAGE_H

#include "baolan/char_set.h"
#include "baolan/parse.h"
#include "baolan/vector.h"
#include "parse/prose.h"

/* Kinds of numbering. Which stands above which is found from the page, not from this order. */
#define ORDINAL_TABLE(X)                                           \
    X(ORDINAL_NONE, "-")                                           \
    X(ORDINAL_PART, "part")         /* 第一编, 第一部分 */  \
    X(ORDINAL_CHAPTER, "chapter")   /* 第一章 */                \
    X(ORDINAL_CLAUSE, "clause")     /* 第一节 */                \
    X(ORDINAL_HAN, "han")           /* 一、 */                   \
    X(ORDINAL_HAN_PAREN, "(han)")   /* （一） */                \
    X(ORDINAL_ARABIC, "arabic")     /* 1. 1、 */                  \
    X(ORDINAL_ARABIC_PAREN, "(1)")  /* (1) 1） */                 \
    X(ORDINAL_CIRCLED, "circled")   /* ① */                      \
    X(ORDINAL_MARKDOWN, "markdown") /* ### */                      \
    X(ORDINAL_CROSSHEAD, "plain")   /* a heading without number */ \
    X(ORDINAL_LEAD, "lead")         /* 一是, 第一， : words of the sentence, never a heading */

enum ordinal_kind {
#define X(id, name) id,
    ORDINAL_TABLE(X)
#undef X
        ORDINAL_COUNT
};

struct ordinal {
    uint8_t kind;
    uint8_t length; /* bytes of the mark */
    uint16_t value; /* 1, 2, … ; of markdown the depth */
};

/* The numbering that text begins with; kind ORDINAL_NONE where there is none. */
struct ordinal ordinal_read(struct str text);
const char *ordinal_name(enum ordinal_kind kind);

/* How a run of text ends, as far as sentences go. */
enum ending { END_OPEN, END_STOP, END_COMMA, END_COLON, END_SEMICOLON, END_BRACKET };

/* How a numbered line of a wrapped column stands: a heading that ends with it, a lead that stops
 * inside it, a paragraph, or full without a sentence's end, which may be any of them. */
enum number_shape { SHAPE_NONE, SHAPE_LINE, SHAPE_LEAD, SHAPE_TEXT, SHAPE_FULL };

/* What a strip is by itself. */
#define STRIP_TABLE(X)                                                           \
    X(STRIP_TEXT, "text")                                                        \
    X(STRIP_SHORT, "short")     /* may be a title, cross-head or caption */      \
    X(STRIP_TITLE, "title")     /* part of a headline, told by its neighbours */ \
    X(STRIP_HEADING, "heading") /* a numbered heading that ends with the line */ \
    X(STRIP_BYLINE, "byline")                                                    \
    X(STRIP_SPEAKER, "speaker")                                                  \
    X(STRIP_CAPTION, "caption")     /* told by its words: …摄, 图为 */      \
    X(STRIP_FURNITURE, "furniture") /* words of the page or the web site */      \
    X(STRIP_DROP, "drop")           /* page numbers, rules, ornaments */         \
    X(STRIP_ROW, "row")             /* a row of a table */

enum strip_kind {
#define X(id, name) id,
    STRIP_TABLE(X)
#undef X
        STRIP_COUNT
};

/* A hard line, or the part of one that stands in one column. Widths are cells of a terminal. */
struct strip {
    struct str words; /* of a letter-spaced line: the text without its spaces; else empty */
    struct char_set chars_han,
        chars_others;                    /* its Han characters, and the rest: see strip_may_have */
    const struct lexicon_entry *opening; /* the longest of the marks that it begins with, or NULL */
    uint32_t start, end;                 /* bytes in the text, white space trimmed */
    uint32_t line;                       /* index in the document's lines */
    uint32_t width;                      /* without inner spaces */
    uint32_t spaced;                     /* with them */
    uint32_t stop;    /* bytes from start to after the first 。！？ inside, 0: none inside */
    uint32_t measure; /* the column's width here, 0: not wrapped */
    uint32_t next;    /* the next strip of the same block, or NONE */
    uint32_t seam;    /* the seam that it stands at, counted from 1; 0: none */
    uint16_t indent;  /* cells from the column's edge */
    uint16_t blanks;  /* blank lines before it */
    uint16_t gaps;    /* runs of spaces inside */
    uint16_t commas;  /* ，、； inside */
    uint16_t han;     /* Han characters, as far as 65535 */
    uint16_t figures; /* runs of digits */
    uint16_t marks;   /* wide punctuation, which a printer may set narrow */
    struct ordinal ordinal;
    uint8_t ending; /* enum ending */
    uint8_t credit; /* enum credit_line of its words + 1, 0: not looked at yet; see strip_credit */
    uint8_t kind;   /* enum strip_kind */
    uint8_t shape;  /* enum number_shape; and of the nearest lines with such a number: */
    uint8_t shape_before, shape_after;
    bool listed;        /* of several short lines with figures: each is a paragraph */
    bool fresh;         /* begins a paragraph after a full line, by the page's habits */
    bool first_of_page; /* a form feed before it */
    bool begins_inside; /* begins with what cannot begin a paragraph: ，”） */
    bool ornament;      /* begins with ■ ● … */
    bool wrapped;       /* stands in a wrapped column */
    bool continues;     /* the rest of a wrapped byline, field or speaker's line before it */
    bool opens;         /* a byline that stands over its headline */
    bool column_start;  /* the first of a column */
    bool labelled;      /* begins with a label of a form: a paragraph of its own */
    bool named;         /* and its value is names, which spaces part, or cells */
    bool plain;         /* prose_set only copies it */
};

/* A paragraph, headline, heading or other unit. */
#define BLOCK_TABLE(X)              \
    X(BLOCK_BODY, "body")           \
    X(BLOCK_SHORT, "short")         \
    X(BLOCK_TITLE, "title")         \
    X(BLOCK_HEADING, "heading")     \
    X(BLOCK_BYLINE, "byline")       \
    X(BLOCK_SPEAKER, "speaker")     \
    X(BLOCK_CAPTION, "caption")     \
    X(BLOCK_FURNITURE, "furniture") \
    X(BLOCK_DROP, "drop")           \
    X(BLOCK_ROW, "row")

enum block_kind {
#define X(id, name) id,
    BLOCK_TABLE(X)
#undef X
        BLOCK_KIND_COUNT
};

struct block {
    uint32_t first, last; /* strips, linked by next */
    uint32_t n_strips;
    uint32_t follows; /* a broken paragraph of the same article, made whole just before, or NONE */
    struct prose prose;
    struct ordinal ordinal;
    uint8_t kind; /* enum block_kind */
    uint8_t ending;
    uint16_t blanks; /* blank lines before */
    uint16_t after;  /* blank lines after */
    uint16_t commas, figures;
    uint32_t width;
    bool cut_before; /* begins inside a sentence whose beginning is elsewhere */
    bool wrapped;
    bool ornament;
    bool stranger;        /* stands first between two halves: of another article than they */
    bool inside;          /* stands between two pieces of one paragraph */
    bool note;            /* an editor's note: its label stands in it or right above */
    bool single_sentence; /* no sentence stop but at its end */
};

/* Two halves of a paragraph, and what other pieces stand between them. */
struct seam {
    uint32_t end, head; /* the last strip of the first half, the first of the second */
    uint32_t block;     /* of the first half, NONE before it is made */
};

struct page {
    struct document *document;
    const struct parse_options *options;
    struct arena *arena;
    struct str text;
    const struct lexicon *marks, *bylines, *furniture, *proposals;
    VECTOR(struct strip) strips;
    VECTOR(struct block) blocks;
    VECTOR(struct piece) pieces; /* being made */
    VECTOR(struct seam) seams;
    uint32_t n_clauses;              /* short lines with a comma that stand above a paragraph */
    bool speeches;                   /* a page of a session's speeches */
    bool indents;                    /* paragraphs begin with an indent */
    uint32_t stacked[ORDINAL_COUNT]; /* headings of a kind with a cross-head right under them */
    bool exact;                      /* wrapped lines take all that has room on them */
    bool lost_indents;               /* they did: first lines are two characters narrower */
    uint16_t gap;                    /* blank lines, at least, that a picture leaves */
    bool stray_blanks;               /* blank lines stand anywhere, inside sentences too */
    bool spaced_out;                 /* blank lines stand between paragraphs */
};

static inline struct str strip_text(const struct page *p, const struct strip *s)
{
    return (struct str){p->text.p + s->start, s->end - s->start};
}

/* The same for telling words: a letter-spaced line without its spaces. */
static inline struct str strip_words(const struct page *p, const struct strip *s)
{
    return s->words.n > 0 ? s->words : strip_text(p, s);
}

/* False where the last character of word does not stand in the strip. */
static inline bool strip_may_have(const struct strip *s, struct str word)
{
    bool is_han = word.n >= 3 && (unsigned char)(word.p[word.n - 3] - 0xE4) <= 0xE9 - 0xE4;
    return char_set_may_have(is_han ? &s->chars_han : &s->chars_others, word);
}

/* What word_at_start and word_at_end do where text begins (ends) with the word of `longest`. */
const struct lexicon_entry *word_flagged_at_start(const struct lexicon *l, struct str text,
                                                  const char *flag,
                                                  const struct lexicon_entry *longest);
const struct lexicon_entry *word_flagged_at_end(const struct lexicon *l, struct str text,
                                                const char *flag,
                                                const struct lexicon_entry *longest);

/* The longest word of a lexicon with a flag that text begins with, or NULL. */
static inline const struct lexicon_entry *word_at_start(const struct lexicon *l, struct str text,
                                                        const char *flag)
{
    const struct lexicon_entry *longest = lexicon_match(l, text, 0, NULL);
    return longest == NULL ? NULL : word_flagged_at_start(l, text, flag, longest);
}

/* The same of what text ends with. */
static inline const struct lexicon_entry *word_at_end(const struct lexicon *l, struct str text,
                                                      const char *flag)
{
    const struct lexicon_entry *longest = lexicon_match_before(l, text, text.n, NULL);
    return longest == NULL ? NULL : word_flagged_at_end(l, text, flag, longest);
}

/* The same of the marks that a strip begins with: most begin with none. */
static inline const struct lexicon_entry *strip_opens_with(const struct page *p,
                                                           const struct strip *s, const char *flag)
{
    return s->opening == NULL ? NULL : word_at_start(p->marks, strip_words(p, s), flag);
}

/* Furniture. The word of the lexicon that tells a line, or NULL. */
const struct lexicon_entry *furniture_word(const struct page *p, const struct strip *s);
/* Strip i is of a web site by its form: when it was put there, the way to it, a menu on a line. */
bool furniture_is_web_line(const struct page *p, uint32_t i);
/* The masthead or running head of a paper. */
bool furniture_is_masthead(const struct page *p, const struct strip *s);
/* A few words without a figure or a mark, as stand under the text on a site. */
bool furniture_is_small(const struct strip *s);
/* Marks what the neighbours tell: menus, the heads of pages, running titles. */
void furniture_mark_surroundings(struct page *p);

/* Wrapped lines: wraps.c. A line that reaches the measure, within FULL_SLACK cells. */
enum { FULL_SLACK = 5 };
bool strip_is_full(const struct strip *s);
/* The first line of a paragraph whose indent of two characters was lost. */
bool strip_is_first(const struct page *p, const struct strip *s);
bool strip_is_indented(const struct strip *s);
/* Has a number that a heading may have. */
bool strip_is_numbered(const struct strip *s);
/* The cells that the first word of strip s takes, with the marks that stay on its line. */
uint32_t strip_first_cells(const struct page *p, const struct strip *s);
/* Whether the first word of strip s had room on a line of `extent` cells before it: then that line
 * was ended, not wrapped. On pages that are not exact a cell is allowed for even spacing. */
bool strip_would_fit(const struct page *p, uint32_t extent, uint32_t measure,
                     const struct strip *s);
/* 2026年2月3日在…会议上, （2024年3月8日）: a date with little else: heads.c. */
bool text_is_dateline(struct str text);
/* A quotation or a work's name begins that does not end. */
bool text_has_open_quote(struct str text);

/* Finds the other halves of paragraphs that other pieces cut in two: seams.c */
void page_find_seams(struct page *p);

/* Tells by the page's habits which lines begin a paragraph after a full one: breaks.c. */
void page_find_breaks(struct page *p);

/* A body that signs a piece, perhaps with the date beside it: heads.c. */
bool head_is_issuer(const struct page *p, const struct strip *s);
/* ■青屿镇 right over a headline, whose first word it is: heads.c. */
bool strip_is_place_label(const struct page *p, uint32_t i);
/* The name of a column above a headline: 读者来信: heads.c. */
bool text_is_rubric(const struct page *p, struct str text);

/* True of a line that is just the label of a box with an article of its own: 短评, 采访札记. */
bool strip_is_box_label(const struct page *p, const struct strip *s);

/* Cells that a line must be short of its measure to be no full line. */
enum { SHORT_BY = 8 };

/* Marks the texts of pictures: captions, and photo news with its headline: pictures.c */
void page_find_pictures(struct page *p);

/* Short lines: shorts.c. Marks headlines, lists and what page_find_blocks asks for. */
void page_find_shorts(struct page *p);
/* May be a line of a headline: no sentence, no list. */
bool strip_may_be_title(const struct page *p, const struct strip *s);
/* A unit that sentences do not make; open: the last line of the paragraph that stands open, or
 * NULL. */
bool strip_is_short(const struct page *p, uint32_t i, const struct strip *open);
/* Stands in brackets as a whole. */
bool strip_is_bracketed(const struct page *p, const struct strip *s);
/* A label of a form and its value, among others. */
bool strip_is_form_line(const struct page *p, uint32_t i);

/* Numbered lines: numbered.c. Sets the strips' shapes. */
void page_find_shapes(struct page *p);
/* A numbered line that is a heading by itself, or (*two_lines) with the line after it. */
bool strip_is_heading(const struct page *p, uint32_t i, bool *two_lines);

/* Stages. Each reads what the one before made. */
void page_find_strips(struct page *p);   /* strips.c */
void page_split_columns(struct page *p); /* columns.c: before features are measured */
void page_find_kinds(struct page *p);    /* kinds.c: what each strip is by itself */
/* Labels and values of a form are rows, titles of replies titles: form_lines.c. */
void page_find_form_lines(struct page *p);
/* Lines that name a speaker, on pages of speeches: speech_lines.c. */
void page_find_speech_lines(struct page *p);
/* There too: the headline of the whole page, above that of the first speech, is no article's. */
void page_find_speech_head(struct page *p);
void page_find_measures(struct page *p); /* measures.c: the column's width, indents */
void page_find_blocks(struct page *p);   /* blocks.c */
void page_find_articles(struct page *p); /* articles.c */
/* Tells of a commentary that cites the title of another article that it belongs to it:
 * commentary.c. */
void page_join_commentaries(struct arena *arena, struct article *articles, uint32_t n);
void page_find_dates(struct page *p); /* dates.c */

/* Tells the year in which an article was written from its own text; its title and paragraphs are
 * read. article_year.c */
void page_find_year(struct article *a);
/* The region whose page it is (regions.c); true where an office in a title names it, and the text
 * speaks of that level as its own: then no folder's setting is better. */
bool page_find_region(struct page *p);
void page_find_dropped(struct page *p); /* check.c: what no prose holds */

/* Reads the page of a document up to its blocks. */
struct page *page_read(struct document *d, const struct parse_options *o); /* page.c */

/* Cells of a character: 2 for Han, full-width marks and “ ” ‘ ’ — …, which Chinese pages print
 * wide; 1 else. */
unsigned point_cells(uint32_t c);

/* 。！？ and their half-width forms where they end a sentence. */
static inline bool point_is_stop(uint32_t c)
{
    if (c >= 0x3400 && c < 0xFF01) /* most are Han */
        return false;
    return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' || c == 0xFF61;
}

bool point_is_closer(uint32_t c); /* ” ’ ） 》 】 and the like */
bool point_is_opener(uint32_t c); /* “ ‘ （ 《 【 */
enum ending text_ending(struct str text);

/* - 5 -, 第5页, A05; alone: blank lines stand around it, so that bare figures may be one too. */
bool text_is_page_number(struct str text, bool alone);

/* A line two characters narrower than its column: the first of a paragraph that lost its indent. */
bool strip_is_narrow(const struct strip *s);

/* Of a line whose tabs part labels of a form from their values: each label with its value, at most
 * `most`; 0 where it is no such line, or has one label: form_cells.c. */
size_t form_pairs(const struct page *p, struct span line, struct span *pairs, size_t most);

/* 关于…的提案, 关于…的建议 on one line. */
bool strip_is_proposal_title(const struct page *p, const struct strip *s);

/* Prose. */
enum prose_style { PROSE_BODY, PROSE_DISPLAY, PROSE_ROW };

/* Bytes [start, end) of the text; plain: known to need no more than copying. */
struct prose_span {
    size_t start, end;
    bool plain;
};

/* Sets spans of the text as one prose: stray spaces closed, punctuation between Han characters full
 * width. PROSE_DISPLAY keeps one space where a headline has some, PROSE_ROW where a table has. */
struct prose prose_set(struct page *p, const struct prose_span *spans, size_t n,
                       enum prose_style style);
/* False of a character that prose_set may change or look at, after the one before it. */
bool prose_copies(uint32_t before, uint32_t c);
/* Credits. */
enum credit_line { CREDIT_NONE, CREDIT_BYLINE, CREDIT_SPEAKER, CREDIT_PHOTO, CREDIT_NAMES };

struct credit_list {
    struct credit *at;
    size_t n, room;
};

/* What a line without a sentence is as a byline: told by ornament and role words; CREDIT_NAMES is
 * names alone (or a post and a name), which only its place can tell from other short lines. */
enum credit_line credit_line_kind(const struct page *p, struct str text);
/* The same of a strip's words, which are looked at once. */
enum credit_line strip_credit(const struct page *p, const struct strip *s);
/* Reads the credits of such a line. */
void credits_read(const struct page *p, struct str text, struct credit_list *out);
/* The byte where a trailing credit of a paragraph begins (■摄影 …, （作者系…）, （记者 …）), or
 * STR_NONE; *source is the credit as the source prints it. */
size_t credits_at_end(const struct page *p, const struct prose *prose, struct str *source);
/* Reads roles and names; false where something is neither, with what was read so far in out, which
 * may be NULL. *has_role: a role word stands there. */
bool credits_read_roles(const struct page *p, struct str text, struct credit_list *out,
                        bool *has_role);
/* 记者 吴 凡 实习生 周 舟: as many spaces as a letter-spaced line has, but they part names. */
bool credits_part_by_space(const struct page *p, struct str text);
/* Reads who wrote a piece of news out of the head of its first paragraph. */
void credits_of_lead(const struct page *p, const struct prose *prose, struct credit_list *out);

/* How a piece of news begins: leads.c. The bytes that name its authors. */
struct news_lead {
    size_t start, end;
    bool names_alone; /* no role stands before them: 某地2月4日电 (叶茂) */
};
/* 本报讯（记者 …）, 记者…报道：, （记者 …）: false where text does not begin so. */
bool news_lead_read(const struct page *p, struct str text, struct news_lead *out);
/* The bytes of 上接第一版, （下转A03版）, 下转→A03 at the head of text; 0 where there is none. */
size_t text_continued_length(const struct page *p, struct str text);
/* The bytes of the page that text begins with: 第一版, A03版, →A03; 0 where it names none. */
size_t text_page_length(struct str text);
/* 编者按：…, 【编者按】…; and the label alone on its line. */
bool text_is_note(const struct page *p, struct str text);
bool text_is_note_label(const struct page *p, struct str text);
/* Begins so, or with 本报讯 alone. */
bool text_opens_news(const struct page *p, struct str text);
/* What ornament_length does where no Han character begins the text. */
size_t leading_ornaments(const struct page *p, struct str text);

/* Without leading ornaments and spaces: how many bytes they take. */
static inline size_t ornament_length(const struct page *p, struct str text)
{
    return text.n > 0 && utf8_is_han_lead(text.p[0]) ? 0 : leading_ornaments(p, text);
}

/* Sections: makes headings and paragraphs of an article's blocks (indices into p->blocks, in
 * reading order; only BLOCK_BODY, BLOCK_SHORT as cross-head, BLOCK_HEADING, BLOCK_ROW). */
void sections_make(struct page *p, struct article *article, const uint32_t *blocks, size_t n);

#endif
