"""`start.py words`: the file that translators start from, and the two languages for trying out.

    resources/translations/il2desk.pot                   every message, kept with the code
    resources/translations/<code>/LC_MESSAGES/il2desk.mo  en-XL and zh-XX, made here, never kept
    resources/translations/<code>/LC_MESSAGES/il2desk.po  a translation; its .mo is made from it

The .pot names no file, machine or day: it changes only where a message does.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import messages  # noqa: E402 - beside this file
import pseudo  # noqa: E402

from il2desk.words import DOMAIN  # noqa: E402

FOLDER = ROOT / "resources" / "translations"
POT = FOLDER / f"{DOMAIN}.pot"
HEADER = (
    "# Messages of IL2Desk. A {name} is a fact: every one stands in the translation too.\n"
    "# Safety words stay English (il2desk/words.py). Made by: python3 packaging/start.py words\n"
    'msgid ""\nmsgstr ""\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Language-Name: \\n"\n\n'
)


def pot_text(found: tuple[str, ...]) -> str:
    """The .pot of these messages."""
    catalogue = Catalog(charset="utf-8")
    for one in found:
        catalogue[one] = _message(one)
    out = BytesIO()
    write_po(out, catalogue, omit_header=True, width=99)
    return HEADER + out.getvalue().decode()


def _message(text: str, translated: str = "") -> Message:
    made = Message(text, translated)
    made.flags.clear()  # "50 %" is no place for a fact; those are in braces
    return made


def compiled(pairs: dict[str, str], name: str = "") -> bytes:
    """A catalogue of translations as the program reads it; `name` is what the language calls itself."""
    catalogue = Catalog(charset="utf-8")
    for one, translated in pairs.items():
        catalogue[one] = _message(one, translated)
    catalogue.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"), ("Language-Name", name),
    ]  # fmt: skip
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def messages_in(text: str) -> dict[str, str]:
    """The messages of a .pot or .po, and what each is translated into."""
    read = read_po(BytesIO(text.encode()))
    return {str(one.id): str(one.string or "") for one in read if one.id}


def main() -> int:
    """Write the .pot and compile every catalogue."""
    found = messages.messages(ROOT / "il2desk")
    FOLDER.mkdir(exist_ok=True)
    POT.write_text(pot_text(found), encoding="utf-8")
    print(f"{POT.relative_to(ROOT)}: {len(found)} messages")
    for code, translate in pseudo.LANGUAGES.items():
        _write(code, compiled({one: translate(one) for one in found}, code))
    for file in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"):
        code, text = file.parents[1].name, file.read_text(encoding="utf-8")
        named = str(read_po(BytesIO(text.encode())).mime_headers)
        _write(code, compiled({key: one for key, one in messages_in(text).items() if one}, named))
    return 0


def _write(code: str, made: bytes) -> None:
    file = FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made)
    print(f"{file.relative_to(ROOT)}: {len(made)} bytes")


if __name__ == "__main__":
    sys.exit(main())
