"""What this room raises when a sheet cannot be printed as it should be."""

from __future__ import annotations


class SheetRefused(Exception):  # noqa: N818 - the house says refused, as the person reads it
    """A sheet that is not made: nothing was drawn and no file was written.

    `what` is the sentence that names the fact, `do` the sentence that says what to do.
    """

    code = "sheet.refused"

    def __init__(self, what: str, do: str) -> None:
        self.what = what
        self.do = do
        super().__init__(f"{what} {do}")
