"""Every page as somebody comes to see it: empty and full, before and after an error, with its menus open."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from core.events import deliver
from core.models import Event
from dossiers import actions as papers
from equipment.actions import bulk, bulk_undo, catalogue, confirm, equipment, intake
from equipment.models import Brand, Equipment
from equipment.rules.bulk import APPEND, Wanted
from jobs import actions as jobs
from jobs.files import keep
from jobs.rules import Standing
from jobs.rules import State as JobState
from jobs.running import publish
from tests.browser.sights_analysis import PAGES as ANALYSES
from tests.browser.sights_analysis import furnish_analyses
from tests.browser.sights_boards import PAGES as BOARDS
from tests.browser.sights_boards import furnish_boards
from tests.browser.sights_books import PAGES as BOOKS
from tests.browser.sights_books import furnish_books
from tests.browser.sights_calendar import PAGES as CALENDAR
from tests.browser.sights_calendar import furnish_calendar
from tests.browser.sights_dispatch import PAGES as DISPATCHES
from tests.browser.sights_dispatch import furnish_dispatches
from tests.browser.sights_disposals import PLACES as DISPOSALS
from tests.browser.sights_disposals import furnish_disposals
from tests.browser.sights_imports import furnish_imports
from tests.browser.sights_notices import PAGES as NOTICES
from tests.browser.sights_notices import furnish_notices
from tests.browser.sights_people import PEOPLE, furnish_people
from tests.browser.sights_prints import PAGES as PRINTS
from tests.browser.sights_prints import furnish_prints
from tests.browser.sights_repairs import PLACES as REPAIRS
from tests.browser.sights_repairs import furnish_repairs
from tests.browser.sights_reports import PAGES as REPORTS
from tests.browser.sights_reports import furnish_reports
from tests.browser.sights_signing import PAGES as SIGNING
from tests.browser.sights_signing import furnish_signing
from tests.browser.sights_support import PAGES as SUPPORT
from tests.browser.sights_support import furnish_support
from tests.browser.sights_surveys import PAGES as SURVEYS
from tests.browser.sights_surveys import furnish_surveys
from tests.browser.sights_transfers import PAGES as TRANSFERS
from tests.browser.sights_transfers import furnish_transfers
from tests.browser.sights_unlocks import PAGES as UNLOCKS
from tests.browser.sights_unlocks import furnish_unlocks
from tests.browser.sights_watches import PAGES as WATCHES
from tests.browser.sights_watches import furnish_watches
from tests.browser.sights_yearend import PAGES as YEAREND
from tests.browser.sights_yearend import furnish_yearend
from tests.world import World, confirmed, devices, draft, past
from ui import saved_views

ADMIN, CENTER, OFFICER, SUPERIOR, PEER = "admin1", "ttcntt", "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang"


def furnish(world: World) -> dict[str, str]:
    """Something of every kind in the small country; the names that addresses are made of."""
    officer = world.nghiepvu_badinh
    done = confirmed(world, officer, [f"MAY{n:03}" for n in range(1, 53)])
    late = draft(world, officer, ["MUON1"], handover_date=past(30), late_reason="Chờ bản giấy của nhà cung cấp")
    confirm.confirm(late, by=officer)
    item = devices(done)[0]
    equipment.describe(
        item,
        values={"holder_name": "Nguyễn Thị Ánh", "note": "Đặt ở quầy số 3", "condition": "fair"},
        reason="Giao cho cán bộ tiếp nhận hồ sơ",
        by=officer,
        version=item.version,
    )
    papers.issue(done, paper="form_c50", by=officer)
    ready = draft(world, officer, ["CHO1", "CHO2"])
    bare = intake.start_draft(unit=officer.unit, header={"handover_date": past(9)}, lines=[], by=officer)
    stopped = draft(world, officer, ["HUY1"])
    intake.cancel(stopped, reason="Lập nhầm đơn vị", by=officer)
    confirmed(world, world.nghiepvu_hoankiem, ["MAY001"])  # one serial in two units: for IT Center alone
    for event in Event.objects.order_by("pk"):
        deliver(event.pk)
    in_stock = saved_views.State("/thiet-bi/", "status=in_stock&sort=-received_on", ("code", "name", "room", "status"))
    view = saved_views.save_new(in_stock, name="Máy chờ cấp phát", shared=True, default=False, by=officer)
    mine = saved_views.State("/thiet-bi/", "condition=fair", ("name", "code", "condition"))
    saved_views.save_new(mine, name="Máy cần thay", shared=False, default=False, by=officer)
    theirs = saved_views.State("/thiet-bi/", "q=may", ("code", "serial"))
    saved_views.save_new(theirs, name="Máy bàn của quận", shared=True, default=False, by=world.tracuu_badinh)
    chosen = list(Equipment.objects.filter(intake=done).order_by("pk")[40:46].values_list("pk", "version"))
    changed_at, _ = bulk.change_many(
        [pk for pk, _ in chosen],
        seen=bulk.fingerprint(chosen),
        wanted=Wanted(room="01.001.T1", note_mode=APPEND, note="Đã dán nhãn mới"),
        reason="Chuyển phòng theo Quyết định 12/QĐ-BHXH",
        by=officer,
    )
    closed = Brand.objects.create(name="Gateway")
    catalogue.close_entry(closed, on=timezone.localdate() - timedelta(days=1), by=world.admin1)
    return {
        **furnish_jobs(officer),
        **furnish_imports(world, officer),
        **furnish_people(world, officer),
        **furnish_transfers(world),
        **furnish_disposals(world, officer),
        **furnish_repairs(world, officer),
        **furnish_watches(world),
        **furnish_reports(world),
        **furnish_books(world, officer),
        **furnish_calendar(world),
        **furnish_boards(world),
        **furnish_notices(world),
        **furnish_support(world),
        **furnish_signing(world),
        **furnish_surveys(world, officer),
        **furnish_analyses(world),
        **furnish_dispatches(world),
        **furnish_prints(world),
        "device": item.code,
        "done": done.number,
        "late": late.number,
        "ready": ready.number,
        "bare": bare.number,
        "stopped": stopped.number,
        "file": str(intake.documents.documents_of(ready).first().public_id),
        "view": str(view.public_id),
        "act": str(bulk_undo.stamp_of(changed_at)),
        "brand": str(world.model.brand_id),
        "closed": str(closed.pk),
        "model": str(world.model.pk),
        **furnish_unlocks(world),
        **furnish_yearend(world),
    }


def furnish_jobs(owner: User) -> dict[str, str]:
    """A job in each state."""
    made = {
        name: jobs.start(kind="export", title=f"Xuất 25.640 thiết bị (XLSX): {name}", by=owner)
        for name in ("waiting", "running", "finished", "failed")
    }
    keep(made["finished"], name="thiet-bi-2026-11-25.xlsx", content=io.BytesIO(b"x" * 1_834_000), purpose="result")
    for name, state, message in (
        ("running", JobState.RUNNING, ""),
        ("finished", JobState.DONE, "Đã xuất 25.640 dòng."),
        ("failed", JobState.FAILED, "Danh sách này không còn xuất được. Hãy mở lại danh sách rồi thử lại."),
    ):
        made[name].state, made[name].message, made[name].started_at = state, message, timezone.now()
        made[name].finished_at = timezone.now() if message else None
        made[name].save()
    publish(made["running"], Standing(9200, 25640, "Đang ghi tệp"))
    return {name: str(job.public_id) for name, job in made.items()}


@dataclass(frozen=True)
class Sight:
    """Who sees it, at which address, after which steps."""

    name: str
    who: str
    path: str
    steps: tuple[Callable[[Page], object], ...] = field(default=())
    status: int = 200
    alike: bool = False  # drawn by the same template and styles as one above: its colours are known


def press(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def menu(text: str) -> Callable[[Page], object]:
    return lambda page: page.locator("summary", has_text=text).click()


def open_table(page: Page) -> None:
    page.locator(".figure-table summary").first.click()


def fill(label: str, value: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_label(label).first.fill(value)


def choose(label: str, text: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_label(label, exact=True).first.select_option(label=text)


def wait(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.wait_for()


def forget_token(page: Page) -> None:
    """What happens to a page that stayed open over a new login."""
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)


def choose_rows(page: Page) -> None:
    for box in page.locator("[data-bulk-row]").all()[:3]:
        box.check()


def open_views(page: Page) -> None:
    page.locator("summary.btn", has_text="Chế độ xem").click()


def open_choices(page: Page) -> None:
    page.locator("main input[role=combobox]").first.locator("xpath=..").click()
    page.locator(".ts-dropdown .option:visible").first.wait_for()


WRONG = wait(".error-summary")
BULK = (choose_rows, press("Sửa hàng loạt"), wait("#id_reason"))
CHANGES = (
    choose("Tình trạng", "Trung bình"),
    choose("Ghi chú", "Ghi thêm vào dưới ghi chú cũ"),
    fill("Nội dung ghi chú", "Đã kiểm kê tháng 11/2026"),
    fill("Lý do sửa", "Kiểm kê cuối năm"),
)
NEW_VIEW = (open_views, menu("Lưu thành"))
LINES = (fill("Số lượng", "0"), fill("Đơn giá", "-1"), fill("Tên thiết bị", "Máy in"))
SIGHTS = (
    Sight("login", "", "/dang-nhap/"),
    Sight(
        "login-refused",
        "",
        "/dang-nhap/",
        (fill("Tên đăng nhập", "a"), fill("Mật khẩu", "b"), press("Đăng nhập"), wait(".notice--bad")),
    ),
    Sight("login-empty", "", "/dang-nhap/", (press("Đăng nhập"), wait(".has-error")), alike=True),
    Sight("login-expired", "", "/dang-nhap/?next=/thiet-bi/&het_phien=1"),
    Sight("account-inactive", "", "/tai-khoan-bi-khoa/"),
    Sight("logout", OFFICER, "/dang-xuat/"),
    Sight("password", OFFICER, "/doi-mat-khau/"),
    Sight("password-wrong", OFFICER, "/doi-mat-khau/", (fill("Mật khẩu hiện tại", "x"), press("Đổi mật khẩu"), WRONG)),
    Sight("overview", OFFICER, "/"),
    Sight("overview-empty", PEER, "/", alike=True),
    Sight("overview-center", CENTER, "/"),
    Sight("overview-unit", SUPERIOR, "/?unit=01.001&measure=value"),
    Sight("management", CENTER, "/tong-quan/cong-tac/"),
    Sight("overview-table", SUPERIOR, "/", (open_table,)),
    Sight("account-menu", OFFICER, "/", (lambda page: page.locator(".topbar-account summary").click(),)),
    Sight("devices", OFFICER, "/thiet-bi/?page=2"),
    Sight("devices-superior", SUPERIOR, "/thiet-bi/?sort=-serial&page=2"),
    Sight("devices-empty", PEER, "/thiet-bi/"),
    Sight("devices-none", OFFICER, "/thiet-bi/?q=khong-co&status=lost"),
    Sight("devices-bad-filter", OFFICER, "/thiet-bi/?received_tu=hom-qua", status=400),
    Sight("devices-filters", CENTER, "/thiet-bi/?q=muon1&status=in_stock", (menu("Bộ lọc"),)),
    Sight("devices-columns", OFFICER, "/thiet-bi/?q=may00", (menu("Cột"),)),
    Sight("devices-exports", OFFICER, "/thiet-bi/?q=may00", (menu("Xuất tệp"),)),
    Sight("devices-chosen", OFFICER, "/thiet-bi/?q=may00", (choose_rows,)),
    Sight("views", OFFICER, "/thiet-bi/?q=may00", (open_views,)),
    Sight("views-center", CENTER, "/tiep-nhan/?view=all", NEW_VIEW),
    Sight("view-open", OFFICER, "/thiet-bi/?status=in_stock&sort=-received_on&view={view}", (open_views,)),
    Sight("view-changed", OFFICER, "/thiet-bi/?q=may00&view={view}", (open_views,), alike=True),
    Sight(
        "view-taken",
        OFFICER,
        "/thiet-bi/?q=may00",
        (*NEW_VIEW, fill("Tên chế độ xem", "Máy cần thay"), press("Lưu chế độ xem"), WRONG),
    ),
    Sight("view-edit", OFFICER, "/che-do-xem/{view}/sua/"),
    Sight("view-delete", OFFICER, "/che-do-xem/{view}/xoa/", alike=True),
    Sight("search", OFFICER, "/tim-kiem/?q=may00", alike=True),
    Sight("jobs", OFFICER, "/cong-viec/"),
    Sight("jobs-empty", PEER, "/cong-viec/", alike=True),
    Sight("job-waiting", OFFICER, "/cong-viec/{waiting}/"),
    Sight("job-running", OFFICER, "/cong-viec/{running}/"),
    Sight("job-done", OFFICER, "/cong-viec/{finished}/"),
    Sight("job-failed", OFFICER, "/cong-viec/{failed}/"),
    Sight("export-long", CENTER, "/thiet-bi/?export=xlsx"),
    Sight("bulk", OFFICER, "/thiet-bi/?q=may00", BULK),
    Sight("bulk-wrong", OFFICER, "/thiet-bi/?q=may00", (*BULK, press("Xem trước"), WRONG)),
    Sight("bulk-look", OFFICER, "/thiet-bi/?q=may00", (*BULK, *CHANGES, press("Xem trước"), wait("#rows"))),
    Sight("bulk-done", OFFICER, "/thiet-bi/sua-hang-loat/{act}/"),
    Sight("bulk-undo", OFFICER, "/thiet-bi/sua-hang-loat/{act}/hoan-tac/", alike=True),
    Sight("imports", OFFICER, "/thiet-bi/nhap/"),
    Sight("imports-empty", PEER, "/thiet-bi/nhap/", alike=True),
    Sight("import-new", OFFICER, "/thiet-bi/nhap/moi/"),
    Sight("import-new-wrong", OFFICER, "/thiet-bi/nhap/moi/", (press("Tải lên và đọc tệp"), WRONG)),
    Sight("import-new-custodian", "vanphong", "/thiet-bi/nhap/moi/", alike=True),
    Sight("import-template", "vanphong", "/thiet-bi/nhap/mau/"),
    Sight("import-matching", OFFICER, "/thiet-bi/nhap/{import_matching}/"),
    Sight("import-match", OFFICER, "/thiet-bi/nhap/{import_matching}/ghep-cot/"),
    Sight(
        "import-match-wrong",
        OFFICER,
        "/thiet-bi/nhap/{import_matching}/ghep-cot/",
        (choose("Cột E là", "Tên thiết bị"), press("Kiểm tra các dòng"), WRONG),
    ),
    Sight("import-faulty", OFFICER, "/thiet-bi/nhap/{import_faulty}/"),
    Sight("import-faulty-superior", SUPERIOR, "/thiet-bi/nhap/{import_faulty}/", alike=True),
    Sight("import-skipped", OFFICER, "/thiet-bi/nhap/{import_faulty}/?tab=bo-qua", alike=True),
    Sight("import-clean", OFFICER, "/thiet-bi/nhap/{import_clean}/"),
    Sight("import-update", OFFICER, "/thiet-bi/nhap/{import_update}/?tab=thay-doi"),
    Sight("import-done", OFFICER, "/thiet-bi/nhap/{import_done}/"),
    Sight("import-done-timeline", OFFICER, "/thiet-bi/nhap/{import_done}/?tab=dien-bien", alike=True),
    Sight("import-failed", OFFICER, "/thiet-bi/nhap/{import_failed}/"),
    Sight("import-working", OFFICER, "/thiet-bi/nhap/{import_working}/"),
    Sight("import-cancel", OFFICER, "/thiet-bi/nhap/{import_clean}/huy/", alike=True),
    Sight("clashes", CENTER, "/thiet-bi/so-may-trung/"),
    Sight("clashes-empty", OFFICER, "/thiet-bi/so-may-trung/", alike=True),
    Sight("device", OFFICER, "/thiet-bi/{device}/"),
    Sight("device-papers", OFFICER, "/thiet-bi/{device}/?tab=tai-lieu", alike=True),
    Sight("device-timeline", SUPERIOR, "/thiet-bi/{device}/?tab=dien-bien"),
    Sight("device-ledger", OFFICER, "/thiet-bi/{device}/?tab=but-toan"),
    Sight("labels", OFFICER, "/thiet-bi/nhan/?all=1&filter=q%3Dmay"),
    Sight(
        "labels-wrong",
        OFFICER,
        "/thiet-bi/nhan/?id={device}&in=pdf&format=cuon-35x22&start=9&parts=name&parts=serial&parts=unit&right=90",
        status=422,
    ),
    Sight("device-edit", OFFICER, "/thiet-bi/{device}/sua/"),
    Sight(
        "device-edit-wrong",
        OFFICER,
        "/thiet-bi/{device}/sua/",
        (fill("Số máy", ""), fill("Bảo hành đến", "32/13/2026"), press("Lưu"), WRONG),
    ),
    Sight("intakes", OFFICER, "/tiep-nhan/"),
    Sight("intakes-empty", PEER, "/tiep-nhan/", alike=True),
    Sight("intakes-late", CENTER, "/tiep-nhan/?due=late", alike=True),
    Sight("intake-new", OFFICER, "/tiep-nhan/moi/"),
    Sight("intake-new-choices", OFFICER, "/tiep-nhan/moi/", (open_choices,)),
    Sight("intake-new-custodian", "vanphong", "/tiep-nhan/moi/"),
    Sight(
        "intake-new-wrong",
        OFFICER,
        "/tiep-nhan/moi/",
        (fill("Ngày ký", "01/01/2999"), *LINES, press("Lưu nháp"), WRONG),
    ),
    Sight("intake-edit", OFFICER, "/tiep-nhan/{ready}/sua/", (press("Thêm dòng"),)),
    Sight("intake-ready", OFFICER, "/tiep-nhan/{ready}/"),
    Sight("intake-ready-lines", OFFICER, "/tiep-nhan/{ready}/?tab=thiet-bi"),
    Sight("intake-bare", OFFICER, "/tiep-nhan/{bare}/"),
    Sight("intake-bare-lines", OFFICER, "/tiep-nhan/{bare}/?tab=thiet-bi", alike=True),
    Sight("intake-confirm", OFFICER, "/tiep-nhan/{ready}/tiep-nhan/"),
    Sight("intake-cancel", OFFICER, "/tiep-nhan/{ready}/huy/", alike=True),
    Sight("intake-cancel-wrong", OFFICER, "/tiep-nhan/{ready}/huy/", (press("Hủy hồ sơ"), WRONG)),
    Sight("intake-attach", OFFICER, "/tiep-nhan/{ready}/tai-lieu/", alike=True),
    Sight("intake-attach-wrong", OFFICER, "/tiep-nhan/{ready}/tai-lieu/", (press("Tải lên"), WRONG)),
    Sight("intake-detach", OFFICER, "/tiep-nhan/{ready}/tai-lieu/{file}/go/"),
    Sight("intake-stopped", OFFICER, "/tiep-nhan/{stopped}/"),
    Sight("intake-done", OFFICER, "/tiep-nhan/{done}/"),
    Sight("intake-done-superior", SUPERIOR, "/tiep-nhan/{done}/", alike=True),
    Sight("intake-done-devices", OFFICER, "/tiep-nhan/{late}/?tab=thiet-bi"),
    Sight("intake-done-timeline", OFFICER, "/tiep-nhan/{done}/?tab=dien-bien"),
    Sight("intake-late", OFFICER, "/tiep-nhan/{late}/", alike=True),
    Sight("intake-correct", OFFICER, "/tiep-nhan/{done}/dinh-chinh/"),
    Sight(
        "intake-correct-wrong", OFFICER, "/tiep-nhan/{done}/dinh-chinh/", (fill("Bên giao", ""), press("Lưu"), WRONG)
    ),
    Sight("categories", ADMIN, "/quan-tri/danh-muc/loai/"),
    Sight("category", ADMIN, "/quan-tri/danh-muc/loai/MAY_TINH_BAN/"),
    Sight("category-new", ADMIN, "/quan-tri/danh-muc/loai/moi/"),
    Sight("category-new-wrong", ADMIN, "/quan-tri/danh-muc/loai/moi/", (press("Lưu"), WRONG)),
    Sight("category-edit", ADMIN, "/quan-tri/danh-muc/loai/MAY_TINH_BAN/sua/"),
    Sight("category-close", ADMIN, "/quan-tri/danh-muc/loai/MAY_TINH_BAN/ngung-dung/", alike=True),
    Sight("brands", OFFICER, "/quan-tri/danh-muc/hang/", alike=True),
    Sight("brand", OFFICER, "/quan-tri/danh-muc/hang/{brand}/", alike=True),
    Sight("brand-closed", ADMIN, "/quan-tri/danh-muc/hang/{closed}/?tab=dien-bien"),
    Sight("brand-new", ADMIN, "/quan-tri/danh-muc/hang/moi/", alike=True),
    Sight("brand-edit", ADMIN, "/quan-tri/danh-muc/hang/{brand}/sua/", alike=True),
    Sight("brand-close", ADMIN, "/quan-tri/danh-muc/hang/{brand}/ngung-dung/", alike=True),
    Sight("models", ADMIN, "/quan-tri/danh-muc/mau/", alike=True),
    Sight("model", ADMIN, "/quan-tri/danh-muc/mau/{model}/", alike=True),
    Sight("model-new", ADMIN, "/quan-tri/danh-muc/mau/moi/", alike=True),
    Sight("model-edit", ADMIN, "/quan-tri/danh-muc/mau/{model}/sua/", alike=True),
    Sight("model-close", ADMIN, "/quan-tri/danh-muc/mau/{model}/ngung-dung/", alike=True),
    Sight("units", CENTER, "/quan-tri/don-vi/"),
    Sight("units-own", OFFICER, "/quan-tri/don-vi/", alike=True),
    Sight("unit", SUPERIOR, "/quan-tri/don-vi/01/"),
    Sight("unit-details", SUPERIOR, "/quan-tri/don-vi/01.001/?tab=chi-tiet", alike=True),
    Sight("error-400", "", "/thu/400/", status=400, alike=True),
    Sight("error-403", SUPERIOR, "/thiet-bi/{device}/sua/", status=403),
    Sight("error-403-csrf", "", "/dang-nhap/", (forget_token, press("Đăng nhập"), wait("[data-form-refused]"))),
    Sight("error-404", OFFICER, "/khong-co-trang-nay/", status=404),
    Sight("error-429", "", "/thu/429/", status=429, alike=True),
    Sight("error-500", OFFICER, "/thu/500/", status=500),
    *(
        Sight(name, who, path, (press(pressed), WRONG) if pressed else (), alike=alike)
        for name, who, path, pressed, alike in (*DISPOSALS, *REPAIRS)
    ),
    *(Sight(*page) for page in TRANSFERS),
    *(Sight(*page) for page in WATCHES),
    *(Sight(*page) for page in REPORTS),
    *(Sight(*page) for page in ANALYSES),
    *(Sight(*page) for page in PEOPLE),
    *(Sight(*page) for page in BOOKS),
    *(Sight(*page) for page in CALENDAR),
    *(Sight(*page) for page in BOARDS),
    *(Sight(*page) for page in NOTICES),
    *(Sight(*page) for page in SIGNING),
    *(Sight(*page) for page in SUPPORT),
    *(Sight(*page) for page in SURVEYS),
    *(Sight(*page) for page in DISPATCHES),
    *(Sight(*page) for page in UNLOCKS),
    *(Sight(*page) for page in YEAREND),
    *(Sight(*page) for page in PRINTS),
)
