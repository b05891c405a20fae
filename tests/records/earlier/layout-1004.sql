PRAGMA application_id = 1229730372;
PRAGMA user_version = 1004;
BEGIN TRANSACTION;
CREATE TABLE dose_now (
    cycle TEXT NOT NULL,
    dose_number INTEGER NOT NULL,
    subject TEXT,
    planned_utc TEXT,
    due_utc TEXT,
    released_utc TEXT,
    prepared_by TEXT,
    checked_by TEXT,
    released_lots TEXT,
    outcome TEXT,
    given_at TEXT,
    given_dose_iu TEXT,
    volume_ml TEXT,
    given_lots TEXT,
    recorded_by TEXT,
    cosigned_by TEXT,
    disputed_by TEXT,
    amendments INTEGER NOT NULL,
    entered_in_error INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (cycle, dose_number)
) STRICT, WITHOUT ROWID;
INSERT INTO "dose_now" VALUES('c1',1,'s1','2026-03-02T11:00Z','2026-03-02T11:00Z',NULL,NULL,NULL,NULL,'given','2026-03-02T11:04Z','5040000','0.28','A123','K. Brandt',NULL,NULL,1,0,9);
CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY CONSTRAINT sequence_form CHECK (sequence >= 1),
    id TEXT NOT NULL UNIQUE
        CONSTRAINT id_form CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    kind TEXT NOT NULL
        CONSTRAINT kind_form CHECK (kind GLOB '[a-z]*' AND kind NOT GLOB '*[^a-z-]*'),
    recorded_utc TEXT NOT NULL CONSTRAINT recorded_form CHECK (recorded_utc GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    local_offset TEXT NOT NULL
        CONSTRAINT offset_form CHECK (local_offset GLOB '[+-][0-9][0-9]:[0-9][0-9]'),
    zone TEXT NOT NULL CONSTRAINT zone_form CHECK (length(zone) > 0),
    actor TEXT NOT NULL CONSTRAINT actor_form CHECK (length(actor) > 0),
    subject TEXT CONSTRAINT subject_form CHECK (subject IS NULL OR length(subject) > 0),
    cycle TEXT CONSTRAINT cycle_form CHECK (cycle IS NULL OR length(cycle) > 0),
    dose_number INTEGER
        CONSTRAINT dose_number_form CHECK (dose_number IS NULL OR dose_number >= 1),
    amends TEXT REFERENCES entry (id),
    reason TEXT NOT NULL,
    form_token TEXT UNIQUE
        CONSTRAINT form_token_form CHECK (form_token IS NULL OR length(form_token) > 0),
    program_version TEXT NOT NULL CONSTRAINT version_form CHECK (length(program_version) > 0),
    protocol_fingerprint TEXT,
    body TEXT NOT NULL
        CONSTRAINT body_form CHECK (body GLOB '{*}'),
    previous_hash TEXT NOT NULL
        CONSTRAINT previous_hash_form CHECK (length(previous_hash) = 64),
    hash TEXT NOT NULL
        CONSTRAINT hash_form CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
    CONSTRAINT amendment_has_reason CHECK (amends IS NULL OR length(reason) > 0)
) STRICT;
INSERT INTO "entry" VALUES(1,'51ac7f03ce964ec4b777cc80d8e48ac0','site-set-up','2026-03-02T10:00:00.000000Z','+00:00','UTC','system',NULL,NULL,NULL,NULL,'','e7db1a0bd7224bfb8530cec82ace9b56','0.1.0',NULL,'{"language":"en","paper":"A4","site":"Ward 7","zone":"Europe/Berlin"}','5b725f2292381533a7d7f0775455b999db67c7dee101f2637525da46c8d82b19','ac07642b1b2f64eed101b638b7ce0c3291a58fd05da7b3f2133ccd9db65d4dca');
INSERT INTO "entry" VALUES(2,'159be3eaa39d40809e27890168b706d0','staff-added','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','system',NULL,NULL,NULL,NULL,'','99218f02c60a4905939371afe5b242e3','0.1.0',NULL,'{"name":"K. Brandt","pin_hash":"$argon2id$v=19$m=19456,t=2,p=1$UR7W147+La5r2RHr0r2Z7g$CRDck97tVAKAALsey/q6N6jXdL+zwMzrqEAX6z31TPI","role":"pharmacist","staff":"2fa3290c414a4751b4d107766ed580b2"}','ac07642b1b2f64eed101b638b7ce0c3291a58fd05da7b3f2133ccd9db65d4dca','3bed8b718899ce968f53716f37235239df69971d59083bb2abc1a85768daaf8e');
INSERT INTO "entry" VALUES(3,'0d193bfbd7f647058db6c77d2676eea5','staff-added','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','system',NULL,NULL,NULL,NULL,'','d22f18bd25f24d73a07c9a1a5530a98d','0.1.0',NULL,'{"name":"A. Ruiz","pin_hash":"$argon2id$v=19$m=19456,t=2,p=1$w3TvhBqKx3Y5w87KhUYWcA$cHu/RK36feVq2O4oQVogRakx9o/M/rKBg6AhZQ1yblY","role":"nurse","staff":"973b7739e8a74586b303b6c3c14274a1"}','3bed8b718899ce968f53716f37235239df69971d59083bb2abc1a85768daaf8e','43bb807373126def4ccb956bc7101903afc420440ec873cb359fdec96383d4ca');
INSERT INTO "entry" VALUES(4,'34ca7b845b5f4724a162962699ebeb74','subject-registered','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1',NULL,NULL,NULL,'',NULL,'0.1.0',NULL,'{"arm":null,"initials":"AB","protocol":"p","subject":"s1","trial_code":"NPC-014"}','43bb807373126def4ccb956bc7101903afc420440ec873cb359fdec96383d4ca','37608c9640af0c2f66cfaceb4f487f367f5d4aad77a5f11342f6d6dbb9cea6aa');
INSERT INTO "entry" VALUES(5,'337b40f2d258489984b026f1db3ac951','cycle-planned','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',NULL,NULL,'',NULL,'0.1.0',NULL,'{"course":1,"cycle":"c1","doses":[{"day":1,"local":"2026-03-02T12:00+01:00","number":1,"utc":"2026-03-02T11:00Z"}],"number":1}','37608c9640af0c2f66cfaceb4f487f367f5d4aad77a5f11342f6d6dbb9cea6aa','142d614fe212d09782ffef8e377be7c6255330a177b91900186ae5451f74639d');
INSERT INTO "entry" VALUES(6,'63ee9e44f013459086c0b341234db9d3','release-recorded','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',1,NULL,'',NULL,'0.1.0',NULL,'{"dose":{"prepared_dose_iu":"5040000","vials":1},"lots":[{"expiry":"2027-05-31","lot":"Z999","vials":1}],"prepared_volume_ml":"0.28","signatures":[{"at":"2026-03-02T10:40Z","meaning":"prepared","name":"K. Brandt","role":"pharmacist","staff":"k."},{"at":"2026-03-02T10:40Z","meaning":"checked","name":"A. Ruiz","role":"nurse","staff":"a."}],"weight_kg":"70"}','142d614fe212d09782ffef8e377be7c6255330a177b91900186ae5451f74639d','f69516d33a776b6e7924ed83bacd978597a08042a236f9876ad6e4c4e1f20116');
INSERT INTO "entry" VALUES(7,'074d05ea4e4843308b69f49302c4fb31','preparation-discarded','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',1,NULL,'leaked',NULL,'0.1.0',NULL,'{"at":"2026-03-02T10:50Z","release":"63ee9e44f013459086c0b341234db9d3","signatures":[{"at":"2026-03-02T10:40Z","meaning":"discarded","name":"K. Brandt","role":"pharmacist","staff":"k."}]}','f69516d33a776b6e7924ed83bacd978597a08042a236f9876ad6e4c4e1f20116','b9beb6b91b0a5e995a53cfb4b8458efd92e489ba0e06ea1d65fa43564374cccf');
INSERT INTO "entry" VALUES(8,'bca40989a9e74ba789491af807043799','administration-recorded','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',1,NULL,'',NULL,'0.1.0',NULL,'{"given_at":"2026-03-02T11:02Z","given_dose_iu":"5040000","lots":[{"expiry":"2027-05-31","lot":"A123","vials":1}],"outcome":"given","signatures":[{"at":"2026-03-02T11:05Z","meaning":"gave","name":"K. Brandt","role":"pharmacist","staff":"kb"}],"volume_ml":"0.28"}','b9beb6b91b0a5e995a53cfb4b8458efd92e489ba0e06ea1d65fa43564374cccf','8de9a5dc2430b73e9be77e64998034ef3fe96ada8ceb0765be55b2bc73299513');
INSERT INTO "entry" VALUES(9,'6171482ae9cc491598db996fb4477dc1','administration-amended','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',1,'bca40989a9e74ba789491af807043799','typing error',NULL,'0.1.0',NULL,'{"changes":[{"field":"given_at","new":"2026-03-02T11:04Z","new_text":"","old":"2026-03-02T11:02Z","old_text":""}],"signatures":[]}','8de9a5dc2430b73e9be77e64998034ef3fe96ada8ceb0765be55b2bc73299513','2a7b6a796240aa4c909826bfd23d5467ef5b89b9a1833892b9b44f165efe0f7a');
CREATE TABLE journal_meta (
    only_row INTEGER PRIMARY KEY CONSTRAINT one_row CHECK (only_row = 1),
    journal_id TEXT NOT NULL
        CONSTRAINT journal_id_form CHECK (length(journal_id) = 32
            AND journal_id NOT GLOB '*[^0-9a-f]*'),
    practice INTEGER NOT NULL CONSTRAINT practice_form CHECK (practice IN (0, 1)),
    created_utc TEXT NOT NULL CONSTRAINT created_form CHECK (created_utc GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'),
    layout INTEGER NOT NULL,
    hash TEXT NOT NULL
        CONSTRAINT meta_hash_form CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
) STRICT;
INSERT INTO "journal_meta" VALUES(1,'bf7f444332f442ffaecd31830f696ec8',0,'2026-03-02T10:00:00.000000Z',1004,'5b725f2292381533a7d7f0775455b999db67c7dee101f2637525da46c8d82b19');
CREATE TABLE person_now (
    staff TEXT NOT NULL,
    name TEXT,
    role TEXT,
    left_on TEXT,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (staff)
) STRICT, WITHOUT ROWID;
INSERT INTO "person_now" VALUES('2fa3290c414a4751b4d107766ed580b2','K. Brandt','pharmacist',NULL,2);
INSERT INTO "person_now" VALUES('973b7739e8a74586b303b6c3c14274a1','A. Ruiz','nurse',NULL,3);
CREATE TABLE present_as_of (
    only_row INTEGER PRIMARY KEY CONSTRAINT one_present CHECK (only_row = 1),
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;
INSERT INTO "present_as_of" VALUES(1,9,'2a7b6a796240aa4c909826bfd23d5467ef5b89b9a1833892b9b44f165efe0f7a');
CREATE TABLE subject_now (
    subject TEXT NOT NULL,
    trial_code TEXT,
    initials TEXT,
    protocol TEXT,
    arm TEXT,
    cycles INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (subject)
) STRICT, WITHOUT ROWID;
INSERT INTO "subject_now" VALUES('s1','NPC-014','AB','p',NULL,1,6,9);
CREATE INDEX entry_by_kind ON entry (kind, sequence);
CREATE INDEX entry_by_subject ON entry (subject, kind, sequence);
CREATE INDEX entry_by_cycle ON entry (cycle, kind, dose_number, sequence);
CREATE INDEX entry_by_amends ON entry (amends) WHERE amends IS NOT NULL;
CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN
    SELECT RAISE(ABORT, 'an entry is never changed');
END;
CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN
    SELECT RAISE(ABORT, 'an entry is never deleted');
END;
CREATE TRIGGER entry_comes_next BEFORE INSERT ON entry
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
BEGIN
    SELECT RAISE(ABORT, 'an entry takes the next sequence number');
END;
CREATE TRIGGER entry_joins_the_chain BEFORE INSERT ON entry
WHEN NEW.previous_hash IS NOT coalesce(
    (SELECT hash FROM entry ORDER BY sequence DESC LIMIT 1), (SELECT hash FROM journal_meta))
BEGIN
    SELECT RAISE(ABORT, 'an entry names the hash of the one before');
END;
CREATE TRIGGER entry_replaces_nothing BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id OR form_token = NEW.form_token)
BEGIN
    SELECT RAISE(ABORT, 'an entry replaces nothing');
END;
CREATE TRIGGER journal_meta_never_changes BEFORE UPDATE ON journal_meta BEGIN
    SELECT RAISE(ABORT, 'what the journal is never changes');
END;
CREATE TRIGGER journal_meta_never_goes BEFORE DELETE ON journal_meta BEGIN
    SELECT RAISE(ABORT, 'what the journal is never goes');
END;
CREATE TRIGGER journal_meta_is_written_once BEFORE INSERT ON journal_meta
WHEN EXISTS (SELECT 1 FROM journal_meta)
BEGIN
    SELECT RAISE(ABORT, 'what the journal is was written once');
END;
CREATE VIEW site AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, json_extract(e.body, '$.site') AS site,
    json_extract(e.body, '$.zone') AS zone,
    json_extract(e.body, '$.paper') AS paper,
    json_extract(e.body, '$.language') AS language
FROM entry AS e
WHERE e.kind IN ('site-set-up')
ORDER BY e.sequence;
CREATE VIEW staff AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor,
    json_extract(e.body, '$.staff') AS staff,
    json_extract(e.body, '$.name') AS name,
    json_extract(e.body, '$.role') AS role
FROM entry AS e
WHERE e.kind IN ('staff-added')
ORDER BY e.sequence;
CREATE VIEW protocol_versions AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.kind,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.title') AS title,
    json_extract(e.body, '$.version') AS version,
    json_extract(e.body, '$.fingerprint') AS fingerprint,
    json_extract(e.body, '$.gaps') AS gaps,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('protocol-brought-in', 'protocol-activated')
ORDER BY e.sequence;
CREATE VIEW subjects AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    json_extract(e.body, '$.trial_code') AS trial_code,
    json_extract(e.body, '$.hospital_number') AS hospital_number,
    json_extract(e.body, '$.family_name') AS family_name,
    json_extract(e.body, '$.given_name') AS given_name,
    json_extract(e.body, '$.title') AS title,
    json_extract(e.body, '$.initials') AS initials,
    json_extract(e.body, '$.born') AS born,
    json_extract(e.body, '$.sex') AS sex,
    json_extract(e.body, '$.allergies_state') AS allergies_state,
    json_extract(e.body, '$.allergies') AS allergies,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.arm') AS arm,
    json_extract(e.body, '$.ward') AS ward,
    json_extract(e.body, '$.bed') AS bed
FROM entry AS e
WHERE e.kind IN ('subject-registered')
ORDER BY e.sequence;
CREATE VIEW orders AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.kind, e.amends, e.reason,
    json_extract(e.body, '$.order') AS order_id,
    json_extract(e.body, '$.prescriber') AS prescriber,
    json_extract(e.body, '$.ordered_at') AS ordered_at,
    json_extract(e.body, '$.ordered_dose_iu') AS ordered_dose_iu,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.version') AS version,
    json_extract(e.body, '$.fingerprint') AS fingerprint,
    json_extract(e.body, '$.arm') AS arm,
    json_extract(e.body, '$.consent_confirmed_by') AS consent_confirmed_by,
    json_extract(e.body, '$.eligibility_confirmed_by') AS eligibility_confirmed_by
FROM entry AS e
WHERE e.kind IN ('order-written', 'order-amended')
ORDER BY e.sequence;
CREATE VIEW cycles AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    json_extract(e.body, '$.course') AS course,
    json_extract(e.body, '$.number') AS number,
    json_extract(e.body, '$.order') AS order_id,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.version') AS version,
    json_extract(e.body, '$.fingerprint') AS fingerprint,
    json_extract(e.body, '$.arm') AS arm,
    json_extract(e.body, '$.start_local') AS start_local,
    json_extract(e.body, '$.zone') AS zone,
    json_extract(e.body, '$.policy') AS policy,
    json_array_length(e.body, '$.doses') AS doses,
    json_extract(e.body, '$.baseline_weight_kg') AS baseline_weight_kg,
    json_extract(e.body, '$.height_cm') AS height_cm,
    json_extract(e.body, '$.product') AS product
FROM entry AS e
WHERE e.kind IN ('cycle-planned')
ORDER BY e.sequence;
CREATE VIEW planned_doses AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number,
    json_extract(i.value, '$.number') AS dose_number,
    json_extract(i.value, '$.local') AS planned_local,
    json_extract(i.value, '$.utc') AS planned_utc
FROM entry AS e JOIN json_each(e.body, '$.doses') AS i ON TRUE
WHERE e.kind = 'cycle-planned'
ORDER BY e.sequence, i.key;
CREATE VIEW delays AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number, e.reason,
    json_extract(e.body, '$.new_local') AS new_local,
    json_extract(e.body, '$.new_utc') AS new_utc
FROM entry AS e
WHERE e.kind IN ('dose-delayed')
ORDER BY e.sequence;
CREATE VIEW weights AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.purpose') AS purpose,
    json_extract(e.body, '$.weight_kg') AS weight_kg,
    json_extract(e.body, '$.measured_at') AS measured_at,
    json_extract(e.body, '$.method') AS method,
    json_extract(e.body, '$.answers') AS answers,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('weight-recorded')
ORDER BY e.sequence;
CREATE VIEW premedication AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(i.value, '$.item') AS item,
    json_extract(i.value, '$.name') AS name,
    json_extract(i.value, '$.dose') AS dose,
    json_extract(i.value, '$.unit') AS unit,
    json_extract(i.value, '$.outcome') AS outcome,
    json_extract(i.value, '$.reason') AS reason,
    json_extract(i.value, '$.at') AS given_utc
FROM entry AS e JOIN json_each(e.body, '$.outcomes') AS i ON TRUE
WHERE e.kind = 'premedication-recorded'
ORDER BY e.sequence, i.key;
CREATE VIEW assessments AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.rule_set') AS rule_set,
    json_extract(e.body, '$.verdict') AS verdict,
    json_extract(e.body, '$.scope') AS scope,
    json_extract(e.body, '$.assessed_at') AS assessed_at,
    json_extract(e.body, '$.valid_until') AS valid_until,
    json_extract(e.body, '$.relative') AS relative,
    json_extract(e.body, '$.absolute') AS absolute,
    json_extract(e.body, '$.missing') AS missing,
    json_extract(e.body, '$.not_judged') AS not_judged,
    json_extract(e.body, '$.gaps') AS gaps,
    json_extract(e.body, '$.values') AS findings,
    json_extract(e.body, '$.criteria') AS criteria,
    (SELECT min(a.recorded_utc) FROM entry AS a
        WHERE a.kind = 'assessment-entered-in-error' AND a.amends = e.id) AS entered_in_error_utc
FROM entry AS e
WHERE e.kind IN ('assessment-recorded')
ORDER BY e.sequence;
CREATE VIEW overrides AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.verdict') AS verdict,
    json_extract(e.body, '$.reason') AS reason,
    json_extract(e.body, '$.prescriber') AS prescriber,
    json_extract(e.body, '$.way') AS way,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('override-recorded')
ORDER BY e.sequence;
CREATE VIEW releases AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.weight_kg') AS weight_kg,
    json_extract(e.body, '$.prepared_volume_ml') AS prepared_volume_ml,
    json_extract(e.body, '$.dose.exact_dose_iu') AS exact_dose_iu,
    json_extract(e.body, '$.dose.prepared_dose_iu') AS prepared_dose_iu,
    json_extract(e.body, '$.dose.vials') AS vials,
    (SELECT group_concat(json_extract(i.value, '$.lot'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS lots,
    (SELECT group_concat(json_extract(i.value, '$.expiry'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS expiries,
    json_extract(e.body, '$.diluent') AS diluent,
    json_extract(e.body, '$.total_volume_ml') AS total_volume_ml,
    json_extract(e.body, '$.reconstituted_at') AS reconstituted_at,
    json_extract(e.body, '$.volume_choice') AS volume_choice,
    json_extract(e.body, '$.dose.dilution.final_concentration_mcg_per_ml') AS final_concentration_mcg_per_ml,
    json_extract(e.body, '$.signatures[0].name') AS prepared_by,
    json_extract(e.body, '$.signatures[1].name') AS checked_by,
    e.protocol_fingerprint
FROM entry AS e
WHERE e.kind IN ('release-recorded')
ORDER BY e.sequence;
CREATE VIEW second_checks_differed AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.fields') AS fields,
    json_extract(e.body, '$.second') AS second
FROM entry AS e
WHERE e.kind IN ('second-check-differed')
ORDER BY e.sequence;
CREATE VIEW administrations AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.outcome') AS outcome,
    json_extract(e.body, '$.given_at') AS given_at,
    json_extract(e.body, '$.approximate') AS approximate,
    json_extract(e.body, '$.stopped_at') AS stopped_at,
    json_extract(e.body, '$.prepared_dose_iu') AS prepared_dose_iu,
    json_extract(e.body, '$.given_dose_iu') AS given_dose_iu,
    json_extract(e.body, '$.volume_ml') AS volume_ml,
    (SELECT group_concat(json_extract(i.value, '$.lot'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS lots,
    (SELECT group_concat(json_extract(i.value, '$.expiry'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS expiries,
    e.reason AS entry_reason,
    json_extract(e.body, '$.reason') AS reason,
    json_extract(e.body, '$.decided_by') AS decided_by,
    json_extract(e.body, '$.note') AS note,
    json_extract(e.body, '$.against') AS against,
    json_extract(e.body, '$.recorded_late') AS recorded_late,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by,
    (SELECT json_extract(r.body, '$.signatures[0].name') FROM entry AS r
        WHERE r.kind = 'release-recorded' AND r.cycle = e.cycle AND r.dose_number = e.dose_number
            AND r.sequence < e.sequence
        ORDER BY r.sequence DESC LIMIT 1) AS prepared_by,
    (SELECT json_extract(r.body, '$.signatures[1].name') FROM entry AS r
        WHERE r.kind = 'release-recorded' AND r.cycle = e.cycle AND r.dose_number = e.dose_number
            AND r.sequence < e.sequence
        ORDER BY r.sequence DESC LIMIT 1) AS checked_by,
    (SELECT group_concat(json_extract(k.body, '$.signatures[0].name'), ', ') FROM entry AS k
        WHERE k.kind = 'administration-cosigned'
            AND json_extract(k.body, '$.administration') = e.id) AS cosigned_by,
    (SELECT group_concat(a.recorded_utc, ', ') FROM entry AS a
        WHERE a.amends = e.id) AS amended_utc,
    (SELECT group_concat(json_extract(i.value, '$.field') || ': '
            || coalesce(json_extract(i.value, '$.old'), 'empty') || ' -> '
            || coalesce(json_extract(i.value, '$.new'), 'empty'), '; ')
        FROM entry AS a, json_each(a.body, '$.changes') AS i
        WHERE a.amends = e.id) AS amended
FROM entry AS e
WHERE e.kind IN ('administration-recorded')
ORDER BY e.sequence;
CREATE VIEW cosignatures AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.administration') AS administration,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('administration-cosigned')
ORDER BY e.sequence;
CREATE VIEW amendments AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number, e.kind, e.amends,
    (SELECT o.recorded_utc FROM entry AS o WHERE o.id = e.amends) AS original_recorded_utc,
    json_extract(i.value, '$.field') AS field,
    json_extract(i.value, '$.old') AS old,
    json_extract(i.value, '$.new') AS new,
    e.reason,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e LEFT JOIN json_each(e.body, '$.changes') AS i ON TRUE
WHERE e.amends NOT NULL
ORDER BY e.sequence, i.key;
CREATE VIEW signatures AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number, e.kind,
    json_extract(i.value, '$.staff') AS staff,
    json_extract(i.value, '$.name') AS name,
    json_extract(i.value, '$.role') AS role,
    json_extract(i.value, '$.meaning') AS meaning,
    json_extract(i.value, '$.at') AS signed_utc
FROM entry AS e JOIN json_each(e.body, '$.signatures') AS i ON TRUE
ORDER BY e.sequence, i.key;
CREATE VIEW prints AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number,
    json_extract(e.body, '$.sheet') AS sheet,
    json_extract(e.body, '$.sheet_id') AS sheet_id,
    json_extract(e.body, '$.paper') AS paper,
    json_extract(e.body, '$.sha256') AS sha256,
    json_extract(e.body, '$.stamped_sha256') AS stamped_sha256,
    json_extract(e.body, '$.copy') AS copy,
    json_extract(e.body, '$.supersedes') AS supersedes,
    json_extract(e.body, '$.at') AS at,
    json_extract(e.body, '$.saved_as') AS saved_as,
    json_extract(e.body, '$.verified') AS verified
FROM entry AS e
WHERE e.kind IN ('sheet-printed')
ORDER BY e.sequence;
CREATE VIEW companion_doses AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number,
    json_extract(e.body, '$.companion') AS companion,
    json_extract(e.body, '$.drug') AS drug,
    json_extract(e.body, '$.day') AS day,
    json_extract(e.body, '$.day_date') AS day_date,
    json_extract(e.body, '$.count') AS count,
    json_extract(e.body, '$.planned') AS planned,
    json_extract(e.body, '$.outcome') AS outcome,
    json_extract(e.body, '$.given_at') AS given_at,
    json_extract(e.body, '$.approximate') AS approximate,
    json_extract(e.body, '$.stopped_at') AS stopped_at,
    json_extract(e.body, '$.amount') AS amount,
    json_extract(e.body, '$.unit') AS unit,
    json_extract(e.body, '$.derived_amount') AS derived_amount,
    json_extract(e.body, '$.derived_gap') AS derived_gap,
    json_extract(e.body, '$.route') AS route,
    json_extract(e.body, '$.planned_route') AS planned_route,
    json_extract(e.body, '$.injection_site') AS injection_site,
    json_extract(e.body, '$.product') AS product,
    (SELECT group_concat(json_extract(i.value, '$.lot'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS lots,
    (SELECT group_concat(json_extract(i.value, '$.expiry'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS expiries,
    e.reason AS entry_reason,
    json_extract(e.body, '$.reason') AS reason,
    json_extract(e.body, '$.decided_by') AS decided_by,
    json_extract(e.body, '$.note') AS note,
    json_extract(e.body, '$.against') AS against,
    json_extract(e.body, '$.recorded_late') AS recorded_late,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by,
    (SELECT group_concat(json_extract(k.body, '$.signatures[0].name'), ', ') FROM entry AS k
        WHERE k.kind = 'companion-cosigned'
            AND json_extract(k.body, '$.record') = e.id) AS cosigned_by,
    (SELECT group_concat(a.recorded_utc, ', ') FROM entry AS a
        WHERE a.amends = e.id) AS amended_utc,
    (SELECT group_concat(json_extract(i.value, '$.field') || ': '
            || coalesce(json_extract(i.value, '$.old'), 'empty') || ' -> '
            || coalesce(json_extract(i.value, '$.new'), 'empty'), '; ')
        FROM entry AS a, json_each(a.body, '$.changes') AS i
        WHERE a.amends = e.id) AS amended
FROM entry AS e
WHERE e.kind IN ('companion-recorded')
ORDER BY e.sequence;
CREATE VIEW protocol_life AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.kind, e.reason,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.version') AS version,
    json_extract(e.body, '$.fingerprint') AS fingerprint,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('protocol-brought-in', 'protocol-submitted', 'protocol-sent-back',
    'protocol-activated', 'protocol-withdrawn')
ORDER BY e.sequence;
CREATE VIEW weights_entered_in_error AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, json_extract(e.body, '$.weight') AS weight, e.reason,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('weight-entered-in-error')
ORDER BY e.sequence;
CREATE VIEW dosing_weights_kept AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, json_extract(e.body, '$.dosing_weight') AS dosing_weight,
    json_extract(e.body, '$.last_weight') AS last_weight,
    json_extract(e.body, '$.prescriber') AS prescriber,
    json_extract(e.body, '$.way') AS way, e.reason,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('dosing-weight-kept')
ORDER BY e.sequence;
CREATE VIEW backup_folders AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, json_extract(e.body, '$.folder') AS folder
FROM entry AS e
WHERE e.kind IN ('backup-folder-named')
ORDER BY e.sequence;
CREATE VIEW records_completed AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, json_extract(e.body, '$.restore') AS restore,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('records-completed')
ORDER BY e.sequence;
CREATE VIEW journal_restores AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.reason,
    json_extract(e.body, '$.backup') AS backup,
    json_extract(e.body, '$.backup_sequence') AS backup_sequence,
    json_extract(e.body, '$.backup_hash') AS backup_hash,
    json_extract(e.body, '$.journal_state') AS journal_state,
    json_extract(e.body, '$.journal_sequence') AS journal_sequence,
    json_extract(e.body, '$.journal_hash') AS journal_hash,
    json_extract(e.body, '$.lost') AS lost,
    json_extract(e.body, '$.kept_as') AS kept_as,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('journal-restored')
ORDER BY e.sequence;
CREATE VIEW access_changes AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.kind,
    json_extract(e.body, '$.staff') AS staff,
    (SELECT json_extract(s.body, '$.name') FROM entry AS s
        WHERE s.kind = 'staff-added'
            AND json_extract(s.body, '$.staff') = json_extract(e.body, '$.staff')) AS name,
    json_extract(e.body, '$.left_on') AS left_on, e.reason,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('pin-changed', 'pin-set', 'staff-left')
ORDER BY e.sequence;
CREATE VIEW failed_sign_ins AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.kind,
    json_extract(e.body, '$.staff') AS staff,
    (SELECT json_extract(s.body, '$.name') FROM entry AS s
        WHERE s.kind = 'staff-added'
            AND json_extract(s.body, '$.staff') = json_extract(e.body, '$.staff')) AS name,
    json_extract(e.body, '$.wrong') AS wrong,
    json_extract(e.body, '$.pause_seconds') AS pause_seconds,
    json_extract(e.body, '$.pauses') AS pauses
FROM entry AS e
WHERE e.kind IN ('pin-paused', 'pin-resumed')
ORDER BY e.sequence;
CREATE VIEW delegations AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor,
    json_extract(e.body, '$.staff') AS staff,
    (SELECT json_extract(s.body, '$.name') FROM entry AS s
        WHERE s.kind = 'staff-added'
            AND json_extract(s.body, '$.staff') = json_extract(e.body, '$.staff')) AS name,
    (SELECT group_concat(i.value, ', ') FROM json_each(e.body, '$.duties') AS i) AS duties,
    json_extract(e.body, '$.investigator') AS investigator,
    json_extract(e.body, '$.begins') AS begins,
    json_extract(e.body, '$.ends') AS ends,
    (SELECT json_extract(x.body, '$.ended_on') FROM entry AS x
        WHERE x.kind = 'duty-ended' AND json_extract(x.body, '$.delegation') = e.id) AS ended_on,
    (SELECT x.reason FROM entry AS x
        WHERE x.kind = 'duty-ended' AND json_extract(x.body, '$.delegation') = e.id) AS ended_because,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('duty-delegated')
ORDER BY e.sequence;
CREATE VIEW disputes AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number, e.kind,
    coalesce(json_extract(e.body, '$.administration'),
        json_extract(e.body, '$.record')) AS record, e.reason,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('administration-disputed', 'companion-disputed')
ORDER BY e.sequence;
CREATE VIEW stock_movements AS
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    json_extract(e.body, '$.on') AS happened_on,
    'received' AS what,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.product') AS product,
    json_extract(e.body, '$.lot') AS lot,
    json_extract(e.body, '$.expiry') AS expiry,
    json_extract(e.body, '$.place') AS place,
    json_extract(e.body, '$.vials') AS vials,
    json_extract(e.body, '$.vials') AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e
WHERE e.kind = 'stock-received'
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    json_extract(e.body, '$.on') AS happened_on,
    json_extract(e.body, '$.move') AS what,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.product') AS product,
    json_extract(e.body, '$.lot') AS lot,
    json_extract(e.body, '$.expiry') AS expiry,
    json_extract(e.body, '$.place') AS place,
    json_extract(e.body, '$.vials') AS vials,
    CASE
        WHEN json_extract(e.body, '$.from_returns') THEN 0
        WHEN json_extract(e.body, '$.move') IN ('wasted', 'returned to sponsor', 'destroyed', 'sent', 'transferred out') THEN -json_extract(e.body, '$.vials')
        WHEN json_extract(e.body, '$.move') = 'arrived' THEN json_extract(e.body, '$.vials')
        ELSE 0 END AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e
WHERE e.kind = 'stock-moved'
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    json_extract(e.body, '$.on') AS happened_on,
    'counted' AS what,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.product') AS product,
    json_extract(e.body, '$.lot') AS lot,
    json_extract(e.body, '$.expiry') AS expiry,
    json_extract(e.body, '$.place') AS place,
    json_extract(e.body, '$.vials') AS vials,
    0 AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e
WHERE e.kind = 'stock-counted'
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    json_extract(e.body, '$.on') AS happened_on,
    'count difference' AS what,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.product') AS product,
    json_extract(e.body, '$.lot') AS lot,
    json_extract(e.body, '$.expiry') AS expiry,
    json_extract(e.body, '$.place') AS place,
    json_extract(e.body, '$.vials') AS vials,
    json_extract(e.body, '$.vials') AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e
WHERE e.kind = 'stock-difference'
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    substr(e.recorded_utc, 1, 10) AS happened_on,
    'dispensed' AS what,
    json_extract(e.body, '$.taken_from.protocol') AS protocol,
    json_extract(e.body, '$.taken_from.product') AS product,
    json_extract(i.value, '$.lot') AS lot,
    json_extract(i.value, '$.expiry') AS expiry,
    json_extract(e.body, '$.taken_from.place') AS place,
    json_extract(i.value, '$.vials') AS vials,
    -json_extract(i.value, '$.vials') AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e JOIN json_each(e.body, '$.lots') AS i ON TRUE
WHERE e.kind IN ('release-recorded', 'administration-recorded')
    AND json_extract(e.body, '$.taken_from') NOT NULL
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    json_extract(e.body, '$.on') AS happened_on,
    json_extract(i.value, '$.what') AS what,
    json_extract(e.body, '$.protocol') AS protocol,
    json_extract(e.body, '$.product') AS product,
    json_extract(i.value, '$.lot') AS lot,
    json_extract(i.value, '$.expiry') AS expiry,
    json_extract(i.value, '$.place') AS place,
    NULL AS vials,
    json_extract(i.value, '$.change') AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e JOIN json_each(e.body, '$.lines') AS i ON TRUE
WHERE e.kind = 'stock-corrected'
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    substr(e.recorded_utc, 1, 10) AS happened_on,
    'dispensed' AS what,
    json_extract(o.body, '$.taken_from.protocol') AS protocol,
    json_extract(o.body, '$.taken_from.product') AS product,
    json_extract(i.value, '$.lot') AS lot,
    json_extract(i.value, '$.expiry') AS expiry,
    json_extract(o.body, '$.taken_from.place') AS place,
    NULL AS vials,
    json_extract(i.value, '$.vials') AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e JOIN entry AS o ON o.id = e.amends JOIN json_each(o.body, '$.lots') AS i ON TRUE
WHERE e.kind = 'administration-amended' AND json_extract(o.body, '$.taken_from') NOT NULL
    AND EXISTS (SELECT 1 FROM json_each(e.body, '$.changes') AS c
        WHERE json_extract(c.value, '$.field') = 'in_error')
UNION ALL
SELECT
    e.sequence AS sequence,
    e.id AS entry_id,
    e.recorded_utc AS recorded_utc,
    e.local_offset AS local_offset,
    substr(e.recorded_utc, 1, 10) AS happened_on,
    'dispensed' AS what,
    json_extract(k.body, '$.protocol') AS protocol,
    json_extract(k.body, '$.product') AS product,
    json_extract(i.value, '$.lot') AS lot,
    json_extract(i.value, '$.expiry') AS expiry,
    json_extract(i.value, '$.place') AS place,
    NULL AS vials,
    -json_extract(i.value, '$.change') AS change,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1) AS trial_code,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1) AS cycle_number,
    e.dose_number AS dose_number,
    json_extract(e.body, '$.to') AS sent_to,
    json_extract(e.body, '$.reference') AS reference,
    e.reason AS reason,
    (SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g) AS signed_by,
    e.amends AS corrects
FROM entry AS e JOIN entry AS k ON k.amends = e.amends AND k.kind = 'stock-corrected'
        AND k.sequence < e.sequence
    JOIN json_each(k.body, '$.lines') AS i ON TRUE
WHERE e.kind = 'administration-amended'
    AND EXISTS (SELECT 1 FROM json_each(e.body, '$.changes') AS c
        WHERE json_extract(c.value, '$.field') = 'in_error')
ORDER BY sequence;
CREATE VIEW lots AS SELECT
    protocol, product, min(lot) AS lot, max(expiry) AS expiry, place,
    sum(CASE WHEN what IN ('received', 'arrived') THEN change ELSE 0 END) AS received,
    -sum(CASE WHEN what = 'dispensed' THEN change ELSE 0 END) AS dispensed,
    -sum(CASE WHEN what = 'wasted' THEN change ELSE 0 END) AS wasted,
    -sum(CASE WHEN what IN ('returned to sponsor', 'destroyed', 'sent', 'transferred out')
        THEN change ELSE 0 END) AS gone,
    sum(CASE WHEN what = 'count difference' THEN change ELSE 0 END) AS count_differences,
    sum(change) AS balance
FROM stock_movements
GROUP BY protocol, product, upper(replace(lot, ' ', '')), lower(place)
ORDER BY protocol, product, expiry, upper(replace(lot, ' ', '')), place;
CREATE VIEW discarded_preparations AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number, json_extract(e.body, '$.release') AS release, e.reason,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('preparation-discarded')
ORDER BY e.sequence;
CREATE VIEW encryption_changes AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, json_extract(e.body, '$.change') AS change,
    json_extract(e.body, '$.kept_as') AS kept_as,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by
FROM entry AS e
WHERE e.kind IN ('encryption-changed')
ORDER BY e.sequence;
CREATE VIEW doses_recorded AS SELECT
    e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number, e.dose_number,
    json_extract(e.body, '$.outcome') AS outcome,
    json_extract(e.body, '$.given_at') AS given_at,
    json_extract(e.body, '$.approximate') AS approximate,
    json_extract(e.body, '$.stopped_at') AS stopped_at,
    json_extract(e.body, '$.prepared_dose_iu') AS prepared_dose_iu,
    json_extract(e.body, '$.given_dose_iu') AS given_dose_iu,
    json_extract(e.body, '$.volume_ml') AS volume_ml,
    (SELECT group_concat(json_extract(i.value, '$.lot'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS lots,
    (SELECT group_concat(json_extract(i.value, '$.expiry'), ', ')
        FROM json_each(e.body, '$.lots') AS i) AS expiries,
    e.reason AS entry_reason,
    json_extract(e.body, '$.reason') AS reason,
    json_extract(e.body, '$.decided_by') AS decided_by,
    json_extract(e.body, '$.note') AS note,
    json_extract(e.body, '$.against') AS against,
    json_extract(e.body, '$.recorded_late') AS recorded_late,
    (SELECT group_concat(json_extract(i.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS i) AS signed_by,
    (SELECT r.id FROM entry AS r
        WHERE r.sequence = (SELECT max(l.sequence) FROM entry AS l
                WHERE l.kind = 'release-recorded' AND l.cycle = e.cycle
                    AND l.dose_number = e.dose_number AND l.sequence < e.sequence)
            AND NOT EXISTS (SELECT 1 FROM entry AS d
                WHERE d.kind = 'preparation-discarded' AND d.cycle = e.cycle
                    AND d.sequence < e.sequence AND json_extract(d.body, '$.release') = r.id)) AS release,
    (SELECT json_extract(r.body, '$.signatures[0].name') FROM entry AS r
        WHERE r.sequence = (SELECT max(l.sequence) FROM entry AS l
                WHERE l.kind = 'release-recorded' AND l.cycle = e.cycle
                    AND l.dose_number = e.dose_number AND l.sequence < e.sequence)
            AND NOT EXISTS (SELECT 1 FROM entry AS d
                WHERE d.kind = 'preparation-discarded' AND d.cycle = e.cycle
                    AND d.sequence < e.sequence AND json_extract(d.body, '$.release') = r.id)) AS prepared_by,
    (SELECT json_extract(r.body, '$.signatures[1].name') FROM entry AS r
        WHERE r.sequence = (SELECT max(l.sequence) FROM entry AS l
                WHERE l.kind = 'release-recorded' AND l.cycle = e.cycle
                    AND l.dose_number = e.dose_number AND l.sequence < e.sequence)
            AND NOT EXISTS (SELECT 1 FROM entry AS d
                WHERE d.kind = 'preparation-discarded' AND d.cycle = e.cycle
                    AND d.sequence < e.sequence AND json_extract(d.body, '$.release') = r.id)) AS checked_by,
    (SELECT group_concat(json_extract(k.body, '$.signatures[0].name'), ', ') FROM entry AS k
        WHERE k.kind = 'administration-cosigned'
            AND json_extract(k.body, '$.administration') = e.id) AS cosigned_by,
    (SELECT group_concat(a.recorded_utc, ', ') FROM entry AS a
        WHERE a.amends = e.id) AS amended_utc,
    (SELECT group_concat(json_extract(i.value, '$.field') || ': '
            || coalesce(json_extract(i.value, '$.old'), 'empty') || ' -> '
            || coalesce(json_extract(i.value, '$.new'), 'empty'), '; ')
        FROM entry AS a, json_each(a.body, '$.changes') AS i
        WHERE a.amends = e.id) AS amended
FROM entry AS e
WHERE e.kind IN ('administration-recorded')
ORDER BY e.sequence;
COMMIT;
