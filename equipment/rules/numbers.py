"""How devices and dossiers are numbered. The unit's code is shared catalogue; the running number tells only of it."""

import re

ASSET = "asset"
_DASHES = re.compile(r"[\s\u2010-\u2015-]+")
_DIGITS = 6  # of the running number


def asset_code(unit_code: str, number: int) -> str:
    """The code on the label, kept for life whoever holds the device: 01.001-000042."""
    return f"{unit_code}-{number:06d}"


COUNTER = "intake"


def intake_key(year: int) -> str:
    """The counter of a unit's intakes of one year."""
    return f"{COUNTER}-{year}"


def intake_number(unit_code: str, year: int, number: int) -> str:
    """The dossier's number: TN-01.001-2026-0007."""
    return f"TN-{unit_code}-{year}-{number:04d}"


def typed_code(text: str) -> str:
    """The asset code that somebody meant: letters of either case, any dashes, blanks, or none before the number.

    "01.001 – 42" stays as odd as it is: a code that was never given finds nothing.
    """
    text = _DASHES.sub("-", text.strip()).upper()
    unit, number = text[:-_DIGITS], text[-_DIGITS:]
    return f"{unit}-{number}" if unit and "-" not in text and number.isdigit() else text
