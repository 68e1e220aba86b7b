/* The state of reading a document's indicators, shared by the stages of it. */
#ifndef BAOLAN_PARSE_READING_H
#define BAOLAN_PARSE_READING_H

#include "baolan/parse.h"
#include "baolan/vector.h"
#include "parse/attach.h"

/* What an indicator's place in its paragraph says beyond struct indicator. */
struct reading_note {
    enum unit_class class;
    bool share_of_whole; /* 占比 without the whole */
    bool whole_of_time;  /* its metric belongs to no period */
    bool counted;        /* a classifier's count */
    uint32_t whole;      /* the indicator that it is a part of, or NONE */
    uint32_t sentence;   /* running number in the document */
};

/* How far a sentence is read for words of planning. */
struct target_scan {
    size_t begin;    /* where the sentence begins */
    size_t at, word; /* how far; where the last word of planning stands */
    size_t after;    /* where the last 达产后 of the sentence stands, past it; 0: none */
    bool planned, list, own;
    bool done;  /* the last such word says that it is so already */
    bool asked; /* 建议： opened a list that may run on over sentences */
};

/* What the sections of an article say of its times. */
struct section_time {
    uint32_t heading;        /* the topmost heading that names a time, or NONE */
    uint32_t below, top;     /* the paragraph's heading looked at last, and that one above it */
    struct str title;        /* the period of a communique's title, or empty */
    struct str period, span; /* of the heading: its year; the years it looks back on */
    struct str other;        /* a second such span */
    uint32_t opened_under;   /* the outermost heading whose first paragraph was looked at last */
    struct str opened;       /* the year, or span of years, which that paragraph opens with */
    int16_t opened_year;     /* or 0 for a span */
    int16_t year;
    bool looks_back; /* the text is at those years now */
    bool reviews; /* the section is a review: 2025年工作回顾, told while the year runs, too */
};

enum visit { VISIT_UNKNOWN, VISIT_NONE, VISIT_MADE };

struct reading {
    struct document *document;
    const struct parse_options *options;
    struct arena *arena;
    VECTOR(struct indicator) indicators;
    VECTOR(struct reading_note) notes; /* as many */
    VECTOR(struct table) tables;       /* those of the text first */
    uint32_t next_table;               /* of the text, not yet read */
    uint32_t article, paragraph;
    const struct paragraph *at;
    struct plain plain;
    struct times times;
    struct plain title_plain; /* of the title or heading looked at last */
    struct times title_times;
    struct quantities quantities;
    struct attacher attacher;
    VECTOR(struct attachment) made; /* of the paragraph's quantities */
    struct date now;                /* of the article */
    int period, base_period;        /* times index, TIME_NONE, TIME_INHERITED */
    int own_time;                   /* of the next figure alone, or TIME_NONE */
    bool own;                       /* the figure at hand has a time of its own alone */
    int opening;                    /* the last time that a sentence of the paragraph began with */
    struct str inherited;           /* the period carried from the sentence or list before */
    bool inherited_resolved;
    bool inherited_until;  /* it was said with 截至 */
    bool inherited_open;   /* with 以来 */
    struct str running;    /* the last year, half or quarter that a figure was of */
    bool of_event;         /* the period at hand is that of what happened, and of no more */
    bool announced;        /* the sentence makes figures of a time known */
    bool held;             /* the sentence tells what there is now: 现有 */
    bool lacking;          /* the sentence tells what is wanting */
    enum visit of_survey;  /* the same of what somebody asked others */
    enum visit of_visit;   /* the sentence tells how somebody went to see for himself */
    size_t sentence_start; /* of the sentence at hand */
    int item;              /* item_number() of it */
    struct str survey;     /* when the article's survey was made */
    struct str reported;   /* the last period whose figures were set beside the year before */
    bool reported_resolved, reported_month;
    uint32_t n_compared;    /* figures set beside it in the article */
    struct str list_before; /* what was inherited where 一是 or 首先 stands */
    bool list_before_resolved;
    struct str list_period; /* of the sentence that ends with 如下: */
    bool list_resolved;
    uint32_t list_heading;     /* the heading that it stands under */
    struct str metric_whole;   /* the counted whole of the list */
    int16_t year_context;      /* the year that 全年 means, or 0 */
    int16_t year_of_part;      /* of the last 2024年上半年, or 0 */
    bool reports;              /* a work report: it looks back from the year before its own */
    struct str heading_period; /* of what says no time of its own, or empty */
    size_t clause_start;
    struct section_time section;
    struct target_scan target;
    bool advice; /* under a heading of advice or aims, or after 建议： */
    bool asked;  /* 建议： was said in the article */
    uint32_t sentence;
    size_t article_first; /* the article's first indicator */
};

