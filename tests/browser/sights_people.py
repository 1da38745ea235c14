"""People, hand-overs and norms, and what somebody sees of them."""

from datetime import date
from typing import Any

from accounts.models import User
from dossiers import actions as papers
from equipment.actions import holdings
from equipment.actions.assignment import Transfer, assign
from equipment.models import Equipment, Norm, NormSet
from equipment.rules.assignment import AssignmentKind, RecoveryReason
from orgs.models import OrgUnit
from personnel.models import Employee, FeedFault, FeedRun, Title
from tests.imports.support import xlsx
from tests.world import World, confirmed, devices, past, pdf_file

NO_PAGE = {"assignments:issue", "personnel:roster_apply"}  # steps
ADMIN, CENTER, OFFICER, PEER = "admin1", "ttcntt", "nghiepvu_badinh", "nghiepvu_danang"
NAMES = ("Nguyễn Thị Ánh Nguyệt", "Trần Quốc Toản", "Lê Thị Hồng Gấm", "Phạm Văn Đồng Khởi")


def furnish_people(world: World, officer: User) -> dict[str, str]:
    """Four people with devices, one of whom has gone; a set of norms that one of them is above; runs of the feed."""
    title = Title.objects.create(code="CV", name="Chuyên viên / viên chức", position=1)
    room = world.units["01.001.T1"]
    common = {"unit": officer.unit, "title": title, "room": room}
    people = [
        Employee.objects.create(code=f"HR{n:04}", full_name=name, source="hr" if n > 1 else "hand", **common)
        for n, name in enumerate(NAMES, start=1)
    ]
    people[0].account = world.tracuu_badinh
    people[0].save()
    norm_set = NormSet.objects.create(code="QD10-2026", name="QĐ 10/2026/QĐ-TTg", valid_from=date(2020, 3, 9))
    norm = Norm.objects.create(
        norm_set=norm_set, group="VIII", scope="person", category=world.desktop, quantity=1, ceiling=12_000_000
    )
    norm_set.titles.create(title=title, group="VIII", confidence="chưa đối chiếu")
    stock = devices(confirmed(world, officer, [f"GIAO{n}" for n in range(1, 8)]))
    first = _hand_over(officer, stock[:2], people[0], reason="Được trang bị thêm theo Công văn 215/CNTT")
    _hand_over(officer, stock[2:3], people[1])
    _hand_over(officer, stock[3:4], people[2])
    papers.issue(first, paper="form_use", by=officer)
    scan = papers.attach(first, paper="signed_form", file=pdf_file("biên bản đã ký.pdf"), by=officer)
    gone = people[2]
    gone.state, gone.state_since = "retired", past(3)
    gone.save()
    task = holdings.open_recovery(
        employee=gone,
        unit=officer.unit,
        code=gone.code,
        name=gone.full_name,
        reason=RecoveryReason.RETIRED,
        on=past(3),
    )
    return {
        "person": people[0].code,
        "fed": people[1].code,
        "handed": first.number,
        "handed_scan": str(scan.public_id),
        "recovery": str(task.pk),
        "norm": str(norm.pk),
        "run": str(_runs()),
        "free": stock[5].code,
    }


def _runs() -> int:
    root = OrgUnit.objects.get_first_root_node()
    source = "https://nhan-su.bhxh.example.vn/can-bo"
    FeedRun.objects.create(unit=root, source=source, state="failed", problem="Nguồn trả lời 503 Service Unavailable.")
    run = FeedRun.objects.create(unit=root, source=source, state="partly", total=24_310, changed=12, faulty=2)
    for line, message in ((18, "Không có đơn vị mã “99.001” đang hoạt động."), (77, "Thiếu họ và tên.")):
        FeedFault.objects.create(unit=root, run=run, line=line, code=f"HR9{line:03}", message=message)
    return run.pk


def _hand_over(officer: User, some: list[Equipment], person: Employee, reason: str = "") -> Any:
    keys = [device.pk for device in some]
    rows = Equipment.objects.filter(pk__in=keys).select_related("unit", "category").order_by("pk")
    given = Transfer(
        AssignmentKind.HAND_OVER, list(rows), past(0), person, norm_reason=reason, keeper_name="Đỗ Thị Kho"
    )
    return assign(given, by=officer)


