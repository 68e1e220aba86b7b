-- What `baolan sql` asks: views over the cache, made for each connection, read-only. Dates are 2023,
-- 2023-05 or 2023-05-09; places in a text are bytes, start and end.

-- Files that were read.
CREATE TEMP VIEW documents AS
    SELECT id, path, title, paper, edition, date, place, lines, characters, articles, proposals,
           indicators, findings FROM main.document;

-- Articles of a document; year: told by its own text, 0 where not.
CREATE TEMP VIEW articles AS
    SELECT id, document, title, kicker, subtitle, date, year, place, characters, indicators
    FROM main.article;

-- Pieces of set text in reading order. kind: title kicker subtitle byline heading body note table
-- caption.
CREATE TEMP VIEW passages AS
    SELECT p.id, a.document, p.article,
           CASE p.kind WHEN 0 THEN 'title' WHEN 1 THEN 'kicker' WHEN 2 THEN 'subtitle'
                       WHEN 3 THEN 'byline' WHEN 4 THEN 'heading' WHEN 5 THEN 'body'
                       WHEN 6 THEN 'note' WHEN 7 THEN 'table' ELSE 'caption' END AS kind,
           p.level, p.heading, unpack(p.text) AS text
    FROM main.passage p JOIN main.article a ON a.id = p.article;

-- Figures. kind: level change share rank. base is the value in base_unit, to compare by.
CREATE TEMP VIEW indicators AS
    SELECT i.id, a.document, p.article, i.passage, i.start, i.start + i.length AS end,
           m.name AS metric, ifnull(indicator_more(i.more, 'metric'), m.name) AS metric_text,
           ifnull(subject.text, '') AS subject, region.text AS region, i.period,
           ifnull(indicator_more(i.more, 'text'),
                  CAST(substr(CAST(unpack(p.text) AS BLOB), i.start + 1, i.length) AS TEXT)) AS text,
           CAST(i.digits || 'e' || (-i.scale) AS REAL) AS value, u.unit,
           CAST(ifnull(indicator_more(i.more, 'base'), i.digits) || 'e' || (-i.scale - u.shift)
               AS REAL) AS base, u.base_unit,
           CASE i.kind WHEN 0 THEN 'level' WHEN 1 THEN 'change' WHEN 2 THEN 'share'
                       ELSE 'rank' END AS kind,
           indicator_more(i.more, 'basis') AS basis,
           indicator_more(i.more, 'qualifier') AS qualifier,
           (i.flags & 2) > 0 AS target, rule.text AS rule
    FROM indicator i JOIN main.passage p ON p.id = i.passage
         JOIN main.article a ON a.id = p.article
         JOIN main.measure u ON u.id = i.measure
         LEFT JOIN main.metric m ON m.id = i.metric
         LEFT JOIN main.word subject ON subject.id = i.subject
         LEFT JOIN main.word region ON region.id = i.region
         LEFT JOIN main.word rule ON rule.id = i.rule;

-- Proposals; speakers, bodies and handlers one a line. Suggestions by their order.
CREATE TEMP VIEW proposals AS
    SELECT id, document, article, title, speakers, bodies, handlers, number, session, year, status,
           category, unpack(background) AS background, suggestions FROM main.proposal;
CREATE TEMP VIEW suggestions AS
    SELECT proposal, seq, ordinal, title, unpack(text) AS text, passage FROM main.suggestion;

-- Names (other spellings one a line), and everywhere each stands. type: organisation place person document programme project.
CREATE TEMP VIEW names AS
    SELECT id, name, CASE type WHEN 0 THEN 'organisation' WHEN 1 THEN 'place' WHEN 2 THEN 'person'
                               WHEN 3 THEN 'document' WHEN 4 THEN 'programme'
                               ELSE 'project' END AS type,
           spellings, documents, mentions, first_date, last_date FROM main.entity;
CREATE TEMP VIEW mentions AS SELECT entity AS name, passage, start, end FROM main.mention;

-- What does not add up. kind: sum share growth share-sum bound conflict unit rank count-list.
CREATE TEMP VIEW findings AS
    SELECT id, document, across AS other_document,
           CASE kind WHEN 0 THEN 'sum' WHEN 1 THEN 'share' WHEN 2 THEN 'growth'
                     WHEN 3 THEN 'share-sum' WHEN 4 THEN 'bound' WHEN 5 THEN 'conflict'
                     WHEN 6 THEN 'unit' WHEN 7 THEN 'rank' ELSE 'count-list' END AS kind,
           printed, computed, tolerance, formula FROM main.finding;
