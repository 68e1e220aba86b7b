/* Bytes of a file to clean text: the boundary where hostile bytes end.
 *
 * What leaves here is valid UTF-8 with LF as the only line end and FF (page break) and TAB as the
 * only other controls: C0 and C1 controls, DEL, bidi controls (U+202A-202E, U+2066-2069, U+200E,
 * U+200F, U+061C), U+2028/2029, NUL and what was no character are each replaced by U+FFFD and
 * counted. */
#ifndef BAOLAN_DECODE_H
#define BAOLAN_DECODE_H

#include "baolan/memory.h"

/* One row an encoding: id, name as `--encoding` takes it and the program prints it. */
#define ENCODING_TABLE(X)           \
    X(ENCODING_AUTO, "auto")        \
    X(ENCODING_UTF8, "utf-8")       \
    X(ENCODING_UTF16LE, "utf-16le") \
    X(ENCODING_UTF16BE, "utf-16be") \
    X(ENCODING_GB18030, "gb18030")

enum encoding {
#define X(id, name) id,
    ENCODING_TABLE(X)
#undef X
        ENCODING_COUNT
};

/* Where a run of text comes from: text[text_start, …) and source[source_start, …) run in step, byte
 * for byte where `same`, else by decoding anew from here. One a line for non-UTF-8 sources, and one
 * where something was replaced. */
struct decode_anchor {
    size_t text, source;
    bool same;
};

struct decoded {
    struct str text;
    enum encoding encoding;
    bool bom;
    size_t replaced; /* invalid bytes and characters that may not pass */
    size_t nuls;     /* of these, NULs */
    struct str source;
    const struct decode_anchor *anchors;
    size_t n_anchors;
};

/* Decodes bytes (kept by reference in out->source; text may point into them where nothing had to
 * change). With ENCODING_AUTO the encoding is found: a BOM; UTF-16 by its zero bytes or line ends;
 * valid UTF-8; else GB18030 where that decodes with few errors; else UTF-8 with replacements.
 * STATUS_NOT_TEXT where the bytes are no text (many NULs or controls, known binary signatures). */
enum status decode(struct arena *a, struct str bytes, enum encoding wanted, struct decoded *out,
                   struct error *e);

/* The byte of the source that byte `at` of the text comes from (the end maps to the end). */
size_t decode_source_offset(const struct decoded *d, size_t at);

/* The encoding of a name (case and "-" ignored; "gbk", "gb2312", "utf8", "utf16" too), or
 * ENCODING_COUNT where there is none. */
enum encoding encoding_named(struct str name);
const char *encoding_name(enum encoding encoding);

#endif
