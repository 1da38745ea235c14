"""Changing many devices through the pages, as a browser does it."""

from lxml import html

from equipment.actions import equipment
from equipment.models import Equipment
from equipment.rules.lifecycle import Status
from tests import world as w
from tests.equipment.support import taken_in

URL = "/thiet-bi/sua-hang-loat/"
ROOM = "01.001.T1"


def make_stock(world):
    """Six devices of Ba Đình, of which some are there already, one is gone and one is on its way."""
    made = taken_in(world, world.nghiepvu_badinh, [f"SN{n}" for n in range(6)])
    found = w.devices(made)
    room = world.units[ROOM]
    for item, values in ((found[0], {"note": "cũ"}), (found[1], {"room": room, "condition": "poor"})):
        equipment.describe(item, values=values, reason="Thử", by=world.nghiepvu_badinh, version=1)
    Equipment.objects.filter(pk=found[4].pk).update(status=Status.DISPOSED)
    Equipment.objects.filter(pk=found[5].pk).update(status=Status.IN_TRANSFER)
    return w.devices(made)


def tree(response):
    return html.document_fromstring(response.content.decode())


def text(response):
    return " ".join(tree(response).xpath("//main")[0].text_content().split())


def fields(response):
    """The form that goes on from the page, as a browser would send it."""
    form = tree(response).xpath("//main//form[@method='post']")[0]
    data: dict = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def chosen(items):
    return {"id": [item.code for item in items]}


def look(client, sent, **typed):
    """From the list to the page that asks whether to do it."""
    page = client.post(URL, sent)
    assert page.status_code == 200, text(page)
    return client.post(URL, {**fields(page), "reason": "Kiểm kê", **typed, "step": "xem"})


def write(client, page, **changes):
    return client.post(URL, {**fields(page), "step": "ghi", **changes})


def told(rows):
    return [(row.room_id, row.condition, row.note, row.version) for row in rows]


def now(items):
    return list(Equipment.objects.filter(pk__in=[i.pk for i in items]).order_by("pk"))
