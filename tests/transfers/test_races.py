"""Both sides at once, and each step twice: one of them wins, the other is told, the books are moved once."""

import pytest
from django.test import Client

from core.models import DocumentKind, Event
from equipment.models import Equipment, EquipmentPast, LedgerEntry, Reservation
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.pages import Person
from tests.equipment.support import ready, vn
from tests.transfers import support as s
from transfers.models import Transfer, TransferLine
from transfers.rules import Result

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return w.make_world()


@pytest.fixture
def colleague(world):
    """A second technician at the sender."""
    return w.make_user("nghiepvu2.badinh", world.units["01.001"], "business")


def someone(user):
    client = Client()
    client.force_login(user)
    return Person(client)


def pages(*acts):
    given = at_once(*acts)
    assert not failures(given), given
    return given


def statuses(given):
    return sorted(page.status for page in given)


def pressing(user, url, **typed):
    """Open the form now; what is given sends it."""
    one = someone(user)
    form = one.get(url).form() | typed
    return lambda: one.post(url, form)


def moved():
    """Lines of the books of transfers, and what came along."""
    kinds = LedgerEntry.objects.filter(kind__startswith="transfer").values_list("kind", flat=True)
    return sorted(kinds), EquipmentPast.objects.count()


def test_the_receipt_pressed_twice_moves_the_books_once(world):
    second = w.make_user("nghiepvu2.hoankiem", world.units["01.002"], "business")
    made = s.handed_over(world, s.stock(world, 2))
    url = f"/dieu-chuyen/{made.number}/nhan/"
    all_here = {"result_1": "received", "result_2": "received"}
    given = pages(*(pressing(user, url, **all_here) for user in (world.nghiepvu_hoankiem, second)))
    assert statuses(given) == [200, 422]
    assert moved() == (["transfer_in"] * 2 + ["transfer_out"] * 2, 2)
    assert Event.objects.filter(kind="transfer.received").count() == 1


def test_each_step_of_the_sender_twice(world, colleague):
    both = (world.nghiepvu_badinh, colleague)
    chosen = s.stock(world, 1)
    made = s.drafted(world, chosen)
    s.paper(made, world.nghiepvu_badinh, DocumentKind.DECISION)
    url = f"/dieu-chuyen/{made.number}/"
    facts = {"number": "1", "day": vn(w.past(0)), "signer": "A"}
    assert statuses(pages(*(pressing(user, f"{url}quyet-dinh/", **facts) for user in both))) == [200, 422]
    names = {"giver_name": "A", "receiver_name": "B"}
    assert statuses(pages(*(pressing(user, f"{url}ban-giao/", **names) for user in both))) == [200, 422]
    s.receive(world, made, result=Result.REFUSED)
    assert statuses(pages(*(pressing(user, f"{url}chenh-lech/", outcome_1="returned") for user in both))) == [200, 422]
    made.refresh_from_db()
    assert made.state == "refused"
    history = list(Transfer.history.order_by("history_id").values_list("state", flat=True))
    assert history == ["draft", "decided", "handed_over", "difference", "refused"]
    assert list(Equipment.history.filter(id=chosen[0].pk).values_list("status", flat=True).order_by("history_id")) == [
        "in_stock",
        "in_transfer",
        "in_stock",
    ]


def test_cancelled_while_it_is_handed_over(world, colleague):
    made = s.decided(world, s.stock(world, 1))
    url = f"/dieu-chuyen/{made.number}/"
    over = pressing(world.nghiepvu_badinh, f"{url}ban-giao/", giver_name="A", receiver_name="B")
    off = pressing(colleague, f"{url}huy/", reason="Thu hồi")
    given = pages(over, off)
    made.refresh_from_db()
    assert (given[0].status, made.state) in {(200, "handed_over"), (422, "cancelled")}
    assert given[1].status == (200 if made.state == "cancelled" else 422) or given[1].status == 403
    assert Equipment.objects.get().status == ("in_transfer" if made.state == "handed_over" else "in_stock")
    assert Reservation.objects.exists() == (made.state == "handed_over")


def test_the_missing_one_arrives_while_the_sender_takes_it_back(world):
    chosen = s.stock(world, 2)
    made = s.difference(world, chosen)
    url = f"/dieu-chuyen/{made.number}/"
    arrive = pressing(world.nghiepvu_hoankiem, f"{url}nhan/", result_1="received")
    back = pressing(world.nghiepvu_badinh, f"{url}chenh-lech/", outcome_1="returned")
    given = pages(arrive, back)
    made.refresh_from_db()
    assert statuses(given) == [200, 422]
    assert s.now(chosen[0]) == [("01.002", "in_stock") if given[0].status == 200 else ("01.001", "in_stock")]
    assert made.state == ("received" if given[0].status == 200 else "partly_received")
    assert not Reservation.objects.exists()


def test_the_receiver_takes_in_the_same_serial_meanwhile(world):
    chosen = s.stock(world, 1)
    made = s.handed_over(world, chosen)
    intake = ready(world, world.nghiepvu_hoankiem, ["sn-0"])
    confirm = pressing(world.nghiepvu_hoankiem, f"/tiep-nhan/{intake.number}/tiep-nhan/")
    take = pressing(world.nghiepvu_hoankiem, f"/dieu-chuyen/{made.number}/nhan/", result_1="received")
    given = pages(confirm, take)
    assert statuses(given) == [200, 422]
    assert Equipment.objects.filter(unit__code="01.002", serial__iexact="sn-0").count() == 1
    assert moved() == ((["transfer_in", "transfer_out"], 1) if given[1].status == 200 else ([], 0))


def test_two_transfers_want_the_same_device(world, colleague):
    (chosen,) = s.stock(world, 1)
    acts = [
        pressing(user, "/dieu-chuyen/moi/", receiver="01.002", reason="x", devices=chosen.code)
        for user in (world.nghiepvu_badinh, colleague)
    ]
    given = pages(*acts)
    assert statuses(given) == [200, 422]
    (lost,) = [page for page in given if page.status == 422]
    assert chosen.code in lost.summary
    assert Transfer.objects.count() == TransferLine.objects.count() == Reservation.objects.count() == 1


def test_the_form_sent_twice_makes_one_draft(world):
    (chosen,) = s.stock(world, 1)
    one = someone(world.nghiepvu_badinh)
    form = one.get("/dieu-chuyen/moi/").form() | {"receiver": "01.002", "reason": "x", "devices": chosen.code}
    given = pages(*(lambda: one.post("/dieu-chuyen/moi/", form) for _ in range(2)))
    again = one.post("/dieu-chuyen/moi/", form)
    made = f"/dieu-chuyen/{Transfer.objects.get().number}/"
    assert {page.url for page in given if page.status == 200} | {again.url} == {made}
    assert Transfer.objects.count() == 1


def test_two_transfers_in_opposite_directions(world):
    """Their devices are locked in one order: nobody waits for ever."""
    mine, theirs = s.stock(world, 3), s.stock(world, 3, by="nghiepvu_hoankiem", prefix="HK")
    out = s.handed_over(world, mine)
    back = s.handed_over(world, theirs, by="nghiepvu_hoankiem", to="01.001")
    here = {f"result_{n}": "received" for n in (1, 2, 3)}
    given = pages(
        pressing(world.nghiepvu_hoankiem, f"/dieu-chuyen/{out.number}/nhan/", **here),
        pressing(world.nghiepvu_badinh, f"/dieu-chuyen/{back.number}/nhan/", **here),
    )
    assert statuses(given) == [200, 200]
    assert s.now(*mine, *theirs) == [("01.002", "in_stock")] * 3 + [("01.001", "in_stock")] * 3
