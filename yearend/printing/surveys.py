"""What units entered for forms BC01 and BC02 (CV 1331/BHXH-CNTT), as tables of the yearly report.

One unit's answers are printed whole. Of many units numbers are added up; why something is poor, and what units
propose, is told by unit as far as it can be read; everything that they wrote is in the attached figures.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.bc_forms import bc01, bc02
from reports.definition import Col, Line, Part
from reports.rules.surveys import NAMED, SOFTWARE, Form, RowKind
from ui.formats import number

SHOWN = 4  # different answers of many units that a cell tells
TEXTS_SHOWN = 120  # texts of units that are printed
BY_MANY = (
    Col("mark", "TT", "code", mark="A"),
    Col("name", "Tên phần mềm", mark="B"),
    Col("code", "Mã phần mềm", mark="C"),
    Col("units", "Số đơn vị sử dụng", "number", mark="1"),
    Col("current_version", "Phiên bản hiện đang sử dụng", mark="2"),
    Col("stability", "Độ ổn định", mark="3"),
)
NETWORK = (
    Col("mark", "TT", "code", mark="A"),
    Col("name", "Nội dung", mark="B"),
    Col("all", "Số lượng", "number", mark="1=2+3+4"),
    Col("good", "Tốt", "number", mark="2"),
    Col("fair", "Trung bình", "number", mark="3"),
    Col("poor", "Kém", "number", mark="4"),
    Col("note", "Ghi chú", mark="C"),
)
EXPLAINED = (
    Col("mark", "Mục", "code"),
    Col("what", "Nội dung"),
    Col("unit", "Đơn vị"),
    Col("poor", "Kém", "number"),
    Col("text", "Thuyết minh"),
)
PROPOSED = (Col("unit", "Đơn vị"), Col("form", "Biểu", "code"), Col("text", "Kiến nghị"))
TITLES = {
    Form.ISSUED: "Phần 1. Phần mềm ứng dụng do BHXH Việt Nam ban hành",
    Form.OWN: "Phần 2. Phần mềm do đơn vị tự xây dựng hoặc mua ngoài",
}


def of_software(survey: Mapping[str, Any]) -> list[Part]:
    """Both parts of BC01, as far as anything was entered."""
    alone = len(survey.get("units", ())) == 1
    found = []
    for form in SOFTWARE:
        rows = survey.get(form.value, [])
        note = _proposals(survey, form)
        if rows or note:
            found.append((_whole if alone else _of_many)(form, rows, note))
    return found


def _whole(form: Form, rows: Sequence[Mapping[str, Any]], note: str) -> Part:
    columns = [Col("mark", "TT", "code", mark="A")]
    columns += [Col(rule.name, rule.label, mark=rule.mark) for rule in bc01(form)]
    lines = [
        Line({"mark": str(at), "name": row["name"], "code": row["code"], **said})
        for at, (row, said) in enumerate(((row, said) for row in rows for said in row["by_unit"]), start=1)
    ]
    told = [column for column in columns if any(line.values.get(column.name) for line in lines) or column.mark]
    return Part(TITLES[form], told, lines, note=note)


def _of_many(form: Form, rows: Sequence[Mapping[str, Any]], note: str) -> Part:
    lines = [
        Line(
            {
                "mark": str(at),
                "name": row["name"],
                "code": row["code"],
                "units": len({said["unit"] for said in row["by_unit"]}),
                "current_version": _told(row["by_unit"], "current_version"),
                "stability": _told(row["by_unit"], "stability"),
            }
        )
        for at, row in enumerate(rows, start=1)
    ]
    return Part(TITLES[form], BY_MANY, lines, note=note)


def _told(several: Sequence[Mapping[str, Any]], name: str) -> str:
    """What units answered, the most frequent first, each with how many said so where they differ."""
    counts: dict[str, int] = {}
    for said in several:
        if text := said.get(name):
            counts[text] = counts.get(text, 0) + 1
    if len(counts) == 1:
        return next(iter(counts))
    ordered = sorted(counts, key=lambda text: (-counts[text], text))
    shown = [f"{text} ({counts[text]} đơn vị)" for text in ordered[:SHOWN]]
    more = len(ordered) - SHOWN
    return "; ".join([*shown, *([f"{more} ý kiến khác"] if more > 0 else [])])


def of_network(survey: Mapping[str, Any]) -> list[Part]:
    """BC02, as far as anything was entered."""
    answers = survey.get(Form.NETWORK.value, {})
    if not answers:
        return []
    alone = len(survey.get("units", ())) == 1
    lines: list[Line] = []
    for rule in bc02():
        row = answers.get(rule.code, {})
        counted = rule.kind in {RowKind.COUNT, RowKind.LIST} and bool(row)
        figures = {name: row[name] for name in ("good", "fair", "poor")} if counted else {}
        values = {"mark": rule.code, "name": rule.label, **figures, "note": _note(rule.kind, row, alone=alone)}
        if counted:
            values["all"] = sum(figures.values())
        section = rule.kind == RowKind.SECTION
        lines.append(Line(values, level=min(rule.depth + 1, 3), strong=section))
        if alone and rule.kind in NAMED:
            lines += [_named(said, rule.depth + 2) for said in row.get("said", ())]
    if alone:
        return [Part("", NETWORK, lines, note=_proposals(survey, Form.NETWORK))]
    return [Part("", NETWORK, lines), *_explained(survey), *_proposed(survey)]


def _explained(survey: Mapping[str, Any]) -> list[Part]:
    """Why units call something poor (note 4 of the form)."""
    names = _names(survey)
    labels = {rule.code: rule.label for rule in bc02()}
    told = [
        {
            "mark": code,
            "what": labels.get(code, code),
            "unit": names.get(said["unit"], said["unit"]),
            "poor": said["poor"],
            "text": said.get("note", ""),
        }
        for code, row in survey[Form.NETWORK.value].items()
        for said in row.get("said", ())
        if said.get("poor")
    ]
    return _texts("Thuyết minh của các đơn vị về thiết bị, dịch vụ kém", EXPLAINED, told)


def _proposed(survey: Mapping[str, Any]) -> list[Part]:
    names = _names(survey)
    told = [
        {"unit": names.get(text["unit"], text["unit"]), "form": text["form"], "text": text["text"]}
        for text in survey.get("proposals", ())
    ]
    return _texts("Kiến nghị của các đơn vị", PROPOSED, told)


def _texts(title: str, columns: Sequence[Col], told: Sequence[Mapping[str, Any]]) -> list[Part]:
    """A table of what units wrote; the first of them where there are too many to be read."""
    if not told:
        return []
    more = len(told) - TEXTS_SHOWN
    note = f"Còn {number(more)} dòng khác, xem tệp số liệu đính kèm." if more > 0 else ""
    return [Part(title, columns, [Line(values) for values in told[:TEXTS_SHOWN]], note=note)]


def _names(survey: Mapping[str, Any]) -> dict[str, str]:
    return {unit["unit"]: unit["name"] for unit in survey.get("units", ())}


def _named(said: Mapping[str, Any], level: int) -> Line:
    counts = {name: said.get(name, 0) for name in ("good", "fair", "poor")}
    figures = {**counts, "all": sum(counts.values())} if any(counts.values()) else {}
    return Line({"name": f"- {said.get('name', '')}", **figures, "note": said.get("note", "")}, level=min(level, 4))


def _note(kind: RowKind, row: Mapping[str, Any], *, alone: bool) -> str:
    """Column C: the answer to a question, and what one unit wrote to it."""
    if not row:
        return ""
    if not alone:
        several = f"Có: {number(row['has'])} đơn vị; không: {number(row['lacks'])} đơn vị"
        return several if kind == RowKind.ANSWER else f"{number(row['has'])} người" if kind == RowKind.NAMES else ""
    answer = "Có" if row["has"] else "Không" if row["lacks"] else ""
    texts = [said.get("note", "") for said in row.get("said", ())] if kind not in NAMED else []
    return "; ".join(filter(None, [answer if kind == RowKind.ANSWER else "", *texts]))


def _proposals(survey: Mapping[str, Any], form: Form) -> str:
    """What one unit proposes; proposals of many have a table of their own."""
    if len(survey.get("units", ())) != 1:
        return ""
    told = [text["text"] for text in survey.get("proposals", ()) if text["form"] == form.value]
    return f"Kiến nghị: {'; '.join(told)}" if told else ""
