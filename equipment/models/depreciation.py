"""The rules of wear as data: circulars with their validity, life and rate of each kind of asset (art. 14.3)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField, MoneyField
from equipment.models.catalogue import SHARED, Category


class DepreciationRegime(models.Model):
    """A circular and the days on which it holds."""

    code = CleanCharField("ký hiệu", max_length=30, unique=True)
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    restates = models.BooleanField(
        "tính lại mức hao mòn",
        default=False,
        help_text="Tài sản đang dùng khi chế độ có hiệu lực: mức hằng năm = giá trị còn lại / số năm còn lại.",
    )
    source = CleanTextField("căn cứ", max_length=1000)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "chế độ hao mòn"
        ordering = ["valid_from"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="depreciationregime_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.code


class DepreciationRate(models.Model):
    """Life and rate of a category, or of a whole group, under one regime; the nearest in the tree holds.

    Without life and rate nothing is counted: so with software until the
    head of the central agency decides (TT 141/2025, art. 13.2).
    """

    regime = models.ForeignKey(
        DepreciationRegime, on_delete=models.PROTECT, related_name="rates", verbose_name="chế độ"
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name="loại, nhóm")
    life_years = models.PositiveSmallIntegerField(
        "số năm sử dụng", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    rate = models.DecimalField(
        "tỷ lệ hao mòn (% năm)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    threshold = MoneyField("mức tài sản cố định từ", default=10_000_000)
    source = CleanTextField("căn cứ", max_length=1000)
    confidence = CleanTextField("độ tin cậy", blank=True, max_length=1000)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()
    wall = SHARED

    class Meta:
        verbose_name = "tỷ lệ hao mòn"
        ordering = ["regime__valid_from", "category__position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["regime", "category"], name="depreciationrate_once"),
            models.CheckConstraint(
                condition=models.Q(life_years=None, rate=None)
                | models.Q(life_years__range=(1, 50), rate__gte=1, rate__lte=100),
                name="depreciationrate_both_or_none",
            ),
            models.CheckConstraint(condition=models.Q(threshold__gte=0), name="depreciationrate_threshold"),
        ]

    def __str__(self) -> str:
        return f"{self.category} – {self.regime}"
