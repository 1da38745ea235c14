"""Reports that are issued and signed by the product's own steps, ready to be sent."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from signing.actions import signers, trust
from signing.models import SignerCertificate, TrustedAuthority
from signing.queries import paper_of
from signing.rules import Step
from tests.signing import pki
from tests.signing.helpers import sign_all
from tests.world import World
from tests.yearend.closing import closed, report_of
from yearend.actions import issuing
from yearend.actions.sending import send
from yearend.models import AnnualReport
from yearend.rules import State

LATE = "Chờ đối chiếu với cấp dưới"


def now(report: AnnualReport) -> AnnualReport:
    """The report as it is."""
    return AnnualReport.objects.select_related("unit", "edition").get(pk=report.pk)


def trusting(world: World, *codes: str) -> None:
    """The test authorities are trusted; their people sign for these units."""
    if not TrustedAuthority.objects.exists():
        trust.add_authorities(pki.root().pem + pki.intermediate().pem, name="", by=world.admin1)
        trust.add_revocations(pki.revocations(pki.intermediate(), {}), by=world.admin1)
        trust.add_revocations(pki.revocations(pki.root()), by=world.admin1)
    for code in codes:
        unit = world.units[code]
        if SignerCertificate.objects.filter(unit=unit).exists():
            continue
        for step, who in ((Step.PREPARER, pki.preparer()), (Step.HEAD, pki.head()), (Step.SEAL, pki.seal())):
            signers.register(unit, step=step, content=who.der, by=world.admin1)


def issued(report: AnnualReport, by: User, **letter: Any) -> AnnualReport:
    """Printed and out for signing."""
    given = {
        "document_number": "15/BC-BHXH",
        "document_date": timezone.localdate(),
        "place": "Hà Nội",
        "preparer": "Trần Thị Lập",
        "position": "GIÁM ĐỐC",
        "signatory": "Nguyễn Văn Đứng",
        **letter,
    }
    made = issuing.Letter(**given)
    return issuing.issue(report, letter=made, by=by, version=report.version, reason="Cấp dưới gửi sau")


def signed(world: World, code: str, by: User, **letter: Any) -> AnnualReport:
    """The unit's report of last year: locked, issued, signed by all."""
    trusting(world, code)
    report = report_of(world.units[code])
    report = now(closed(world.units[code], by)) if report.state == State.DRAFT else report
    report = issued(report, by, **letter)
    paper = paper_of(report)
    assert paper
    sign_all(paper, by=by)
    report = now(report)
    assert report.state == State.SIGNED
    return report


def sent(world: World, code: str, by: User, **letter: Any) -> AnnualReport:
    """Signed, and sent to the superior."""
    report = signed(world, code, by, **letter)
    send(report, by=by, version=report.version, reason=LATE)
    return now(report)
