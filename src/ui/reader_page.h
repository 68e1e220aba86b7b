/* A document set as lines: what the reader shows. Knows no terminal, no store and no window.
 *
 * Articles follow one another, each with its passages in reading order: kicker, title, subtitle,
 * byline, the text, and captions at the end. A position is a passage and a byte of its text; rows
 * are counted anew at every width. Long pages, and those that are glanced at, are laid out where
 * they are looked at: until then the rows of a part are an estimate, which reader_page_settle makes
 * exact for the rows in sight.
 */
#ifndef UI_READER_PAGE_H
#define UI_READER_PAGE_H

#include "baolan/layout.h"
#include "baolan/store.h"
#include "ui/row.h"

/* How to set it. */
struct reader_setting {
    int width;   /* cells */
    int measure; /* Han characters in a line at most; 0: 40 */
    bool sentences;
    bool linear; /* rows of tables as sentences, for who hears the screen */
    bool glance; /* only what is in sight is looked at: the other rows may be an estimate */
    enum ambiguous ambiguous;
    const struct lexicon *units; /* for layout_options; may be NULL */
};

/* `passage` counts in reading order. */
struct reader_position {
    size_t passage;
    size_t offset;
};

/* A match of the search within the page, or a link: bytes of a passage. */
struct reader_spot {
    size_t passage, start, end;
    uint32_t link; /* index in the stored passage's links */
};

/* A raw line of the file, shown below its passage. */
struct reader_raw {
    uint32_t number; /* 0: goes on from the row above */
    struct str text;
};

struct reader_page;

/* The page of articles that were loaded with their passages; all live in the arena, but for the
 * lines, which reader_page_free releases. NULL where there is no memory. */
struct reader_page *reader_page_new(struct arena *a, const struct stored_article *articles,
                                    size_t n_articles);
void reader_page_free(struct reader_page *p);

/* Sets the page in lines; nothing where the setting is as before. */
void reader_page_set(struct reader_page *p, const struct reader_setting *setting);

size_t reader_page_rows(const struct reader_page *p);

/* Makes the rows [*top, *top + height) exact; where rows above them become more or fewer, *top and
 * *focus follow the text. */
void reader_page_settle(struct reader_page *p, size_t *top, size_t *focus, size_t height);

/* What stands in a row: the position where its text begins; for a blank row, of what follows. */
struct reader_position reader_page_position(struct reader_page *p, size_t row);
/* The row of a position; the part it stands in is laid out. */
size_t reader_page_row_of(struct reader_page *p, struct reader_position position);

size_t reader_page_passages(const struct reader_page *p);
const struct stored_passage *reader_page_passage(const struct reader_page *p, size_t passage);
/* The passage of that id, or SIZE_MAX. */
size_t reader_page_find_passage(const struct reader_page *p, uint32_t id);

/* The article that a passage stands in; NULL where the page is empty. */
const struct stored_article *reader_page_article(const struct reader_page *p, size_t passage);
/* The first passage of the article of that id, or SIZE_MAX. */
size_t reader_page_find_article(const struct reader_page *p, uint32_t id);

/* The innermost heading of the article at or above a passage, or SIZE_MAX before the first. */
size_t reader_page_heading(const struct reader_page *p, size_t passage);
/* The heading one level out, or SIZE_MAX. */
size_t reader_page_heading_above(const struct reader_page *p, size_t heading);
/* The first title or heading after (step 1) or the last before (-1) a passage, or SIZE_MAX. */
size_t reader_page_section_step(const struct reader_page *p, size_t passage, int step);

/* Links in reading order; those within another are left out. */
size_t reader_page_links(const struct reader_page *p, const struct reader_spot **out);
/* The link at a position, or NO_LINK. */
uint32_t reader_page_link_at(const struct reader_page *p, struct reader_position position);

/* Marks spots (ascending; they must live as long as they are marked) as found. */
void reader_page_mark(struct reader_page *p, const struct reader_spot *spots, size_t n);
/* The mark that the cursor is at: `index` of them, or SIZE_MAX. */
void reader_page_set_mark(struct reader_page *p, size_t index);
size_t reader_page_mark_at(const struct reader_page *p);
size_t reader_page_marked(const struct reader_page *p, const struct reader_spot **out);

/* Marks the passages of these ids as put right by a person; they must live as long as the page. */
void reader_page_set_corrected(struct reader_page *p, const uint32_t *passages, size_t n);

/* Shows raw lines below a passage, or takes them away (n == 0). They must live as long. */
void reader_page_show_raw(struct reader_page *p, size_t passage, const struct reader_raw *raw,
                          size_t n);
/* The passage that has raw lines, or SIZE_MAX. */
size_t reader_page_raw_passage(const struct reader_page *p);

/* Cells that the text of a raw line may take. */
unsigned reader_page_raw_width(const struct reader_page *p);

/* Adds the row; `link` is the focused one, or NO_LINK. */
void reader_page_row(struct reader_page *p, size_t index, uint32_t link, struct row *row);

#endif
