/* What the header of a table says of its columns. */
#ifndef BAOLAN_PARSE_TABLE_COLUMNS_H
#define BAOLAN_PARSE_TABLE_COLUMNS_H

#include "parse/reading.h"

/* What a column holds. */
enum column_role {
    COLUMN_LABEL,
    COLUMN_UNIT,
    COLUMN_NONE, /* 备注, 建设年限: no figures */
    COLUMN_CHANGE,
    COLUMN_SHARE,
    COLUMN_RANK,
    COLUMN_AMOUNT, /* 绝对数, 2023年: the row's label is the metric */
    COLUMN_PLAN,   /* 预算数: such an amount that is aimed at */
    COLUMN_METRIC
};

struct column {
    enum column_role role;
    struct str name; /* as its header has it, without its unit */
    struct str metric; /* that the header names, or empty: 地区生产总值 of 地区生产总值增速 */
    struct str subject; /* whose its figures are: 农村, or empty */
    struct str unit;    /* that its header names, or empty */
    struct str period;  /* that its header names, or empty */
    bool percent;       /* a rate, where nothing says its unit */
};

/* Text without the spaces and ornaments of a cell, in the arena or a view. */
struct str table_clean(struct arena *a, struct str text);

/* Takes a unit in brackets, 亿元 of 产值（亿元）, off the end of a header or label; or empty. */
struct str table_take_unit(struct str *text);

/* The period that a title or header names, or empty; *rest is the text without it. `whole` is the
 * period of the table, by which 本月 and 年末 are resolved, or empty. */
struct str table_period(struct reading *r, struct str text, struct str whole, struct str *rest);

/* The columns of a table, in the arena; *label is set to the first that the rows are named by. */
struct column *table_columns(struct reading *r, const struct table *t, struct str whole,
                             uint32_t *label);

#endif
