"""The closing of a year's books (art. 13.8)."""

from django.conf import settings
from django.db import models

from core.fields import CleanTextField
from core.scope import ScopedQuerySet
from core.walls import APPEND_ONLY, Wall
from orgs.models import OrgUnit


class PeriodLock(models.Model):
    """That the books of `unit` are closed up to the last day of `year`: no earlier effective date comes in.

    The database holds it (triggers on the ledger and on the history of devices). The application may only close:
    opening again is an elevated act of a level-1 admin, who leaves the row and marks it. At most one stands at a time
    for a unit and year; years before it are closed with it.
    """

    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    closed_until = models.DateField("khóa đến hết ngày")
    locked_at = models.DateTimeField("khóa lúc", auto_now_add=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người khóa"
    )
    reason = CleanTextField("lý do khóa khi còn cảnh báo", blank=True, max_length=2000)
    unlocked_at = models.DateTimeField("mở khóa lúc", null=True, blank=True)
    unlocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người mở khóa",
    )
    unlock_reason = CleanTextField("lý do mở khóa", blank=True, max_length=2000)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "khóa số liệu"
        ordering = ["-year", "-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], condition=models.Q(unlocked_at=None), name="periodlock_once"
            ),
            models.CheckConstraint(
                condition=models.Q(unlocked_at=None, unlocked_by=None)
                | models.Q(unlocked_at__isnull=False, unlocked_by__isnull=False),
                name="periodlock_unlocked_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_until__year=models.F("year"), closed_until__month=12, closed_until__day=31),
                name="periodlock_whole_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"
