"""Pieces of the pages of a sending, and of the page of what is sent."""

from django.urls import reverse

from accounts.models import User
from dispatch.models import Dispatch, DispatchEvent
from dispatch.queries import of_subject, trail_of
from dispatch.queries.health import Health
from dispatch.rules import TONES, Channel, Kind, State
from dispatch.subjects import address_of
from ui.actions import Action
from ui.blocks import Clock, Entry, Fact, FactList, Section, Status, Step, Stepper, Timeline
from ui.formats import local, vndatetime
from ui.links import Link

_DOTS = {State.RECEIVED: "ok", State.RETURNED: "bad", State.FAILED: "bad"}


def status(row: Dispatch) -> Status:
    """The state as a dot and a word."""
    return Status(row.get_state_display(), TONES[State(row.state)])  # type: ignore[arg-type]  # tones of the kit


def stepper(row: Dispatch) -> Stepper:
    """Queued, sent, arrived, received; and where it stopped."""
    state, day = State(row.state), local(row.known_at).date()
    way = [State.QUEUED, State.SENT, State.ARRIVED, State.RECEIVED]
    if row.kind == Kind.STATUS:
        way = way[:2]
    labels = {State.QUEUED: "Lập gói", State.SENT: "Gửi đi", State.ARRIVED: "Đến nơi", State.RECEIVED: "Tiếp nhận"}
    if state in {State.FAILED, State.RETURNED}:
        past = way[:1] if state == State.FAILED else way[:3]
        return Stepper([*(Step(labels[one], "done") for one in past), Step(state.label, "stopped", when=day)])
    at = way.index(state) if state in way else len(way) - 1
    steps = [Step(labels[one], "done", when=day if place == at else None) for place, one in enumerate(way[: at + 1])]
    rest = way[at + 1 :]
    return Stepper([*steps, *(Step(labels[one], "now" if not place else "ahead") for place, one in enumerate(rest))])


def clocks(row: Dispatch) -> list[Clock]:
    """What the sender should know while the package isn't there."""
    if row.state == State.FAILED:
        return [Clock("Không chuyển được gói đến hệ thống quản lý văn bản. Bấm “Gửi lại” để thử tiếp.", "late")]
    if row.state == State.QUEUED and row.attempts:
        again = f"tự thử lại lúc {vndatetime(row.next_try_at)}" if row.next_try_at else "sẽ tự thử lại"
        return [Clock(f"Chưa chuyển được sau {row.attempts} lần thử, {again}.", "soon")]
    return []


def facts(row: Dispatch) -> list[Fact]:
    """The head of the page."""
    subject = address_of(row.subject_type_id, row.subject_label, row.subject_id)
    found = [
        Fact("Hồ sơ", row.subject_label, url=subject, kind="code"),
        Fact("Số, ký hiệu", row.code or "—", kind="code"),
        Fact("Đơn vị gửi", row.unit.name),
        Fact("Đơn vị nhận", row.partner.name),
        Fact("Đường gửi", row.get_channel_display()),
    ]
    return [*found, Fact("Lý do trả lại", row.reason)] if row.reason else found


def details(row: Dispatch, *, watching: bool) -> FactList:
    """Everything about the package. What went wrong on the way is for who looks after it."""
    found = [
        Fact("Mã văn bản", row.document_id, kind="code", copy=True),
        Fact("SHA-256 của gói", row.sha256, kind="code", copy=True),
        Fact("Dung lượng", f"{row.size:,} byte".replace(",", ".")),
        Fact("Ngày văn bản", f"{row.document_date:%d/%m/%Y}" if row.document_date else "—"),
        Fact("Người gửi", str(row.created_by or "Hệ thống")),
        Fact("Lập lúc", vndatetime(row.created_at)),
        Fact("Gửi lúc", vndatetime(row.sent_at) if row.sent_at else "—"),
        Fact("Số lần thử", row.attempts, kind="num"),
        Fact("Thử lại lúc", vndatetime(row.next_try_at) if row.next_try_at else "—"),
    ]
    if row.answers is not None:
        found.append(Fact("Trả lời cho", row.answers.number, url=page(row.answers), kind="code"))
    if watching and row.problem:
        found.append(Fact("Lỗi gần nhất", row.problem))
    return FactList(found)


def trail(user: User, row: Dispatch) -> Timeline:
    """What became known of it."""
    return Timeline([_entry(user, event) for event in trail_of(user, row)])


def _entry(user: User, event: DispatchEvent) -> Entry:
    where = "" if event.channel == Channel.APP else f" ({event.get_channel_display().lower()})"
    late = "" if event.counted else "Tin đến muộn, trạng thái đã mới hơn. "
    who = "Hệ thống" if event.channel == Channel.APP or event.state == State.QUEUED else "Hệ thống quản lý văn bản"
    if event.actor is not None:
        own = user.scope.reads(event.actor.unit.path)
        who = str(event.actor) if own else event.actor.unit.name
    return Entry(
        when=event.happened_at,
        who=who,
        title=f"{event.get_state_display()}{where}",
        text=f"{late}{event.text}",
        tone=_DOTS.get(State(event.state), "") if event.counted else "",  # type: ignore[arg-type]  # of the kit
    )


def steps(row: Dispatch, may: set[str]) -> list[Action | Link]:
    """What can be done now."""
    made: list[Action | Link] = []
    if "retry" in may:
        url = reverse("dispatch:retry", args=[row.number])
        made.append(Action("Gửi lại", url, icon="refresh", confirm="Gửi lại gói này"))
    return [*made, Link("Tải gói edXML", reverse("dispatch:package", args=[row.number]), icon="download")]


def page(row: Dispatch) -> str:
    """The page of a sending."""
    return reverse("dispatch:detail", args=[row.number])


def sendings_of(user: User, subject: object) -> Section:
    """Every sending of a thing, for the thing's own page."""
    rows = [(row, page(row), status(row)) for row in of_subject(user, subject)]  # type: ignore[arg-type]  # a model
    return Section("dispatch/sendings.html", {"rows": rows})


def way_status(health: Health) -> Status:
    """How the way stands, in a word."""
    if health.fault:
        return Status("Khai báo sai", "bad")
    if health.failed:
        return Status("Có gói không gửi được", "bad")
    return Status("Có gói đang thử lại", "warn") if health.trying else Status("Bình thường", "ok")


def way_counts(health: Health) -> list[Fact]:
    """Each number leads to the rows behind it."""
    rows = reverse("dispatch:list")
    return [
        Fact("Chờ gửi", health.waiting, url=f"{rows}?state={State.QUEUED}", kind="num"),
        Fact("Không gửi được", health.failed, url=f"{rows}?state={State.FAILED}", kind="num"),
        Fact("Đã gửi, chưa có trạng thái", health.silent, url=f"{rows}?state={State.SENT}", kind="num"),
        Fact("Gửi gần nhất", vndatetime(health.last_sent) if health.last_sent else "—"),
    ]


def way_details(health: Health) -> FactList:
    """The configuration as far as it may be shown, and the last thing that went wrong."""
    found = [
        Fact("Đường gửi", health.channel),
        Fact("Nơi gửi đến", health.target or "—"),
        Fact("Nhận trạng thái qua", health.takes_news),
        Fact("Gói chờ lâu nhất từ", vndatetime(health.oldest) if health.oldest else "—"),
    ]
    if health.fault:
        found.append(Fact("Lỗi khai báo", health.fault))
    if health.problem:
        url = reverse("dispatch:detail", args=[health.problem_of])
        found.append(Fact("Lỗi gần nhất", f"{health.problem_of}: {health.problem}", url=url))
    return FactList(found)