def roster() -> dict[str, Any]:
    """A file with a new person, a changed one and a faulty line."""
    rows = [["Mã cán bộ", "Họ và tên", "Chức danh"], ["M1", "Vũ Thị Mới", "CV"], ["M2", "Vũ Văn Lỗi", "Vua"], ["M3"]]
    return {"name": "can-bo.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx(rows).read()}


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def _choose_roster(page: Any) -> None:
    page.locator("main").get_by_label("Tệp danh sách").set_input_files(files=[roster()])


def _wrong(page: Any) -> None:
    page.locator(".has-error").first.wait_for()


def _wait(text: str) -> Any:
    return lambda page: page.get_by_text(text).first.wait_for()


NORMS = "/quan-tri/danh-muc/dinh-muc/"
PEOPLE = (
    ("people", OFFICER, "/can-bo/"),
    ("people-center", CENTER, "/can-bo/?state=working"),
    ("people-empty", PEER, "/can-bo/"),
    ("person", OFFICER, "/can-bo/{person}/"),
    ("person-details", OFFICER, "/can-bo/{person}/?tab=chi-tiet"),
    ("person-edit", OFFICER, "/can-bo/{person}/sua/"),
    ("person-edit-fed", OFFICER, "/can-bo/{fed}/sua/", (), 200, True),
    ("person-new", PEER, "/can-bo/them/"),
    ("person-new-wrong", PEER, "/can-bo/them/", (_press("Lưu"), _wrong)),
    ("roster", PEER, "/can-bo/tu-tep/"),
    ("roster-wrong", PEER, "/can-bo/tu-tep/", (_press("Xem trước"), _wrong)),
    (
        "roster-preview",
        PEER,
        "/can-bo/tu-tep/",
        (_choose_roster, _press("Xem trước"), _wait("Dòng lỗi, không nhập")),
    ),
    ("feed-runs", CENTER, "/can-bo/dong-bo/"),
    ("feed-run", CENTER, "/can-bo/dong-bo/{run}/"),
    ("assignments", OFFICER, "/ban-giao/"),
    ("assignments-empty", PEER, "/ban-giao/"),
    ("assignment", OFFICER, "/ban-giao/{handed}/"),
    ("assignment-papers", OFFICER, "/ban-giao/{handed}/?tab=ho-so"),
    ("assignment-new", OFFICER, "/ban-giao/moi/?thiet-bi={free}"),
    ("assignment-new-wrong", OFFICER, "/ban-giao/moi/", (_press("Bàn giao"), _wrong)),
    ("assignment-attach", OFFICER, "/ban-giao/{handed}/tai-lieu/", (), 200, True),
    ("assignment-detach", OFFICER, "/ban-giao/{handed}/tai-lieu/{handed_scan}/go/", (), 200, True),
    ("give-back", OFFICER, "/ban-giao/tra/?ho-so={handed}"),
    ("held-by-me", "tracuu_badinh", "/ban-giao/cua-toi/"),
    ("held-by-me-empty", PEER, "/ban-giao/cua-toi/", (), 200, True),
    ("recoveries", OFFICER, "/ban-giao/thu-hoi/"),
    ("recovery", OFFICER, "/ban-giao/thu-hoi/{recovery}/"),
    ("standings", OFFICER, "/ban-giao/dinh-muc/?tat-ca=1"),
    ("standings-empty", PEER, "/ban-giao/dinh-muc/"),
    ("standings-wrong", OFFICER, "/ban-giao/dinh-muc/?ngay=x", (), 400),
    ("norm-sets", OFFICER, NORMS),
    ("norm-set", ADMIN, NORMS + "QD10-2026/"),
    ("norm-set-edit", ADMIN, NORMS + "QD10-2026/sua/", (), 200, True),
    ("norm-set-copy", ADMIN, NORMS + "QD10-2026/bo-moi/"),
    ("norm-groups", ADMIN, NORMS + "QD10-2026/chuc-danh/"),
    ("norm", OFFICER, NORMS + "QD10-2026/{norm}/"),
    ("norm-add", ADMIN, NORMS + "QD10-2026/them/", (), 200, True),
    ("norm-edit", ADMIN, NORMS + "QD10-2026/{norm}/sua/"),
)
