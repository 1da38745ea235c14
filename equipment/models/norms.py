"""How much a post, a room, so many people or a unit may have (art. 7). IT Center keeps the figures (art. 14.3)."""

from datetime import date
from typing import Self

from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField, MoneyField
from core.scope import ScopedQuerySet
from core.walls import EVERYTHING, NoWall, Wall
from equipment.models.catalogue import Category
from equipment.rules.norms import Scope
from orgs.models import OrgUnit
from personnel.models import Title

SHARED = NoWall("catalogue shared by the whole sector (art. 14.3)", may=("INSERT", "UPDATE"))


class NormSetQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """The sets that hold on `day`."""
        return self.filter(valid_from__lte=day).filter(models.Q(valid_to=None) | models.Q(valid_to__gte=day))


class NormSet(models.Model):
    """The norms of one decision, with the days between which they hold."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = CleanCharField("văn bản", max_length=200)
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    source = CleanTextField("nguồn", blank=True, max_length=1000)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NormSetQuerySet.as_manager()
    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "bộ định mức"
        ordering = ["-valid_from", "code"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_from__lte=models.F("valid_to")),
                name="normset_interval",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Norm(models.Model):
    """So many devices of a category for whoever the norm is about. No quantity: none was decided yet."""

    norm_set = models.ForeignKey(NormSet, on_delete=models.PROTECT, related_name="norms", verbose_name="bộ định mức")
    group = CleanCharField("nhóm chức danh", max_length=20, blank=True)
    description = CleanCharField("áp dụng cho", max_length=300, blank=True)
    scope = models.CharField("tính theo", max_length=10, choices=Scope)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại thiết bị")
    quantity = models.PositiveSmallIntegerField("số lượng tối đa", null=True, blank=True)
    per = models.PositiveSmallIntegerField("cho mỗi (người)", null=True, blank=True)
    counted = CleanJSONField("chỉ tính các nhóm", default=list, blank=True)
    alternatives = CleanJSONField("hoặc các loại", default=list, blank=True)
    ceiling = MoneyField("mức giá tối đa", null=True, blank=True)
    source = CleanTextField("nguồn", blank=True, max_length=1000)
    confidence = CleanCharField("độ tin cậy", max_length=200, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=1000)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "định mức"
        ordering = ["norm_set", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="norm_scope_known"),
            models.CheckConstraint(condition=models.Q(per=None) | models.Q(per__gt=0), name="norm_per_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.norm_set_id} {self.group} {self.category_id}"


class TitleGroup(models.Model):
    """In which group of a decision a post is."""

    norm_set = models.ForeignKey(NormSet, on_delete=models.PROTECT, related_name="titles", verbose_name="bộ định mức")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="+", verbose_name="chức danh")
    group = CleanCharField("nhóm chức danh", max_length=20)
    confidence = CleanCharField("độ tin cậy", max_length=200, blank=True)

    history = HistoricalRecords()
    wall = NoWall("catalogue shared by the whole sector (art. 14.3)", may=EVERYTHING)

    class Meta:
        verbose_name = "nhóm của chức danh"
        ordering = ["title__position", "id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["norm_set", "title"], name="titlegroup_once")]

    def __str__(self) -> str:
        return f"{self.title_id}: {self.group}"


class NormCount(models.Model):
    """A device of one category counts against the norm of another; a multifunction one against each function."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại thiết bị")
    counts_as = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="tính vào loại")
    source = CleanTextField("nguồn", blank=True, max_length=500)

    wall = NoWall("catalogue shared by the whole sector (art. 14.3)", may=EVERYTHING)

    class Meta:
        verbose_name = "cách tính vào định mức"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["category", "counts_as"], name="normcount_once")]

    def __str__(self) -> str:
        return f"{self.category_id} → {self.counts_as_id}"


class NormStanding(models.Model):
    """What a unit has beyond its norms and lacks, as it was counted last: the dashboard adds these up over the country.

    Counted every night by a task, and by nobody else; the page of a unit's norms counts anew.
    """

    unit = models.OneToOneField(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    counted_on = models.DateField("tính đến ngày")
    excess = models.PositiveIntegerField("thừa")
    shortage = models.PositiveIntegerField("thiếu")

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=())

    class Meta:
        verbose_name = "thừa, thiếu so với định mức của đơn vị"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.unit}: +{self.excess} -{self.shortage}"
