"""What the units of the country have sent to their superiors, with the sender's marker in every text."""

from datetime import date
from typing import Any

from django.test import override_settings

from accounts.models import User
from dispatch import actions
from dispatch.actions.identifiers import name_agency
from dispatch.rules import Attachment, Letter, State
from orgs.queries import superiors
from tests.isolation.holdings_yearend import CLERKS


def furnish(country: Any) -> None:
    """`dispatch` came and was returned; `dispatch_waiting` couldn't leave yet."""
    above, unit = superiors(), country.middle.unit
    name_agency(
        unit,
        organ_id="000.00.01.A02",
        in_charge="BHXH Việt Nam",
        source="Công văn 12",
        by=country.user("admin1"),
        version=0,
    )
    for code, name in CLERKS.items():
        holding = country.holdings[code]
        by = User.objects.select_related("unit").get(pk=country.world.users[name].pk)
        receiver = above[holding.unit.pk]
        sent = _send(holding, receiver, by=by)
        actions.answer(sent, state=State.RETURNED, reason=f"Sai vì {holding.marker}", by=country.user("admin1"))
        with override_settings(DISPATCH_ADAPTER="folder", DISPATCH_FOLDER="/khong-co-thu-muc"):
            waiting = _send(holding, receiver, by=by)
        holding.more |= {"dispatch": sent, "dispatch_waiting": waiting}
        holding.told += [sent.number, waiting.number]


def _send(holding: Any, receiver: Any, *, by: User) -> Any:
    marker = holding.marker
    letter = Letter(
        number="15",
        notation=marker,
        day=date(2026, 1, 9),
        place=f"Nơi {marker}",
        subject=f"Báo cáo {marker}",
        content=f"Nội dung {marker}",
        signatory=f"Ký {marker}",
        staff=f"Lập {marker}",
    )
    file = Attachment(f"{marker}.pdf", marker.encode(), "application/pdf", f"Tệp {marker}")
    report = holding.more["annual"]
    return actions.send(
        subject=report, sender=holding.unit, receiver=receiver, letter=letter, attachments=[file], by=by
    )
