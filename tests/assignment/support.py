from django.utils import timezone

from equipment.actions.assignment import Transfer, assign
from equipment.models import Equipment
from equipment.rules.assignment import AssignmentKind


def fresh(*devices):
    rows = Equipment.objects.filter(pk__in=[d.pk for d in devices]).select_related("unit", "category")
    return list(rows.order_by("pk"))


def hand_over(office, *devices, to=None, room=None, on=None, by=None, **more):
    given = Transfer(
        kind=AssignmentKind.HAND_OVER,
        devices=fresh(*devices),
        on=on or timezone.localdate(),
        employee=to,
        room=room,
        **more,
    )
    return assign(given, by=by or office.by)


def give_back(office, *devices, on=None, by=None, **more):
    given = Transfer(kind=AssignmentKind.RETURN, devices=fresh(*devices), on=on or timezone.localdate(), **more)
    return assign(given, by=by or office.by)
