"""The front door of a checkout: makes what the program needs, then opens or tests it.

    python3 packaging/start.py                     open the window (options such as --practice follow)
    python3 packaging/start.py dose npc-bolus ...  the command line, any command of it
    python3 packaging/start.py test                the checks and the whole test suite, headless
    python3 packaging/start.py bench               speed and memory, as a table
    python3 packaging/start.py screens             pictures of every screen and state (FOLDER follows)
    python3 packaging/start.py tasks               the ten tasks of a user, keys counted (--real: real keys)
    python3 packaging/start.py words               the messages for translators, written anew
    python3 packaging/start.py prove               the longer proofs, or one by name (front_door.py)
    ... --wheels FOLDER                            install from a folder of wheels, without network

Nothing but Python's own library is needed. This file holds no syntax that an old Python cannot
read, so that an old Python can say what is missing; the rest lives in front_door.py beside it.
"""

import sys

OLDEST = (3, 11)


def too_old(version):  # noqa: ANN001, ANN201 - annotations would not parse on Python 2
    """Return the sentence for a Python of this (major, minor), or '' where it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "IL2Desk needs Python 3.11 or newer; this is Python %d.%d. Nothing was changed. "
        "Install a newer Python (Debian 12 brings one) and start again with it.\n"
    ) % tuple(version[:2])


if __name__ == "__main__":
    SENTENCE = too_old(sys.version_info)
    if SENTENCE:
        sys.stderr.write(SENTENCE)
        sys.exit(3)
    import front_door

    sys.exit(front_door.main(sys.argv[1:]))
