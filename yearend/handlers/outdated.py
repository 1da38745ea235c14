"""Those who consolidate are told that what they consolidated has changed."""

from accounts.queries import recorders
from core.events import on
from core.models import Event
from notices.actions import tell
from notices.rules import Message, Tone, Topic
from yearend.kinds import REPORT
from yearend.models import AnnualReport


@on("annual.outdated")
def _tell(event: Event) -> None:
    report = AnnualReport.objects.select_related("unit").get(pk=event.subject_id)
    message = Message(
        key=f"annual-outdated:{event.pk}",
        topic=Topic.REPORT,
        tone=Tone.WARNING,
        title=f"Báo cáo năm {report.year} của {report.unit} cần tổng hợp lại",
        text=f"{event.payload['detail']} Số liệu đã tổng hợp của {report.unit} không còn khớp với cấp dưới: mở báo cáo "
        "và tổng hợp lại khi cấp dưới đã khóa.",
        law="Điều 13.8 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH",
        address=REPORT.url("detail", report),
    )
    tell((user, message) for user in recorders([report.unit_id]).get(report.unit_id, []))
