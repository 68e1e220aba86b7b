/* Members quoted in the news: how a story names who speaks, and where what is asked for begins. */
#ifndef BAOLAN_PARSE_PROPOSAL_QUOTED_H
#define BAOLAN_PARSE_PROPOSAL_QUOTED_H

#include "parse/proposal.h"

/* A member's name at 委员, which stands at byte `at` of s, before it or after it, and the end of
 * both. */
bool proposal_member_named(const struct proposal_reader *r, struct str s, size_t at,
                           struct str *name, size_t *end);

/* True where another member follows at byte `at`: 与全国政协委员…. */
bool proposal_member_joins(struct str s, size_t at);

/* The byte after an adverb between a name and its verb: 沈某则指出, 冯某将提交. */
size_t proposal_member_verb(struct str s, size_t at);

/* True where a verb of saying stands at byte `at`, behind an adverb or not. */
bool proposal_member_says(const struct proposal_reader *r, struct str s, size_t at);

/* The byte after the speaker's name or a pronoun at byte `at`, else STR_NONE. */
size_t proposal_member_said_by(struct str s, size_t at, struct str name);

/* 代表民革某某市委会发言: on whose behalf a member speaks, at byte *end of s, which moves behind it
 * and 发言 and the like. */
struct str proposal_member_behalf(const struct proposal_reader *r, struct str s, size_t *end);

/* The byte where a sentence of s after byte `from` says what is to be done (要提高…), else
 * STR_NONE. */
size_t proposal_asking_plain(struct str s, size_t from);

/* The byte after `建议，` where it stands at byte end of s, else STR_NONE. */
size_t proposal_asking_suggests(const struct proposal_reader *r, struct str s, size_t end);

/* The byte after 提出， or 呼吁， where what follows asks for something: 要…, 应…, 加快…. */
size_t proposal_asking_at(const struct proposal_reader *r, struct str s, size_t at);

/* The byte after a 建议 further on in what a member says, where it stands right after a mark and
 * goes on with what is suggested (…取代，建议能继续保留); *clause is where it begins. Clauses that
 * lead to it (为此，建议) are left to proposal_finish. STR_NONE where there is none. */
size_t proposal_asking_later(const struct proposal_reader *r, struct str s, size_t from,
                             struct str name, size_t *clause);

/* “建议…。”甘某说，“同时…。”: where what is asked for stands in the quotation that a paragraph
 * opens with, and where the rest begins. */
struct asking {
    size_t from, to, rest;
    struct str name; /* of a member named behind it; empty: of whom is being read */
};

/* Reads such a quotation; speaker: of whom is being read, or empty. */
bool proposal_asking_quoted(const struct proposal_reader *r, struct str s, struct str speaker,
                            struct asking *out);

#endif
