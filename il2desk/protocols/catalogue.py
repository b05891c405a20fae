"""The shipped protocols, products, rule sets and premedication sets, each read when first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from il2desk.dosing import (
    InteractionList,
    PremedicationSet,
    Product,
    Protocol,
    Refusal,
    RuleSet,
    ToxicityDefinitions,
    refuse,
    tell,
)
from il2desk.protocols.bundle import (
    COMPANIONS,
    DEFINITIONS,
    INTERACTIONS,
    PREMEDICATION,
    PRODUCTS,
    RULE_SETS,
    Bundle,
    FoundPart,
    read_bundle,
)
from il2desk.protocols.file_kinds import (
    PARSERS,
    Parsed,
    kind_of,
    parse_definitions,
    parse_interactions,
    parse_premedication,
    parse_product,
    parse_rule_set,
)
from il2desk.protocols.file_sources import FileSources, sources_of
from il2desk.protocols.file_text import read_text
from il2desk.protocols.problems import Problem, Problems

PROTOCOLS = "protocols"

_KIND_IN = {
    PRODUCTS: "product",
    RULE_SETS: "rule set",
    PREMEDICATION: "premedication set",
    COMPANIONS: "companion product",
    DEFINITIONS: "toxicity definitions",
    INTERACTIONS: "interactions",
}

Part = TypeVar("Part", Product, RuleSet, PremedicationSet, ToxicityDefinitions, InteractionList)


class CatalogueFault(Exception):  # noqa: N818 - the house calls what the surroundings do a fault
    """A shipped file is damaged or missing; `what`, `safe` and `do` are one sentence each."""

    code = "catalogue.damaged"

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.what = tell(
            "A file that came with the program is damaged: {sentences}",
            sentences=" ".join(problems.sentences),
        )
        self.safe = tell("Nothing was computed from it and no record was changed.")
        self.do = tell("Install the program again.")
        super().__init__(f"{self.what} {self.safe} {self.do}")


class Catalogue:
    """What the program was shipped with. Unknown ids are refused; damaged files are a fault."""

    def __init__(self, resources: Path) -> None:
        self._resources = resources
        self._bundles: dict[str, Bundle] = {}
        self._products: dict[str, Product] = {}
        self._rule_sets: dict[str, RuleSet] = {}
        self._premedication: dict[str, PremedicationSet] = {}
        self._texts: dict[tuple[str, str], FoundPart] = {}

    def load(self) -> Iterator[str]:
        """Read and check every shipped file; yields the name of each once it is found whole.

        Raises CatalogueFault at the first damaged one. What was read is kept.
        """
        for id_ in self.ids():
            self._bundle(id_)
            yield f"{PROTOCOLS}/{id_}.toml"
        for folder, kind in _KIND_IN.items():
            for id_ in self.ids(folder):
                found = self._text(folder, id_)
                problems = PARSERS[kind](found.file, found.text, id_).problems
                if problems:
                    raise CatalogueFault(Problems(problems))
                yield found.file

    def file_count(self) -> int:
        """How many files `load` reads."""
        return sum(len(self.ids(folder)) for folder in (PROTOCOLS, *_KIND_IN))

    def sources(self) -> Iterator[FileSources]:
        """The sources of every shipped file. Raises CatalogueFault where one is damaged."""
        for folder in (PROTOCOLS, *_KIND_IN):
            for id_ in self.ids(folder):
                found = self._text(folder, id_)
                sources = sources_of(found.file, found.text)
                if isinstance(sources, Problems):
                    raise CatalogueFault(sources)
                yield sources

    def ids(self, folder: str = PROTOCOLS) -> tuple[str, ...]:
        """The ids in a folder of the catalogue, sorted."""
        return tuple(sorted(path.stem for path in (self._resources / folder).glob("*.toml")))

    def protocols(self) -> tuple[Protocol, ...]:
        """All shipped protocols, by id. Raises CatalogueFault where one is damaged."""
        return tuple(self._bundle(id_).protocol for id_ in self.ids())

    def rule_sets(self) -> tuple[RuleSet, ...]:
        """All shipped rule sets, by id. Raises CatalogueFault where one is damaged."""
        return tuple(self._rule_set(id_) for id_ in self.ids(RULE_SETS))

    def protocol(self, id_: str) -> Protocol | Refusal:
        """A shipped protocol, or a refusal that names those there are."""
        return self._bundle(id_).protocol if id_ in self.ids() else self._unknown(PROTOCOLS, id_)

    def product(self, id_: str) -> Product | Refusal:
        """A shipped product, or a refusal that names those there are."""
        if id_ not in self.ids(PRODUCTS):
            return self._unknown(PRODUCTS, id_)
        if id_ not in self._products:
            found = self._text(PRODUCTS, id_)
            self._products[id_] = _whole(parse_product(found.file, found.text, id_))
        return self._products[id_]

    def rule_set(self, id_: str) -> RuleSet | Refusal:
        """A shipped rule set, or a refusal that names those there are."""
        return self._rule_set(id_) if id_ in self.ids(RULE_SETS) else self._unknown(RULE_SETS, id_)

    def premedication_set(self, id_: str) -> PremedicationSet | Refusal:
        """A shipped premedication set, or a refusal that names those there are."""
        if id_ not in self.ids(PREMEDICATION):
            return self._unknown(PREMEDICATION, id_)
        if id_ not in self._premedication:
            found = self._text(PREMEDICATION, id_)
            self._premedication[id_] = _whole(parse_premedication(found.file, found.text, id_))
        return self._premedication[id_]

    def definitions(self, id_: str) -> ToxicityDefinitions | Refusal:
        """Shipped toxicity definitions, or a refusal that names those there are."""
        if id_ not in self.ids(DEFINITIONS):
            return self._unknown(DEFINITIONS, id_)
        found = self._text(DEFINITIONS, id_)
        return _whole(parse_definitions(found.file, found.text, id_))

    def interactions(self) -> InteractionList:
        """The shipped interactions. Raises CatalogueFault where the file is damaged."""
        found = self._text(INTERACTIONS, "aldesleukin")
        return _whole(parse_interactions(found.file, found.text, "aldesleukin"))

    def bundle_for(self, id_or_path: str | Path) -> Bundle | Problems:
        """The bundle of a shipped id, or of a protocol file; its parts may lie beside the file."""
        name = str(id_or_path)
        if isinstance(id_or_path, str) and name in self.ids():
            return self._bundle(name)
        path = Path(name)
        if isinstance(id_or_path, str) and path.suffix != ".toml" and not path.is_file():
            return Problems((Problem(name, 0, "", self._unknown(PROTOCOLS, name).text),))
        text = read_text(path)
        if isinstance(text, Problem):
            return Problems((text,))
        return read_bundle(
            path.name, text, lambda folder, id_: self._near(path.parent, folder, id_)
        )

    def part(self, folder: str, id_: str) -> FoundPart | Problem:
        """The text of a shipped part, or the problem that there is none."""
        if (folder, id_) not in self._texts and id_ not in self.ids(folder):
            return Problem(f"{folder}/{id_}", 0, "", self._unknown(folder, id_).text)
        return self._text(folder, id_)

    def _near(self, beside: Path, folder: str, id_: str) -> FoundPart | Problem:
        """A part that lies beside a site's protocol file, else the shipped one."""
        path = beside / f"{id_}.toml"
        if not path.is_file():
            return self.part(folder, id_)
        text = read_text(path)
        if isinstance(text, Problem):
            return text
        # A protocol and a product may share an id; a file that cannot be read so far is reported.
        if kind_of(text) not in (None, _KIND_IN[folder]):
            return self.part(folder, id_)
        return FoundPart(path.name, text)

    def _bundle(self, id_: str) -> Bundle:
        if id_ not in self._bundles:
            found = self._text(PROTOCOLS, id_)
            bundle = read_bundle(found.file, found.text, self.part, id_)
            if isinstance(bundle, Problems):
                raise CatalogueFault(bundle)
            self._bundles[id_] = bundle
        return self._bundles[id_]

    def _rule_set(self, id_: str) -> RuleSet:
        if id_ not in self._rule_sets:
            found = self._text(RULE_SETS, id_)
            self._rule_sets[id_] = _whole(parse_rule_set(found.file, found.text, id_))
        return self._rule_sets[id_]

    def _text(self, folder: str, id_: str) -> FoundPart:
        """The text of a shipped file, read from the disk once."""
        found = self._texts.get((folder, id_))
        if found is None:
            text = read_text(self._resources / folder / f"{id_}.toml")
            if isinstance(text, Problem):
                raise CatalogueFault(Problems((text,)))
            found = self._texts[folder, id_] = FoundPart(f"{folder}/{id_}.toml", text)
        return found

    def _unknown(self, folder: str, id_: str) -> Refusal:
        kind = _KIND_IN.get(folder, "protocol")
        known = ", ".join(self.ids(folder))
        return refuse(
            f"unknown-{kind.replace(' ', '-')}",
            tell('There is no {kind} "{id}". There are: {known}.', kind=kind, id=id_, known=known),
        )


def load_catalogue(resources: Path) -> Catalogue:
    """The catalogue in the folder of resources. Raises CatalogueFault where it holds no protocol."""
    catalogue = Catalogue(resources)
    if not catalogue.ids():
        text = tell("the folder of protocols is empty or missing.")
        raise CatalogueFault(Problems((Problem(PROTOCOLS, 0, "", text),)))
    return catalogue


def _whole(parsed: Parsed[Part]) -> Part:
    if parsed.problems:
        raise CatalogueFault(Problems(parsed.problems))
    return parsed.value
