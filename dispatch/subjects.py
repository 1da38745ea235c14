"""What is sent is made by apps above: each says where its things are shown, and hears what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

if TYPE_CHECKING:
    from dispatch.models import Dispatch, DispatchEvent

Address = Callable[[str, int], str]
"""The address of a thing by its label and key."""
OnReceipt = Callable[["Dispatch", "DispatchEvent"], None]
"""Called, elevated and in the transaction that writes it, when a message of the document system changed the state."""


@dataclass(frozen=True)
class Subject:
    """How things of one model are shown, and who hears of them."""

    address: Address
    on_receipt: OnReceipt


_subjects: dict[str, Subject] = {}


def offer(model: type[Model], *, address: Address, on_receipt: OnReceipt) -> None:
    """Called from AppConfig.ready: things of this model are sent."""
    _subjects[model._meta.label_lower] = Subject(address, on_receipt)


def _subject_of(subject_type: int) -> Subject | None:
    kind = ContentType.objects.get_for_id(subject_type)
    return _subjects.get(f"{kind.app_label}.{kind.model}")


def address_of(subject_type: int, label: str, pk: int) -> str:
    """Where a subject is shown; empty for what no page shows. No query: content types are cached."""
    found = _subject_of(subject_type)
    return found.address(label, pk) if found else ""


def tell(dispatch: "Dispatch", event: "DispatchEvent") -> None:
    """Let the subject's app hear what became of it."""
    if found := _subject_of(dispatch.subject_type_id):
        found.on_receipt(dispatch, event)
