"""Papers to be signed, half signed, complete and withdrawn; the ways to sign; signers, pictures, trust."""

from typing import Any

from core.scope import elevated
from signing.actions import pictures, signers, trust
from signing.actions.papers import open_paper, withdraw
from signing.rules import Step
from signing.subjects import subject_of
from tests.isolation.holdings_signing import BOXES, drawn
from tests.signing import pki
from tests.signing.helpers import sign_file
from tests.world import World, pdf_bytes
from yearend.models import AnnualReport
from yearend.rules import State

OFFICER, ADMIN2, ADMIN, LOOKER, PEER = "nghiepvu_badinh", "admin2_hanoi", "admin1", "ttcntt", "nghiepvu_danang"
NO_PAGE = {
    "signing:file",
    "signing:fetch",
    "signing:take",
    "signing:link_issue",
    "signing:link_revoke",
    "signatures:file",
}
"""Files, what a tool asks for, and steps."""


def furnish_signing(world: World) -> dict[str, str]:
    """Papers of Ba Đình in every state, of years that no other sight is about."""
    officer, unit = world.nghiepvu_badinh, world.units["01.001"]
    trust.add_authorities(pki.root().pem + pki.intermediate().pem, name="", by=world.admin1)
    trust.add_revocations(pki.revocations(pki.intermediate()), by=world.admin1)
    people = ((Step.PREPARER, pki.preparer()), (Step.HEAD, pki.head()), (Step.SEAL, pki.seal()))
    kept = [signers.register(unit, step=step, content=who.der, by=world.admin2_hanoi) for step, who in people]
    hand = pictures.add(unit, step=Step.HEAD, name="Chữ ký giám đốc", file=drawn(), width_mm=42, by=officer)
    pictures.add(unit, step=Step.SEAL, name="Dấu cơ quan", file=drawn("#c8102e"), width_mm=35, by=officer)
    fresh, half, over = (_paper(world, year) for year in (2017, 2018, 2019))
    sign_file(half, Step.PREPARER, pki.preparer(), by=officer)
    sign_file(half, Step.HEAD, pki.head(), by=officer, picture=hand)
    withdraw(over, by=officer, reason="In lại do sai số văn bản")
    return {
        "paper_fresh": str(fresh.public_id),
        "paper_half": str(half.public_id),
        "paper_over": str(over.public_id),
        "paper_signer": str(kept[0].public_id),
        "paper_image": str(hand.public_id),
        "paper_authority": str(trust.TrustedAuthority.objects.get(root=True).public_id),
    }


def _paper(world: World, year: int) -> Any:
    unit = world.units["01.001"]
    with elevated("sights: a report that was issued"):
        report = AnnualReport.objects.create(number=f"BCN-01.001-{year}", unit=unit, year=year, state=State.DRAFT)
    assert subject_of(report).address(report)
    title = f"Báo cáo năm {year} của {unit.name}"
    return open_paper(subject=report, unit=unit, title=title, pdf=pdf_bytes(), boxes=BOXES, by=world.nghiepvu_badinh)


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).first.click()


def _wrong(page: Any) -> None:
    page.locator(".error-summary").first.wait_for()


PAGES = (
    ("signing", OFFICER, "/ky-so/"),
    ("signing-empty", PEER, "/ky-so/", (), 200, True),
    ("paper-fresh", OFFICER, "/ky-so/{paper_fresh}/"),
    ("paper-half", OFFICER, "/ky-so/{paper_half}/"),
    ("paper-half-looker", LOOKER, "/ky-so/{paper_half}/"),
    ("paper-files", OFFICER, "/ky-so/{paper_half}/?tab=tep"),
    ("paper-timeline", OFFICER, "/ky-so/{paper_half}/?tab=dien-bien", (), 200, True),
    ("paper-over", OFFICER, "/ky-so/{paper_over}/"),
    ("paper-look", LOOKER, "/ky-so/{paper_half}/kiem-tra/"),
    ("paper-sign-file", OFFICER, "/ky-so/{paper_half}/ky/tep/"),
    ("paper-sign-file-wrong", OFFICER, "/ky-so/{paper_fresh}/ky/tep/", (_press("Ký số"), _wrong)),
    ("paper-sign-device", OFFICER, "/ky-so/{paper_fresh}/ky/thiet-bi/"),
    ("paper-sign-outside", OFFICER, "/ky-so/{paper_fresh}/ky/ngoai/"),
    ("paper-link", OFFICER, "/ky-so/{paper_fresh}/ky/ngoai/", (_press("Tạo liên kết ký một lần"),)),
    ("signers", ADMIN2, "/ky-so/nguoi-ky/"),
    ("signers-empty", PEER, "/ky-so/nguoi-ky/", (), 200, True),
    ("signer", ADMIN2, "/ky-so/nguoi-ky/{paper_signer}/"),
    ("signer-new", ADMIN2, "/ky-so/nguoi-ky/them/", (_press("Đăng ký"), _wrong)),
    ("signer-switch", ADMIN2, "/ky-so/nguoi-ky/{paper_signer}/doi/", (), 200, True),
    ("signatures", OFFICER, "/ky-so/hinh-anh/"),
    ("signature", OFFICER, "/ky-so/hinh-anh/{paper_image}/"),
    ("signature-new", OFFICER, "/ky-so/hinh-anh/them/", (_press("Thêm hình"), _wrong)),
    ("signature-retire", OFFICER, "/ky-so/hinh-anh/{paper_image}/ngung/", (), 200, True),
    ("trust", ADMIN, "/ky-so/tin-cay/"),
    ("trust-one", ADMIN, "/ky-so/tin-cay/{paper_authority}/"),
    ("trust-lists", ADMIN, "/ky-so/tin-cay/{paper_authority}/?tab=thu-hoi"),
    ("trust-new", ADMIN, "/ky-so/tin-cay/them/", (_press("Thêm"), _wrong), 200, True),
    ("trust-revocations", ADMIN, "/ky-so/tin-cay/thu-hoi/", (), 200, True),
    ("trust-switch", ADMIN, "/ky-so/tin-cay/{paper_authority}/doi/", (), 200, True),
)
"""Every page of the app: name, who, address, what is done there, the status, and whether it is drawn like another."""
