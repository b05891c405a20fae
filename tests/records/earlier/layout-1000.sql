PRAGMA application_id = 1229730372;
PRAGMA user_version = 1000;
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
INSERT INTO "entry" VALUES(1,'5d5ea1e420aa410f8bc82f4c6f82f299','site-set-up','2026-03-02T10:00:00.000000Z','+00:00','UTC','system',NULL,NULL,NULL,NULL,'','ad4478cf86664340b568cf3a88ec5013','0.1.0',NULL,'{"language":"en","paper":"A4","site":"Ward 7","zone":"Europe/Berlin"}','bd2ac3d8dd8293524555c287e770ebcb2cc3137be3c8a51a832fe37ac6e0b72e','35a593f78c2a0d202a382c18318b32a2b234fc2eb1d402d66a688aa1808afa35');
INSERT INTO "entry" VALUES(2,'103bb7d0f31c4d85bc13d78ed1f085d7','staff-added','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','system',NULL,NULL,NULL,NULL,'','4a5827c3321c41a2bcd406d6f449adc8','0.1.0',NULL,'{"name":"K. Brandt","pin_hash":"$argon2id$v=19$m=19456,t=2,p=1$GqxowO8IFy+JWmKWTeaypw$nE75I/JRtkFaLnNzOwUiGWaxPgeYMBsXqoqugmEQbx4","role":"pharmacist","staff":"9db0c25218e44a1e96e01cf4ecc4c0e2"}','35a593f78c2a0d202a382c18318b32a2b234fc2eb1d402d66a688aa1808afa35','bd28d22039f5b4990c24342d745e3605f977157bd98519c7b29b80d5b23ea59f');
INSERT INTO "entry" VALUES(3,'d70acff4790343d5a9ff4f0af9f09c0e','staff-added','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','system',NULL,NULL,NULL,NULL,'','51ee863087db4aca94d2b4a5d47a6556','0.1.0',NULL,'{"name":"A. Ruiz","pin_hash":"$argon2id$v=19$m=19456,t=2,p=1$whgZMTqCEmwjWk5xtPdqWA$ntjpN5T8zagvDZrZ5M+thPB9QRpicvd4gohZD08sCrA","role":"nurse","staff":"ba0c4e7c9fcc405e862d42942ba66ca3"}','bd28d22039f5b4990c24342d745e3605f977157bd98519c7b29b80d5b23ea59f','f81ebe7daee4c3c1d65f331f46951a8f922cb3406b2218862fcbf89ef689c613');
INSERT INTO "entry" VALUES(4,'09f6a20c4410473ead0650fde59118c1','subject-registered','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','9db0c25218e44a1e96e01cf4ecc4c0e2','s1',NULL,NULL,NULL,'',NULL,'0.1.0',NULL,'{"arm":null,"initials":"AB","protocol":"p","subject":"s1","trial_code":"NPC-014"}','f81ebe7daee4c3c1d65f331f46951a8f922cb3406b2218862fcbf89ef689c613','999d0b067eb880fc69e78db7790ad8b88caceefcd80052bc198c4e54abdf4904');
INSERT INTO "entry" VALUES(5,'5e3919f4e2cd43e08f5f3b9d96e46bec','cycle-planned','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','9db0c25218e44a1e96e01cf4ecc4c0e2','s1','c1',NULL,NULL,'',NULL,'0.1.0',NULL,'{"course":1,"cycle":"c1","doses":[{"day":1,"local":"2026-03-02T12:00+01:00","number":1,"utc":"2026-03-02T11:00Z"}],"number":1}','999d0b067eb880fc69e78db7790ad8b88caceefcd80052bc198c4e54abdf4904','b90654e5b7dc601026032c80f977e402342d55190a718f95c368575fbd71edb4');
INSERT INTO "entry" VALUES(6,'975b8ea9303d404da2103f049aebe7b2','administration-recorded','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','9db0c25218e44a1e96e01cf4ecc4c0e2','s1','c1',1,NULL,'',NULL,'0.1.0',NULL,'{"given_at":"2026-03-02T11:02Z","given_dose_iu":"5040000","lots":[{"expiry":"2027-05-31","lot":"A123","vials":1}],"outcome":"given","signatures":[{"at":"2026-03-02T11:05Z","meaning":"gave","name":"K. Brandt","role":"pharmacist","staff":"kb"}],"volume_ml":"0.28"}','b90654e5b7dc601026032c80f977e402342d55190a718f95c368575fbd71edb4','663c3501e77976085f4914c3266801ae311d064ecbb0c504322ba4bfe164f6ff');
INSERT INTO "entry" VALUES(7,'e5295d80b9214c51b60a919dc55b927d','administration-amended','2026-03-02T10:00:00.000000Z','+01:00','Europe/Berlin','9db0c25218e44a1e96e01cf4ecc4c0e2','s1','c1',1,'975b8ea9303d404da2103f049aebe7b2','typing error',NULL,'0.1.0',NULL,'{"changes":[{"field":"given_at","new":"2026-03-02T11:04Z","new_text":"","old":"2026-03-02T11:02Z","old_text":""}],"signatures":[]}','663c3501e77976085f4914c3266801ae311d064ecbb0c504322ba4bfe164f6ff','fccb7564fb6069fe7623fc9bde3408c9f3599f0eb0f205922a2f0769b926d01e');
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
INSERT INTO "journal_meta" VALUES(1,'11ec0133006442f588d0c41cabbd1f8f',0,'2026-11-27T21:30:36.000000Z',1000,'bd2ac3d8dd8293524555c287e770ebcb2cc3137be3c8a51a832fe37ac6e0b72e');
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
COMMIT;
