"""No page of transfers asks the database more often because there is more to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import DocumentKind
from tests import world as w
from tests.transfers import support as s
from transfers.rules import Arrival, Result

# As in production a request is the outermost transaction.
pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12
MOST_ON_PAPER = 15  # all tabs of a record at once
MOST_IN_FORM = 14  # a form reads what it asks about, and who may be asked
SENDER, RECEIVER = "nghiepvu_badinh", "nghiepvu_hoankiem"


def count(client, url):
    client.get(url)  # what is read once for each process
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
    asked = [query["sql"] for query in captured if query["sql"] not in {"BEGIN", "COMMIT"}]
    assert response.status_code == 200, url
    return len(asked)


def pages(world, client_of, many, prefix):
    """Every page of both sides, over transfers of so many devices."""

    def stock(name):
        return s.stock(world, many, prefix=f"{prefix}{name}")

    draft, decided = s.drafted(world, stock("A")), s.decided(world, stock("B"))
    handed, differing = s.handed_over(world, stock("C")), s.handed_over(world, stock("D"))
    s.receive(world, differing, result=Result.REFUSED)
    gone = stock("E")
    received = s.received(world, gone)
    for made in (draft, decided, handed):
        for _ in range(many):
            s.paper(made, world.nghiepvu_badinh, DocumentKind.OTHER)
    d = "/dieu-chuyen/"
    asked = [
        (SENDER, d), (RECEIVER, f"{d}?state=handed_over&direction=den&q=dc"), (SENDER, f"{d}?export=csv"),
        *((who, f"{d}{one.number}/{tab}") for one in (handed, differing, received) for who in (SENDER, RECEIVER)
          for tab in ("", "?tab=thiet-bi", "?tab=dien-bien")),
        (SENDER, f"{d}{draft.number}/"), (SENDER, f"{d}{draft.number}/quyet-dinh/"),
        (SENDER, f"{d}{draft.number}/huy/"),
        (SENDER, f"{d}{received.number}/thiet-bi/{gone[0].code}/"),
        (SENDER, f"{d}{received.number}/thiet-bi/{gone[0].code}/?tab=dien-bien"),
        (SENDER, f"{d}{received.number}/thiet-bi/{gone[0].code}/?tab=but-toan"),
        (RECEIVER, f"{d}don-vi/?q=ha"),
    ]  # fmt: skip
    forms = [
        (SENDER, f"{d}moi/"), (SENDER, f"{d}{draft.number}/sua/"), (SENDER, f"{d}{decided.number}/chuan-bi/"),
        (SENDER, f"{d}{decided.number}/ban-giao/"), (RECEIVER, f"{d}{handed.number}/nhan/"),
        (SENDER, f"{d}{differing.number}/chenh-lech/"),
    ]  # fmt: skip
    paper = [(RECEIVER, f"{d}{handed.number}/?in=pdf")]
    clients = {who: client_of(getattr(world, who)) for who in (SENDER, RECEIVER)}
    found = {}
    for limit, some in ((MOST, asked), (MOST_IN_FORM, forms), (MOST_ON_PAPER, paper)):
        for at, (who, url) in enumerate(some):
            found[limit, at, url.partition("?")[2] or url.rstrip("/").rpartition("/")[2]] = count(clients[who], url)
    return {(limit, at): (name, asked) for (limit, at, name), asked in found.items()}


def test_pages_ask_as_often_for_many_as_for_few(client_of):
    world = w.make_world()
    few = pages(world, client_of, 1, "F")
    many = pages(world, client_of, 12, "M")
    more = {key: (few[key], many[key]) for key in few if many[key][1] > few[key][1]}
    assert more == {}
    assert {key: value for key, value in many.items() if value[1] > key[0]} == {}


def test_a_receipt_of_many_asks_in_proportion_to_nothing_but_its_lines(world):
    """Devices, books and the past are written in bulk."""
    counts = []
    for many in (2, 20):
        made = s.handed_over(world, s.stock(world, many, prefix=f"R{many}"))
        with CaptureQueriesContext(connection) as captured:
            s.receive(world, made, p1=Arrival(Result.RECEIVED))
        counts.append(len(captured))
    assert counts[1] - counts[0] <= 2, counts
