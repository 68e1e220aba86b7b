/* What the files that turn candidates into entities share: things, and the spellings that they are
 * searched for by. */
#ifndef BAOLAN_PARSE_ENTITY_THING_H
#define BAOLAN_PARSE_ENTITY_THING_H

#include "parse/entity.h"

/* A thing with a name, while its spellings are gathered. */
struct thing {
    struct str name;
    enum entity_type type;
    const char *rule;
    bool given;           /* by the form of a page or proposal */
    uint32_t unit, start; /* of the first mention */
    VECTOR(struct str) aliases;
    VECTOR(struct mention) mentions;
};

/* A spelling that is searched for. */
struct alias {
    struct str spelling;
    uint32_t thing;
    bool quoted; /* counts in quotation marks only */
};

/* What spellings of one thing share. */
enum key_kind {
    KEY_CORE,       /* what stands in quotation marks, or the spelling */
    KEY_PLACE,      /* a place's full name, its village, its name without its level */
    KEY_PERMUTED,   /* the characters in order of value */
    KEY_PROJECT,    /* see project_core */
    KEY_ZONE,       /* what a zone is called for short */
    KEY_REGIONLESS, /* an organisation's name without the region that it begins with */
    KEY_LEVEL,      /* that with the region's level alone */
    KEY_BRAND,      /* a company's */
    KEY_KINDS
};

struct resolver {
    struct entity_reader *r;
    struct arena *arena;
    VECTOR(struct thing) things;
    VECTOR(struct alias) aliases;
    struct map by_spelling;       /* → index in aliases */
    struct map by_key[KEY_KINDS]; /* → index in things */
};

/* True where name ends as those of administrative units do. */
bool entity_is_admin(const struct entity_reader *r, struct str name);

/* Finds everywhere that each spelling stands, and gives each thing its mentions. */
void entity_find_mentions(struct resolver *v);

#endif
