"""Lists with saved views, as a browser reads and sends them."""

from django.urls import reverse
from lxml import html

LIST = "/thiet-bi/"


def tree(response):
    return html.document_fromstring(response.content.decode())


def menu(response):
    """The words of the menu of views."""
    (found,) = tree(response).xpath("//details[summary[contains(., 'Chế độ xem')]]")
    return " ".join(found.text_content().split())


def state_of(response):
    """What the page wrote down to be saved."""
    return tree(response).xpath("//input[@name='state'][@type='hidden']/@value")[0]


def labels(response):
    """The heads of the columns, in order."""
    return [" ".join(one.text_content().split()) for one in tree(response).xpath("//thead//th[not(@class='check')]")]


def save(client, query="status=in_stock&sort=-serial", **data):
    """Save the list as it is looked at, through its page."""
    page = client.get(f"{LIST}?{query}" if query else LIST)
    return client.post(reverse("saved_views:create"), {"name": "Máy chờ cấp", "state": state_of(page), **data})


def act(client, what, view, /, **data):
    return client.post(reverse(f"saved_views:{what}", args=[view.public_id]), data)
