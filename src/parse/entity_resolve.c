/* From candidates to entities: which spellings are one thing. */
#include "baolan/buffer.h"
#include "baolan/utf8.h"
#include "parse/entity_thing.h"

#include <stdlib.h>

static uint32_t add_thing(struct resolver *v, struct str name, enum entity_type type,
                          const char *rule)
{
    struct thing *thing = vector_add(v->arena, &v->things);
    thing->name = name;
    thing->type = type;
    thing->rule = rule;
    return (uint32_t)v->things.n - 1;
}

static void add_alias(struct resolver *v, uint32_t thing, struct str spelling, bool quoted)
{
    bool is_new;
    struct map_entry *entry = map_put(&v->by_spelling, spelling, &is_new);
    if (!is_new) {
        struct alias *known = &v->aliases.at[entry->value.number];
        known->quoted &= quoted || known->thing != thing;
        return;
    }
    entry->value.number = v->aliases.n;
    struct alias alias = {spelling, thing, quoted};
    vector_push(v->arena, &v->aliases, alias);
    vector_push(v->arena, &v->things.at[thing].aliases, spelling);
}

/* The thing that is known by a key, or NONE. */
static uint32_t find_key(const struct resolver *v, enum key_kind kind, struct str key)
{
    const struct map_entry *entry = map_get(&v->by_key[kind], key);
    return entry == NULL ? NONE : (uint32_t)entry->value.number;
}

static void put_key(struct resolver *v, enum key_kind kind, struct str key, uint32_t thing)
{
    bool is_new;
    struct map_entry *entry = map_put(&v->by_key[kind], key, &is_new);
    if (is_new)
        entry->value.number = thing;
}

/* An organisation's name in parts. */
struct parts {
    struct str region; /* 浙江, 海州市; may be empty */
    struct str level;  /* 市 of 海州市, or of 市妇联 */
    struct str rest;   /* without region and level */
    struct str brand;  /* what stands before business words; may be empty */
    bool company;
};

/* The administrative unit that name begins with: its end, or 0; *level is its last character. */
static size_t admin_prefix(const struct entity_reader *r, struct str name, struct str *level)
{
    static const struct str levels[] = {STR_INIT("市"), STR_INIT("省"),   STR_INIT("县"),
                                        STR_INIT("区"), STR_INIT("街道"), STR_INIT("镇"),
                                        STR_INIT("乡")};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        size_t at = str_find(str_sub(name, 0, 15), levels[i], 0);
        if (at == STR_NONE || (at > 0 && at < 6))
            continue;
        size_t end = at + levels[i].n;
        if (at > 0 && map_get(&r->places_seen, str_sub(name, 0, end)) == NULL)
            continue;
        *level = levels[i];
        return end;
    }
    return 0;
}

static struct parts parts_of(const struct resolver *v, struct str name)
{
    const struct entity_reader *r = v->r;
    struct parts p = {.rest = name};
    size_t end = entity_region_end(r, name, 0);
    if (end == 0)
        end = admin_prefix(r, name, &p.level);
    /* A place that the document names with its level elsewhere. */
    for (size_t n = 9; end == 0 && n >= 6; n -= 3)
        if (name.n > n && find_key(v, KEY_PLACE, str_sub(name, 0, n)) != NONE)
            end = n;
    p.region = str_sub(name, 0, end);
    p.rest = str_sub(name, end, name.n);
    size_t start = p.rest.n;
    const struct lexicon_entry *entry = lexicon_match_before(r->bodies, p.rest, p.rest.n, &start);
    p.company =
        entry != NULL && (lexicon_flag(entry, "brand") || str_eq(entry->word, STR("公司")) ||
                          str_eq(entry->word, STR("集团")));
    size_t brand = 0;
    while (brand < start && brand < 15) {
        size_t two = brand, three;
        utf8_next(p.rest, &two);
        uint32_t c = utf8_at(p.rest, brand);
        three = two;
        utf8_next(p.rest, &three);
        if (!point_is_han(c))
            break;
        /* 远帆|特产|业 is 远帆特|产业: of two words that overlap, that which another follows. */
        if (entity_word(r, str_sub(p.rest, brand, three)) != WORD_UNKNOWN &&
            (entity_word(r, str_sub(p.rest, two, three + 3)) == WORD_UNKNOWN ||
             entity_word(r, str_sub(p.rest, three, three + 6)) != WORD_UNKNOWN))
            break;
        brand = two;
    }
    p.brand = str_sub(p.rest, 0, brand);
    return p;
}

