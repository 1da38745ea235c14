"""A country for the isolation tests: every unit has data, and those of the watched units bear a marker.

The watched unit stands in the middle: BHXH Hà Nội has the sector above it, a peer beside it and districts below it.
"""

import io
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import Document
from dossiers import actions as keeping
from equipment.actions import bulk, bulk_undo, confirm, equipment, intake, norm_standings
from equipment.models import Brand, Category, Equipment, EquipmentModel, ImportBatch, Intake
from equipment.rules.bulk import APPEND, Wanted
from jobs import actions as jobs
from jobs.files import keep
from jobs.models import Job
from jobs.rules import State
from orgs.models import OrgUnit
from tests.isolation.country_imports import make_imports
from tests.isolation.holdings_analysis import furnish as furnish_analysis
from tests.isolation.holdings_boards import furnish as furnish_boards
from tests.isolation.holdings_books import furnish as furnish_books
from tests.isolation.holdings_calendar import furnish as furnish_calendar
from tests.isolation.holdings_dispatch import furnish as furnish_dispatch
from tests.isolation.holdings_disposals import furnish as furnish_disposals
from tests.isolation.holdings_disposals import make_shared as share_procedures
from tests.isolation.holdings_notices import furnish as furnish_notices
from tests.isolation.holdings_people import furnish as furnish_people
from tests.isolation.holdings_people import make_shared as share_people
from tests.isolation.holdings_reminders import furnish as furnish_reminders
from tests.isolation.holdings_repairs import furnish as furnish_repairs
from tests.isolation.holdings_reports import furnish as furnish_reports
from tests.isolation.holdings_signing import furnish as furnish_signing
from tests.isolation.holdings_support import furnish as furnish_support
from tests.isolation.holdings_surveys import furnish as furnish_surveys
from tests.isolation.holdings_transfers import furnish as furnish_transfers
from tests.isolation.holdings_unlocks import furnish as furnish_unlocks
from tests.isolation.holdings_watches import furnish as furnish_watches
from tests.isolation.holdings_yearend import furnish as furnish_yearend
from tests.world import World, header, lines, make_world, past, pdf_file
from ui import saved_views
from ui.models import SavedView

MIDDLE, BELOW, PEER, PEER_BELOW, CUSTODY = "01", "01.001", "48", "01.002", "00.PC"

ROLES = {
    "anonymous": None,
    "peer": "nghiepvu_danang",
    "above": "ttcntt",
    "below": "nghiepvu_badinh",
    "lookup": "tracuu_hanoi",
    "business": "nghiepvu_hanoi",
    "admin2": "admin2_hanoi",
    "other_admin2": "admin2_danang",
    "admin1": "admin1",
}
"""Who asks, seen from the unit in the middle."""


@dataclass
class Holding:
    """What one unit has: an intake in each state, a described device, documents."""

    unit: OrgUnit
    marker: str
    draft: Intake
    overdue: Intake
    cancelled: Intake
    confirmed: Intake
    device: Equipment
    scan: Document
    draft_scan: Document
    issued: Document
    view: SavedView
    act: int  # the stamp of a change to many devices
    job: Job
    imports: dict[str, ImportBatch]
    more: dict[str, Any] = field(default_factory=dict)  # what holdings_*.py furnish
    told: list[str] = field(default_factory=list)  # further names that tell of it
    clashing: str = ""  # code of a device whose serial another unit has too

    @property
    def names(self) -> list[str]:
        """Whatever tells that something of this unit exists, lower case."""
        intakes = [self.draft, self.overdue, self.cancelled, self.confirmed]
        papers = [self.scan, self.draft_scan, self.issued]
        codes = [self.device.code, self.clashing] if self.clashing else [self.device.code]
        numbers = [dossier.number for dossier in (*intakes, *self.imports.values())]
        names = [self.marker, *codes, *numbers, *self.told, *(str(d.public_id) for d in (*papers, self.view))]
        return [name.lower() for name in names]


