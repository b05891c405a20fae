"""Protocols as data: TOML files into values of the dosing core, strictly, whole or not at all.

A file opens with `format = 1`, `kind`, `id`, and ends with the line `# end of file`. `[sources.NAME]`
holds document, place (section, page or table), evidence and, once a document, its citation; every value names one of them:
`dose = { value = "72000", unit = "international units per kg", source = "NAME" }`. Decimals are
text in quotes, counts are whole numbers, binary fractions are refused. A field is either filled in
or listed in `[[gaps]]` (field, name, fill_from, filled_by, blocks), the site's rules in the list
`open` of `[site]`. A value marked unconfirmed is shown and never computed with. Unknown keys,
missing keys, wrong units and missing sources are `Problem`s that name file, line and key; a file
with one of them loads nothing. The help page on protocol files says this to pharmacists.

What is wrong is returned as `Problems`; an unknown id is a `Refusal`; a damaged installation raises
`CatalogueFault`.
"""

from __future__ import annotations

from il2desk.protocols.activation import COUNTED_BY_PROGRAM, activation_blockers
from il2desk.protocols.bundle import Bundle
from il2desk.protocols.catalogue import Catalogue, CatalogueFault, load_catalogue
from il2desk.protocols.companion_file import COMPANION_ROUTES
from il2desk.protocols.differences import Difference, what_changed
from il2desk.protocols.document import data_of, stated, unusable
from il2desk.protocols.document_edit import (
    SiteSource,
    answered,
    begun,
    part_begun,
    site_sources,
    with_part,
    without_gap,
)
from il2desk.protocols.document_rows import Ask, Row, named_parts, rows_of
from il2desk.protocols.file_sources import FileSources, sources_of
from il2desk.protocols.file_text import fingerprint_of
from il2desk.protocols.loading import (
    Check,
    check_file,
    load_protocol_file,
    load_protocol_text,
    problems_of_text,
)
from il2desk.protocols.problems import Doubt, Problem, Problems
from il2desk.protocols.sourced_values import UsedSource

__all__ = [
    "COMPANION_ROUTES",
    "COUNTED_BY_PROGRAM",
    "Ask",
    "Bundle",
    "Catalogue",
    "CatalogueFault",
    "Check",
    "Difference",
    "Doubt",
    "FileSources",
    "Problem",
    "Problems",
    "Row",
    "SiteSource",
    "UsedSource",
    "activation_blockers",
    "answered",
    "begun",
    "check_file",
    "data_of",
    "fingerprint_of",
    "load_catalogue",
    "load_protocol_file",
    "load_protocol_text",
    "named_parts",
    "part_begun",
    "problems_of_text",
    "rows_of",
    "site_sources",
    "sources_of",
    "stated",
    "unusable",
    "what_changed",
    "with_part",
    "without_gap",
]
