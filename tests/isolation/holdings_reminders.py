"""What the sweep has written of everything that is open in the country, as if today were a working day."""

from django.utils import timezone

from deadlines.models import Obligation, Reminder
from deadlines.rules import Step


def furnish() -> None:
    """Every step of every open obligation."""
    today = timezone.localdate()
    Reminder.objects.bulk_create(
        Reminder(obligation=one, unit_id=one.unit_id, step=step, due_date=one.due_date, day=today)
        for one in Obligation.objects.open()
        for step in Step
    )
