"""Whose request it is: the other side, strangers, internal notes; each wall alone."""

import random

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import scope
from core.errors import DomainError
from core.scope import entered
from orgs.models import OrgUnit
from orgs.queries import superiors
from orgs.rules import UnitKind
from support.actions import asking, ready, steps
from support.models import CannedAnswer, SupportFile, SupportMessage, SupportRequest
from tests.support import support as s

pytestmark = pytest.mark.django_db
SECRET = "Goi-lai-Zq5512"


@pytest.fixture
def noted(world):
    """A request with an internal note of its handler, and a file in the note."""
    made = s.asked(world.nghiepvu_badinh, files=[s.picture()])
    steps.note(made, text=SECRET, by=world.nghiepvu_hanoi, files=[s.picture(name=f"{SECRET}.png")])
    return s.answered(made, world.admin2_hanoi)


def pages(number):
    tabs = [f"/ho-tro/{number}/?tab={tab}" for tab in ("trao-doi", "boi-canh", "dien-bien")]
    steps_of_asker = [f"/ho-tro/{number}/{step}/" for step in ("hoi-tiep", "dong")]
    return [*tabs, *steps_of_asker, f"/ho-tro/{number}/?in=pdf", "/ho-tro/", "/ho-tro/?export=csv"]


@pytest.mark.parametrize("second_wall", [True, False], ids=["both walls", "the first alone"])
@pytest.mark.parametrize("who", ["nghiepvu_badinh", "tracuu_badinh"])
def test_internal_notes_never_reach_the_asker(noted, world, client_of, monkeypatch, who, second_wall):
    if not second_wall:
        monkeypatch.setattr(scope, "APP_ROLE", "none")
    client = client_of(getattr(world, who))
    for url in pages(noted.number):
        response = client.get(url)
        assert response.status_code == 200, url
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert SECRET not in body.decode("utf-8", "replace"), url
        assert "nội bộ" not in body.decode("utf-8", "replace"), url
    note = SupportMessage.objects.get(kind="note")
    assert client.get(f"/ho-tro/tep/{note.files.get().public_id}/").status_code == 404
    handler = client_of(world.nghiepvu_hanoi)
    assert SECRET in handler.get(f"/ho-tro/{noted.number}/").content.decode()
    assert handler.get(f"/ho-tro/tep/{note.files.get().public_id}/").status_code == 200


def test_the_database_alone_keeps_notes_from_the_asker(noted, world):
    with entered(world.nghiepvu_badinh.scope), connection.cursor() as cursor:
        for table, many in ((SupportMessage, 2), (SupportFile, 1), (SupportRequest, 1)):
            cursor.execute(f'SELECT count(*) FROM "{table._meta.db_table}"')
            assert cursor.fetchone()[0] == many, table
    for stranger in ("nghiepvu_hoankiem", "nghiepvu_danang", "vanphong"):
        with entered(getattr(world, stranger).scope), connection.cursor() as cursor:
            for table in (SupportMessage, SupportFile, SupportRequest, SupportRequest.history.model):
                cursor.execute(f'SELECT count(*) FROM "{table._meta.db_table}"')
                assert cursor.fetchone()[0] == 0, table


