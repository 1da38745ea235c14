"""What units enter for the forms BC01 and BC02 (CV 1331/BHXH-CNTT 2008): what isn't a device, kept per year.

Closed books close them too: triggers refuse every change of a survey of a year that its unit has closed.
"""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import EVERYTHING, Wall
from orgs.models import OrgUnit
from reports.rules.surveys import Form, SurveyState


class Survey(models.Model):
    """One form of one unit and year."""

    number = models.CharField("số phiếu", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    form = models.CharField("biểu mẫu", max_length=10, choices=Form)
    state = models.CharField("trạng thái", max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    none = models.BooleanField("không có phần mềm nào thuộc biểu này", default=False)
    proposal = CleanTextField("kiến nghị", blank=True, max_length=3000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    changed_at = models.DateTimeField("lưu lúc", auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["changed_at"])
    wall = Wall()

    class Meta:
        verbose_name = "phiếu khảo sát"
        ordering = ["-year", "unit__path", "form"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "form"], name="survey_once"),
            models.CheckConstraint(condition=models.Q(form__in=Form.values), name="survey_form_known"),
            models.CheckConstraint(condition=models.Q(state__in=SurveyState.values), name="survey_state_known"),
        ]

    def __str__(self) -> str:
        return self.number


class SurveySoftware(models.Model):
    """One software of form BC01, part 1 or 2; which of the columns a part has is data (`bc01_columns.csv`)."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="software", verbose_name="phiếu")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = CleanCharField("tên phần mềm", max_length=200)
    code = CleanCharField("mã phần mềm", max_length=60, blank=True)
    original_version = CleanCharField("phiên bản gốc", max_length=60, blank=True)
    current_version = CleanCharField("phiên bản đang dùng", max_length=60, blank=True)
    origin = CleanCharField("nguồn gốc", max_length=200, blank=True)
    terms = CleanCharField("bản quyền", max_length=200, blank=True)
    platform = CleanCharField("ngôn ngữ, CSDL", max_length=200, blank=True)
    started = CleanCharField("bắt đầu sử dụng", max_length=30, blank=True)
    deployed_at = CleanCharField("bộ phận, đơn vị sử dụng", max_length=200, blank=True)
    stability = CleanCharField("độ ổn định", max_length=300, blank=True)
    friendliness = CleanCharField("tính thân thiện", max_length=300, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=2000)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING)  # a row can be taken out again; its history stays

    class Meta:
        verbose_name = "phần mềm của phiếu khảo sát"
        ordering = ["position", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class SurveyItem(models.Model):
    """One row of form BC02; `code` is that of the definition (`bc02_rows.csv`), `name` of what it asks to name."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="items", verbose_name="phiếu")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    code = models.CharField("mục", max_length=10)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    name = CleanCharField("tên", max_length=200, blank=True)
    good = models.PositiveIntegerField("tốt", null=True, blank=True)
    fair = models.PositiveIntegerField("trung bình", null=True, blank=True)
    poor = models.PositiveIntegerField("kém", null=True, blank=True)
    answer = models.BooleanField("có", null=True, blank=True)
    note = CleanTextField("ghi chú", blank=True, max_length=1000)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING)  # a row can be taken out again; its history stays

    class Meta:
        verbose_name = "mục của phiếu khảo sát"
        ordering = ["position", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "code"], condition=models.Q(name=""), name="surveyitem_once_unless_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()
