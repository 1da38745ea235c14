"""Repairs in each of their states, and what somebody sees of them."""

from accounts.models import User
from core.models import DocumentKind
from dossiers import actions as papers
from equipment.models import Category, Equipment
from repairs.actions import drafts, results
from repairs.models import Repair
from tests.repairs import support as s
from tests.world import World, pdf_file

OFFICER, SUPERIOR, PEER = "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang"


def furnish_repairs(world: World, officer: User) -> dict[str, str]:
    """One dossier in each state; computers are kept up once a month."""
    Category.objects.filter(pk=world.desktop.pk).update(maintenance_months=1)
    made = s.some(world, officer, [f"SUA-{n:02}" for n in range(1, 16)])
    Equipment.objects.filter(pk__in=[device.pk for device in made]).update(received_on=s.w.past(90))
    stock = list(
        Equipment.objects.filter(pk__in=[d.pk for d in made]).select_related("unit", "category").order_by("pk")
    )
    bare = drafts.open_draft(stock[:2], header=s.head(assessment=""), by=officer)
    ready = s.drafted(stock[2:4], officer, fault="Không lên nguồn, có mùi khét")
    lines = {line.pk: {"fault": line.fault, "estimate": 850_000} for line in ready.lines.all()}
    ready = drafts.save_draft(ready, devices=stock[2:4], header={}, lines=lines, by=officer, version=ready.version)
    paper = papers.attach(ready, paper=DocumentKind.ASSESSMENT, file=pdf_file("Biên bản đánh giá.pdf"), by=officer)
    late = s.sent(stock[4:6], officer, kind="warranty", expected_on=s.w.past(2))
    upgrade = s.sent(stock[6:7], officer, kind="upgrade", sent_to="in_house", supplier="")
    known = _known(s.sent(stock[7:10], officer), officer)
    done = _known(s.sent(stock[10:13], officer), officer)
    s.paper(done, officer, DocumentKind.REPAIR_MINUTES)
    papers.issue(done, paper=DocumentKind.FORM_C54, by=officer)
    done = results.finish(done, by=officer, version=done.version)
    stopped = s.cancelled(stock[13:14], officer)
    return {
        "repair_bare": bare.number,
        "repair_ready": ready.number,
        "repair_file": str(paper.public_id),
        "repair_late": late.number,
        "repair_upgrade": upgrade.number,
        "repair_known": known.number,
        "repair_done": done.number,
        "repair_stopped": stopped.number,
        "repaired": done.lines.order_by("position")[0].code,
        "repair_free": stock[14].code,
    }


def _known(repair: Repair, by: User) -> Repair:
    one, two, three = repair.lines.all()
    parts = [{"name": "Bộ nguồn 450 W", "quantity": 1, "price": 850_000}]
    given = {
        one.pk: {"result": "repaired", "work_done": "Thay bộ nguồn, vệ sinh máy", "parts": parts, "cost": 1_050_000},
        two.pk: {"result": "replaced", "new_serial": f"5CG{two.pk:07}", "cost": 0},
        three.pk: {"result": "beyond_repair", "result_note": "Cháy bo mạch chủ, không còn linh kiện", "cost": 0},
    }
    header = {"returned_on": s.today(), "cost_reason": "Nguồn hỏng do sét đánh, ngoài phạm vi bảo hành"}
    return results.record_results(repair, header=header, results=given, by=by, version=repair.version)


# name, who, address, the button that is pressed empty-handed, whether it is drawn like one above
PLACES = (
    ("repairs", OFFICER, "/sua-chua/", "", False),
    ("repairs-superior", SUPERIOR, "/sua-chua/?overdue=late", "", True),
    ("repairs-empty", PEER, "/sua-chua/", "", True),
    ("repair-costs", OFFICER, "/sua-chua/chi-phi/", "", False),
    ("repair-costs-empty", PEER, "/sua-chua/chi-phi/", "", True),
    ("upkeep", OFFICER, "/sua-chua/den-ky/", "", False),
    ("upkeep-empty", PEER, "/sua-chua/den-ky/", "", True),
    ("repair-new", OFFICER, "/sua-chua/moi/?thiet-bi={repair_free}", "", False),
    ("repair-new-wrong", OFFICER, "/sua-chua/moi/", "Lưu nháp", False),
    ("repair-bare", OFFICER, "/sua-chua/{repair_bare}/", "", False),
    ("repair-ready", OFFICER, "/sua-chua/{repair_ready}/", "", False),
    ("repair-ready-devices", OFFICER, "/sua-chua/{repair_ready}/?tab=thiet-bi", "", False),
    ("repair-edit", OFFICER, "/sua-chua/{repair_ready}/sua/", "", False),
    ("repair-send", OFFICER, "/sua-chua/{repair_ready}/gui/", "", False),
    ("repair-cancel", OFFICER, "/sua-chua/{repair_ready}/huy/", "Hủy hồ sơ", True),
    ("repair-attach", OFFICER, "/sua-chua/{repair_ready}/tai-lieu/", "", True),
    ("repair-detach", OFFICER, "/sua-chua/{repair_ready}/tai-lieu/{repair_file}/go/", "", True),
    ("repair-late", OFFICER, "/sua-chua/{repair_late}/", "", False),
    ("repair-results", OFFICER, "/sua-chua/{repair_late}/ket-qua/", "", False),
    ("repair-results-upgrade", OFFICER, "/sua-chua/{repair_upgrade}/ket-qua/", "", True),
    ("repair-known", OFFICER, "/sua-chua/{repair_known}/?tab=thiet-bi", "", False),
    ("repair-finish", OFFICER, "/sua-chua/{repair_known}/hoan-thanh/", "Hoàn thành", False),
    ("repair-done", OFFICER, "/sua-chua/{repair_done}/", "", False),
    ("repair-done-devices", SUPERIOR, "/sua-chua/{repair_done}/?tab=thiet-bi", "", True),
    ("repair-done-timeline", SUPERIOR, "/sua-chua/{repair_done}/?tab=dien-bien", "", False),
    ("repair-stopped", OFFICER, "/sua-chua/{repair_stopped}/", "", True),
    ("repaired-device", OFFICER, "/thiet-bi/{repaired}/?tab=sua-chua", "", False),
    ("repaired-timeline", OFFICER, "/thiet-bi/{repaired}/?tab=dien-bien", "", True),
    ("repaired-dossiers", OFFICER, "/thiet-bi/{repaired}/?tab=ho-so", "", True),
)
"""Every page of the app; those of one template and its styles are looked at in one theme only."""
NO_PAGE = {"repairs:restore", "repairs:issue", "repairs:upkeep_create"}
"""Steps without a page of their own, and a form that is seen at another address."""
