"""Who is told of a report that was sent, and of what its receiver did with it."""

from collections.abc import Iterable

from accounts.models import User
from accounts.queries import recorders, staff
from core.events import on
from core.models import Event
from deadlines.rules import TERMS, Kind
from notices.actions import tell
from notices.rules import Message, Tone, Topic
from orgs.rules import Grant
from ui.formats import vndatetime
from yearend.kinds import REPORT
from yearend.models import AnnualReport
from yearend.tree import superior_of

LAW = TERMS[Kind.ANNUAL_REPORT].legal_basis


@on("annual.sent")
def sent(event: Event) -> None:
    """The superior's people, who check it and take it in."""
    report = _report(event)
    above = superior_of(report.unit)
    people = staff([above.pk], Grant.SUPERVISE).get(above.pk, []) if above else []
    text = f"{report.unit.name} gửi báo cáo năm {report.year}. Hãy kiểm tra chữ ký, số liệu rồi tiếp nhận hoặc trả lại."
    _tell(event, report, people, "Báo cáo năm chờ tiếp nhận", text, Tone.WARNING)


@on("annual.accepted")
def accepted(event: Event) -> None:
    """The unit."""
    report = _report(event)
    when = vndatetime(report.accepted_at) if report.accepted_at else ""
    _tell(event, report, _of_unit(report), "Báo cáo năm đã được tiếp nhận", f"Cấp trên đã tiếp nhận lúc {when}.")


@on("annual.returned")
def returned(event: Event) -> None:
    """The unit."""
    report = _report(event)
    text = f"Lý do: {report.return_reason} Hãy sửa theo lý do này rồi gửi lại."
    _tell(event, report, _of_unit(report), "Báo cáo năm bị trả lại", text, Tone.DANGER)


def _report(event: Event) -> AnnualReport:
    found: AnnualReport = AnnualReport.objects.select_related("unit").get(pk=event.subject_id)
    return found


def _of_unit(report: AnnualReport) -> list[User]:
    return recorders([report.unit_id]).get(report.unit_id, [])


def _tell(
    event: Event, report: AnnualReport, people: Iterable[User], title: str, text: str, tone: Tone = Tone.INFO
) -> None:
    message = Message(
        key=f"annual:{event.pk}",
        topic=Topic.REPORT,
        title=f"{title}: {report.unit.name}, năm {report.year}",
        text=text,
        address=REPORT.url("detail", report),
        tone=tone,
        law=LAW,
    )
    tell((user, message) for user in people if user.pk != event.actor_id)