@dataclass
class Country:
    world: World
    holdings: dict[str, Holding] = field(default_factory=dict)
    closed: Category | None = None
    other_model: EquipmentModel | None = None
    shared: dict[str, Any] = field(default_factory=dict)  # what belongs to all, made by holdings_*.py
    sessions: dict[str, str] = field(default_factory=dict)

    @property
    def middle(self) -> Holding:
        return self.holdings[MIDDLE]

    def user(self, role: str) -> User:
        """The account that plays the role, as it is now."""
        return User.objects.select_related("unit").get(pk=self.world.users[ROLES.get(role) or role].pk)

    def client(self, role: str, **kwargs: Any) -> Client:
        """A new browser, in the session of the account."""
        client = Client(**kwargs)
        if role == "anonymous":
            return client
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[ROLES.get(role) or role]
        return client

    def log_everybody_in(self) -> None:
        """Once, so that no test pays for it."""
        for name, user in self.world.users.items():
            client = Client()
            client.force_login(user)
            self.sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value


def make_country() -> Country:
    world = make_world()
    country = Country(world)
    switch = Category.objects.create(code="CHUYEN_MACH", name="Thiết bị chuyển mạch", attribute_keys=["firmware"])
    country.closed = Category.objects.create(code="MAY_FAX", name="Máy fax", closed_on=past(10))
    country.other_model = EquipmentModel.objects.create(
        brand=Brand.objects.create(name="Cisco"), category=switch, name="Catalyst 9200"
    )
    for code, account in (
        (MIDDLE, "nghiepvu_hanoi"),
        (BELOW, "nghiepvu_badinh"),
        (PEER_BELOW, "nghiepvu_hoankiem"),
        (PEER, "nghiepvu_danang"),
        (CUSTODY, "vanphong"),
    ):
        country.holdings[code] = make_holding(world, world.users[account], world.units[code])
        holding, clerk = country.holdings[code], world.users[account]
        serials = [f"S-{holding.marker}-7", f"S-{holding.marker}-8"]
        lent = confirm.confirm(make_draft(world, holding, serials, by=clerk), by=clerk)
        furnish_people(holding, Equipment.objects.filter(intake=lent), by=clerk)
        furnish_disposals(holding, world, by=clerk)
        furnish_notices(holding, by=clerk)
        furnish_analysis(holding, by=clerk)
    country.shared |= share_people(world, country.middle.marker)
    country.shared |= share_procedures()
    # The same serial in two units is for IT Center alone to know.
    shared = "TRUNG-HAI-DON-VI"
    for code in (MIDDLE, PEER):
        made = confirm.confirm(make_draft(world, country.holdings[code], [shared]), by=_clerk(world, code))
        equipment.flag_serial_clashes(made)
        country.holdings[code].clashing = Equipment.objects.get(intake=made).code
    furnish_books(country)
    furnish_transfers(country, make_draft)
    furnish_repairs(country, make_draft)
    furnish_calendar(country)
    furnish_boards(country)
    furnish_support(country)
    furnish_yearend(country)
    furnish_signing(country)
    furnish_dispatch(country)
    furnish_surveys(country)
    furnish_reports(country)
    furnish_unlocks(country)
    furnish_reminders()
    country.log_everybody_in()
    furnish_watches()
    norm_standings.count_all()
    return country


def _clerk(world: World, code: str) -> User:
    return next(u for u in world.users.values() if u.unit.code == code and u.kind == "business")


def make_holding(world: World, by: User, unit: OrgUnit) -> Holding:
    marker = f"Zq{secrets.token_hex(6)}"
    User.objects.filter(unit=unit).update(full_name=f"Cán bộ {marker}")
    by.full_name = f"Cán bộ {marker}"
    papers: dict[str, Document] = {}

    def make(serials: list[str], *, kind: str, **changes: Any) -> Intake:
        made = intake.start_draft(
            unit=unit, header=marked_header(marker, **changes), lines=marked_lines(world, marker, serials), by=by
        )
        papers[kind] = keeping.attach(made, paper="minutes", file=pdf_file(f"Biên bản {marker}.pdf"), by=by)
        return made

    draft = make([f"S-{marker}-1"], kind="draft")
    overdue = make([f"S-{marker}-2"], kind="overdue", handover_date=past(40))
    cancelled = intake.cancel(make([f"S-{marker}-3"], kind="cancelled"), reason=f"Hủy vì {marker}", by=by)
    late = make([f"S-{marker}-4", f"S-{marker}-5"], kind="confirmed", handover_date=past(30))
    confirmed = confirm.confirm(late, by=by)
    confirmed = intake.correct(
        confirmed, values={"place": f"Kho {marker}"}, reason=f"Nhầm {marker}", by=by, version=confirmed.version
    )
    device = describe(Equipment.objects.filter(intake=confirmed).order_by("code")[0], marker, by=by)
    issued = keeping.issue(confirmed, paper="form_c50", by=by)
    return Holding(
        unit=unit,
        marker=marker,
        draft=draft,
        overdue=overdue,
        cancelled=cancelled,
        confirmed=confirmed,
        device=device,
        scan=papers["confirmed"],
        draft_scan=papers["draft"],
        issued=issued,
        view=make_view(marker, by=by),
        act=change_together(Equipment.objects.filter(intake=confirmed).order_by("code")[1:], marker, by=by),
        job=make_job(marker, by=by),
        imports=make_imports(marker, device, unit=unit, by=by, all_of_them=unit.code == MIDDLE),
    )


