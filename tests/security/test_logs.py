"""Logs are JSON without personal data: no password, no name, no serial, whatever goes wrong."""

import io
import json
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from equipment.models import Equipment
from qltb.logs import JsonFormatter
from tests.isolation.matrix import ROWS


@pytest.fixture
def log():
    """Everything that is logged, as production writes it, and more."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def lines(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_what_people_type_is_not_logged(country, log):
    serial, name, password = "SN-MAT-4711", "Nguyễn Thị Kín", "mat-khau-kin-0815"
    client = country.client("business", raise_request_exception=False)
    country.client("anonymous").post("/dang-nhap/", {"login": name, "password": password})
    for path in ("/thiet-bi/", "/tim-kiem/", "/tiep-nhan/"):
        client.get(path, {"q": serial, "unit": name})
    client.get("/thiet-bi/nhan/", {"id": serial})
    row = ROWS["equipment:edit"]
    client.post(row.url("equipment:edit", country), {**row.data(country), "serial": serial, "holder_name": name})
    client.post("/doi-mat-khau/", {"oldpassword": password, "password1": password, "password2": password})
    country.client("business", enforce_csrf_checks=True).post("/tiep-nhan/moi/", {"note": name})
    client.get(f"/thiet-bi/?q={serial}%00")
    text = log.getvalue()
    assert lines(log)
    assert [word for word in (serial, name, password) if word in text] == []


def test_an_error_of_the_database_is_logged_without_the_row(country, log, monkeypatch):
    """PostgreSQL repeats the values in its DETAIL line; a log must not."""
    taken = country.user("peer").username

    def fail(*_, **__):
        with transaction.atomic():
            User.objects.create(username=taken, full_name="Nguyễn Thị Kín", unit=country.middle.unit, kind="lookup")

    monkeypatch.setattr("equipment.views.figures.figures", fail)
    response = country.client("business", raise_request_exception=False).get(reverse("overview"))
    assert response.status_code == 500
    (error,) = [line for line in lines(log) if line["level"] == "ERROR"]
    assert "UniqueViolation" in error["exception"]
    assert error["exception"].count("DETAIL:  (left out)") == 2
    assert taken not in error["exception"]


def test_failing_rows_are_not_logged(country, log):
    device = country.middle.device
    try:
        with transaction.atomic():
            Equipment.objects.filter(pk=device.pk).update(status="khong-co")
    except IntegrityError:
        logging.getLogger("qltb.test").exception("refused")
    (error,) = [line for line in lines(log) if line["level"] == "ERROR"]
    assert "equipment_status_known" in error["exception"]
    assert device.serial not in error["exception"]
    assert country.middle.marker not in error["exception"]


def test_every_line_is_an_object(log):
    logger = logging.getLogger("qltb.test")
    logger.warning("hai\ndòng “%s”", "ngoặc", extra={"unit": "01", "path": settings.BASE_DIR})
    (line,) = lines(log)
    assert line["message"] == "hai\ndòng “ngoặc”"
    assert (line["level"], line["logger"], line["unit"]) == ("WARNING", "qltb.test", "01")
