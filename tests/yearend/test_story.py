"""The yearly duty over the tree, from the district's lock to the country's report (art. 13.8, 14.6), by its pages."""

import io
import json

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from lxml import html

from accounts.rules import Kind
from core.scope import entered
from reports.rules.annual import AnnualLine, digest, from_json, total
from signing.actions.signatures import sign_with_device
from signing.keys import tokens
from signing.queries import file_of, findings_of, paper_of
from signing.rules import FIELDS, Step
from tests.signing import pki
from tests.signing.conftest import PIN, device  # noqa: F401 - a fixture
from tests.signing.helpers import sign_all, sign_file, signed_outside
from tests.signing.test_ways import said_by_pdfsig
from tests.world import make_user, pdf_bytes
from tests.yearend.closing import bought
from tests.yearend.signed import LATE, now, trusting
from tests.yearend.support import drafted, in_year
from yearend.models import AnnualReport
from yearend.rules import State

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8"), pytest.mark.dieu("14.6")]

# What the country's books say of the year, asked in a way that shares nothing with the reports.
BOOKS = """
SELECT coalesce(sum(quantity) FILTER (WHERE effective_date < %(first)s), 0),
       coalesce(sum(value) FILTER (WHERE effective_date < %(first)s), 0),
       coalesce(sum(quantity) FILTER (WHERE l.kind = 'intake' AND effective_date BETWEEN %(first)s AND %(last)s), 0),
       coalesce(sum(value) FILTER (WHERE l.kind = 'intake' AND effective_date BETWEEN %(first)s AND %(last)s), 0),
       coalesce(sum(quantity) FILTER (WHERE effective_date <= %(last)s), 0),
       coalesce(sum(value) FILTER (WHERE effective_date <= %(last)s), 0)
FROM equipment_ledgerentry l JOIN orgs_orgunit u ON u.id = l.unit_id WHERE u.code LIKE %(below)s
"""


def by_sql(below: str) -> tuple[int, ...]:
    days = {"first": in_year(1, 1), "last": in_year(12, 31), "below": below}
    with connection.cursor() as cursor:
        cursor.execute(BOOKS, days)
        return tuple(int(value) for value in cursor.fetchone())


def of_figures(line: AnnualLine) -> tuple[int, ...]:
    return (
        line.opening_quantity,
        line.opening_value,
        line.bought_quantity,
        line.bought_value,
        line.closing_quantity,
        line.closing_value,
    )


def press(browser, url: str, **typed) -> str:
    """Open the page of a step, fill in what is typed over what stands there, press its button."""
    page = browser.get(url)
    assert page.status_code == 200, (url, page.status_code)
    (form,) = [one for one in html.fromstring(page.content).forms if one.method == "POST" and "version" in one.fields]
    answer = browser.post(url, {**{k: v or "" for k, v in form.fields.items()}, **typed})
    assert answer.status_code == 302, html.fromstring(answer.content).xpath("string(//main)")
    return str(answer.headers["Location"])


def lock_and_issue(browser, report: AnnualReport, number: str) -> AnnualReport:
    base = f"/bao-cao-nam/{report.number}"
    press(browser, f"{base}/khoa/", reason="Đã rà soát, còn hồ sơ chờ cấp trên")
    if now(report).unit.nationwide or now(report).edition.missing:
        press(browser, f"{base}/tong-hop/")
    letter = {"place": "Hà Nội", "preparer": "Trần Thị Lập", "position": "GIÁM ĐỐC", "signatory": "Nguyễn Văn Đứng"}
    today = f"{timezone.localdate():%d/%m/%Y}"
    press(browser, f"{base}/ban-hanh/", document_number=number, document_date=today, **letter)
    return now(report)


@pytest.fixture
def country(world):
    """Units with something on their books of last year; everybody's report is drafted."""
    bought(world, world.nghiepvu_badinh, ["BD-1", "BD-2", "BD-3"])
    bought(world, world.nghiepvu_hoankiem, ["HK-1"])
    bought(world, world.nghiepvu_hanoi, ["HN-1", "HN-2"])
    bought(world, world.nghiepvu_danang, ["DN-1"])
    trusting(world, "01", "01.001", "01.002")
    return drafted()


def the_districts_send(world, client_of, reports) -> None:
    """Ba Đình and Hoàn Kiếm lock, sign with key files, send; Hà Nội takes them in."""
    for code, by in (("01.001", world.nghiepvu_badinh), ("01.002", world.nghiepvu_hoankiem)):
        browser = client_of(by)
        report = lock_and_issue(browser, reports[code], "07/BC-BHXH")
        with entered(by.scope):
            sign_all(paper_of(report), by=by)
        assert now(report).state == State.SIGNED
        press(browser, f"/bao-cao-nam/{report.number}/gui/", reason=LATE)
        assert now(report).state == State.SENT
        press(client_of(world.nghiepvu_hanoi), f"/bao-cao-nam/{report.number}/tiep-nhan/")
        assert now(report).state == State.ACCEPTED


