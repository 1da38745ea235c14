"""What obligations are about is made by apps above: each says where its things are shown."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

Address = Callable[[str, int], str]
"""The address of a thing by its label and key."""
_addresses: dict[str, Address] = {}


def offer(model: type[Model], address: Address) -> None:
    """Called from AppConfig.ready: where things of this model are shown."""
    _addresses[model._meta.label_lower] = address


def address_of(subject_type: int, label: str, pk: int) -> str:
    """Where an obligation's subject is shown; empty for what no page shows. No query: content types are cached."""
    kind = ContentType.objects.get_for_id(subject_type)
    address = _addresses.get(f"{kind.app_label}.{kind.model}")
    return address(label, pk) if address else ""