def test_every_account_of_the_unit_writes_its_own_rows_and_nobody_elses(noted, world):
    with entered(world.tracuu_badinh.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE support_supportrequest SET version = version")
        assert cursor.rowcount == 1
    with entered(world.nghiepvu_hanoi.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE support_supportrequest SET version = version")
        assert cursor.rowcount == 0, "the handler's steps are taken beyond the wall, after its door"
    for sql in ("UPDATE support_supportmessage SET text = ''", "DELETE FROM support_supportfile"):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            entered(world.nghiepvu_badinh.scope),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_names_of_the_handlers_people_stay_in_their_unit(noted, world, client_of):
    body = client_of(world.nghiepvu_badinh).get(f"/ho-tro/{noted.number}/").content.decode()
    assert world.admin2_hanoi.full_name not in body
    assert "BHXH thành phố Hà Nội" in body


@pytest.mark.parametrize("who", ["nghiepvu_hoankiem", "nghiepvu_danang", "vanphong"])
def test_strangers_find_nothing(noted, world, client_of, who):
    client = client_of(getattr(world, who))
    names = ("", "tra-loi/", "hoi-lai/", "bo-sung/", "hoi-tiep/", "ghi-chu/", "chuyen-len/", "uu-tien/", "dong/")
    for name in names:
        for method in (client.get, client.post):
            if not name and method == client.post:
                continue
            assert method(f"/ho-tro/{noted.number}/{name}").status_code == 404, name
    for file in SupportFile.objects.all():
        assert client.get(f"/ho-tro/tep/{file.public_id}/").status_code == 404
    assert client.get("/ho-tro/", {"q": noted.number}).context["count"] == 0
    assert client.get("/ho-tro/thong-ke/").context["whole"].line.total == 0


def test_the_asker_takes_none_of_the_handlers_steps(noted, world, client_of):
    made = s.asked(world.nghiepvu_badinh)
    for who in (world.nghiepvu_badinh, world.tracuu_badinh, world.tracuu_hanoi):
        client = client_of(who)
        for name in ("tra-loi", "hoi-lai", "ghi-chu", "uu-tien", "chuyen-len"):
            sent = {"version": made.version, "text": "x", "reason": "x", "priority": "1_high"}
            assert client.post(f"/ho-tro/{made.number}/{name}/", sent).status_code == 403, (who, name)
    for act in (steps.note, steps.answer, steps.ask_back):
        more = {} if act is steps.note else {"version": made.version}
        with pytest.raises(DomainError):
            act(s.fresh(made), text="x", by=world.nghiepvu_badinh, **more)
    assert made.messages.count() == 1


def test_a_unit_that_answers_itself_has_nothing_internal(world, center):
    made = s.asked(world.admin1)
    assert made.partner_id == made.unit_id
    with pytest.raises(DomainError):
        steps.note(made, text="x", by=center)
    assert s.answered(made, center).state == "answered"
    assert s.owed(made) == [("00.CNTT", "fulfilled")]


def test_ready_answers_are_the_units_own(world, client_of):
    kept = ready.write(None, title="In tem", text="Chọn khổ giấy.", by=world.nghiepvu_hanoi)
    assert "In tem" in client_of(world.admin2_hanoi).get("/ho-tro/cau-mau/").content.decode()
    for who in ("nghiepvu_danang", "admin1"):
        client = client_of(getattr(world, who))
        assert "In tem" not in client.get("/ho-tro/cau-mau/").content.decode()
        assert client.post(f"/ho-tro/cau-mau/{kept.public_id}/xoa/").status_code == 404
    made = s.asked(world.nghiepvu_danang)
    url = f"/ho-tro/{made.number}/tra-loi/?mau={kept.public_id}"
    assert "Chọn khổ giấy." not in client_of(world.admin1).get(url).content.decode()
    assert CannedAnswer.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "https://evil.example/thiet-bi/",
        "javascript:alert(1)",
        "/\\evil.example",
        "/khong-co-trang/",
        "thiet-bi/",
        "/thiet-bi/\x00",
        "/thiet-bi/%0d%0aX: y\n",
    ],
)
def test_only_pages_of_this_site_are_kept_and_linked(world, client_of, address):
    client = client_of(world.nghiepvu_badinh)
    page = client.get("/ho-tro/moi/", {"tu": address} if "\x00" not in address else {})
    assert page.status_code == 200
    assert page.context["page_name"] == ""
    sent = {"topic": "usage", "subject": "Hỏi", "text": "Nội dung", "page": address.replace("\x00", "")}
    if address.startswith("/thiet-bi/"):
        return  # without its unseen sign it is a page of ours
    assert client.post("/ho-tro/moi/", sent).status_code == 302
    assert SupportRequest.objects.latest("pk").page == ""


def test_the_page_it_was_asked_from_comes_along(world, client_of):
    client = client_of(world.nghiepvu_badinh)
    came = client.get("/ho-tro/moi/", headers={"Referer": "http://testserver/thiet-bi/01.001-000001/?tab=but-toan"})
    assert came.context["page_name"] == "Thiết bị 01.001-000001"
    assert client.get("/ho-tro/moi/", headers={"Referer": "http://evil.example/thiet-bi/"}).context["page_name"] == ""
    sent = {"topic": "usage", "subject": "Hỏi", "text": "Nội dung", "page": "/thiet-bi/01.001-000001/?tab=but-toan"}
    client.post("/ho-tro/moi/", sent, headers={"User-Agent": "Firefox 115\x01"})
    made = SupportRequest.objects.get()
    assert (made.page, made.page_title, made.browser) == (sent["page"], "Thiết bị 01.001-000001", "Firefox 115")
    assert made.app_version
    handler = client_of(world.nghiepvu_hanoi).get(f"/ho-tro/{made.number}/?tab=boi-canh").content.decode()
    assert 'href="/thiet-bi/01.001-000001/?tab=but-toan"' in handler


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_every_unit_of_any_tree_has_one_who_answers(db, seed):
    """A district its nearest agency above; provinces, units of the headquarters and IT Center itself IT Center."""
    rng = random.Random(seed)
    with transaction.atomic():
        root = OrgUnit.objects.add_root(instance=OrgUnit(code="00", name="Ngành", kind=UnitKind.HQ))
        grown = [root]
        for n in range(rng.randint(2, 14)):
            parent = rng.choice(grown)
            parent.refresh_from_db()
            kind = rng.choice([UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.HQ_UNIT, UnitKind.DEPARTMENT])
            unit = OrgUnit(code=f"U{n}", name=f"Đơn vị {n}", kind=kind)
            grown.append(OrgUnit.objects.add_child(parent, instance=unit))
        root.refresh_from_db()
        center = OrgUnit(code="CNTT", name="Trung tâm CNTT", kind=UnitKind.HQ_UNIT, nationwide=True)
        center = OrgUnit.objects.add_child(root, instance=center)
        agencies = list(OrgUnit.objects.agencies())
        assert len(agencies) >= 2
        for unit in agencies:
            handler = asking.handler_of(unit)
            if unit.kind == UnitKind.DISTRICT:
                above = [one for one in agencies if unit.path.startswith(one.path) and one.pk != unit.pk]
                assert handler == max(above, key=lambda one: len(one.path))
            else:
                assert handler == center
        assert center.pk not in superiors()
        transaction.set_rollback(True)


def test_nobody_asks_without_logging_in():
    for url in ("/ho-tro/", "/ho-tro/moi/", "/ho-tro/tro-giup/", "/ho-tro/thong-ke/"):
        assert Client().get(url).status_code == 302