def the_province_signs_with_a_token(world, report) -> bytes:
    by, paper, (token,) = world.nghiepvu_hanoi, paper_of(report), tokens()
    with entered(by.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=by)
        sign_with_device(paper, step=Step.HEAD, token=token, pin=PIN, picture=None, by=by)
        sign_file(paper, Step.SEAL, pki.seal(), by=by)
        assert findings_of(paper).good
        return file_of(paper)


def test_from_the_districts_to_the_country(world, client_of, country, device, tmp_path):  # noqa: F811 - the fixture
    the_districts_send(world, client_of, country)
    hanoi = client_of(world.nghiepvu_hanoi)
    report = lock_and_issue(hanoi, country["01"], "15/BC-BHXH")
    figures = report.edition.figures
    assert (report.edition.missing, {part["unit"] for part in figures["parts"]}) == ([], {"01.001", "01.002"})
    assert of_figures(total(from_json(figures["total"]).values())) == by_sql("01%")

    whole = the_province_signs_with_a_token(world, report)
    said = said_by_pdfsig(whole, tmp_path)
    assert (said.count("Signature is Valid."), said.count("- Total document signed")) == (3, 1)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        inside = {name: bytes(found.get_file().read_bytes()) for name, found in pdf.attachments.items()}
    assert digest(json.loads(next(c for n, c in inside.items() if n.endswith(".json")))) == report.edition.sha256
    press(hanoi, f"/bao-cao-nam/{report.number}/gui/", reason=LATE)

    # IT Center verifies, accepts, and has the country's report the day the last unit is done.
    center = make_user("nghiepvu.cntt", world.units["00.CNTT"], Kind.BUSINESS)
    cntt = client_of(center)
    press(cntt, f"/bao-cao-nam/{report.number}/tiep-nhan/")
    assert now(report).state == State.ACCEPTED
    for code, clerk in (("48", world.nghiepvu_danang), ("00.VP", world.vanphong), ("00.PC", world.vanphong)):
        press(client_of(clerk), f"/bao-cao-nam/{country[code].number}/khoa/", reason="Đã rà soát")
    press(cntt, f"/bao-cao-nam/{country['00.CNTT'].number}/khoa/", reason="Đã rà soát")
    nationwide = now(country["00.CNTT"])
    assert set(nationwide.edition.missing) <= {"00"}  # nobody records for the headquarters itself
    assert of_figures(total(from_json(nationwide.edition.figures["total"]).values())) == by_sql("%")
    assert cntt.get(f"/xac-minh/{report.edition.public_id}/").status_code == 200
    assert client_of(world.nghiepvu_danang).get(f"/xac-minh/{report.edition.public_id}/").status_code == 404


def test_what_came_on_a_stick_is_compared(world, client_of, country):
    """Everything but the very file that was signed is refused, and why."""
    the_districts_send(world, client_of, country)
    by, hanoi = world.nghiepvu_hanoi, client_of(world.nghiepvu_hanoi)
    report = lock_and_issue(hanoi, country["01"], "15/BC-BHXH")
    paper = paper_of(report)
    with entered(by.scope):
        sign_all(paper, by=by)
    press(hanoi, f"/bao-cao-nam/{report.number}/gui/", reason=LATE)
    whole, issued, foreign = file_of(paper), file_of(paper, 0), file_of(paper_of(country["01.001"]))
    middle = len(issued) // 2
    tampered = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    unknown = issued
    for step in Step:
        unknown = signed_outside(unknown, pki.stranger(), field=FIELDS[step])
    cntt = client_of(make_user("nghiepvu.cntt", world.units["00.CNTT"], Kind.BUSINESS))
    told = {}
    for name, content in (
        ("tampered", tampered),
        ("foreign", foreign),
        ("unsigned", issued),
        ("other", pdf_bytes(1)),
        ("unknown", unknown),
    ):
        file = SimpleUploadedFile("bao-cao.pdf", content, content_type="application/pdf")
        answer = cntt.post(f"/bao-cao-nam/{report.number}/doi-chieu/", {"file": file})
        assert answer.status_code == 422, name
        told[name] = " ".join(html.fromstring(answer.content).xpath("string(//main)").split())
    assert "Văn bản chưa đủ chữ ký" in told["unsigned"]
    assert "tin cậy" in told["unknown"]
    assert told["tampered"] != told["unsigned"] != told["foreign"]
    assert now(report).state == State.SENT
