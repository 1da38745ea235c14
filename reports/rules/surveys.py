"""Forms BC01 and BC02 (CV 1331/BHXH-CNTT 2008): what they ask, what is wrong with answers, how units add up. Pure.

A survey as data (`Entered`) has the same shape for one unit and for many, so that sums of sums are sums:

    {"schema", "units": [{"unit", "name", "forms": {form: state}}],
     "BC01-1" | "BC01-2": [{"name", "code", "by_unit": [{"unit", ...columns}]}],
     "BC02": {row: {"good", "fair", "poor", "has", "lacks",
                    "said": [{"unit", "name", "good", "fair", "poor", "note"}]}},
     "proposals": [{"unit", "form", "text"}]}

Units go by their codes. Everything is ordered, so the same answers always give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from core.errors import DomainError
from core.text import fold

SCHEMA = "qltb-khao-sat-1"
FIRST_YEAR = 2020
"""QĐ 375/QĐ-BHXH is of that year: no earlier one is reported."""
MOST_ROWS = 300
MOST = 1_000_000
JUNE = 6

Entered = Mapping[str, Any]


class Form(models.TextChoices):
    """The forms, by their numbers."""

    ISSUED = "BC01-1", "BC01 phần 1: phần mềm do BHXH Việt Nam ban hành"
    OWN = "BC01-2", "BC01 phần 2: phần mềm tự xây dựng hoặc mua ngoài"
    NETWORK = "BC02", "BC02: hệ thống mạng và máy chủ"


SOFTWARE = (Form.ISSUED, Form.OWN)


class SurveyState(models.TextChoices):
    """A saved form may lack anything; a finished one has been checked."""

    DRAFT = "draft", "Đang kê khai"
    DONE = "done", "Đã hoàn thành"


TONES = {SurveyState.DRAFT: "warn", SurveyState.DONE: "ok"}
NOT_BEGUN = "Chưa kê khai"


class RowKind(models.TextChoices):
    """What a row of BC02 asks."""

    SECTION = "section", "Tiêu đề"
    COUNT = "count", "Số lượng theo tình trạng"
    ANSWER = "answer", "Có hay không"
    LIST = "list", "Danh sách có tên"
    NAMES = "names", "Họ tên"


NAMED = frozenset({RowKind.LIST, RowKind.NAMES})
COUNTED = frozenset({RowKind.COUNT, RowKind.LIST})


@dataclass(frozen=True)
class RowRule:
    """A row of BC02: `reason` asks why where the answer is no; `document` is the kind of paper that goes with a yes."""

    code: str
    parent: str
    kind: RowKind
    label: str
    help: str = ""
    categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    reason: bool = False
    document: str = ""

    @property
    def depth(self) -> int:
        """How deep it stands below the headings."""
        return self.code.count(".")

    def asked_of(self, level: str) -> bool:
        """Whether units of this level (`orgs.rules.UnitKind`) are asked."""
        return not self.levels or level in self.levels


@dataclass(frozen=True)
class ColumnRule:
    """A column of BC01."""

    name: str
    label: str
    mark: str = ""
    help: str = ""


@dataclass
class Item:
    """A row of BC02 as it was filled in."""

    code: str
    name: str = ""
    good: int | None = None
    fair: int | None = None
    poor: int | None = None
    answer: bool | None = None
    note: str = ""

    @property
    def total(self) -> int:
        """Column 1 of the form: 1 = 2 + 3 + 4."""
        return (self.good or 0) + (self.fair or 0) + (self.poor or 0)

    @property
    def counted(self) -> bool:
        """Whether any number was typed, were it zero."""
        return not (self.good is None and self.fair is None and self.poor is None)

    @property
    def said(self) -> bool:
        """Whether it says anything at all."""
        return self.counted or self.answer is not None or bool(self.name or self.note)


@dataclass
class SoftwareRow:
    """A row of BC01 as it was filled in: the columns by their names."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


def reported_year(today: date) -> int:
    """The year on which units work: until June the one that has ended."""
    return today.year - (today.month <= JUNE)


def years(today: date) -> list[int]:
    """Years that may be filled in, the latest first."""
    return list(range(today.year, FIRST_YEAR - 1, -1))


