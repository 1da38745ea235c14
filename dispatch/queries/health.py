"""How the way to the document system stands, for who looks after it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Count, Max, Min, Q

from accounts.models import User
from dispatch.adapters import adapter_of, channel
from dispatch.models import Dispatch
from dispatch.rules import Channel, State


@dataclass(frozen=True)
class Health:
    """The configured way, and what goes over it."""

    channel: str
    target: str
    fault: str
    takes_news: str
    waiting: int
    trying: int
    failed: int
    silent: int
    oldest: datetime | None
    last_sent: datetime | None
    problem: str
    problem_of: str


def health(user: User) -> Health:
    """Two queries."""
    rows = Dispatch.objects.visible_to(user)
    counts = rows.aggregate(
        waiting=Count("pk", filter=Q(state=State.QUEUED)),
        trying=Count("pk", filter=Q(state=State.QUEUED, attempts__gt=0)),
        failed=Count("pk", filter=Q(state=State.FAILED)),
        silent=Count("pk", filter=Q(state=State.SENT)),
        oldest=Min("created_at", filter=Q(state=State.QUEUED)),
        last_sent=Max("sent_at", filter=~Q(channel=Channel.APP)),
    )
    problem, problem_of = rows.exclude(problem="").order_by("-pk").values_list("problem", "number").first() or ("", "")
    label, target, fault = _way()
    return Health(
        channel=label,
        target=target,
        fault=fault,
        takes_news=_news(),
        problem=problem,
        problem_of=problem_of,
        **counts,
    )


def _way() -> tuple[str, str, str]:
    try:
        way = channel()
    except ImproperlyConfigured as fault:
        return settings.DISPATCH_ADAPTER, "", str(fault)
    return way.label, adapter_of(way).target() if way != Channel.APP else "", ""


def _news() -> str:
    ways = []
    if settings.DISPATCH_ADAPTER == Channel.FOLDER:
        ways.append("thư mục in của thư mục trao đổi, mỗi phút một lần")
    if settings.DISPATCH_RECEIPT_TOKEN:
        ways.append("địa chỉ /gui-nhan/trang-thai/")
    return "; ".join(ways) or "chưa khai báo, trạng thái dừng ở “Đã gửi”"
