"""Form BC02: how the network and the servers of units are, by the rows of the form."""

from collections.abc import Iterator, Mapping
from typing import Any

from reports.bc_forms import bc02
from reports.definition import Asked, Col, Line, Part, Report, Sheet, Value, register
from reports.forms.survey_years import YearForm
from reports.rules.surveys import COUNTED, NAMED, Form, RowKind, RowRule
from reports.sets.entered import LAW, Answers, answers_of
from reports.sets.software import GROUP

COLUMNS = (
    Col("tt", "TT", mark="A", width=6),
    Col("name", "Nội dung báo cáo", mark="B", width=30),
    Col("all", "Số lượng", kind="number", mark="1=2+3+4", width=8),
    Col("good", "Tốt", kind="number", group="Tình trạng", mark="2", width=7),
    Col("fair", "Trung bình", kind="number", group="Tình trạng", mark="3", width=7),
    Col("poor", "Kém", kind="number", group="Tình trạng", mark="4", width=7),
    Col("note", "Ghi chú", mark="C", width=30),
)
CONDITIONS = ("good", "fair", "poor")


def _network(asked: Asked) -> Sheet:
    answers = answers_of(asked)
    levels = {unit.kind for unit in answers.units}
    rules = [rule for rule in bc02() if any(rule.asked_of(level) for level in levels)]
    lines = [line for rule in rules for line in _lines(answers, rule)]
    return Sheet(
        NETWORK.title,
        answers.subtitle,
        [Part("", COLUMNS, lines), *_explained(answers), *answers.proposals(Form.NETWORK)],
        unit=asked.unit,
        legal_basis=LAW,
        form_number="BC02-BHXH-CNTT",
        warnings=answers.warnings(Form.NETWORK),
    )


def _lines(answers: Answers, rule: RowRule) -> Iterator[Line]:
    row = answers.survey[Form.NETWORK.value].get(rule.code, {})
    values: dict[str, Value] = {"tt": rule.code, "name": rule.label, "note": _note(answers, rule, row)}
    links = {}
    if row and rule.kind in COUNTED:
        values |= _figures(row)
    if row and rule.kind == RowKind.NAMES:
        values["all"] = row["has"]
    if answers.alone and values.get("all"):
        links["all"] = answers.page(answers.units[0].code)
    section = rule.kind == RowKind.SECTION
    yield Line(values, level=rule.depth, strong=section, links=links)
    for said in row.get("said", ()) if rule.kind in NAMED else ():
        yield _named(answers, rule, said)


def _named(answers: Answers, rule: RowRule, said: Mapping[str, Any]) -> Line:
    whose = "" if answers.alone else f" ({answers.name(said['unit'])})"
    values: dict[str, Value] = {"name": f"{said.get('name', '')}{whose}", "note": said.get("note", "")}
    if rule.kind in COUNTED:
        values |= _figures(said)
    return Line(values, level=rule.depth + 1, links={"name": answers.page(said["unit"])})


def _figures(row: Mapping[str, Any]) -> dict[str, Value]:
    counts = {name: row.get(name, 0) for name in CONDITIONS}
    return {**counts, "all": sum(counts.values())}


def _note(answers: Answers, rule: RowRule, row: Mapping[str, Any]) -> str:
    """Column C: the answer, and what one unit wrote; what many wrote has a table of its own."""
    if not row or rule.kind in NAMED:
        return ""
    if not answers.alone:
        return f"Có: {row['has']} đơn vị, không: {row['lacks']} đơn vị" if rule.kind == RowKind.ANSWER else ""
    answer = "Có" if row["has"] else "Không" if row["lacks"] else ""
    return ". ".join(filter(None, [answer, *(said.get("note", "") for said in row["said"])]))


def _explained(answers: Answers) -> list[Part]:
    """What many units wrote beside their numbers, by row and unit: why something is poor, or isn't there."""
    if answers.alone:
        return []
    lines = [
        Line(
            {"tt": rule.code, "name": rule.label, "unit": answers.name(said["unit"]), "poor": said.get("poor", 0),
             "note": said["note"]},
            links={"unit": answers.page(said["unit"])},
        )
        for rule in bc02()
        if rule.kind not in NAMED
        for said in answers.survey[Form.NETWORK.value].get(rule.code, {}).get("said", ())
        if said.get("note")
    ]  # fmt: skip
    columns = [Col("tt", "TT", width=6), Col("name", "Nội dung", width=24), Col("unit", "Đơn vị", width=18),
               Col("poor", "Kém", kind="number", width=6), Col("note", "Thuyết minh, ghi chú", width=40)]  # fmt: skip
    return [Part("Thuyết minh của các đơn vị", columns, lines)] if lines else []


NETWORK = register(
    Report(
        "bc02",
        "Báo cáo tình hình hoạt động của hệ thống mạng và máy chủ",
        "BC02: phòng máy chủ, máy chủ, dịch vụ, hệ thống mạng, quy chế, cán bộ quản trị theo kê khai của đơn vị.",
        YearForm,
        _network,
        group=GROUP,
        legal_basis=LAW,
        form_number="BC02-BHXH-CNTT",
        landscape=False,
    )
)