/* What the zones of the nation's programmes are called for short: 某某经济技术开发区 is 经开区. */
static const struct {
    struct str ending, key;
} ZONES[] = {
    {STR_INIT("经济技术开发区"), STR_INIT("经开区")},
    {STR_INIT("经济开发区"), STR_INIT("经开区")},
    {STR_INIT("高新技术产业开发区"), STR_INIT("高新区")},
    {STR_INIT("高新技术产业园区"), STR_INIT("高新区")},
    {STR_INIT("高新技术开发区"), STR_INIT("高新区")},
};

static void add_organisation_keys(struct resolver *v, uint32_t thing, struct str name,
                                  const struct parts *p)
{
    for (size_t i = 0; i < sizeof ZONES / sizeof *ZONES; i++)
        if (str_ends(name, ZONES[i].ending))
            put_key(v, KEY_ZONE, ZONES[i].key, thing);
    if (p->region.n > 0 && utf8_count(p->rest) >= 4)
        put_key(v, KEY_REGIONLESS, p->rest, thing);
    if (p->level.n > 0 && p->region.n > p->level.n) {
        struct buffer b = buffer_in(v->arena);
        buffer_add(&b, p->level);
        buffer_add(&b, p->rest);
        put_key(v, KEY_LEVEL, buffer_str(&b), thing);
    }
    if (p->brand.n >= 6 && p->company) {
        put_key(v, KEY_BRAND, p->brand, thing);
        if (entity_word(v->r, p->brand) == WORD_UNKNOWN && p->brand.n < p->rest.n)
            add_alias(v, thing, p->brand, false);
    }
}

static uint32_t find_organisation(const struct resolver *v, struct str name, const struct parts *p)
{
    uint32_t found = find_key(v, KEY_LEVEL, name);
    if (found == NONE)
        found = find_key(v, KEY_ZONE, name);
    if (found == NONE)
        found = find_key(v, KEY_REGIONLESS, name);
    if (found == NONE && p->company && p->brand.n >= 6)
        found = find_key(v, KEY_BRAND, p->brand);
    return found;
}

/* Bytes of a name of which one that has the same characters is another spelling. */
enum { PERMUTED_LEAST = 18 };

/* A key of the characters of name in order of value, marks left out: the same for 长三角·某港 and
 * 某·长三角港. Empty of a short name. */
static struct str permuted(struct resolver *v, struct str name)
{
    enum { POINTS_MOST = 64 };
    uint32_t points[POINTS_MOST];
    size_t n = 0, bytes = 0;
    if (name.n < PERMUTED_LEAST)
        return (struct str){NULL, 0};
    for (size_t i = 0, at = 0; i < name.n && n < POINTS_MOST; at = i) {
        uint32_t c = utf8_next(name, &i);
        if (c == 0xB7 || c == 0x30FB || point_is_space(c))
            continue;
        size_t k = n++;
        for (; k > 0 && points[k - 1] > c; k--)
            points[k] = points[k - 1];
        points[k] = c;
        bytes += i - at;
    }
    if (bytes < PERMUTED_LEAST)
        return (struct str){NULL, 0};
    return (struct str){arena_dup(v->arena, points, n * sizeof *points), n * sizeof *points};
}

bool entity_is_admin(const struct entity_reader *r, struct str name)
{
    const struct lexicon_entry *entry = lexicon_match_before(r->places, name, name.n, NULL);
    return entry != NULL && lexicon_flag(entry, "admin");
}

/* The village in 石门镇梨溪村, the county in 江西省玉屏县, or empty. */
static struct str village_of(const struct entity_reader *r, struct str name)
{
    size_t region = entity_region_end(r, name, 0);
    if (region > 0 && name.n >= region + 9 && entity_is_admin(r, name))
        return str_sub(name, region, name.n);
    static const struct str towns[] = {STR_INIT("镇"), STR_INIT("街道"), STR_INIT("乡")};
    for (size_t i = 0; i < sizeof towns / sizeof *towns; i++) {
        size_t at = str_find_last(name, towns[i]);
        if (at != STR_NONE && at >= 6 && name.n - at - towns[i].n >= 9 && str_ends(name, STR("村")))
            return str_sub(name, at + towns[i].n, name.n);
    }
    return (struct str){NULL, 0};
}

/* A place's name without its level: 海州 of 海州市; empty where it does not go without. */
static struct str short_place(const struct entity_reader *r, struct str name)
{
    size_t start;
    const struct lexicon_entry *entry = lexicon_match_before(r->places, name, name.n, &start);
    if (entry == NULL || !lexicon_flag(entry, "admin") || start < 6)
        return (struct str){NULL, 0};
    struct str bare = str_sub(name, 0, start);
    return entity_word(r, bare) == WORD_UNKNOWN && bare.n <= 12 ? bare : (struct str){NULL, 0};
}

