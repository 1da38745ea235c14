"""What people are told of obligations: the thing, the law, the day, how late it is, and what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse

from deadlines.models import Obligation
from deadlines.rules import REGULATION, TERMS, Kind, Step, WorkingCalendar, working_days_between
from deadlines.rules.standings import Stand
from deadlines.subjects import address_of
from notices.rules import Message, Tone, Topic

ACTIONS = {
    Kind.INTAKE: "Mở hồ sơ, bổ sung thông tin và biên bản còn thiếu, rồi bấm “Tiếp nhận”.",
    Kind.TRANSFER_OUT: "Mở hồ sơ, hoàn tất phần chuẩn bị, rồi ghi việc bàn giao thiết bị.",
    Kind.TRANSFER_IN: "Mở hồ sơ, kiểm nhận từng thiết bị, rồi ghi việc nhận.",
    Kind.DISPOSAL_DOSSIER: "Mở hồ sơ, bổ sung giấy tờ của hội đồng, rồi trình hồ sơ.",
    Kind.DISPOSAL_CLOSE: "Mở hồ sơ, ghi việc bán hoặc tiêu hủy, rồi kết thúc hồ sơ.",
    Kind.RECOVERY: "Mở việc thu hồi, thu hồi từng thiết bị về kho hoặc bàn giao cho người khác.",
    Kind.SUPPORT: "Mở yêu cầu, trả lời, hoặc chuyển lên đơn vị cấp trên.",
    Kind.ANNUAL_REPORT: "Mở báo cáo năm, rà soát, khóa số liệu, ký số rồi gửi lên cấp trên.",
}
TONES = {Step.BEFORE: Tone.INFO, Step.ON_DAY: Tone.WARNING}
NOBODY = (
    "Hiện không có tài khoản nào của đơn vị nhận được lời nhắc này: đề nghị cử người thực hiện và xin cấp tài khoản."
)


DAYS_NAMED = 5  # pairs of days that a notice of moved ones names
ALL_OF = "Danh sách có mọi việc"
KEY_PATTERN = r"^obligation:(\d+):"
"""Finds the obligation's key in what `key_of` gives, in PostgreSQL."""
Item = tuple[str, int, Step]
"""What a digest says of one thing: its kind, its unit, its step."""


def _board(topic: Topic) -> str:
    """The list on which everything of a topic stands."""
    if topic == Topic.DEADLINE:
        return reverse("deadlines:mine")
    return f"{reverse('deadlines:list')}?side=duoi&state={Stand.OVERDUE}"


def key_of(obligation: int, step: Step) -> str:
    """Names what is told of one step of one obligation."""
    return f"obligation:{obligation}:{step.value}"


def keys_of(obligation: int) -> list[str]:
    """Everything that may have been told of one obligation."""
    return [key_of(obligation, step) for step in Step]


def reminder(owed: Obligation, step: Step, *, superior: str, late: int) -> Message:
    """What those hear whose work it is. `superior`: who was told of it, or will be; `late` in working days."""
    what, due = f"{owed.get_kind_display()} {owed.subject_label}", f"{owed.due_date:%d/%m/%Y}"
    title, when = {
        Step.BEFORE: (f"Sắp đến hạn {due}: {what}", f"phải xong chậm nhất ngày {due}."),
        Step.ON_DAY: (f"Hạn hôm nay: {what}", f"phải xong trong hôm nay, {due}."),
    }.get(step, (f"Quá hạn {late} ngày làm việc: {what}", f"đến hạn ngày {due}, nay quá hạn {late} ngày làm việc."))
    return _message(owed, step, Topic.DEADLINE, title, f"{when} {ACTIONS[Kind(owed.kind)]}{_told(step, superior)}")


def _told(step: Step, superior: str) -> str:
    if not superior or step < Step.OVERDUE:
        return ""
    if step == Step.OVERDUE:
        return f" Nếu còn chậm, việc này được báo {superior}."
    return f" Việc này đã được báo {superior}."


