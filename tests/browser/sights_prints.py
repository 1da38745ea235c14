"""Issuing a yearly report, setting its print aside, and checking a paper."""

from typing import Any

from tests.world import World, pdf_bytes
from tests.yearend.closing import closed
from yearend.models import AnnualReport

OFFICER, SIGNER, SUPERIOR = "nghiepvu_danang", "nghiepvu_hoankiem", "tracuu_hanoi"
NO_PAGE = {"yearend:edition_pdf", "yearend:edition_xlsx", "yearend:edition_json"}
"""Files for saving."""


def furnish_prints(world: World) -> dict[str, str]:
    """A report whose figures are frozen; the editions of one that waits for its signatures and of one that was sent."""
    frozen = closed(world.units["48"], world.nghiepvu_danang)
    signed = AnnualReport.objects.select_related("edition").filter(unit=world.units["01.002"]).latest("year")
    return {
        "annual_frozen": frozen.number,
        "annual_signed": signed.number,
        "edition_frozen": str(frozen.edition.public_id),
        "edition_signed": str(signed.edition.public_id),
    }


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def _wrong(page: Any) -> None:
    page.locator(".error-summary").first.wait_for()


def _choose(page: Any) -> None:
    file = {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes()}
    page.locator("input[type=file]").set_input_files(file)


def _foreign(page: Any) -> None:
    page.get_by_text("Không phải bản in của báo cáo này").wait_for()


PAGES = (
    ("annual-issue", OFFICER, "/bao-cao-nam/{annual_frozen}/ban-hanh/"),
    ("annual-issue-refused", OFFICER, "/bao-cao-nam/{annual_frozen}/ban-hanh/", (_press("Ban hành"), _wrong)),
    ("annual-withdraw", SIGNER, "/bao-cao-nam/{annual_signed}/huy-ban-in/"),
    ("verification", SUPERIOR, "/xac-minh/{edition_signed}/"),
    ("verification-draft", OFFICER, "/xac-minh/{edition_frozen}/"),
    ("verification-foreign", SUPERIOR, "/xac-minh/{edition_signed}/", (_choose, _press("Kiểm tra tệp"), _foreign)),
)
