BEGIN TRANSACTION;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    head INTEGER REFERENCES versions (seq)  -- the version readers are shown; NULL once removed
) STRICT;
INSERT INTO "articles" VALUES('915963203421',2);
INSERT INTO "articles" VALUES('pier',3);
INSERT INTO "articles" VALUES('kite',NULL);
CREATE TABLE removals (
    article_id TEXT NOT NULL REFERENCES articles (id),
    seq INTEGER NOT NULL REFERENCES versions (seq),
    removed_utc TEXT NOT NULL
) STRICT;
INSERT INTO "removals" VALUES('kite',4,'2026-05-14T12:00:00+00:00');
CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES articles (id),
    origin TEXT NOT NULL,
    seen_utc TEXT NOT NULL
) STRICT;
INSERT INTO "sources" VALUES('path:/in/ferry.txt','915963203421','/in/ferry.txt','2026-05-14T12:00:00+00:00');
INSERT INTO "sources" VALUES('id:pier','pier','pier','2026-05-14T12:00:00+00:00');
INSERT INTO "sources" VALUES('id:kite','kite','kite','2026-05-14T12:00:00+00:00');
CREATE TABLE state (revision INTEGER NOT NULL) STRICT;
INSERT INTO "state" VALUES(5);
CREATE TABLE versions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused: receipts name it
    article_id TEXT NOT NULL REFERENCES articles (id),
    hash TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    source TEXT,
    author TEXT,
    published TEXT,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    seen_utc TEXT NOT NULL,
    UNIQUE (article_id, hash)
) STRICT;
INSERT INTO "versions" VALUES(1,'915963203421','866084abe2cef059b80c779ed825c0367ba88b86ac00109907dc330560b472f3','The ferry',NULL,NULL,NULL,NULL,'The ferry left at dawn. It carried forty passengers and a crate of oranges.','en','2026-05-14T12:00:00+00:00');
INSERT INTO "versions" VALUES(2,'915963203421','cda33d88484b2488998ebb9082d4a474d2bd422c436cc1ff9e9f46047e243059','The ferry',NULL,NULL,NULL,NULL,'The ferry left at dusk. It carried forty passengers and a crate of oranges.','en','2026-05-14T12:00:00+00:00');
INSERT INTO "versions" VALUES(3,'pier','0850433356ccba42e2b7c453f1f508d9e6fe59a164d0e851b8f6dc3732fd337b','The pier','https://paper.example/pier','Harbour Line','Moira Tennant','2026-03-06','The pier was built in 1871 by the harbour board.','en','2026-05-14T12:00:00+00:00');
INSERT INTO "versions" VALUES(4,'kite','607b3618600cdf7f760ff81f9d874a3ceb00271819d178d62c76618d29e415d4','The kite',NULL,NULL,NULL,NULL,'Kites flew over the harbour all afternoon.','en','2026-05-14T12:00:00+00:00');
CREATE INDEX articles_by_head ON articles (head);
CREATE INDEX versions_by_hash ON versions (hash);
CREATE INDEX versions_by_url ON versions (url) WHERE url IS NOT NULL;
CREATE INDEX sources_by_article ON sources (article_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('versions',4);
COMMIT;
PRAGMA application_id = 1179537236;
PRAGMA user_version = 1;
