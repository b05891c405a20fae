"""The second signature under a record: by somebody else, once."""

from __future__ import annotations

from il2desk.desk import cosign, new_token


def test_the_second_person_is_somebody_else(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    same = ward.signed("pharmacist")
    ward.refused("same-person", cosign, ward.desk, ward.place(), same, new_token())
    ward.refused("role", cosign, ward.desk, ward.place(), ward.signed("monitor"), new_token())
    ward.cosigned()
    record = ward.dose().administration
    assert (record.by, record.cosigned_by) == ("K. Brandt", "A. Ruiz")
    again = ward.signed("prescriber")
    answer = ward.refused("signed", cosign, ward.desk, ward.place(), again, new_token())
    assert "A. Ruiz already" in answer.text


def test_a_second_press_cosigns_once(ward):
    ward.prepared()
    ward.at(minutes=2)
    ward.made(ward.record())
    ward.once(lambda token: cosign(ward.desk, ward.place(), ward.signed("nurse"), token))


def test_nothing_to_cosign(ward):
    ward.refused("nothing", cosign, ward.desk, ward.place(), ward.signed("nurse"), new_token())
    ward.desk.person = None
    ward.refused(
        "not-signed-in", cosign, ward.desk, ward.place(), ward.signed("nurse"), new_token()
    )
