#include "records.h"
#include "baolan/vector.h"

#define F(kind, type, member)                          \
    {                                                  \
        FIELD_##kind, offsetof(struct type, member), 0 \
    }
#define LIST(kind, type, member, n)                                           \
    {                                                                         \
        FIELD_##kind, offsetof(struct type, member), offsetof(struct type, n) \
    }
#define RECORD(insert, fields)                                   \
    {                                                            \
        insert, fields, (int)(sizeof(fields) / sizeof *(fields)) \
    }

static const struct field DOCUMENT[] = {
    F(U32, stored_document, id),
    F(TEXT, stored_document, path),
    F(HASH, stored_document, sha256),
    F(I64, stored_document, size),
    F(I64, stored_document, modified),
    F(INT, stored_document, encoding),
    F(U32, stored_document, replaced),
    F(TEXT, stored_document, title),
    F(TEXT, stored_document, paper),
    F(TEXT, stored_document, edition),
    F(TEXT, stored_document, date),
    F(INT, stored_document, date_from),
    F(TEXT, stored_document, place),
    F(INT, stored_document, place_from),
    F(U32, stored_document, lines),
    F(U32, stored_document, characters),
    F(U32, stored_document, first_article),
    F(U32, stored_document, articles),
    F(U32, stored_document, first_passage),
    F(U32, stored_document, passages),
    F(U32, stored_document, first_indicator),
    F(U32, stored_document, indicators),
    F(U32, stored_document, first_proposal),
    F(U32, stored_document, proposals),
    F(U32, stored_document, first_finding),
    F(U32, stored_document, findings),
    F(U32, stored_document, first_table),
    F(U32, stored_document, tables),
    F(U32, stored_document, mentions),
    LIST(STEPS, stored_document, page_lines, n_page_lines),
};

/* Behind them stands the column names, which is the store's own. */
static const struct field ARTICLE[] = {
    F(U32, stored_article, id),
    F(U32, stored_article, document),
    F(TEXT, stored_article, title),
    F(TEXT, stored_article, kicker),
    F(TEXT, stored_article, subtitle),
    LIST(CREDITS, stored_article, credits, n_credits),
    F(INT, stored_article, year),
    F(TEXT, stored_article, date),
    F(INT, stored_article, date_from),
    F(TEXT, stored_article, place),
    F(INT, stored_article, place_from),
    F(TEXT, stored_article, continued_from),
    F(TEXT, stored_article, continued_to),
    F(ID, stored_article, box_of),
    F(U32, stored_article, first_passage),
    F(U32, stored_article, n_passages),
    F(U32, stored_article, characters),
    F(U32, stored_article, indicators),
    F(I64, stored_article, content_key),
};

static const struct field PROPOSAL[] = {
    F(U32, stored_proposal, id),
    F(U32, stored_proposal, document),
    F(U32, stored_proposal, it.article),
    F(U32, stored_proposal, it.place.paragraph),
    F(U32, stored_proposal, it.place.start),
    F(U32, stored_proposal, it.place.end),
    F(TEXT, stored_proposal, it.title),
    LIST(LINES, stored_proposal, it.speakers, it.n_speakers),
    LIST(LINES, stored_proposal, it.bodies, it.n_bodies),
    LIST(LINES, stored_proposal, it.handlers, it.n_handlers),
    F(PACKED, stored_proposal, it.background),
    F(TEXT, stored_proposal, it.number),
    F(TEXT, stored_proposal, it.session),
    F(INT, stored_proposal, it.year),
    F(TEXT, stored_proposal, it.status),
    F(TEXT, stored_proposal, it.category),
    F(LONG, stored_proposal, it.reply),
    F(U32, stored_proposal, n_suggestions),
    F(I64, stored_proposal, content_key),
    LIST(LINES, stored_proposal, it.joint, it.n_joint),
};

static const struct field SUGGESTION[] = {
    F(U32, suggestion_row, proposal),
    F(U32, suggestion_row, seq),
    F(TEXT, suggestion_row, it.ordinal),
    F(TEXT, suggestion_row, it.title),
    F(PACKED, suggestion_row, it.text),
    F(U32, suggestion_row, it.place.paragraph),
    F(U32, suggestion_row, it.place.start),
    F(U32, suggestion_row, it.place.end),
    LIST(PLACES, suggestion_row, it.measures, it.n_measures),
};

static const struct field FINDING[] = {
    F(U32, stored_finding, id),
    F(U32, stored_finding, document),
    F(INT, stored_finding, it.kind),
    F(U32, stored_finding, across),
    F(U32, stored_finding, article),
    LIST(NUMBERS, stored_finding, it.indicators, it.n_indicators),
    F(TEXT, stored_finding, it.printed),
    F(TEXT, stored_finding, it.computed),
    F(TEXT, stored_finding, it.tolerance),
    F(TEXT, stored_finding, it.formula),
};

