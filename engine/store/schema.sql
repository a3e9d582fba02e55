-- The schema, as numbered migrations that are run in order and only forwards (PRAGMA user_version says how far
-- a file has come). A migration that has been released is never edited: what changes is added below it.
-- Instants are UTC, `2024-02-07T13:05:09.123Z`; days are civil dates, `2024-02-07`; truth values are 0 and 1.

-- migration 1

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The journal: the truth. Every other table can be made again from it, except who a person is.
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  instant TEXT NOT NULL,
  plan TEXT,                        -- none: of the system
  actor TEXT NOT NULL,
  system_user TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,            -- JSON
  policy_version INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX event_of_plan ON event (plan, sequence) WHERE plan IS NOT NULL;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;

CREATE TABLE policy_version (
  version INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL REFERENCES event,
  program TEXT NOT NULL,
  vigencia INTEGER NOT NULL,
  from_day TEXT NOT NULL,
  sha256 TEXT NOT NULL              -- of the lines `SHA-256  name` of its files, as sha256sum prints them
) STRICT;
CREATE TABLE policy_file (
  version INTEGER NOT NULL REFERENCES policy_version,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (version, number)
) STRICT, WITHOUT ROWID;

-- One row per import that changed it: the last one holds.
CREATE TABLE entity (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES event,
  parent TEXT NOT NULL,             -- key; empty: none known
  fields TEXT NOT NULL,             -- JSON, by field name
  PRIMARY KEY (kind, key, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE selection (
  sequence INTEGER PRIMARY KEY REFERENCES event,
  targeting TEXT NOT NULL,          -- folded name
  policy_version INTEGER NOT NULL REFERENCES policy_version,
  on_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  provisional INTEGER NOT NULL
) STRICT;
CREATE TABLE selection_result (
  sequence INTEGER NOT NULL REFERENCES selection,
  entity TEXT NOT NULL,
  status TEXT NOT NULL,             -- selected, waitlisted, eligible, ineligible, excluded, undetermined
  score TEXT,
  rank INTEGER,
  by_hand TEXT,                     -- include, leave
  hand_reason TEXT,
  hand_person TEXT,
  PRIMARY KEY (sequence, entity)
) STRICT, WITHOUT ROWID;

-- Personal data stands here and nowhere else, so that it can be erased.
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Today's: each import of people replaces them.
CREATE TABLE assignment (
  number INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  entity_kind TEXT NOT NULL,        -- empty: national
  entity TEXT NOT NULL,
  from_day TEXT,
  to_day TEXT
) STRICT;

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  vigencia INTEGER NOT NULL,
  policy_version INTEGER NOT NULL REFERENCES policy_version,
  version INTEGER NOT NULL,         -- sequence of its last event
  linked_to TEXT,
  created_on TEXT NOT NULL,
  phase TEXT NOT NULL,
  standing TEXT NOT NULL,
  stage TEXT,
  suspended_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_linked_to ON plan (linked_to) WHERE linked_to IS NOT NULL;
CREATE TABLE obligation (
  plan TEXT NOT NULL REFERENCES plan,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,               -- report, milestone, phase
  period TEXT,
  state TEXT NOT NULL,
  due TEXT,
  deadline_number INTEGER NOT NULL,
  closes TEXT,
  enforceable_from TEXT,
  fulfilled_on TEXT,
  on_time INTEGER,
  late_days INTEGER,
  correction_due TEXT,
  paused_on TEXT,
  paused_days INTEGER NOT NULL,
  returns INTEGER NOT NULL,
  reopenings INTEGER NOT NULL,
  reopened INTEGER NOT NULL,
  delivered_by TEXT NOT NULL,
  fields TEXT NOT NULL,             -- JSON, by field name
  evidence TEXT NOT NULL,
  PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX obligation_by_due ON obligation (state, due);
CREATE TABLE component (
  plan TEXT NOT NULL REFERENCES plan,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,             -- JSON, by field name; null: nothing written yet
  PRIMARY KEY (plan, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE delivery (
  sequence INTEGER PRIMARY KEY REFERENCES event,
  plan TEXT NOT NULL REFERENCES plan,
  obligation INTEGER NOT NULL,
  person TEXT NOT NULL,
  on_day TEXT NOT NULL,
  on_time INTEGER NOT NULL,
  late_days INTEGER NOT NULL,
  fields TEXT NOT NULL,             -- JSON, by field name
  evidence TEXT NOT NULL,
  fingerprint TEXT NOT NULL,        -- by which the same delivery is known when it comes again
  annulled INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_of_obligation ON delivery (plan, obligation, sequence);

-- What was raised, for whom and why; each once ever.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY,           -- sequence of the event that raised it
  key TEXT NOT NULL UNIQUE,         -- what makes it the one it is (language.md, 2.8), as JSON
  plan TEXT REFERENCES plan,        -- none: a digest
  obligation INTEGER,
  step TEXT NOT NULL,               -- as the policy says it
  repetition INTEGER NOT NULL,
  role TEXT NOT NULL,
  territory_kind TEXT NOT NULL,
  territory TEXT NOT NULL,
  stood_in_by TEXT NOT NULL,        -- the role whose holders received it; empty: the one asked for
  reason TEXT NOT NULL,             -- step, repetition, escalation, digest
  moment TEXT NOT NULL,             -- when it was to go out
  raised_at TEXT NOT NULL,
  state TEXT NOT NULL,              -- raised, superseded, withdrawn, acknowledged
  not_sent_because TEXT             -- resolved, overtaken, silenced, suspended, acknowledged, moved, vacant
) STRICT;
CREATE INDEX alert_of_obligation ON alert (plan, obligation) WHERE plan IS NOT NULL;

-- Messages on their way: one per recipient and round.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL,
  channel TEXT NOT NULL,
  state TEXT NOT NULL,              -- pending, leased, sent, retry, uncertain, dead
  content TEXT NOT NULL,            -- JSON
  created_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt TEXT,
  answer TEXT
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, next_attempt);
CREATE TABLE outbox_alert (
  message INTEGER NOT NULL REFERENCES outbox,
  alert INTEGER NOT NULL REFERENCES alert,
  PRIMARY KEY (message, alert)
) STRICT, WITHOUT ROWID;

-- migration 2
-- An index costs at each change what it saves at a query. Each is here for the queries that indexes_test.cpp
-- names; obligations are never looked up by their state, since the plans that have them stand in memory.

DROP INDEX obligation_by_due;
DROP INDEX alert_of_obligation;
CREATE INDEX alert_of_plan ON alert (plan);  -- and the digests, which have none
CREATE TABLE alert_in_message (
  alert INTEGER NOT NULL REFERENCES alert,   -- first, as in the key: else the quick_check of SQLite 3.40
  message INTEGER NOT NULL REFERENCES outbox,  -- sees damage where there is none
  PRIMARY KEY (alert, message)               -- asked for by alert only
) STRICT, WITHOUT ROWID;
INSERT INTO alert_in_message (alert, message) SELECT alert, message FROM outbox_alert;
DROP TABLE outbox_alert;
ALTER TABLE alert_in_message RENAME TO outbox_alert;

-- migration 3

-- When an obligation is to be looked at for alerts: never later than the next step of its ladder is due. Made of
-- the plans whenever they change; what stands here too early costs a look and nothing else.
CREATE TABLE alert_watch (
  plan TEXT NOT NULL REFERENCES plan,
  obligation INTEGER NOT NULL,
  moment TEXT NOT NULL,             -- empty: at once
  PRIMARY KEY (plan, obligation)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_watch_by_moment ON alert_watch (moment);
INSERT INTO alert_watch (plan, obligation, moment)
  SELECT plan, number, '' FROM obligation WHERE state IN ('pending', 'returned');

-- The ladder of an obligation is frozen when its first step is raised: where the plan has passed to another
-- version since, the version that still holds for it.
CREATE TABLE frozen_ladder (
  plan TEXT NOT NULL REFERENCES plan,
  obligation INTEGER NOT NULL,
  policy_version INTEGER NOT NULL REFERENCES policy_version,
  PRIMARY KEY (plan, obligation)
) STRICT, WITHOUT ROWID;

-- What nobody is told of for a while.
CREATE TABLE silence (
  id INTEGER PRIMARY KEY,           -- sequence of the event that made it
  plan TEXT NOT NULL REFERENCES plan,
  obligation INTEGER,               -- none: all of the plan
  until_day TEXT NOT NULL,          -- the last day
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,              -- person
  tell_at TEXT NOT NULL,            -- when the owner is told that it ends; empty: it is too short for that
  told INTEGER NOT NULL,
  ended INTEGER NOT NULL            -- taken back before its end
) STRICT;
CREATE INDEX silence_of_plan ON silence (plan) WHERE ended = 0;

-- migration 4

-- What is open and by when: digests, and what is overdue. Most of what is open is due much later.
CREATE INDEX obligation_pending ON obligation (state, due) WHERE state = 'pending';
CREATE INDEX obligation_returned ON obligation (state) WHERE state = 'returned';

-- migration 5

-- `avance` of a plan, so that questions over all plans need not load each. Made of the plans whenever they change; of
-- one that has not changed since there is this table it is asked of the plan itself.
CREATE TABLE plan_progress (
  plan TEXT PRIMARY KEY REFERENCES plan,
  progress BLOB                     -- a number whose bytes are in the order of numbers; null: sin dato
) STRICT, WITHOUT ROWID;

-- migration 6

-- What people have written about plans, to be found by its words. It is caught up with the journal whenever somebody
-- searches, so that writing pays nothing for it.
CREATE TABLE written (
  id INTEGER PRIMARY KEY,
  plan TEXT NOT NULL,
  source TEXT NOT NULL,             -- component, report, evidence, motive, judgement
  number INTEGER NOT NULL,          -- of the obligation; else -1
  name TEXT NOT NULL,               -- of the component, obligation or action; empty: of the plan itself
  period TEXT,
  field TEXT NOT NULL,              -- of the component or report; empty: none
  text TEXT NOT NULL,
  sequence INTEGER NOT NULL         -- of the event that holds it
) STRICT;
CREATE INDEX written_in_plan ON written (plan, source);
CREATE VIRTUAL TABLE written_words USING fts5 (
  text, content = 'written', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE written_to (
  sequence INTEGER PRIMARY KEY      -- one row: up to which event of the journal
) STRICT;
INSERT INTO written_to (sequence) VALUES (0);

-- migration 7

-- Who may use the HTTP interface. Secrets stand here as hashes and nowhere else: the journal says that an account
-- or a token was given or taken back, and for whom.
CREATE TABLE account (
  person TEXT PRIMARY KEY,
  password TEXT NOT NULL,           -- argon2id, as libsodium writes it; empty: none yet, only tokens
  opened_at TEXT NOT NULL,
  closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE token (
  id TEXT PRIMARY KEY,              -- not secret: by it a token is found and named
  person TEXT NOT NULL REFERENCES account,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  guard BLOB NOT NULL,              -- of a session: the hash of what a browser must send back; else empty
  name TEXT NOT NULL,               -- what it is for
  kind TEXT NOT NULL,               -- token, session
  may_write INTEGER NOT NULL,
  commands TEXT NOT NULL,           -- JSON: those that it is limited to; empty list: none is left out
  issued_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was answered to a request that carried a key, so that the same one is not done twice.
CREATE TABLE given_answer (
  person TEXT NOT NULL,
  key TEXT NOT NULL,
  request BLOB NOT NULL,            -- hash of what was asked
  status INTEGER NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (person, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX given_answer_by_expiry ON given_answer (expires_at);

-- migration 8

-- Who has acknowledged what: each speaks for themselves.
CREATE TABLE acknowledgement (
  alert INTEGER NOT NULL REFERENCES alert,
  person TEXT NOT NULL,
  PRIMARY KEY (alert, person)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO acknowledgement (alert, person)
  SELECT payload ->> '$.alert', payload ->> '$.person' FROM event WHERE kind = 'alert_acknowledged';

-- migration 9

-- The deadline that had passed when it was extended: what was late stays so. Null in all rows of before, as their
-- journals say nothing of it.
ALTER TABLE obligation ADD COLUMN missed TEXT;

-- That a session began is in the journal from here on. Those of before are in none: whoever had one comes in anew.
DELETE FROM token WHERE kind = 'session';

-- migration 10

-- What fell in a silence is not told later, also when the silence is over by then: from when to when each was.
ALTER TABLE silence ADD COLUMN set_at TEXT NOT NULL DEFAULT '';
ALTER TABLE silence ADD COLUMN ended_at TEXT;  -- when it was taken back; none: it was not
UPDATE silence SET
  set_at = coalesce((SELECT instant FROM event WHERE sequence = silence.id), ''),
  ended_at = (SELECT min(instant) FROM event
              WHERE kind = 'silence_ended' AND payload ->> '$.silence' = silence.id);
DROP INDEX silence_of_plan;
ALTER TABLE silence DROP COLUMN ended;
CREATE INDEX silence_of_plan ON silence (plan);

-- migration 11

-- Plans are counted by where they stand: from this index alone, in the order in which they are grouped.
CREATE INDEX plan_by_stand ON plan (kind, policy_version, phase, standing, stage, entity);