/* What of the times said in the article before holds for the paragraph at hand, which names none
 * before its first figure: 同比 has a time. */
void figure_time_begin_paragraph(struct reading *r);

/* Takes note of an indicator that is read, with its period. */
void figure_time_note(struct reading *r, const struct indicator *made);

/* What of the times said before a sentence that begins at a byte holds for it. */
void figure_time_begin_sentence(struct reading *r, size_t start);

/* True in a sentence that tells how somebody went to see for himself; read where it is asked. */
bool figure_time_is_visit(struct reading *r);

/* True where the time at hand was said in passing, and the next sentence is not of it. */
bool figure_time_is_passing(const struct reading *r);

/* What of a sentence's times holds for the next, which begins at a byte. */
void figure_time_end_sentence(struct reading *r, size_t next);

/* Takes note of the time expression `index`, which stands in a clause with a quantity or without.
 */
void figure_time_take(struct reading *r, size_t index, struct stretch clause, bool has_quantity,
                      bool first_clause);

/* True for the day that a piece is dated: 22日讯. */
bool figure_time_is_dateline(const struct reading *r, const struct time_phrase *t);

/* True where a quantity is what something grew or fell from: 由48%提高到71%. */
bool figure_time_is_from(const struct reading *r, const struct quantity *q);

/* Sets the period of an indicator, whose metric is known, from the times taken so far; `fixed`: of
 * no period unless its own clause names one. */
void figure_time_set(struct reading *r, const struct quantity *q, struct indicator *out,
                     bool fixed);

/* The clause up to a quantity, or what of it is near: no look back costs more than this. */
struct str figure_clause(const struct reading *r, const struct quantity *q);

/* True for what runs over a time, and has no value on a day: 产值, 出生率, 新增床位. */
bool figure_is_flow(const struct reading *r, const struct quantity *q, struct str metric);

/* True for a metric that is told beside a count at the end of the year (年末常住人口12.24万人，
 * 出生率12.31‰) and still is of the whole year. */
bool figure_is_of_whole_year(const struct reading *r, struct str metric);

/* True for how long something lasted or has lived, which is of no year: 连续6年, 59周岁. */
bool figure_is_lifetime(const struct quantity *q, const struct indicator *out);

/* True for what is so whatever time was told of before it (现有民宿37家, 可容纳200人), or belongs
 * to none (`fixed`: 总投资), where its own clause names no time. Remembers 现有 for the sentence.
 */
bool figure_is_timeless(struct reading *r, const struct quantity *q, const struct indicator *out,
                        bool fixed);

/* The number of the item that begins at a byte of a list that runs on in a paragraph (一是, 二要,
 * 第三，, 首先), or 0. */
int item_number(struct str text, size_t at);

/* Begins a sentence at a byte of the plain text, after figure_time_begin_sentence(); what was asked
 * for goes on with its items. */
void target_begin(const struct reading *r, struct target_scan *t, size_t sentence);

/* True where what stands at byte `at` is planned. What a sentence plans begins with a word of
 * planning and ends with the sentence, at a semicolon (but not in a list after a colon), or where a
 * clause says that something is done. Goes forward only. */
bool target_at(const struct reading *r, struct target_scan *t, size_t at);

/* True for a count of what is there already, to which something is to be done:
 * 对沿江|26家作坊实施整治, 整合现有|83个商标. */
bool target_is_existing(const struct reading *r, const struct quantity *q);

/* The first year that a title names (2022年统计公报), or 0. */
int16_t year_of(struct str title);

/* Begins an article. */
void section_time_begin(struct reading *r, struct str title);

/* The period of what a paragraph dates by nothing of its own, or empty; its times are scanned. */
struct str section_time_of(struct reading *r, const struct paragraph *p);

/* Takes note of how a paragraph ended: in the year, or looking back. */
void section_time_end(struct reading *r);

/* True in a section of a work report that is about this year or later. */
bool section_is_planned(const struct reading *r);

/* True in one that is about the years before the report's own. */
bool section_is_past(const struct reading *r);

/* Finds the whole of each 占比 from first on, and what is counted in a breakdown. */
void breakdown_resolve(struct reading *r, size_t first);

/* Makes tables of the breakdowns of the article at hand; they are added to r->tables. */
void breakdown_tables(struct reading *r);

/* Adds the indicators of a table of the text (of the document's tables). */
void table_facts(struct reading *r, uint32_t table);

#endif
