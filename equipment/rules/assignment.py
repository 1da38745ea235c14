"""Handing devices over to people and rooms, and getting them back (art. 7)."""

from django.db import models

from equipment.rules.lifecycle import Status

PREFIX = "BG"


class AssignmentKind(models.TextChoices):
    HAND_OVER = "hand_over", "Bàn giao"
    RETURN = "return", "Thu hồi"


ASSIGNMENT_TONES = {AssignmentKind.HAND_OVER: "ok", AssignmentKind.RETURN: "info"}

ALLOWED = {
    AssignmentKind.HAND_OVER: frozenset({Status.IN_STOCK, Status.IN_USE}),
    AssignmentKind.RETURN: frozenset({Status.IN_USE}),
}
"""From which states a device may be handed over, or returned."""

RESULT = {AssignmentKind.HAND_OVER: Status.IN_USE, AssignmentKind.RETURN: Status.IN_STOCK}


class RecoveryReason(models.TextChoices):
    MOVED = "moved", "Chuyển công tác"
    RETIRED = "retired", "Nghỉ hưu"
    LEFT = "left", "Thôi việc"
