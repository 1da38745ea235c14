"""Wear and software, and what somebody sees of them."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from equipment.actions import licences
from equipment.models import Category, DepreciationRate, DepreciationRegime
from tests.depreciation.support import both
from tests.licences.support import computers, software
from tests.world import World, confirmed, devices, past

OFFICER, SUPERIOR, PEER, ADMIN = "nghiepvu_badinh", "tracuu_hanoi", "nghiepvu_danang", "admin1"
RATES, REGIMES, SOFTWARE = "/quan-tri/danh-muc/hao-mon/", "/quan-tri/danh-muc/hao-mon/che-do/", "/phan-mem/"


def furnish_books(world: World, officer: User) -> dict[str, str]:
    """A computer that has worn for some years; software within its seats, beyond them, and expired."""
    both(world.desktop)
    both_of_the_group(world)
    old = confirmed(world, officer, ["HAOMON1"], handover_date=past(900), late_reason="Chờ giấy tờ")
    machines = computers(world, officer, 4, prefix="PM")
    over = software(world, officer, name="Bộ phần mềm văn phòng", seats="2")[0]
    long_ago = {"handover_date": past(800), "late_reason": "Chờ giấy tờ"}
    expired = software(world, officer, name="Phòng chống mã độc", seats="9", **long_ago)[0]
    software(world, officer, name="Phần mềm quản lý hồ sơ", seats="1")
    today = timezone.localdate()
    licences.install(over, machines[:3], on=today, reason="Chờ mua bổ sung theo kế hoạch năm", by=officer)
    values = {
        "seats": 9, "starts_on": past(800), "expires_on": today - timedelta(days=12), "software_code": "AV-02",
        "original_version": "10.0", "current_version": "12.4", "origin": "bought", "terms": "Thuê bao theo năm",
        "platform": "C++", "deployed_at": "Toàn cơ quan", "stability": "Ổn định", "friendliness": "Dễ sử dụng",
        "note": "Gia hạn trong quý IV",
    }  # fmt: skip
    licences.state(expired, values=values, version=0, by=officer)
    licences.install(expired, devices(old), on=past(700), by=officer)
    gone = licences.licence_of(expired).installations.get()
    licences.uninstall(expired, [gone.pk], on=today, reason="Thay máy", by=officer)
    rate = DepreciationRate.objects.get(category=world.desktop, regime__code="TT141-2025")
    return {
        "worn": devices(old)[0].code,
        "rate": str(rate.pk),
        "regime": str(rate.regime_id),
        "software": over.code,
        "software_expired": expired.code,
        "software_on": machines[0].code,
        "software_free": machines[3].code,
    }


def both_of_the_group(world: World) -> None:
    """A line without figures, as software has it."""
    kind = Category.objects.get(pk=world.office.pk)
    for regime in DepreciationRegime.objects.all():
        DepreciationRate.objects.create(regime=regime, category=kind, source="Chờ quyết định (Điều 13.2)")


def press(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def refused(page: Page) -> None:
    page.locator("main [role=alert]").first.wait_for()


PAGES = (
    ("devices-wear", OFFICER, "/thiet-bi/?cols=name,code,original_price,accumulated,residual,wear_on&q=haomon", ()),
    ("device-wear", OFFICER, "/thiet-bi/{worn}/?tab=hao-mon"),
    ("device-wear-none", OFFICER, "/thiet-bi/{software}/?tab=hao-mon", (), 200, True),
    ("rates", ADMIN, RATES),
    ("rate", ADMIN, RATES + "{rate}/"),
    ("rate-new", ADMIN, RATES + "moi/"),
    ("rate-new-wrong", ADMIN, RATES + "moi/", (press("Lưu"), refused)),
    ("rate-edit", ADMIN, RATES + "{rate}/sua/", (), 200, True),
    ("regimes", OFFICER, REGIMES),
    ("regime", ADMIN, REGIMES + "{regime}/", (), 200, True),
    ("regime-new", ADMIN, REGIMES + "moi/"),
    ("regime-edit", ADMIN, REGIMES + "{regime}/sua/", (), 200, True),
    ("software", OFFICER, SOFTWARE),
    ("software-superior", SUPERIOR, SOFTWARE + "?state=over"),
    ("software-empty", PEER, SOFTWARE),
    ("software-item", OFFICER, SOFTWARE + "{software}/"),
    ("software-expired", SUPERIOR, SOFTWARE + "{software_expired}/?tab=ban-quyen"),
    ("software-removed", OFFICER, SOFTWARE + "{software_expired}/?tab=da-go"),
    ("software-timeline", OFFICER, SOFTWARE + "{software}/?tab=dien-bien"),
    ("software-edit", OFFICER, SOFTWARE + "{software_expired}/ban-quyen/"),
    ("software-install", OFFICER, SOFTWARE + "cai-dat/?thiet-bi={software_free}"),
    ("software-install-wrong", OFFICER, SOFTWARE + "cai-dat/", (press("Ghi cài đặt"), refused)),
    ("software-remove", OFFICER, SOFTWARE + "{software}/go/", (press("Ghi gỡ bỏ"), refused)),
    ("computer-software", OFFICER, "/thiet-bi/{software_on}/?tab=phan-mem"),
)
