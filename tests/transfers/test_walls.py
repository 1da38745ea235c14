"""Each wall alone: the receiver reads what is shared with it, and writes none of it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from core import scope
from core.models import Document, DocumentKind, Event
from core.scope import entered
from equipment.models import Equipment, EquipmentPast, LedgerEntry
from tests.equipment.pages import Person
from tests.transfers import support as s
from transfers.models import Transfer, TransferLine

pytestmark = pytest.mark.django_db
SHARED = (Transfer, TransferLine, Transfer.history.model, TransferLine.history.model)


def rows(model):
    """How many rows the database yields, whatever the application would ask."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        return cursor.fetchone()[0]


def seen_by(user):
    with entered(user.scope):
        return {model._meta.label: rows(model) for model in SHARED}


def test_a_draft_is_the_senders_alone(world):
    s.drafted(world, s.stock(world, 1))
    assert set(seen_by(world.nghiepvu_hoankiem).values()) == {0}
    assert min(seen_by(world.nghiepvu_badinh).values()) > 0
    assert min(seen_by(world.nghiepvu_hanoi).values()) > 0


def test_the_receiver_reads_from_the_decision_on_and_never_the_draft(world):
    s.decided(world, s.stock(world, 1))
    seen = seen_by(world.nghiepvu_hoankiem)
    assert (seen["transfers.Transfer"], seen["transfers.TransferLine"]) == (1, 1)
    with entered(world.nghiepvu_hoankiem.scope):
        history = Transfer.history.values_list("state", flat=True)
        assert list(history) == ["decided"], "what stood in the draft stays there"
        assert not Event.objects.visible_to(world.nghiepvu_hoankiem).filter(kind="transfer.drafted").exists()
    for who in ("nghiepvu_danang", "vanphong"):
        assert set(seen_by(getattr(world, who)).values()) == {0}


@pytest.mark.parametrize("model", [Transfer, TransferLine], ids=lambda model: model.__name__)
def test_the_receiver_writes_nothing_of_it(world, model):
    s.handed_over(world, s.stock(world, 1))
    table = model._meta.db_table
    with entered(world.nghiepvu_hoankiem.scope), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET version = version + 1')
        assert cursor.rowcount == 0
    delete = f'DELETE FROM "{table}"'
    with entered(world.nghiepvu_hoankiem.scope), connection.cursor() as cursor:
        if model is TransferLine:  # a draft's lines may be deleted, by their unit
            cursor.execute(delete)
            assert cursor.rowcount == 0
            return
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(delete)


def test_after_the_receipt_each_has_its_own(world):
    (chosen,) = s.stock(world, 1)
    s.received(world, [chosen])
    with entered(world.nghiepvu_badinh.scope):
        assert rows(Equipment) == rows(EquipmentPast) == 0
        assert set(LedgerEntry.objects.visible_to(world.nghiepvu_badinh).values_list("kind", flat=True)) == {
            "intake",
            "transfer_out",
        }
        assert rows(Equipment.history.model) == 2
    with entered(world.nghiepvu_hoankiem.scope):
        assert (rows(Equipment), rows(EquipmentPast), rows(Equipment.history.model)) == (1, 1, 1)
        assert [entry.kind for entry in LedgerEntry.objects.visible_to(world.nghiepvu_hoankiem)] == ["transfer_in"]
        kinds = {paper.kind for paper in Document.objects.visible_to(world.nghiepvu_hoankiem)}
        assert kinds == {DocumentKind.DECISION}, "papers of the dossier, none of the intake"


def test_without_the_second_wall_the_pages_still_tell_nothing(world, client_of, monkeypatch):
    (chosen,) = s.stock(world, 1)
    made = s.received(world, [chosen])
    monkeypatch.setattr(scope, "APP_ROLE", "none")
    one = Person(client_of(world.nghiepvu_hoankiem))
    told = " ".join(
        one.get(f"/thiet-bi/{chosen.code}/?tab={tab}").main for tab in ("chi-tiet", "tai-lieu", "dien-bien", "but-toan")
    )
    told += one.get(f"/dieu-chuyen/{made.number}/?tab=dien-bien").main
    for word in ("TN-01.001", "Tiếp nhận theo", "Lập hồ sơ điều chuyển", "bien-ban.pdf"):
        assert word not in told, word
    sender = Person(client_of(world.nghiepvu_badinh))
    assert sender.get(f"/thiet-bi/{chosen.code}/").status == 404
    line = sender.get(f"/dieu-chuyen/{made.number}/thiet-bi/{chosen.code}/?tab=but-toan")
    assert "Điều chuyển đến" not in line.main
