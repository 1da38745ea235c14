"""What should be set right before a unit's books are closed: counted, with the list that shows exactly those."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from deadlines.models import Obligation
from deadlines.querysets import standing_so
from deadlines.rules import Kind
from deadlines.rules.standings import Stand
from disposals.models import Disposal, LossReport
from disposals.rules.flow import DisposalState, Happening, LossState
from equipment.models import Equipment, Intake
from equipment.rules.lifecycle import IntakeState
from repairs.models import Repair
from repairs.rules.flow import RepairState
from reports.queries.surveys import states_of
from reports.rules.annual import Lines
from reports.rules.surveys import SurveyState
from transfers.models import Transfer
from transfers.rules import State as TransferState
from ui.formats import vndate
from yearend.models import AnnualReport
from yearend.querysets import FROZEN
from yearend.rules.figures import lines_of
from yearend.rules.terms import closing_day
from yearend.rules.warnings import Caution, above_norm, nothing_there, opening_differences


@dataclass(frozen=True)
class _Asked:
    """A warning whose count the database gives."""

    rows: QuerySet
    title: str
    todo: str
    url: str
    blocks: bool = False


def warnings_of(report: AnnualReport, user: User, before: AnnualReport | None) -> list[Caution]:
    """What stands against closing the books of the report's unit now; what blocks first. `before`: `year_before`.

    Three queries. By what was counted last for the draft, where it is about figures. The caller got the report through
    its door.
    """
    asked = [*_about_devices(report, user), *_about_dossiers(report)]
    found = [
        Caution(one.title, count, one.todo, one.url, blocks=one.blocks)
        for one, count in zip(asked, _counts([one.rows for one in asked]), strict=True)
        if count
    ]
    found += [*_about_surveys(report), *_about_figures(report, before)]
    return sorted(found, key=lambda warning: not warning.blocks)


def _counts(several: list[QuerySet]) -> list[int]:
    """How many rows each has: one query for all of them."""
    parts = [
        rows.order_by()
        .values(part=Value(number, output_field=IntegerField()))
        .annotate(many=Count("pk", distinct=True))
        .values_list("part", "many")
        for number, rows in enumerate(several)
        if not rows.query.is_empty()
    ]
    counts: dict[int, int] = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return [counts.get(number, 0) for number in range(len(several))]


def _list(name: str, **asked: Any) -> str:
    return f"{reverse(name)}?{urlencode({**asked, 'view': 'all'}, doseq=True)}"


def _day(day: date) -> str:
    return vndate(day)


def _about_devices(report: AnnualReport, user: User) -> Iterator[_Asked]:
    unit = report.unit
    yield _Asked(
        Equipment.objects.of_unit(unit).repeated_cards(),
        "Thiết bị trùng số thẻ tài sản",
        "Kiểm tra từng cặp: ghi nhầm thì sửa số thẻ tài sản; một thiết bị vào sổ hai lần thì báo quản trị cấp 1 "
        "(Điều 12).",
        _list("equipment:list", own=unit.code, twice="card"),
        blocks=True,
    )
    below = Equipment.objects.visible_to(user).filter(unit__path__startswith=unit.path)
    yield _Asked(
        below.repeated_serials(user),
        "Thiết bị trùng số máy giữa các đơn vị",
        "Đề nghị các đơn vị đối chiếu số máy trên thiết bị; ghi nhầm thì sửa số máy, đã chuyển đơn vị thì lập hồ sơ "
        "điều chuyển (Điều 12).",
        _list("equipment:list", unit=unit.code, twice="serial"),
        blocks=True,
    )


def _about_dossiers(report: AnnualReport) -> Iterator[_Asked]:
    unit, last = report.unit, closing_day(report.year)
    until, own = _day(last), {"own": unit.code}
    year = {"tu": _day(date(report.year, 1, 1)), "den": until}
    kinds = [kind for kind in Kind if kind != Kind.ANNUAL_REPORT]
    yield _Asked(
        Obligation.objects.of_unit(unit).filter(
            standing_so(Stand.OVERDUE, timezone.localdate()), kind__in=kinds, start_date__lte=last
        ),
        f"Việc phát sinh đến hết {until} đã quá hạn xử lý",
        "Xử lý từng việc trước khi khóa; việc không còn phải làm thì đề nghị cấp trên cho miễn.",
        _list("deadlines:list", **own, state=Stand.OVERDUE.value, kind=[kind.value for kind in kinds], start_den=until),
        blocks=True,
    )
    yield _Asked(
        Intake.objects.of_unit(unit).filter(state=IntakeState.DRAFT, handover_date__lte=last),
        f"Hồ sơ tiếp nhận còn nháp, bàn giao đến hết {until}",
        "Tiếp nhận trước khi khóa: sau khi khóa không ghi sổ được với ngày bàn giao này nữa. Nhập nhầm thì hủy.",
        _list("intakes:list", **own, state=IntakeState.DRAFT.value, handover_den=until),
        blocks=True,
    )
    for happened, name, said in ((Happening.LOST, "losses:lost", "mất"), (Happening.FOUND, "losses:found", "tìm thấy")):
        rows = LossReport.objects.of_unit(unit).filter(state=LossState.DRAFT, happened_on__lte=last)
        yield _Asked(
            rows.filter(kind=happened),
            f"Hồ sơ {said} còn nháp, xảy ra đến hết {until}",
            "Ghi sổ trước khi khóa: sau khi khóa không ghi sổ được với ngày này nữa. Nhập nhầm thì hủy.",
            _list(name, **own, state=LossState.DRAFT.value, happened_den=until),
            blocks=True,
        )
    yield from _under_way(report)
    yield _Asked(
        Intake.objects.of_unit(unit).filter(handover_date__range=(date(report.year, 1, 1), last)).lacking_papers(),
        f"Hồ sơ tiếp nhận năm {report.year} thiếu hợp đồng hoặc giấy phép",
        "Tải lên tài liệu còn thiếu (Điều 7); việc này vẫn làm được sau khi khóa.",
        _list("intakes:list", **own, papers="lacking", handover_tu=year["tu"], handover_den=year["den"]),
    )


def _under_way(report: AnnualReport) -> Iterator[_Asked]:
    """Dossiers that go on: the closed year shows their devices as they are on its last day."""
    unit, last = report.unit, closing_day(report.year)
    own, until = {"own": unit.code}, _day(last)
    moving = (TransferState.HANDED_OVER, TransferState.DIFFERENCE)
    transfers = Transfer.objects.filter(state__in=moving, handed_over_on__lte=last)
    states = [state.value for state in moving]
    yield _Asked(
        transfers.of_unit(unit),
        "Điều chuyển đi chưa được nhận xong",
        "Đôn đốc bên nhận xác nhận trước khi khóa. Nếu không, thiết bị còn trong số liệu năm của đơn vị và chuyển sổ "
        "vào năm sau.",
        _list("transfers:list", **own, state=states, handed_over_den=until),
    )
    yield _Asked(
        transfers.filter(partner=unit).scoped(),
        "Điều chuyển đến chưa nhận xong",
        "Kiểm nhận trước khi khóa. Nếu không, thiết bị vào sổ của đơn vị từ năm sau.",
        _list("transfers:list", receiver=unit.code, state=states, handed_over_den=until),
    )
    yield _Asked(
        Repair.objects.of_unit(unit).filter(state__in=(RepairState.DRAFT, RepairState.SENT), opened_on__lte=last),
        "Hồ sơ sửa chữa chưa xong",
        "Thiết bị đã nhận lại thì hoàn thành hồ sơ; thay đổi nguyên giá do nâng cấp trong năm phải ghi trước khi khóa.",
        _list("repairs:list", **own, state=[RepairState.DRAFT.value, RepairState.SENT.value], opened_den=until),
    )
    going = (DisposalState.SUBMITTED, DisposalState.DECIDED)
    yield _Asked(
        Disposal.objects.of_unit(unit).filter(state__in=going),
        "Hồ sơ thanh lý, hủy chưa kết thúc",
        "Đã bán, đã hủy trong năm thì kết thúc hồ sơ trước khi khóa: sau khi khóa chỉ ghi giảm được từ ngày 01/01 năm "
        "sau.",
        _list("disposals:list", **own, state=[state.value for state in going]),
    )


def _about_surveys(report: AnnualReport) -> Iterator[Caution]:
    states = states_of(report.unit, report.year)
    missing = [form for form, state in states.items() if state != SurveyState.DONE]
    if missing:
        yield Caution(
            f"Phiếu khảo sát năm {report.year} chưa kê khai xong: {', '.join(missing)}",
            len(missing),
            "Kê khai và hoàn thành phiếu trước khi khóa để số liệu phần mềm, mạng và máy chủ vào báo cáo.",
            _list("surveys:list", own=report.unit.code, year=report.year),
        )


def _about_figures(report: AnnualReport, before: AnnualReport | None) -> Iterator[Caution]:
    now, unit, last = lines_of(report.draft, "own"), report.unit, closing_day(report.year)
    if above := above_norm(now):
        asked = urlencode({"unit": unit.code, "ngay": _day(last)})
        yield Caution(
            "Thiết bị vượt định mức",
            above,
            "Điều chuyển, thu hồi phần vượt, hoặc nêu lý do ở mục đánh giá của báo cáo.",
            f"{reverse('assignments:norms')}?{asked}",
        )
    if nothing_there(now):
        yield Caution(
            "Đơn vị không có thiết bị nào trong năm",
            1,
            "Kiểm tra lại: có thể chưa nhập danh sách thiết bị của đơn vị, hoặc chưa bấm “Tính lại số liệu”.",
            _list("equipment:list", own=unit.code),
        )
    yield from _former(report, before, now)


def year_before(report: AnnualReport) -> AnnualReport | None:
    """The unit's report of the year before, if there is one. One query."""
    rows = AnnualReport.objects.of_unit(report.unit).filter(year=report.year - 1)
    return rows.select_related("edition").first()


def frozen(before: AnnualReport | None) -> AnnualReport | None:
    """The report of the year before as long as its figures stand."""
    return before if before is not None and before.state in FROZEN and before.edition is not None else None


def _former(report: AnnualReport, before: AnnualReport | None, now: Lines) -> Iterator[Caution]:
    if before is None:
        return
    former = frozen(before)
    if former is None:
        yield Caution(
            f"Số liệu năm {before.year} chưa khóa",
            1,
            f"Nên khóa năm {before.year} trước; khóa năm {report.year} là khóa luôn sổ của mọi năm trước đó.",
            reverse("yearend:detail", args=[before.number]),
        )
        return
    assert former.edition is not None  # noqa: S101 - it stands; for the type checker
    if codes := opening_differences(now, lines_of(former.edition.figures, "own")):
        yield Caution(
            f"Loại thiết bị có số đầu kỳ khác số cuối kỳ đã khóa của năm {former.year}",
            len(codes),
            "Số liệu năm trước đã khóa nên lẽ ra phải khớp. Bấm “Tính lại số liệu”; nếu vẫn khác thì gửi yêu cầu hỗ "
            "trợ.",
            reverse("yearend:review", args=[report.number]) + "#so-sanh",
            blocks=True,
        )
