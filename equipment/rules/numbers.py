"""How devices and dossiers are numbered. The unit's code is shared catalogue; the running number tells only of it."""

ASSET = "asset"


def asset_code(unit_code: str, number: int) -> str:
    """The code on the label, kept for life whoever holds the device: 01.001-000042."""
    return f"{unit_code}-{number:06d}"


def intake_key(year: int) -> str:
    """The counter of a unit's intakes of one year."""
    return f"intake-{year}"


def intake_number(unit_code: str, year: int, number: int) -> str:
    """The dossier's number: TN-01.001-2026-0007."""
    return f"TN-{unit_code}-{year}-{number:04d}"
