"""What the books say of what a survey asks: devices by condition, software with its licences and installations."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q

from core.scope import elevated, wall_reads
from core.text import fold
from equipment.models import Equipment, SoftwareLicence
from equipment.queries.catalogue import category_codes
from equipment.rules.figures import OFF_THE_BOOKS
from equipment.rules.lifecycle import Condition
from orgs.models import OrgUnit
from reports.bc_forms import bc02, part_of
from reports.queries.stocks import stocks
from reports.rules.surveys import SoftwareRow


@dataclass
class Counted:
    """Devices on the books by their condition."""

    good: int = 0
    fair: int = 0
    poor: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.good + self.fair + self.poor


def counted(unit: OrgUnit, day: date) -> dict[str, Counted]:
    """By the row of BC02 that counts devices, what stood on the unit's books at the end of `day`.

    The caller got the unit through a door. What has gone to other units since was this one's then: so it is counted
    outside the walls.
    """
    if not wall_reads([unit.pk]):
        raise PermissionDenied
    with elevated("surveys: what stood on the books of a unit that the caller reads, wherever it is now"):
        rows = stocks([unit.pk], day, day, thresholds={}, broken=[])
    codes = category_codes()
    of_category: dict[str, Counted] = {}
    for stock in rows:
        if stock.closed and stock.condition:
            one = of_category.setdefault(codes[stock.category], Counted())
            setattr(one, stock.condition, getattr(one, stock.condition) + stock.count)
    return {
        rule.code: Counted(*(sum(getattr(of_category[code], name) for code in rule.categories if code in of_category)
                             for name in CONDITIONS))
        for rule in bc02()
        if rule.categories
    }  # fmt: skip


CONDITIONS = (Condition.GOOD.value, Condition.FAIR.value, Condition.POOR.value)


@dataclass
class Booked:
    """Software of one name on the books: so many items, seats (None: without limit) and computers."""

    name: str
    category: str
    items: int = 0
    seats: int | None = 0
    computers: int = 0
    versions: list[str] = field(default_factory=list)
    row: SoftwareRow | None = None

    @property
    def text(self) -> str:
        """What the page says beside a row."""
        seats = "không giới hạn số máy" if self.seats is None else f"{self.seats} bản quyền"
        version = f", phiên bản {', '.join(self.versions)}" if self.versions else ""
        return f"{seats}, cài trên {self.computers} máy{version}"


def software_in_books(unit: OrgUnit, form: str) -> dict[str, Booked]:
    """By its folded name, the software on the unit's books now of which that part of BC01 tells. One query.

    The caller got the unit through a door.
    """
    rows = (
        Equipment.objects.of_unit(unit)
        .filter(category__software=True)
        .exclude(status__in=OFF_THE_BOOKS)
        .select_related("licence", "category")
        .annotate(used=Count("licence__installations", filter=Q(licence__installations__removed_on=None)))
        .order_by("pk")
    )
    found: dict[str, Booked] = {}
    for item in rows:
        licence = getattr(item, "licence", None)
        if part_of(item.category.code, licence.origin if licence else "") != form:
            continue
        one = found.setdefault(fold(item.name), Booked(item.name, item.category.code, row=_as_row(item, licence)))
        one.items += 1
        one.computers += item.used
        seats = licence.seats if licence else 1
        one.seats = None if seats is None or one.seats is None else one.seats + seats
        version = licence.current_version if licence else ""
        if version and version not in one.versions:
            one.versions.append(version)
    return dict(sorted(found.items()))


def _as_row(item: Equipment, licence: SoftwareLicence | None) -> SoftwareRow:
    """A row of BC01 as the books can fill it in."""
    if licence is None:
        return SoftwareRow(item.name)
    starts = licence.starts_on
    values = {
        "code": licence.software_code,
        "original_version": licence.original_version,
        "current_version": licence.current_version,
        "origin": licence.get_origin_display(),
        "terms": licence.terms,
        "platform": licence.platform,
        "started": f"{starts:%d/%m/%Y}" if starts else "",
        "deployed_at": licence.deployed_at,
        "stability": licence.stability,
        "friendliness": licence.friendliness,
        "note": licence.note,
    }
    return SoftwareRow(item.name, {name: value for name, value in values.items() if value})
