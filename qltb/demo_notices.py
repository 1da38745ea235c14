"""What people of the demonstration are told of their own obligations, in the words of the sweep.

The sweep itself tells nobody of what was entered today, and today is when the demonstration is made.
"""

from django.utils import timezone

from accounts.demo import BA_DINH, HANOI
from accounts.models import User
from accounts.rules import Kind
from deadlines import texts
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules.steps import step_reached
from notices.actions import mark_read, tell
from notices.models import Notice

EACH = 4


def make_notices() -> int:
    """Remind two clerks of what they are late with or have to do next; one has read the first. How many notices."""
    today, known = timezone.localdate(), calendar()
    pairs = []
    for code in (BA_DINH, HANOI):
        clerk = User.objects.select_related("unit").get(unit__code=code, kind=Kind.BUSINESS, is_active=True)
        due = Obligation.objects.open().filter(unit=clerk.unit).select_related("unit").order_by("due_date", "pk")
        for owed in due[:EACH]:
            if step := step_reached(owed.due_date, today, known):
                late = texts.late_by(owed, today, known)
                pairs.append((clerk, texts.reminder(owed, step, superior="", late=late)))
    made = tell(pairs)
    if pairs:
        mark_read(Notice.objects.filter(owner=pairs[0][0], key=pairs[0][1].key))
    return made
