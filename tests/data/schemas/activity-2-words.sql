BEGIN TRANSACTION;
CREATE TABLE acts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    moment_utc TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,  -- the article's id, or the source; never a question
    outcome TEXT NOT NULL
) STRICT;
INSERT INTO "acts" VALUES(1,'2026-05-14T12:00:00+00:00',7,'add','ferry','added');
INSERT INTO "acts" VALUES(2,'2026-05-14T12:00:00+00:00',8,'reindex','','built');
CREATE TABLE chats (
    chat_id INTEGER PRIMARY KEY,
    language TEXT,
    excerpts INTEGER NOT NULL,
    quiet_not_found INTEGER NOT NULL
) STRICT;
INSERT INTO "chats" VALUES(-100,'de',1,1);
CREATE TABLE counts (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (day, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO "counts" VALUES('2026-05-14','asked',12);
CREATE TABLE gaps (
    person TEXT NOT NULL,
    folded TEXT NOT NULL,  -- the question without letter case and marks
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    moment_utc TEXT NOT NULL,
    PRIMARY KEY (person, folded)
) STRICT, WITHOUT ROWID;
INSERT INTO "gaps" VALUES('a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','who paid','Who paid?','en','2026-05-14T12:00:00+00:00');
CREATE TABLE languages (person TEXT PRIMARY KEY, language TEXT NOT NULL) STRICT, WITHOUT ROWID
;
INSERT INTO "languages" VALUES('a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','fa');
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "notes" VALUES('tidied','2026-05-14');
INSERT INTO "notes" VALUES('made with','c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3');
CREATE TABLE reporters (  -- until they are told what was decided
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id INTEGER NOT NULL REFERENCES reports (id),
    person TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    chat_id INTEGER NOT NULL,
    message_id INTEGER,
    language TEXT NOT NULL,
    moment_utc TEXT NOT NULL,
    UNIQUE (report_id, person)
) STRICT;
INSERT INTO "reporters" VALUES(1,1,'b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2','wrong','It left at dusk.',7,5,'en','2026-05-14T12:00:00+00:00');
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: old buttons name it
    receipt TEXT NOT NULL,
    article_id TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_day TEXT NOT NULL,
    decided_day TEXT,
    n_reporters INTEGER  -- known without them once it is decided
) STRICT;
INSERT INTO "reports" VALUES(1,'7F3K2M9Q','ferry','open','2026-05-14',NULL,NULL);
INSERT INTO "reports" VALUES(2,'7F3K2M9R','ferry','hidden','2026-05-14','2026-05-14',2);
CREATE TABLE seen (  -- who asked today; a number in counts when the day is over
    day TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (day, person)
) STRICT, WITHOUT ROWID;
INSERT INTO "seen" VALUES('2026-05-14','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1');
CREATE TABLE votes (  -- a row for each excerpt of the answer
    person TEXT NOT NULL,
    answer TEXT NOT NULL,  -- all its receipts
    receipt TEXT NOT NULL,
    article_id TEXT NOT NULL,
    vote TEXT NOT NULL,
    reason TEXT,
    day TEXT NOT NULL,
    PRIMARY KEY (person, answer, receipt)
) STRICT, WITHOUT ROWID;
INSERT INTO "votes" VALUES('a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','7F3K2M9Q','7F3K2M9Q','ferry','down','wrong','2026-05-14');
CREATE INDEX acts_by_moment ON acts (moment_utc)
;
CREATE INDEX votes_by_receipt ON votes (receipt);
CREATE INDEX votes_by_article ON votes (article_id);
CREATE UNIQUE INDEX open_reports ON reports (receipt) WHERE state = 'open';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('acts',2);
INSERT INTO "sqlite_sequence" VALUES('reports',2);
INSERT INTO "sqlite_sequence" VALUES('reporters',1);
COMMIT;
PRAGMA application_id = 1179533635;
PRAGMA user_version = 2;