static bool has_sign(struct str s)
{
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        if (point_is_any_digit(c) || point_is_latin(c) || c == '+' || c == 0xB7)
            return true;
    }
    return false;
}

/* True where s is made of common words alone: quoted once it is a slogan, elsewhere plain speech.
 */
static bool is_plain(const struct entity_reader *r, struct str s)
{
    size_t at = s.n;
    while (at > 0 && entity_word_before(r, s, at, &at) != WORD_UNKNOWN)
        ;
    return at == 0;
}

static bool counts_quoted_only(const struct resolver *v, struct str core)
{
    const struct entity_reader *r = v->r;
    size_t place = entity_region_end(r, core, 0);
    for (size_t n = 9; place == 0 && n >= 6; n -= 3)
        if (core.n > n && find_key(v, KEY_PLACE, str_sub(core, 0, n)) != NONE)
            place = n;
    core = str_sub(core, place < core.n ? place : 0, core.n);
    return !has_sign(core) &&
           (utf8_count(core) < 4 || (utf8_count(core) <= 6 && is_plain(r, core)));
}

/* What spellings of one project share: its characters without places, · and the word 项目. */
static struct str project_core(struct resolver *v, struct str name)
{
    struct buffer b = buffer_in(v->arena);
    while (str_ends(name, STR("项目")) || str_ends(name, STR("工程")))
        name.n -= 6;
    for (size_t i = 0, next = 0; i < name.n; i = next) {
        next = entity_region_end(v->r, name, i);
        for (size_t n = 9; next == i && n >= 6; n -= 3)
            if (i + n <= name.n && find_key(v, KEY_PLACE, str_sub(name, i, i + n)) != NONE)
                next = i + n;
        if (next > i)
            continue;
        if (utf8_next(name, &next) != 0xB7)
            buffer_add(&b, str_sub(name, i, next));
    }
    return buffer_str(&b);
}

/* A project's name without the word 项目: 某某国际信息港; empty where that is no name, or a body's
 * or place's. */
static struct str without_kind(const struct resolver *v, enum entity_type type, struct str name)
{
    struct str kind = STR("项目"), none = {NULL, 0};
    if (type != ENTITY_PROJECT || !str_ends(name, kind))
        return none;
    struct str bare = str_sub(name, 0, name.n - kind.n);
    if (utf8_count(bare) < 5 || is_plain(v->r, bare))
        return none;
    if (lexicon_match_before(v->r->projects, bare, bare.n, NULL) == NULL &&
        (lexicon_match_before(v->r->bodies, bare, bare.n, NULL) != NULL ||
         lexicon_match_before(v->r->places, bare, bare.n, NULL) != NULL))
        return none;
    return bare;
}

/* The thing of a spelling, or NONE. */
static uint32_t thing_of(const struct resolver *v, struct str spelling)
{
    const struct map_entry *known = map_get(&v->by_spelling, spelling);
    return known == NULL ? NONE : v->aliases.at[known->value.number].thing;
}

