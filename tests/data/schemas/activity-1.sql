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
CREATE INDEX acts_by_moment ON acts (moment_utc);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('acts',2);
COMMIT;
PRAGMA application_id = 1179533635;
PRAGMA user_version = 1;
