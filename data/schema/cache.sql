-- The cache: everything that was read out of the files. It may be deleted at any time.
-- Its version is a hash of this text, the parser's version and the lexicons'; see src/store/store.c.
--
-- Ids of what belongs to a document (article, passage, indicator, proposal, finding, found_table) are
-- dense and contiguous within it, in reading order, so that a document's rows are a range of ids.
-- Columns that a list is ordered by are never NULL.
-- Long texts (passage.text, suggestion.text, proposal.background, found_table.cells) are read with
-- unpack(): two bytes a Han character or a pair of them; see src/store/packed.c.

CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- Sums over the whole library, kept by the writer: a list's length is never counted. And `commits`,
-- which changes with each batch that changes anything.
CREATE TABLE total(name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;

-- What was asked to be imported: files and folders, absolute.
CREATE TABLE folder(path TEXT PRIMARY KEY) WITHOUT ROWID;

-- Files that could not be read in, so that they are not tried again until they change.
CREATE TABLE problem(
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL,
    status INTEGER NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE document(
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,              -- absolute; bytes as the system has them
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,                  -- bytes
    modified INTEGER NOT NULL,              -- nanoseconds since 1970
    encoding INTEGER NOT NULL,              -- enum encoding
    replaced INTEGER NOT NULL,              -- characters that decoding replaced
    title TEXT NOT NULL,                    -- of its first article
    paper TEXT NOT NULL, edition TEXT NOT NULL,
    date TEXT NOT NULL, date_from INTEGER NOT NULL,
    place TEXT NOT NULL, place_from INTEGER NOT NULL,
    lines INTEGER NOT NULL, characters INTEGER NOT NULL,
    first_article INTEGER NOT NULL, articles INTEGER NOT NULL,
    first_passage INTEGER NOT NULL, passages INTEGER NOT NULL,
    first_indicator INTEGER NOT NULL, indicators INTEGER NOT NULL,
    first_proposal INTEGER NOT NULL, proposals INTEGER NOT NULL,
    first_finding INTEGER NOT NULL, findings INTEGER NOT NULL,
    first_table INTEGER NOT NULL, tables INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    page_lines BLOB);                       -- lines at which pages 2, 3, ... begin, each less the one before, varints
CREATE INDEX document_by_date ON document(date);
CREATE INDEX document_by_title ON document(title);
CREATE INDEX document_by_sha256 ON document(substr(sha256, 1, 6));
CREATE INDEX document_by_passage ON document(first_passage);

-- What a converter made of a document's file: its source lines.
CREATE TABLE converted(document INTEGER PRIMARY KEY, text TEXT NOT NULL);

CREATE TABLE article(
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    title TEXT NOT NULL, kicker TEXT NOT NULL, subtitle TEXT NOT NULL,
    credits TEXT NOT NULL,                  -- ROLE TAB NAME LF ...
    year INTEGER NOT NULL, date TEXT NOT NULL, date_from INTEGER NOT NULL,
    place TEXT NOT NULL, place_from INTEGER NOT NULL,
    continued_from TEXT NOT NULL, continued_to TEXT NOT NULL,
    box_of INTEGER,                         -- article, or NULL
    first_passage INTEGER NOT NULL, passages INTEGER NOT NULL,
    characters INTEGER NOT NULL, indicators INTEGER NOT NULL,
    content_key INTEGER NOT NULL,
    names BLOB);                            -- its mentions; see src/store/facts.h
CREATE INDEX article_by_date ON article(date, first_passage, passages);
CREATE INDEX article_by_content ON article(content_key);
CREATE INDEX article_by_box ON article(box_of) WHERE box_of IS NOT NULL;
CREATE INDEX article_continued ON article(document) WHERE continued_from<>'' OR continued_to<>'';

-- Near copies (同文): articles that are copies, each with the first of its kind, and what that is
-- found by. What is in a copy counts for nothing in the sums: its names are not in mention, its
-- figures have a flag, lists of all leave its proposals and findings out.
CREATE TABLE copy(article INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE INDEX copy_by_first ON copy(first);
CREATE TABLE sketch(
    hash INTEGER PRIMARY KEY,
    articles BLOB NOT NULL);                -- the first that have it; see src/store/postings.h

-- Every piece of set text: titles, headings, paragraphs, captions, in reading order. What is made of
-- other columns is made without functions: with one each statement that inserts several rows would
-- keep a journal of its own, before which the index writes out what it has gathered.
CREATE TABLE passage(
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    form INTEGER NOT NULL,                  -- kind, flags and level in one number
    above INTEGER NOT NULL,                 -- how far before it the heading above it stands, or 0
    kind INTEGER AS (form & 15),            -- enum passage_kind
    level INTEGER AS (form >> 8),           -- of a heading: 0 outermost
    heading INTEGER AS (CASE WHEN above>0 THEN id-above END), -- the passage of that heading, or NULL
    flags INTEGER AS (form >> 4 & 15),      -- enum passage_flag
    text TEXT NOT NULL,
    source BLOB);                           -- its pieces; see src/store/encode.c

-- Two indexes hold passages cut into tokens by segment(), one token a Han character: head_index
-- titles, bylines and headings (kinds 0 to 4), passage_index the others. So what stands in a title
-- is found without going through all that stands in texts.
CREATE VIEW head_tokens AS SELECT id, segment(unpack(text)) AS tokens FROM passage WHERE kind<=4;
CREATE VIEW passage_tokens AS SELECT id, segment(unpack(text)) AS tokens FROM passage WHERE kind>4;
CREATE VIRTUAL TABLE head_index USING fts5(
    tokens, tokenize='ascii', columnsize=0, content='head_tokens', content_rowid='id');
CREATE VIRTUAL TABLE passage_index USING fts5(
    tokens, tokenize='ascii', columnsize=0, content='passage_tokens', content_rowid='id');

-- What stands in many rows of indicators: subjects, regions, rules; and what they are measured in.
CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE measure(
    id INTEGER PRIMARY KEY, unit TEXT NOT NULL, base_unit TEXT NOT NULL,
    shift INTEGER NOT NULL,                 -- scale in the base unit less scale as printed
    UNIQUE(unit, base_unit, shift));

-- Metrics joined over their spellings.
CREATE TABLE metric(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, indicators INTEGER NOT NULL DEFAULT 0);
CREATE INDEX metric_by_indicators ON metric(indicators);

-- Indicators, of which a library has most, sixteen packed in a row; read as the table `indicator`,
-- whose columns src/store/figures.h tells.
CREATE TABLE indicator_pack(first INTEGER PRIMARY KEY, packed BLOB NOT NULL);
-- Their order by metric; of those in near copies, which lists leave out, ~metric.
CREATE TABLE indicator_order(
    metric INTEGER NOT NULL, period TEXT NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY(metric, period, id)) WITHOUT ROWID;

CREATE TABLE found_table(
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL, article INTEGER NOT NULL,
    passage INTEGER NOT NULL, start INTEGER NOT NULL,
    title TEXT NOT NULL, unit TEXT NOT NULL, from_prose INTEGER NOT NULL,
    rows INTEGER NOT NULL, columns INTEGER NOT NULL, header_rows INTEGER NOT NULL,
    cells TEXT NOT NULL,                    -- rows by LF, columns by TAB
    cell_indicators BLOB);                  -- index in the document + 1, or 0, a varint a cell

CREATE TABLE proposal(
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL, article INTEGER NOT NULL,
    passage INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    title TEXT NOT NULL,
    speakers TEXT NOT NULL, bodies TEXT NOT NULL, handlers TEXT NOT NULL, -- one a line
    background TEXT NOT NULL,
    number TEXT NOT NULL, session TEXT NOT NULL, year INTEGER NOT NULL,
    status TEXT NOT NULL, category TEXT NOT NULL, reply TEXT NOT NULL,
    suggestions INTEGER NOT NULL,
    content_key INTEGER NOT NULL,
    joint TEXT NOT NULL);                   -- who joined it, one a line
CREATE INDEX proposal_by_title ON proposal(title);
CREATE INDEX proposal_by_speaker ON proposal(speakers);
CREATE INDEX proposal_by_session ON proposal(session);
CREATE INDEX proposal_by_number ON proposal(number);
CREATE INDEX proposal_by_content ON proposal(content_key);

CREATE TABLE suggestion(
    proposal INTEGER NOT NULL, seq INTEGER NOT NULL,
    ordinal TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    passage INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    measures BLOB,                          -- passage, start, end of each, varints
    PRIMARY KEY(proposal, seq)) WITHOUT ROWID;

-- A name of the library. Counts are kept by the writer.
CREATE TABLE entity(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, type INTEGER NOT NULL,
    spellings TEXT NOT NULL,                -- others than the name, one a line
    documents INTEGER NOT NULL, mentions INTEGER NOT NULL,
    first_date TEXT NOT NULL, last_date TEXT NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0);     -- 1: a person said that it is no name
CREATE INDEX entity_hidden ON entity(hidden) WHERE hidden=1;
CREATE INDEX entity_by_name ON entity(name);
CREATE INDEX entity_by_documents ON entity(documents);

-- The keys of all its spellings: the spelling folded, without spaces, dots and quotes.
CREATE TABLE spelling(
    key TEXT NOT NULL, type INTEGER NOT NULL, entity INTEGER NOT NULL,
    PRIMARY KEY(key, type, entity)) WITHOUT ROWID;

CREATE TABLE mention(
    entity INTEGER NOT NULL, passage INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY(entity, passage, start)) WITHOUT ROWID;

CREATE TABLE finding(
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL, kind INTEGER NOT NULL,
    across INTEGER NOT NULL,                -- the other document of two that disagree, or 0
    article INTEGER NOT NULL,               -- that of the disputed figure; 0: of two documents
    indicators BLOB NOT NULL,               -- index in the document (across: id), varints, the disputed one first
    printed TEXT NOT NULL, computed TEXT NOT NULL, tolerance TEXT NOT NULL, formula TEXT NOT NULL);
CREATE INDEX finding_by_kind ON finding(kind);
CREATE INDEX finding_across ON finding(across) WHERE across>0;
CREATE INDEX finding_disputing ON finding(document) WHERE across>0;

-- Where figures of one thing meet: keys of what an indicator measures (see audit_clues).
CREATE TABLE clue(
    key INTEGER PRIMARY KEY,
    indicators BLOB NOT NULL);              -- empty: too many to tell; see src/store/postings.h
-- The keys of a document's clues, 8 bytes each.
CREATE TABLE clued(document INTEGER PRIMARY KEY, keys BLOB NOT NULL);

-- Corrections of the person that were tried on a document, in the order in which they were made.
CREATE TABLE corrected(
    document INTEGER NOT NULL, seq INTEGER NOT NULL,
    identity INTEGER NOT NULL,              -- see correction_identity
    found INTEGER NOT NULL,                 -- 0: what it is about does not stand there
    kind INTEGER NOT NULL,                  -- enum correction_kind
    record INTEGER NOT NULL,                -- id: document, article, passage, indicator, proposal;
                                            -- of a suggestion its proposal, of a name its passage;
                                            -- 0: it was taken out
    part INTEGER NOT NULL,                  -- number of a suggestion, start of a name, else 0
    passage INTEGER NOT NULL,               -- where it shows, or 0
    field TEXT NOT NULL, value TEXT NOT NULL,
    was TEXT NOT NULL,                      -- the parser's own reading
    PRIMARY KEY(document, seq)) WITHOUT ROWID;
-- The corrections that stood at the last import: they were looked for, found or not.
CREATE TABLE looked_for(identity INTEGER PRIMARY KEY);
CREATE INDEX corrected_by_record ON corrected(kind, record, part);
CREATE INDEX corrected_by_identity ON corrected(identity);
