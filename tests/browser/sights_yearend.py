"""Yearly reports: a draft, frozen figures of a superior that are outdated, the board of the units below."""

from typing import Any

from accounts.actions import sync_grants
from core.documents import documents_of
from core.models import DocumentKind
from dossiers import actions as papers
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from tests.world import World, pdf_file
from tests.yearend.support import drafted, frozen
from yearend.actions.editions import outdate_above
from yearend.models import AnnualReport

SUPERIOR, CUSTODIAN, CENTER = "nghiepvu_hanoi", "vanphong", "ttcntt"
NO_PAGE = {"yearend:recount"}  # a step


def furnish_yearend(world: World) -> dict[str, str]:
    """Hà Nội has frozen its figures before a district changed its own; Văn phòng still writes its report; a Vụ in its
    custody has none yet."""
    drafted()
    report = frozen(world.units["01"], by=world.nghiepvu_hanoi)
    below = AnnualReport.objects.filter(unit=world.units["01.001"]).latest("year")
    outdate_above(below, why="BHXH quận Ba Đình đã mở khóa số liệu năm trước: ghi nhầm ngày nhận của hai máy tính.")
    minutes = pdf_file("biên bản giải trình.pdf")
    papers.attach(report, paper=DocumentKind.EXPLANATION, file=minutes, by=world.nghiepvu_hanoi)
    root = OrgUnit.objects.get(code="00")
    custody = OrgUnit(code="00.TCCB", name="Vụ Tổ chức cán bộ", kind=UnitKind.HQ_UNIT, custodian=world.units["00.VP"])
    OrgUnit.objects.add_child(root, instance=custody)
    sync_grants(world.vanphong)
    draft = AnnualReport.objects.filter(unit=world.units["00.VP"]).latest("year")
    return {
        "annual_superior": report.number,
        "annual_draft": draft.number,
        "annual_edition": str(report.edition.public_id),
        "annual_paper": str(documents_of(report)[0].public_id),
    }


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def _wrong(page: Any) -> None:
    page.locator(".error-summary").first.wait_for()


PAGES = (
    ("annual", SUPERIOR, "/bao-cao-nam/"),
    ("annual-none", SUPERIOR, "/bao-cao-nam/?q=khong-co-gi", (), 200, True),
    ("annual-late", CENTER, "/bao-cao-nam/?stand=overdue"),
    ("annual-progress", CENTER, "/bao-cao-nam/tien-do/"),
    ("annual-progress-province", SUPERIOR, "/bao-cao-nam/tien-do/"),
    ("annual-start", CUSTODIAN, "/bao-cao-nam/lap/"),
    ("annual-draft", CUSTODIAN, "/bao-cao-nam/{annual_draft}/"),
    ("annual-describe", CUSTODIAN, "/bao-cao-nam/{annual_draft}/ghi-chu/"),
    ("annual-superior", SUPERIOR, "/bao-cao-nam/{annual_superior}/"),
    ("annual-parts", SUPERIOR, "/bao-cao-nam/{annual_superior}/?tab=cap-duoi"),
    ("annual-papers", SUPERIOR, "/bao-cao-nam/{annual_superior}/?tab=van-ban"),
    ("annual-editions", SUPERIOR, "/bao-cao-nam/{annual_superior}/?tab=cac-lan-khoa"),
    ("annual-timeline", CENTER, "/bao-cao-nam/{annual_superior}/?tab=dien-bien"),
    ("annual-consolidate", SUPERIOR, "/bao-cao-nam/{annual_superior}/tong-hop/", (_press("Tổng hợp lại"), _wrong)),
    ("annual-attach", SUPERIOR, "/bao-cao-nam/{annual_superior}/tai-lieu/", (), 200, True),
    ("annual-detach", SUPERIOR, "/bao-cao-nam/{annual_superior}/tai-lieu/{annual_paper}/go/", (), 200, True),
    ("annual-edition", SUPERIOR, "/bao-cao-nam/lan-khoa/{annual_edition}/"),
    ("annual-edition-parts", SUPERIOR, "/bao-cao-nam/lan-khoa/{annual_edition}/?tab=cap-duoi"),
)
"""Every page of the app: name, who, address, what is done there, the status, and whether it is drawn like another."""
