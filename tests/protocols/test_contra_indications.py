"""A premedication set and the companion drugs of its protocol: what must never meet does not load."""

from __future__ import annotations

from il2desk.protocols import Problems


def test_a_set_with_an_h2_blocker_does_not_load_beside_histamine(catalogue, site_copy):
    path = site_copy(
        "protocols/ceplene-il2.toml",
        ('premedication = { value = "ceplene"', 'premedication = { value = "high-dose-consensus"'),
    )
    found = catalogue.bundle_for(path)
    assert isinstance(found, Problems)
    (sentence,) = found.sentences
    assert "regimen.premedication" in sentence
    assert "H2 blockers are contra-indicated with histamine dihydrochloride" in sentence


def test_the_same_set_loads_without_histamine(catalogue):
    assert not isinstance(catalogue.bundle_for("proleukin-us"), Problems)
    assert not isinstance(catalogue.bundle_for("ceplene-il2"), Problems)


def test_a_site_s_copy_sees_both_sides_of_a_conflict_between_sources(catalogue, site_copy):
    path = site_copy(
        "protocols/proleukin-us.toml",
        ('id = "proleukin-us"', 'id = "proleukin-us-site"\nsite_copy_of = "proleukin-us"'),
        ('status = "specimen"', 'status = "draft"'),
        saved_as="proleukin-us-site.toml",
    )
    doubts = [one.text for one in catalogue.bundle_for(path).doubts]
    acetaminophen = next(text for text in doubts if "daily maximum of acetaminophen" in text)
    assert "3,900 mg a day" in acetaminophen
    assert "3 g a day" in acetaminophen
    assert any("25 mg every 6 to 8 hours" in text and "50 to 75 mg" in text for text in doubts)
