"""Two versions side by side: what changed since the version before, or since the specimen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from il2desk.desk.desk import Desk
from il2desk.desk.protocol_life import ProtocolVersion, bundle_of, versions
from il2desk.dosing import Refusal, tell
from il2desk.protocols import Bundle, Catalogue, Difference, Problems, what_changed


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a version was compared with, in words, and every difference; empty `against`: nothing."""

    against: str
    differences: tuple[Difference, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each difference; those of a part begin with its name."""
        return tuple(
            tell("In {part}: {text}", part=one.part, text=one.text)
            if one.part and one.kind != "part"
            else one.text
            for one in self.differences
        )


def compared_with_before(desk: Desk, fingerprint: str) -> Comparison:
    """A version beside the one it would replace, else beside the one it was copied from."""
    bundle = bundle_of(desk, fingerprint)
    if isinstance(bundle, Refusal):
        return Comparison("")
    before = _before(desk, fingerprint, bundle)
    if before is not None:
        older = bundle_of(desk, before.fingerprint)
        if not isinstance(older, Refusal):
            words = tell(
                "version {version} of {protocol} ({status})",
                version=before.version,
                protocol=before.protocol,
                status=before.status,
            )
            return Comparison(words, what_changed(older.texts, bundle.texts))
    if bundle.copy_of is not None and bundle.copy_of in desk.catalogue.ids():
        specimen = desk.catalogue.bundle_for(bundle.copy_of)
        if not isinstance(specimen, Problems):
            words = tell("the specimen {copy_of}", copy_of=bundle.copy_of)
            return Comparison(words, what_changed(specimen.texts, bundle.texts))
    return Comparison("")


def _before(desk: Desk, fingerprint: str, bundle: Bundle) -> ProtocolVersion | None:
    """The active version of the same id; else the one brought in last before this one."""
    same = [one for one in versions(desk) if one.protocol == bundle.protocol.id]
    earlier = same[: [one.fingerprint for one in same].index(fingerprint)]
    active = [one for one in same if one.status == "active" and one.fingerprint != fingerprint]
    own = next(one for one in same if one.fingerprint == fingerprint)
    if active and own.status in ("draft", "under review"):
        return active[0]
    return earlier[-1] if earlier else None


def compare_files(catalogue: Catalogue, new: str | Path, old: str | Path) -> Comparison | Refusal:
    """A protocol file beside another one, or beside a protocol of the catalogue."""
    found: list[Bundle] = []
    for named in (new, old):
        bundle = catalogue.bundle_for(named)
        if isinstance(bundle, Problems):
            return Refusal("protocol-file", bundle.sentences)
        found.append(bundle)
    return Comparison(str(old), what_changed(found[1].texts, found[0].texts))
