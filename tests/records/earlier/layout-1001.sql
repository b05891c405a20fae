PRAGMA application_id = 1229730372;
PRAGMA user_version = 1001;
BEGIN TRANSACTION;
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
INSERT INTO "entry" VALUES(1,'0da7e4c72c134347832a3477bf35b276','site-set-up','2026-03-02T10:00:00.000000Z','+00:00','UTC','system',NULL,NULL,NULL,NULL,'','e7db1a0bd7224bfb8530cec82ace9b56','0.1.0',NULL,'{"language":"en","paper":"A4","site":"Ward 7","zone":"Europe/Berlin"}','0e9e9d56e6cd88316e91fd2b52c7de71c1d448eb91980edc1305f4c7834e16a7','45614c4bec556609f6c195e7eb8dbf73414cfcf929b633658ea690b9460f780a');
INSERT INTO "entry" VALUES(2,'a5c3a69506b446fbb4aaa658f5a85b46','staff-added','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','system',NULL,NULL,NULL,NULL,'','99218f02c60a4905939371afe5b242e3','0.1.0',NULL,'{"name":"K. Brandt","pin_hash":"$argon2id$v=19$m=19456,t=2,p=1$UR7W147+La5r2RHr0r2Z7g$CRDck97tVAKAALsey/q6N6jXdL+zwMzrqEAX6z31TPI","role":"pharmacist","staff":"2fa3290c414a4751b4d107766ed580b2"}','45614c4bec556609f6c195e7eb8dbf73414cfcf929b633658ea690b9460f780a','a9221f2c4a768ad67d20f5debe3d9792eef519367cceb4857f2d80316b538aec');
INSERT INTO "entry" VALUES(3,'3806f0e300ea4c93b34e4e314b7bba16','staff-added','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','system',NULL,NULL,NULL,NULL,'','d22f18bd25f24d73a07c9a1a5530a98d','0.1.0',NULL,'{"name":"A. Ruiz","pin_hash":"$argon2id$v=19$m=19456,t=2,p=1$w3TvhBqKx3Y5w87KhUYWcA$cHu/RK36feVq2O4oQVogRakx9o/M/rKBg6AhZQ1yblY","role":"nurse","staff":"973b7739e8a74586b303b6c3c14274a1"}','a9221f2c4a768ad67d20f5debe3d9792eef519367cceb4857f2d80316b538aec','7bfbc9026c0f4a9053950d26a66778b1bd94805d6c1d490915b88ef0a6402753');
INSERT INTO "entry" VALUES(4,'66c1a2c7015f482ea1c32eba43d3bb60','subject-registered','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1',NULL,NULL,NULL,'',NULL,'0.1.0',NULL,'{"arm":null,"initials":"AB","protocol":"p","subject":"s1","trial_code":"NPC-014"}','7bfbc9026c0f4a9053950d26a66778b1bd94805d6c1d490915b88ef0a6402753','0273754a044170d323c74befc567b16a7e1951caec62bf0f2b883e671c8f8c51');
INSERT INTO "entry" VALUES(5,'6368f050c1684f18a52bf25c2d4c5fe7','cycle-planned','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',NULL,NULL,'',NULL,'0.1.0',NULL,'{"course":1,"cycle":"c1","doses":[{"day":1,"local":"2026-03-02T12:00+01:00","number":1,"utc":"2026-03-02T11:00Z"}],"number":1}','0273754a044170d323c74befc567b16a7e1951caec62bf0f2b883e671c8f8c51','a01f974f30218e20b03b2b465e4a9a4827b8fbb5217c9d97ad534763f165712d');
INSERT INTO "entry" VALUES(6,'2deb84cdacf84e00bdb2ed487d8209d4','administration-recorded','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',1,NULL,'',NULL,'0.1.0',NULL,'{"given_at":"2026-03-02T11:02Z","given_dose_iu":"5040000","lots":[{"expiry":"2027-05-31","lot":"A123","vials":1}],"outcome":"given","signatures":[{"at":"2026-03-02T11:05Z","meaning":"gave","name":"K. Brandt","role":"pharmacist","staff":"kb"}],"volume_ml":"0.28"}','a01f974f30218e20b03b2b465e4a9a4827b8fbb5217c9d97ad534763f165712d','ba52afe079887083a3a7d9f7abc2d830320c6518ff85167f9ca7ed78c8ca9fd6');
INSERT INTO "entry" VALUES(7,'aff3294d082641139a0d66cbff111377','administration-amended','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','2fa3290c414a4751b4d107766ed580b2','s1','c1',1,'2deb84cdacf84e00bdb2ed487d8209d4','typing error',NULL,'0.1.0',NULL,'{"changes":[{"field":"given_at","new":"2026-03-02T11:04Z","new_text":"","old":"2026-03-02T11:02Z","old_text":""}],"signatures":[]}','ba52afe079887083a3a7d9f7abc2d830320c6518ff85167f9ca7ed78c8ca9fd6','7d95b99f0f9fe5197069f71bd6ae7caee045a0df29fbf65661921f2ee0df0606');
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
INSERT INTO "journal_meta" VALUES(1,'f2d0d595c059411aa4b2a99289b01d6d',0,'2026-11-27T21:30:39.000000Z',1001,'0e9e9d56e6cd88316e91fd2b52c7de71c1d448eb91980edc1305f4c7834e16a7');
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
COMMIT;
