"""The head of an administrative document: who issues it, its number and sign, place and date (NĐ 30/2020/NĐ-CP,
annex I, parts 1 to 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from equipment.printing.minutes import written_date
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from reports.printing.metrics import width

SECTOR = "BHXH"
SECTOR_IN_FULL = "Bảo hiểm xã hội"
NAME_SIZE, NAME_ROOM = 12, 66.0  # points and millimetres
HEADQUARTERS_PLACE = "Hà Nội"
_LEVELS = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "TP", "khu vực")
_TWO_DIGITS = 10


@dataclass(frozen=True)
class Letterhead:
    """What stands above the title. An empty number or day is left to be filled in by hand."""

    superior: str
    unit: Sequence[str]  # in as many lines as it takes
    number: str
    place: str
    day: date | None

    @property
    def place_and_date(self) -> str:
        """The line under the motto."""
        written = written_date(self.day)
        return f"{self.place}, {lower_first(written)}" if self.place else written


def letterhead_of(unit: OrgUnit, *, number: str = "", place: str = "", day: date | None = None) -> Letterhead:
    """The head of a paper of `unit`; the unit above it is named, the sector in words for the one that issues."""
    parent = OrgUnit.objects.get_parent(unit) if unit.depth > 1 else None
    return Letterhead(
        superior=_superior(parent),
        unit=_in_lines(in_full(unit.name).upper()),
        number=number,
        place=place or place_of(unit),
        day=day,
    )


def _superior(parent: OrgUnit | None) -> str:
    if parent is None:
        return ""
    return (in_full(parent.name) if parent.kind == UnitKind.HQ else parent.name).upper()


def _in_lines(name: str) -> Sequence[str]:
    """A name too long for its half of the sheet breaks after the sector, not in the middle of a place."""
    sector = SECTOR_IN_FULL.upper()
    if width(name, NAME_SIZE, bold=True) <= NAME_ROOM or not name.startswith(f"{sector} "):
        return [name]
    return [sector, name.removeprefix(sector).strip()]


def lower_first(text: str) -> str:
    """As it stands within a sentence."""
    return f"{text[:1].lower()}{text[1:]}"


def in_full(name: str) -> str:
    """The name of a unit without the sector's initials."""
    return f"{SECTOR_IN_FULL}{name.removeprefix(SECTOR)}" if name.startswith(f"{SECTOR} ") else name


def place_of(unit: OrgUnit) -> str:
    """The place that papers of a unit name: what its own name says, the capital for the headquarters."""
    if unit.kind not in {UnitKind.PROVINCE, UnitKind.DISTRICT}:
        return HEADQUARTERS_PLACE
    name = unit.name.removeprefix(SECTOR).strip()
    for level in _LEVELS:
        if name.lower().startswith(f"{level.lower()} "):
            return name[len(level) :].strip()
    return name


def sign_of(unit: OrgUnit) -> str:
    """What follows the number of a report of the unit: BC-BHXH, for units of the headquarters by their own letters."""
    own = unit.code.rpartition(".")[2] if unit.kind == UnitKind.HQ_UNIT else SECTOR
    return f"BC-{own}"


def written_number(number: int, sign: str) -> str:
    """05/BC-BHXH: two digits below 10, a stroke before the sign (part 3)."""
    return f"{number:02}/{sign}" if number < _TWO_DIGITS else f"{number}/{sign}"
