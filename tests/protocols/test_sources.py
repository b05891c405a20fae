"""Every value leads to a document, a place in it and a mark; a document has one whole citation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from il2desk.dosing import Evidence, Source
from il2desk.protocols import (
    Catalogue,
    FileSources,
    Problems,
    UsedSource,
    load_catalogue,
    sources_of,
)

# A part of the document where a person can look: by number, by heading or by the row of a table.
PLACE = re.compile(
    r"\b(sections?|Table|table|pages?|first page|abstract|introduction|row|additional file|list of days"
    r"|posology|composition|reconstitution|shelf life|stability|method of administration"
    r"|administration|instructions for use|how supplied|products|warnings|usage|pharmaceutical form"
    r"|treatment|subcutaneous (?:use|regimen)|interleukin-2|combination arm|weekly totals"
    r"|aldesleukin, below 30|acetaminophen|interactions|recall reactions|contra-indications)\b"
)
CITED = (
    "npc-bolus", "nci-720k", "proleukin-us", "sct-maintenance", "yang-2003", "proleukin-eu",
    "jitc-2014", "springerplus-2015", "til-2024", "us-label-2023", "us-label-older",
    "high-dose-consensus", "npc-2001", "subcutaneous",
)  # fmt: skip
CITED_KINDS = ("protocol", "product", "rule set", "premedication set")


@pytest.fixture(scope="module")
def shipped(root: Path) -> tuple[FileSources, ...]:
    """The sources of every shipped file."""
    return tuple(load_catalogue(root / "resources").sources())


def used(shipped: tuple[FileSources, ...]) -> list[tuple[str, UsedSource]]:
    return [(f"{one.kind} {one.id}", source) for one in shipped for source in one.sources]


def test_every_shipped_file_is_there(root: Path, shipped: tuple[FileSources, ...]):
    folders = (
        "protocols", "products", "rulesets", "premedication", "companions", "definitions",
        "interactions",
    )  # fmt: skip
    files = [file for folder in folders for file in (root / "resources" / folder).glob("*.toml")]
    assert len(shipped) == len(files) > 30
    assert all(one.sources and one.title for one in shipped)


def test_every_source_says_where_in_its_document(shipped: tuple[FileSources, ...]):
    own = (Evidence.PROPOSAL, Evidence.UNCONFIRMED)
    vague = [
        (file, one.source.place)
        for file, one in used(shipped)
        if one.source.evidence not in own and not PLACE.search(one.source.place)
    ]
    assert vague == []
    assert all(one.source.document and one.source.place for _, one in used(shipped))


@pytest.mark.parametrize("place", ["the label", "read in a copy", "see the document"])
def test_a_vague_place_would_be_seen(place: str):
    assert not PLACE.search(place)


def test_every_field_with_a_mark_rests_on_a_source(root: Path):
    for file in sorted((root / "resources" / "protocols").glob("*.toml")):
        found = sources_of(file.name, file.read_text(encoding="utf-8"))
        assert isinstance(found, FileSources)
        fields = {field for one in found.sources for field in one.fields}
        assert any(field.endswith((".dose", ".route")) for field in fields)
        assert any(field.endswith("dilution") for field in fields)


def test_the_npc_dose_leads_to_its_paper(shipped: tuple[FileSources, ...]):
    npc = next(one for one in shipped if one.id == "npc-bolus")
    dose = next(one for one in npc.sources if "regimen.dose" in one.fields)
    assert dose.source.cite() == (
        "Chi KH et al., Oncology 2001;60:110-115, abstract, page 110 (published paper)"
    )
    assert "Phase II trial of systemic recombinant interleukin-2" in dose.source.citation
    assert "DOI 10.1159/000055306" in dose.source.citation


def test_the_cited_files_cite_every_document_whole(shipped: tuple[FileSources, ...]):
    cited = [one for one in shipped if one.id in CITED and one.kind in CITED_KINDS]
    assert {one.id for one in cited} == set(CITED)
    bare = [
        (one.id, source.source.document)
        for one in cited
        for source in one.sources
        if not source.source.citation
    ]
    assert bare == []


def test_a_document_is_cited_alike_everywhere(shipped: tuple[FileSources, ...]):
    cited: dict[str, str] = {}
    for _, one in used(shipped):
        if one.source.citation:
            assert cited.setdefault(one.source.document, one.source.citation) == one.source.citation
    assert len(cited) > 20


def test_no_citation_is_a_web_address(shipped: tuple[FileSources, ...]):
    for _, one in used(shipped):
        assert not re.search(r"https?:|www\.|://", one.source.citation)


def test_a_citation_makes_no_other_source():
    plain = Source("Paper", "page 1", Evidence.PAPER)
    cited = Source("Paper", "page 1", Evidence.PAPER, "Somebody. Paper. 2001.")
    assert plain == cited
    assert hash(plain) == hash(cited)
    assert plain.cite() == cited.cite()


def changed(root: Path, old: str, new: str) -> FileSources | Problems:
    text = (root / "resources" / "protocols" / "npc-bolus.toml").read_text(encoding="utf-8")
    assert old in text
    return sources_of("npc-bolus.toml", text.replace(old, new, 1))


def test_a_citation_may_be_left_out(root: Path):
    text = (root / "resources" / "protocols" / "npc-bolus.toml").read_text(encoding="utf-8")
    found = sources_of("npc-bolus.toml", re.sub(r"(?m)^citation = .*\n(?=evidence)", "", text))
    assert isinstance(found, FileSources)
    assert {one.source.citation for one in found.sources} == {""}


def test_two_citations_of_one_document_are_refused(root: Path):
    found = changed(
        root, "[sources.diluent-proposal]\n", '[sources.diluent-proposal]\ncitation = "Another."\n'
    )
    assert isinstance(found, Problems)
    assert len(found.sentences) == 1
    assert "sources.diluent-proposal.citation" in found.sentences[0]
    assert "Keep one of them." in found.sentences[0]


def test_an_empty_citation_is_refused(root: Path):
    found = changed(root, "[sources.chi-2001]\n", '[sources.chi-2001]\ncitation = " "\n')
    assert isinstance(found, Problems)


def test_a_file_of_no_kind_has_no_sources():
    assert isinstance(sources_of("x.toml", "format = 1"), Problems)


def test_the_catalogue_reads_every_file_once(root: Path):
    catalogue = Catalogue(root / "resources")
    names = list(catalogue.load())
    assert len(names) == len(set(names)) == len(list(catalogue.sources()))