def require_year(year: int, today: date) -> None:
    """Refuse a year that hasn't begun, or is before the Decision; raises DomainError."""
    if year not in years(today):
        raise DomainError(f"Chỉ kê khai từ năm {FIRST_YEAR} đến năm {today.year}.", field="year", code="year")


def explained(rules: Mapping[str, RowRule], items: Iterable[Item]) -> list[DomainError]:
    """What is "kém" must be explained (note 4 of BC02): a refusal for each row that isn't."""
    return [
        DomainError(
            f"Mục {item.code} {item.name or rules[item.code].label}: có {item.poor} “kém” thì phải thuyết minh ở ghi "
            "chú (không đáp ứng việc gì, đề nghị thay thế hay nâng cấp).",
            field=field_name(item.code, "note") if not item.name else "",
            code="unexplained",
        )
        for item in items
        if item.poor and not item.note
    ]


def unfinished(
    rules: Sequence[RowRule], items: Sequence[Item], *, level: str, papers: frozenset[str]
) -> list[DomainError]:
    """What a BC02 still lacks before it is finished: every question answered, a no explained."""
    by_code = {item.code: item for item in items if not item.name}
    found = []
    for rule in rules:
        item = by_code.get(rule.code, Item(rule.code))
        if not rule.asked_of(level):
            continue
        if rule.kind == RowKind.COUNT and not item.counted:
            text = "chưa nhập số lượng. Nếu không có thì nhập 0."
            found.append(_lack(rule, text, "good"))
        if rule.kind == RowKind.ANSWER and item.answer is None:
            found.append(_lack(rule, "hãy chọn Có hoặc Không.", "answer"))
        if rule.reason and item.answer is False and not item.note:
            found.append(_lack(rule, "không có thì phải ghi rõ lý do ở ghi chú.", "note"))
        if rule.document and item.answer and rule.document not in papers:
            found.append(_lack(rule, "còn thiếu bản chụp (PDF). Hãy lưu, tải tệp ở thẻ Tài liệu rồi hoàn thành.", ""))
    return found


def _lack(rule: RowRule, text: str, name: str) -> DomainError:
    return DomainError(
        f"Mục {rule.code} {rule.label}: {text}", field=field_name(rule.code, name) if name else "", code="unfinished"
    )


def unfinished_software(rows: Sequence[SoftwareRow], *, none: bool) -> list[DomainError]:
    """What a part of BC01 lacks before it is finished: rows, or the word that there are none."""
    if not rows and not none:
        text = "Chưa có phần mềm nào. Hãy thêm dòng, hoặc đánh dấu “không có phần mềm nào thuộc biểu này”."
        return [DomainError(text, field="none", code="unfinished")]
    found = [
        DomainError(f"Dòng {number} ({row.name}): chưa ghi phiên bản hiện đang sử dụng.", code="unfinished")
        for number, row in enumerate(rows, start=1)
        if not row.values.get("current_version")
    ]
    return [
        *found,
        *(
            DomainError(f"Dòng {number} ({row.name}): chưa đánh giá độ ổn định.", code="unfinished")
            for number, row in enumerate(rows, start=1)
            if not row.values.get("stability")
        ),
    ]


def inconsistent_software(rows: Sequence[SoftwareRow], *, none: bool) -> list[DomainError]:
    """What no saved form may say: none and some, or the same software and version twice."""
    found = []
    if rows and none:
        text = "Đã đánh dấu “không có phần mềm nào” nhưng vẫn còn dòng. Hãy bỏ dấu hoặc bỏ các dòng."
        found.append(DomainError(text, field="none", code="contradiction"))
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=1):
        key = (fold(row.name), fold(row.values.get("current_version", "")))
        if key in seen:
            text = f"Dòng {number}: “{row.name}” cùng phiên bản đã có ở dòng trên. Hãy gộp làm một."
            found.append(DomainError(text, code="twice"))
        seen.add(key)
    return found


def field_name(code: str, name: str) -> str:
    """The form field of a row: a form's names hold no dots."""
    return f"r{code.replace('.', '_')}_{name}"