static const struct field TABLE[] = {
    F(U32, table_row, stored.id),
    F(U32, table_row, stored.document),
    F(U32, table_row, stored.it.article),
    F(U32, table_row, stored.it.place.paragraph),
    F(U32, table_row, stored.it.place.start),
    F(TEXT, table_row, stored.it.title),
    F(TEXT, table_row, stored.it.unit),
    F(BOOL, table_row, stored.it.from_prose),
    F(U32, table_row, stored.it.rows),
    F(U32, table_row, stored.it.columns),
    F(U32, table_row, stored.it.header_rows),
    F(PACKED, table_row, cells),
    F(BLOB, table_row, indicators),
};

const struct record record_document =
    RECORD("INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
           " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           DOCUMENT);
const struct record record_article =
    RECORD("INSERT INTO article VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           ARTICLE);
const struct record record_proposal =
    RECORD("INSERT INTO proposal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
           " ?)",
           PROPOSAL);
const struct record record_suggestion =
    RECORD("INSERT INTO suggestion VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", SUGGESTION);
const struct record record_finding =
    RECORD("INSERT INTO finding VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", FINDING);
const struct record record_table =
    RECORD("INSERT INTO found_table VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", TABLE);

static uint32_t u32_at(const void *values, size_t at)
{
    uint32_t value;
    memcpy(&value, (const char *)values + at, sizeof value);
    return value;
}

static const void *pointer_at(const void *values, size_t at)
{
    const void *pointer;
    memcpy(&pointer, (const char *)values + at, sizeof pointer);
    return pointer;
}

static void set_u32(void *values, size_t at, uint32_t value)
{
    memcpy((char *)values + at, &value, sizeof value);
}

static void set_pointer(void *values, size_t at, const void *pointer)
{
    memcpy((char *)values + at, &pointer, sizeof pointer);
}

static struct str credits_join(struct arena *a, const struct credit *credits, uint32_t n)
{
    struct buffer b = buffer_in(a);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            buffer_add_byte(&b, '\n');
        buffer_add(&b, credits[i].role);
        buffer_add_byte(&b, '\t');
        buffer_add(&b, credits[i].name);
    }
    return buffer_str(&b);
}

static const struct credit *credits_split(struct arena *a, struct str joined, uint32_t *n)
{
    VECTOR(struct credit) credits = {0};
    while (joined.n > 0) {
        struct str name = str_split(&joined, '\n');
        struct credit credit = {.role = str_split(&name, '\t')};
        credit.name = name;
        vector_push(a, &credits, credit);
    }
    *n = (uint32_t)credits.n;
    return credits.at;
}

/* Numbers as varints, each less the one before where they are steps. */
static struct str numbers_join(struct arena *a, const uint32_t *numbers, uint32_t n, bool steps)
{
    struct buffer b = buffer_in(a);
    for (uint32_t i = 0; i < n; i++)
        varint_put(&b, numbers[i] - (steps && i > 0 ? numbers[i - 1] : 0));
    return buffer_str(&b);
}

static const uint32_t *numbers_split(struct arena *a, struct str blob, bool steps, uint32_t *n)
{
    VECTOR(uint32_t) numbers = {0};
    uint32_t before = 0;
    while (blob.n > 0) {
        uint32_t number = (uint32_t)varint_get(&blob) + (steps ? before : 0);
        vector_push(a, &numbers, number);
        before = number;
    }
    *n = (uint32_t)numbers.n;
    return numbers.at;
}

static struct str places_join(struct arena *a, const struct place *places, uint32_t n)
{
    struct buffer b = buffer_in(a);
    for (uint32_t i = 0; i < n; i++) {
        varint_put(&b, places[i].paragraph);
        varint_put(&b, places[i].start);
        varint_put(&b, places[i].end);
    }
    return buffer_str(&b);
}

static const struct place *places_split(struct arena *a, struct str blob, uint32_t *n)
{
    VECTOR(struct place) places = {0};
    while (blob.n > 0) {
        struct place place = {.paragraph = (uint32_t)varint_get(&blob)};
        place.start = (uint32_t)varint_get(&blob);
        place.end = (uint32_t)varint_get(&blob);
        vector_push(a, &places, place);
    }
    *n = (uint32_t)places.n;
    return places.at;
}

static void bind_list(sqlite3_stmt *st, int to, const struct field *f, const void *values,
                      struct arena *a)
{
    const void *at = pointer_at(values, f->at);
    uint32_t n = u32_at(values, f->count);
    if (f->kind == FIELD_LINES)
        bind_str(st, to, lines_join(a, at, n));
    else if (f->kind == FIELD_CREDITS)
        bind_str(st, to, credits_join(a, at, n));
    else if (f->kind == FIELD_PLACES)
        bind_blob(st, to, places_join(a, at, n));
    else if (n > 0 || f->kind == FIELD_NUMBERS)
        bind_blob(st, to, numbers_join(a, at, n, f->kind == FIELD_STEPS));
}

static void bind_field(sqlite3_stmt *st, int to, const struct field *f, const void *values,
                       struct arena *a)
{
    const char *at = (const char *)values + f->at;
    struct str text;
    int64_t wide;
    int number;
    bool truth;
    switch (f->kind) {
    case FIELD_U32:
        bind_int(st, to, u32_at(values, f->at));
        break;
    case FIELD_ID:
        bind_id(st, to, u32_at(values, f->at));
        break;
    case FIELD_INT:
        memcpy(&number, at, sizeof number);
        bind_int(st, to, number);
        break;
    case FIELD_I64:
        memcpy(&wide, at, sizeof wide);
        bind_int(st, to, wide);
        break;
    case FIELD_BOOL:
        memcpy(&truth, at, sizeof truth);
        bind_int(st, to, truth);
        break;
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_PACKED:
    case FIELD_BLOB:
        memcpy(&text, at, sizeof text);
        if (f->kind == FIELD_PACKED)
            bind_packed(st, to, a, text);
        else
            (f->kind == FIELD_BLOB ? bind_blob : bind_str)(st, to, text);
        break;
    case FIELD_HASH:
        bind_blob(st, to, (struct str){at, 32});
        break;
    default:
        bind_list(st, to, f, values, a);
    }
}

void record_bind(sqlite3_stmt *st, const struct record *r, const void *values, struct arena *a)
{
    for (int i = 0; i < r->n; i++)
        bind_field(st, i + 1, &r->fields[i], values, a);
}

enum status record_put(struct database *db, const struct record *r, const void *values,
                       struct arena *a, struct error *e)
{
    sqlite3_stmt *st = database_prepare(db, r->insert, e);
    if (st == NULL)
        return failed(e);
    record_bind(st, r, values, a);
    return database_finish(db, st, e);
}

static void get_list(sqlite3_stmt *st, int from, const struct field *f, void *values,
                     struct arena *a)
{
    uint32_t n = 0;
    const void *list;
    if (f->kind == FIELD_LINES)
        list = lines_split(a, column_str(a, st, from), &n);
    else if (f->kind == FIELD_CREDITS)
        list = credits_split(a, column_str(a, st, from), &n);
    else if (f->kind == FIELD_PLACES)
        list = places_split(a, column_view(st, from), &n);
    else
        list = numbers_split(a, column_view(st, from), f->kind == FIELD_STEPS, &n);
    set_pointer(values, f->at, list);
    set_u32(values, f->count, n);
}

static void get_text(sqlite3_stmt *st, int from, const struct field *f, void *values, bool brief,
                     struct arena *a)
{
    struct str text = {"", 0};
    if (f->kind == FIELD_TEXT || f->kind == FIELD_BLOB || (f->kind == FIELD_LONG && !brief))
        text = column_str(a, st, from);
    else if (f->kind == FIELD_PACKED && !brief)
        text = column_unpacked(a, st, from);
    memcpy((char *)values + f->at, &text, sizeof text);
}

static void get_field(sqlite3_stmt *st, int from, const struct field *f, void *values, bool brief,
                      struct arena *a)
{
    char *at = (char *)values + f->at;
    int64_t wide = 0;
    struct str hash;
    int number;
    bool truth;
    switch (f->kind) {
    case FIELD_U32:
    case FIELD_ID:
        set_u32(values, f->at, column_u32(st, from));
        break;
    case FIELD_INT:
        number = sqlite3_column_int(st, from);
        memcpy(at, &number, sizeof number);
        break;
    case FIELD_I64:
        wide = sqlite3_column_int64(st, from);
        memcpy(at, &wide, sizeof wide);
        break;
    case FIELD_BOOL:
        truth = sqlite3_column_int(st, from) != 0;
        memcpy(at, &truth, sizeof truth);
        break;
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_PACKED:
    case FIELD_BLOB:
        get_text(st, from, f, values, brief, a);
        break;
    case FIELD_HASH:
        hash = column_view(st, from);
        memcpy(at, hash.p, hash.n < 32 ? hash.n : 32);
        break;
    default:
        get_list(st, from, f, values, a);
    }
}

void record_get(sqlite3_stmt *st, const struct record *r, void *values, bool brief, struct arena *a)
{
    for (int i = 0; i < r->n; i++)
        get_field(st, i, &r->fields[i], values, brief, a);
}
