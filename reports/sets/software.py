"""Form BC01: the software that units use, issued by the sector (part 1) and their own (part 2)."""

from collections.abc import Iterator

from reports.bc_forms import bc01
from reports.definition import Asked, Col, Line, Part, Report, Sheet, register
from reports.forms.survey_years import YearForm
from reports.rules.surveys import Form
from reports.sets.entered import LAW, Answers, answers_of

GROUP = "Khảo sát theo mẫu"
WIDTHS = {"name": 20, "code": 9, "original_version": 9, "current_version": 9, "started": 9}


def _software(asked: Asked, form: Form, title: str) -> Sheet:
    answers = answers_of(asked)
    columns = [Col("tt", "TT", mark="A", width=5)]
    columns += [Col(rule.name, rule.label, mark=rule.mark, width=WIDTHS.get(rule.name, 14)) for rule in bc01(form)]
    if not answers.alone:
        columns.insert(2, Col("unit", "Đơn vị", width=16))
        columns.insert(3, Col("units", "Số đơn vị sử dụng", kind="number", width=8))
    begun = any(one["forms"][form.value] for one in answers.survey["units"])
    none = begun and not answers.survey[form.value]
    return Sheet(
        title,
        answers.subtitle,
        [
            Part("", columns, list(_lines(answers, form)), note="Không có phần mềm nào được kê khai." if none else ""),
            *answers.proposals(form),
        ],
        unit=asked.unit,
        legal_basis=LAW,
        form_number="BC01-BHXH-CNTT",
        warnings=answers.warnings(form),
    )


def _lines(answers: Answers, form: Form) -> Iterator[Line]:
    """One unit: a line for each software. Many: each software with how many units use it, below it what each says."""
    for number, row in enumerate(answers.survey[form.value], start=1):
        named = {"tt": str(number), "name": row["name"], "code": row["code"]}
        if answers.alone:
            for said in row["by_unit"]:
                yield Line({**said, **named}, links={"name": answers.page(said["unit"])})
            continue
        units = {said["unit"] for said in row["by_unit"]}
        yield Line({**named, "units": len(units)}, level=0, strong=True)
        for at, said in enumerate(row["by_unit"], start=1):
            told = {**said, "tt": f"{number}.{at}", "name": row["name"], "unit": answers.name(said["unit"])}
            yield Line(told, links={"unit": answers.page(said["unit"])})


OF_ISSUED = "Báo cáo các phần mềm ứng dụng do BHXH Việt Nam ban hành"
OF_OWN = "Báo cáo các phần mềm ứng dụng do đơn vị tự xây dựng hoặc mua ngoài"

ISSUED = register(
    Report(
        "bc01-1",
        OF_ISSUED,
        "BC01 phần 1: phiên bản, nơi triển khai, độ ổn định, tính thân thiện theo kê khai của đơn vị.",
        YearForm,
        lambda asked: _software(asked, Form.ISSUED, OF_ISSUED),
        group=GROUP,
        legal_basis=LAW,
        form_number="BC01-BHXH-CNTT",
    )
)
OWN = register(
    Report(
        "bc01-2",
        OF_OWN,
        "BC01 phần 2: nguồn gốc, bản quyền, ngôn ngữ và cơ sở dữ liệu theo kê khai của đơn vị.",
        YearForm,
        lambda asked: _software(asked, Form.OWN, OF_OWN),
        group=GROUP,
        legal_basis=LAW,
        form_number="BC01-BHXH-CNTT",
    )
)