/* Gives a candidate to the thing that it spells, made where there is none. */
static void place_candidate(struct resolver *v, const struct candidate *c)
{
    struct entity_reader *r = v->r;
    struct str spelling = entity_spelling(r, c);
    const struct map_entry *known = map_get(&v->by_spelling, spelling);
    if (known != NULL && v->aliases.at != NULL) {
        struct alias *alias = &v->aliases.at[known->value.number];
        alias->quoted &= c->core.n > 0 && counts_quoted_only(v, c->core);
        return;
    }
    bool quotation = c->core.n > 0;
    struct str core = quotation ? c->core : spelling;
    struct str sorted = c->type == ENTITY_ORGANISATION || c->type == ENTITY_PROJECT
                            ? permuted(v, core)
                            : (struct str){NULL, 0};
    struct parts parts = {0};
    if (c->type == ENTITY_ORGANISATION)
        parts = parts_of(v, spelling);
    uint32_t thing = find_key(v, KEY_CORE, core);
    if (thing == NONE && c->type == ENTITY_ORGANISATION)
        thing = find_organisation(v, spelling, &parts);
    const struct lexicon_entry *region = lexicon_find(r->places, spelling);
    struct str full = region == NULL ? (struct str){NULL, 0} : lexicon_field(region, "full");
    if (thing == NONE && c->type == ENTITY_PLACE)
        thing = find_key(v, KEY_PLACE, full.n > 0 ? full : spelling);
    if (thing == NONE && c->type == ENTITY_PLACE && spelling.n == 9 &&
        str_starts(spelling, STR("金")))
        thing =
            find_key(v, KEY_PLACE, str_sub(spelling, 3, 9)); /* 金X, as towns praise themselves */
    if (thing == NONE && sorted.n > 0)
        thing = find_key(v, KEY_PERMUTED, sorted);
    struct str project = {NULL, 0};
    if (c->type == ENTITY_PROJECT)
        project = project_core(v, spelling);
    if (thing == NONE && utf8_count(project) >= 5)
        thing = find_key(v, KEY_PROJECT, project);
    if (thing == NONE)
        thing = add_thing(v, spelling, c->type, c->rule);
    if (utf8_count(project) >= 5)
        put_key(v, KEY_PROJECT, project, thing);
    bool quoted = quotation && str_eq(core, spelling) && counts_quoted_only(v, core);
    add_alias(v, thing, spelling, quoted);
    put_key(v, KEY_CORE, core, thing);
    if (sorted.n > 0)
        put_key(v, KEY_PERMUTED, sorted, thing);
    struct str bare_project = without_kind(v, c->type, spelling);
    if (bare_project.n > 0)
        add_alias(v, thing, bare_project, false);
    if (quotation && !str_eq(core, spelling))
        add_alias(v, thing, core, counts_quoted_only(v, core));
    if (c->type == ENTITY_ORGANISATION)
        add_organisation_keys(v, thing, spelling, &parts);
    if (c->type == ENTITY_PLACE) {
        struct str bare = short_place(r, spelling);
        put_key(v, KEY_PLACE, full.n > 0 ? full : spelling, thing);
        if (village_of(r, spelling).n > 0)
            put_key(v, KEY_PLACE, village_of(r, spelling), thing);
        if (bare.n > 0) {
            put_key(v, KEY_PLACE, bare, thing);
            add_alias(v, thing, bare, false);
        }
    }
}

/* The other spelling of a name that a definition gives it. In book or quotation marks it counts in
 * them only: 《规划》. */
static void add_defined(struct resolver *v, const struct candidate *c)
{
    const struct definition *d = &v->r->definitions.at[c->defined];
    struct str text = v->r->units.at[d->unit].text, other = str_sub(text, d->start, d->end);
    size_t mark = d->start;
    bool book = utf8_previous(text, &mark) == 0x300A;
    add_alias(v, thing_of(v, entity_spelling(v->r, c)), other,
              book || (utf8_count(other) < 4 && is_plain(v->r, other)));
}

static void place_defined(struct resolver *v, const struct candidate *c)
{
    place_candidate(v, c);
    if (v->r->units.at[c->unit].kind == UNIT_GIVEN)
        v->things.at[thing_of(v, entity_spelling(v->r, c))].given = true;
    if (c->defined != NONE)
        add_defined(v, c);
}

/* The companies among the candidates from number `from` on, by spelling, with their short names. */
static struct map short_names(struct resolver *v, size_t from)
{
    struct entity_reader *r = v->r;
    VECTOR(struct company) companies = {0};
    struct map found = map_in(v->arena);
    for (size_t i = from; i < r->candidates.n; i++) {
        struct str name = entity_spelling(r, &r->candidates.at[i]);
        bool is_new = r->candidates.at[i].type == ENTITY_ORGANISATION;
        struct parts p = is_new ? parts_of(v, name) : (struct parts){0};
        if (p.company)
            map_put(&found, name, &is_new);
        if (!p.company || !is_new)
            continue;
        struct company company = {.full = name, .region = p.region.n};
        vector_push(v->arena, &companies, company);
    }
    entity_find_shorts(r, companies.at, companies.n);
    for (size_t i = 0; i < companies.n; i++)
        map_put(&found, companies.at[i].full, NULL)->value.pointer = &companies.at[i];
    return found;
}

static int compare_length(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    uint32_t x = a->end - a->start, y = b->end - b->start;
    bool p = a->type == ENTITY_PLACE, q = b->type == ENTITY_PLACE;
    if (p != q)
        return p ? -1 : 1;
    if ((a->defined != NONE) != (b->defined != NONE))
        return a->defined != NONE ? -1 : 1;
    if (x != y)
        return x > y ? -1 : 1;
    return entity_compare(left, right);
}

/* True where the candidate is how people address a person: 高书记. */
static bool is_address(const struct candidate *c)
{
    return strcmp(c->rule, "address") == 0;
}

/* The one person among the things whose name begins with the surname that address does: NONE where
 * there is none, or several. */