def escalation(owed: Obligation, step: Step, *, nobody: bool, late: int) -> Message:
    """What those above hear of a unit that is late; `nobody`: none of its people could be told."""
    title = f"{owed.unit} quá hạn {late} ngày làm việc: {owed.get_kind_display()} {owed.subject_label}"
    text = (
        f"đến hạn ngày {owed.due_date:%d/%m/%Y}, nay quá hạn {late} ngày làm việc."
        " Đề nghị xem hồ sơ, đôn đốc và hỗ trợ đơn vị; việc không còn phải làm thì ghi miễn kèm lý do."
    )
    return _message(owed, step, Topic.ESCALATION, title, f"{text} {NOBODY}" if nobody else text)


def _message(owed: Obligation, step: Step, topic: Topic, title: str, text: str) -> Message:
    return Message(
        key=key_of(owed.pk, step),
        topic=topic,
        tone=TONES.get(step, Tone.DANGER),
        title=title,
        text=f"{owed.unit}: “{owed.get_kind_display()}” ({owed.subject_label}) {text}",
        law=owed.legal_basis,
        due=owed.due_date,
        address=address_of(owed.subject_type_id, owed.subject_label, owed.subject_id) or _board(topic),
    )


def digest(topic: Topic, items: Sequence[Item], *, now: datetime) -> Message:
    """Many things in one notice: of each its kind, its unit and the step. It is told once for each sweep (`now`)."""
    late = sum(step >= Step.OVERDUE for *_, step in items)
    today, soon = (sum(step == wanted for *_, step in items) for wanted in (Step.ON_DAY, Step.BEFORE))
    counts = ((late, "quá hạn"), (today, "hạn hôm nay"), (soon, "sắp đến hạn"))
    said = ", ".join(f"{count} việc {words}" for count, words in counts if count)
    units = len({unit for _, unit, _ in items})
    kinds = Counter(Kind(kind) for kind, *_ in items)
    whose = f"{units} đơn vị cấp dưới" if topic == Topic.ESCALATION else "Đơn vị bạn phụ trách"
    verb, asked = (
        ("mới báo lên", f"{ALL_OF} đang quá hạn, kể cả việc đã báo: mở để xem, đôn đốc và hỗ trợ đơn vị.")
        if topic == Topic.ESCALATION
        else ("nhắc", f"{ALL_OF} chưa xong, kể cả việc đã nhắc: mở và làm việc quá hạn lâu nhất trước.")
    )
    each = "; ".join(f"{kind.label}: {count}" for kind, count in kinds.most_common())
    return Message(
        key=f"digest:{topic}:{now.isoformat()}",
        topic=topic,
        tone=Tone.DANGER if late else Tone.WARNING if today else Tone.INFO,
        title=f"{whose}: {verb} {said} (ngày {now:%d/%m/%Y})",
        text=f"{whose}: hôm nay {verb} {said}. {each}. {asked}",
        law=_law(kinds),
        address=_board(topic),
    )


def moved(kinds: Iterable[Kind], days: Mapping[tuple[date, date], int], *, reason: str, now: datetime) -> Message:
    """What those hear whose due days follow a changed calendar: how many went from which day to which (`days`)."""
    ordered = sorted(days.items(), key=lambda item: (item[0][1], item[0][0]))
    each = "; ".join(f"{a:%d/%m/%Y} → {b:%d/%m/%Y}: {count} việc" for (a, b), count in ordered[:DAYS_NAMED])
    more = sum(count for _, count in ordered[DAYS_NAMED:])
    first = ordered[0][0][1]
    return Message(
        key=f"moved:{now.isoformat()}",
        topic=Topic.DEADLINE,
        tone=Tone.WARNING if any(after < before for before, after in days) else Tone.INFO,
        title=f"{sum(days.values())} hạn chuyển ngày theo lịch làm việc, sớm nhất nay là {first:%d/%m/%Y}",
        text=f"{reason}. {each}{f'; và {more} việc khác' if more else ''}. Mở danh sách để xem hạn mới của từng việc.",
        law=_law(kinds),
        address=_board(Topic.DEADLINE),
    )


def _law(kinds: Iterable[Kind]) -> str:
    """The articles behind several kinds, each once, in the order of the regulation."""
    articles = {article for kind in kinds for article in TERMS[kind].articles}
    return f"Điều {', '.join(sorted(articles, key=float))} {REGULATION}"


def late_by(owed: Obligation, today: date, calendar: WorkingCalendar) -> int:
    """How many working days have passed since the due day."""
    return max(0, working_days_between(owed.due_date, today, calendar))
