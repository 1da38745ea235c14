"""Disposals and loss reports in each of their states, and what somebody sees of them."""

from django.utils import timezone

from accounts.models import User
from disposals.actions import draft
from disposals.loading import load_procedures
from disposals.models import ProcedureRule
from dossiers import actions as papers
from equipment.models import Category
from tests.disposals import support as s
from tests.world import World, past, pdf_file

OFFICER, SUPERIOR, PEER, ADMIN = "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang", "admin1"


def furnish_disposals(world: World, officer: User) -> dict[str, str]:
    """One dossier in each state; computers store data and are past their years of use."""
    load_procedures()
    Category.objects.filter(pk=world.desktop.pk).update(life_years=5, stores_data=True)
    devices = s.in_books(world, officer, 12, prefix="CU", days=365 * 7, name="Máy tính bộ phận một cửa")
    bare = s.drafted(devices[:3], officer, papers=False, council=[], minutes_number="", minutes_date=None)
    ready = s.drafted(devices[3:6], officer)
    papers.attach(ready, paper="other", file=pdf_file("Phụ lục ảnh chụp.pdf"), by=officer)
    submitted = s.submitted(devices[6:7], officer)
    decided = s.decided(devices[7:8], officer)
    closing = s.decided(devices[8:9], officer)
    line = draft.describe_line(closing.lines.get(), values=WIPED, by=officer, version=closing.version)
    done = s.steps.close(s.fresh(closing), values=s.ending(), by=officer)
    papers.issue(done, paper="form_c51", by=officer)
    stopped = s.stopped(devices[9:10], officer)
    lost = s.report(devices[10:11], officer, happened_on=past(2))
    scan = papers.attach(lost, paper="explanation", file=pdf_file("Giải trình.pdf"), by=officer)
    s.lost(devices[11:], officer, happened_on=past(4))
    found = s.found(devices[11:], officer)
    return {
        "disposal_bare": bare.number,
        "disposal_ready": ready.number,
        "disposal_ready_device": ready.lines.first().equipment.code,
        "disposal_submitted": submitted.number,
        "disposal_decided": decided.number,
        "disposal_done": done.number,
        "disposal_stopped": stopped.number,
        "disposal_file": str(papers.documents.documents_of(ready).last().public_id),
        "disposed": line.equipment.code,
        "loss": lost.number,
        "loss_file": str(scan.public_id),
        "loss_device": lost.lines.get().equipment.code,
        "found": found.number,
        "procedure": str(ProcedureRule.objects.order_by("pk")[0].pk),
    }


WIPED = {
    "wiped_on": timezone.localdate(),
    "wiped_by": "Phạm Văn Cường",
    "wipe_method": "Ghi đè 3 lần",
}

# name, who, address, the button that is pressed empty-handed, whether it is drawn like one above
PLACES = (
    ("disposals", OFFICER, "/thanh-ly/", "", False),
    ("disposals-superior", SUPERIOR, "/thanh-ly/?state=decided", "", True),
    ("disposals-empty", PEER, "/thanh-ly/", "", True),
    ("disposals-suggested", OFFICER, "/thanh-ly/goi-y/", "", False),
    ("disposal-new", OFFICER, "/thanh-ly/moi/", "", False),
    ("disposal-new-wrong", OFFICER, "/thanh-ly/moi/", "Lưu nháp", False),
    ("disposal-new-suggested", OFFICER, "/thanh-ly/goi-y/lap/", "", True),
    ("disposal-edit", OFFICER, "/thanh-ly/{disposal_ready}/sua/", "", True),
    ("disposal-bare", OFFICER, "/thanh-ly/{disposal_bare}/", "", False),
    ("disposal-ready", OFFICER, "/thanh-ly/{disposal_ready}/", "", False),
    ("disposal-devices", OFFICER, "/thanh-ly/{disposal_ready}/?tab=thiet-bi", "", False),
    ("disposal-line", OFFICER, "/thanh-ly/{disposal_ready}/thiet-bi/{disposal_ready_device}/", "", False),
    ("disposal-submit", OFFICER, "/thanh-ly/{disposal_ready}/trinh/", "", False),
    ("disposal-attach", OFFICER, "/thanh-ly/{disposal_ready}/tai-lieu/", "", True),
    ("disposal-detach", OFFICER, "/thanh-ly/{disposal_ready}/tai-lieu/{disposal_file}/go/", "", True),
    ("disposal-cancel", OFFICER, "/thanh-ly/{disposal_ready}/huy/", "Hủy hồ sơ", True),
    ("disposal-submitted", OFFICER, "/thanh-ly/{disposal_submitted}/", "", False),
    ("disposal-decide", OFFICER, "/thanh-ly/{disposal_submitted}/quyet-dinh/", "", False),
    ("disposal-decided", OFFICER, "/thanh-ly/{disposal_decided}/", "", False),
    ("disposal-close", OFFICER, "/thanh-ly/{disposal_decided}/ket-thuc/", "", False),
    ("disposal-close-wrong", OFFICER, "/thanh-ly/{disposal_decided}/ket-thuc/", "Kết thúc", True),
    ("disposal-done", OFFICER, "/thanh-ly/{disposal_done}/", "", False),
    ("disposal-done-devices", SUPERIOR, "/thanh-ly/{disposal_done}/?tab=thiet-bi", "", True),
    ("disposal-done-timeline", SUPERIOR, "/thanh-ly/{disposal_done}/?tab=dien-bien", "", False),
    ("disposal-stopped", OFFICER, "/thanh-ly/{disposal_stopped}/", "", True),
    ("disposed-device", OFFICER, "/thiet-bi/{disposed}/?tab=dien-bien", "", False),
    ("disposed-dossiers", OFFICER, "/thiet-bi/{disposed}/?tab=ho-so", "", False),
    ("losses", OFFICER, "/thanh-ly/mat/", "", False),
    ("finds", OFFICER, "/thanh-ly/tim-thay/", "", True),
    ("loss-new", OFFICER, "/thanh-ly/mat/moi/", "Lưu nháp", False),
    ("find-new", OFFICER, "/thanh-ly/tim-thay/moi/", "", True),
    ("loss", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/", "", False),
    ("loss-devices", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/?tab=thiet-bi", "", True),
    ("loss-edit", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/sua/", "", True),
    ("loss-confirm", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/ghi-so/", "", True),
    ("loss-cancel", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/huy/", "", True),
    ("loss-attach", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/tai-lieu/", "", True),
    ("loss-detach", OFFICER, "/thanh-ly/mat-tim-thay/{loss}/tai-lieu/{loss_file}/go/", "", True),
    ("find", OFFICER, "/thanh-ly/mat-tim-thay/{found}/", "", True),
    ("procedures", ADMIN, "/quan-tri/danh-muc/thu-tuc/", "", False),
    ("procedure", ADMIN, "/quan-tri/danh-muc/thu-tuc/{procedure}/", "", True),
    ("procedure-new", ADMIN, "/quan-tri/danh-muc/thu-tuc/moi/", "Lưu", False),
    ("procedure-edit", ADMIN, "/quan-tri/danh-muc/thu-tuc/{procedure}/sua/", "", True),
)
"""Every page of the app; those of one template and its styles are looked at in one theme only."""
NO_PAGE = {
    "disposals:restore",  # a step
    "disposals:issue",  # a step
    "losses:restore",  # a step
}