static uint32_t find_addressed(const struct resolver *v, struct str address)
{
    size_t end = 0;
    uint32_t found = NONE;
    utf8_next(address, &end);
    for (size_t i = 0; i < v->things.n; i++) {
        const struct thing *thing = &v->things.at[i];
        if (thing->type != ENTITY_PERSON || strcmp(thing->rule, "address") == 0 ||
            !str_starts(thing->name, str_sub(address, 0, end)))
            continue;
        if (found != NONE)
            return NONE;
        found = (uint32_t)i;
    }
    return found;
}

/* Gives how people are addressed to whom the text names in full. By itself it is a name where it
 * comes again with a surname that begins no other words. */
static void place_addresses(struct resolver *v, size_t from)
{
    struct entity_reader *r = v->r;
    struct map counts = map_in(v->arena);
    for (size_t i = from; i < r->candidates.n; i++)
        if (is_address(&r->candidates.at[i]))
            map_put(&counts, entity_spelling(r, &r->candidates.at[i]), NULL)->value.number++;
    for (size_t i = from; i < r->candidates.n; i++) {
        const struct candidate *c = &r->candidates.at[i];
        struct str spelling = entity_spelling(r, c);
        if (!is_address(c) || map_get(&v->by_spelling, spelling) != NULL)
            continue;
        size_t end = 0;
        uint32_t person = find_addressed(v, spelling);
        utf8_next(spelling, &end);
        const struct lexicon_entry *surname = lexicon_find(r->surnames, str_sub(spelling, 0, end));
        bool again = map_get(&counts, spelling)->value.number > 1;
        if (person != NONE)
            add_alias(v, person, spelling, false);
        else if (again && surname != NULL && !lexicon_flag(surname, "weak"))
            place_candidate(v, c);
    }
}

/* Places first, since organisations are named after them; then the longest, so that short forms
 * find their full names. */
static void place_candidates(struct resolver *v)
{
    struct entity_reader *r = v->r;
    if (r->candidates.n > 0)
        qsort(r->candidates.at, r->candidates.n, sizeof *r->candidates.at, compare_length);
    size_t i = 0;
    for (; i < r->candidates.n && r->candidates.at[i].type == ENTITY_PLACE; i++)
        place_defined(v, &r->candidates.at[i]);
    struct map shorts = short_names(v, i);
    size_t first = i;
    for (; i < r->candidates.n; i++) {
        const struct candidate *c = &r->candidates.at[i];
        if (is_address(c))
            continue;
        const struct map_entry *entry = map_get(&shorts, entity_spelling(r, c));
        const struct company *company = entry == NULL ? NULL : entry->value.pointer;
        for (unsigned k = 0; company != NULL && k < company->n_shorts; k++) {
            uint32_t known = thing_of(v, company->shorts[k]);
            if (known != NONE && v->things.at[known].type == ENTITY_ORGANISATION)
                add_alias(v, known, company->full, false);
        }
        place_defined(v, c);
        for (unsigned k = 0; company != NULL && k < company->n_shorts; k++)
            add_alias(v, thing_of(v, company->full), company->shorts[k], false);
    }
    place_addresses(v, first);
}

/* The longest spelling that stands in the document. */
static struct str fullest(const struct thing *thing)
{
    struct str name = thing->mentions.at[0].spelling;
    for (size_t i = 1; i < thing->mentions.n; i++)
        if (thing->mentions.at[i].spelling.n > name.n)
            name = thing->mentions.at[i].spelling;
    return name;
}

static int compare_first(const void *left, const void *right)
{
    const struct thing *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return str_cmp(a->name, b->name);
}

void entity_resolve(struct entity_reader *r)
{
    struct resolver v = {.r = r, .arena = r->arena, .by_spelling = map_in(r->arena)};
    for (size_t i = 0; i < KEY_KINDS; i++)
        v.by_key[i] = map_in(r->arena);
    entity_select(r);
    place_candidates(&v);
    entity_find_mentions(&v);
    VECTOR(struct entity) entities = {0};
    if (v.things.n > 0)
        qsort(v.things.at, v.things.n, sizeof *v.things.at, compare_first);
    for (size_t i = 0; i < v.things.n; i++) {
        struct thing *thing = &v.things.at[i];
        if (thing->mentions.n == 0)
            continue;
        struct entity entity = {fullest(thing),     thing->type,
                                thing->aliases.at,  (uint32_t)thing->aliases.n,
                                thing->mentions.at, (uint32_t)thing->mentions.n,
                                thing->rule};
        vector_push(r->arena, &entities, entity);
    }
    r->document->entities = entities.at;
    r->document->n_entities = (uint32_t)entities.n;
}
