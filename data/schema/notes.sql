-- What a person did. Precious: never rewritten by an import. Steps of the schema, each one
-- transaction; `-- step N` begins one, and user_version tells how many were made.

-- step 1
-- Where in some text something stands, whatever becomes of the file: by content.
CREATE TABLE anchor(
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL,                   -- of the document's bytes
    path TEXT NOT NULL,                     -- where it was, as a hint
    passage_key INTEGER NOT NULL,           -- hash of the passage's text
    offset INTEGER NOT NULL,                -- bytes in the passage
    quoted TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL);
CREATE INDEX anchor_by_sha256 ON anchor(sha256);

-- The review of something (a proposal, an article, a document): independent fields. The rows of
-- one (kind, content_key, field, author) are its history; the one of the largest id stands.
CREATE TABLE mark(
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- proposal, article, document, entity, finding
    content_key INTEGER NOT NULL,           -- of its content; see store.h
    field TEXT NOT NULL, value TEXT NOT NULL,
    author TEXT NOT NULL,
    time INTEGER NOT NULL,                  -- milliseconds since 1970
    anchor INTEGER REFERENCES anchor(id));
CREATE INDEX mark_by_content ON mark(kind, content_key, field, author, id);

CREATE TABLE bookmark(
    name TEXT PRIMARY KEY, anchor INTEGER NOT NULL REFERENCES anchor(id), time INTEGER NOT NULL);

-- The ring of places, oldest first; what a place is, the interface knows.
CREATE TABLE history(
    id INTEGER PRIMARY KEY, library TEXT NOT NULL, place TEXT NOT NULL, time INTEGER NOT NULL);

-- The last position: of a library (sha256 = x''), and of each document.
CREATE TABLE place(
    library TEXT NOT NULL, sha256 BLOB NOT NULL, place TEXT NOT NULL, time INTEGER NOT NULL,
    PRIMARY KEY(library, sha256)) WITHOUT ROWID;

-- step 2
CREATE TABLE correction(
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, content_key INTEGER NOT NULL,
    field TEXT NOT NULL, value TEXT NOT NULL, was TEXT NOT NULL,
    author TEXT NOT NULL, time INTEGER NOT NULL,
    anchor INTEGER REFERENCES anchor(id));
CREATE INDEX correction_by_content ON correction(kind, content_key, field, id);

-- step 3
-- Samples drawn by `baolan check`, to see how often the parser is right.
CREATE TABLE sample(
    id INTEGER PRIMARY KEY,
    library TEXT NOT NULL, kind TEXT NOT NULL, seed INTEGER NOT NULL,
    time INTEGER NOT NULL);                 -- milliseconds since 1970
CREATE TABLE sampled(
    sample INTEGER NOT NULL REFERENCES sample(id), seq INTEGER NOT NULL,
    answer TEXT NOT NULL,                   -- y, n, or empty: not yet asked
    anchor INTEGER NOT NULL REFERENCES anchor(id),
    PRIMARY KEY(sample, seq));