def change_together(rows: Any, marker: str, *, by: User) -> int:
    """A change to many devices; returns its stamp."""
    versions = list(rows.values_list("pk", "version"))
    when, _ = bulk.change_many(
        [pk for pk, _ in versions],
        seen=bulk.fingerprint(versions),
        wanted=Wanted(note_mode=APPEND, note=f"Kiểm kê {marker}"),
        reason=f"Kiểm kê {marker}",
        by=by,
    )
    return bulk_undo.stamp_of(when)


def make_view(marker: str, *, by: User) -> SavedView:
    """A view that the unit shares; and one with which a list opens that nobody opens any more."""
    view, old = (
        saved_views.save_new(
            saved_views.State(path, f"q={marker}", ("code", "name")),
            name=f"Máy {marker}",
            shared=True,
            default=False,
            by=by,
        )
        for path in (reverse("equipment:list"), "/danh-sach-cu/")
    )
    saved_views.make_default(old, by=by)
    return view


def make_job(marker: str, *, by: User) -> Job:
    """A job that has ended and left a file, beside one that waits."""
    made = jobs.start(kind="export", title=f"Xuất {marker}", by=by, params={"path": f"/{marker}/"})
    jobs.start(kind="export", title=f"Xuất {marker}", by=by, params={"path": f"/{marker}/"})
    keep(made, name=f"{marker}.csv", content=io.BytesIO(marker.encode()), purpose="result", label=f"Tệp {marker}")
    made.state, made.message, made.result = State.DONE, f"Đã xuất {marker}.", {"url": f"/{marker}/"}
    made.save()
    return made


def describe(device: Equipment, marker: str, *, by: User) -> Equipment:
    room = OrgUnit.objects.departments_of(device.unit).first()
    return equipment.describe(
        device,
        values={
            "name": f"Máy {marker}",
            "serial": f"S-{marker}-9",
            "inventory_number": f"TS-{marker}",
            "holder_name": f"Nguyễn {marker}",
            "made_in": f"Nước {marker}",
            "note": f"Ghi chú {marker}",
            "attributes": {"CPU": f"Bộ xử lý {marker}"},
            "room": room,
        },
        reason=f"Sửa vì {marker}",
        by=by,
        version=device.version,
    )


def make_draft(world: World, holding: Holding, serials: list[str], *, by: User | None = None, **changes: Any) -> Intake:
    """A further draft of the unit, ready to be confirmed."""
    by = by or _clerk(world, holding.unit.code)
    made = intake.start_draft(
        unit=holding.unit,
        header=marked_header(holding.marker, **changes),
        lines=marked_lines(world, holding.marker, serials),
        by=by,
    )
    keeping.attach(made, paper="minutes", file=pdf_file(f"Biên bản {holding.marker}.pdf"), by=by)
    made.refresh_from_db()
    return made


def marked_header(marker: str, **changes: Any) -> dict[str, Any]:
    texts = (
        "minutes_number",
        "place",
        "supplier",
        "giver_name",
        "giver_title",
        "receiver_name",
        "receiver_title",
        "contract_number",
        "decision",
        "note",
        "late_reason",
    )
    dates = {"handover_date": timezone.localdate(), "contract_date": timezone.localdate() - timedelta(days=90)}
    return header(**{name: f"{name} {marker}" for name in texts}, **{**dates, **changes})


def marked_lines(world: World, marker: str, serials: list[str]) -> list[intake.LineData]:
    return lines(
        world,
        serials,
        name=f"Máy {marker}",
        made_in=f"Nước {marker}",
        items=[{"serial": serial, "inventory_number": f"TS-{serial}"} for serial in serials],
        attributes={"CPU": f"Bộ xử lý {marker}", "RAM": "8 GB"},
    )
