"""What units enter for BC01 and BC02, closed with the books of its year."""

import core.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


# Whoever writes waits for a closing that is under way, and is refused once the unit's books of that year are closed
# (see the equipment app's migration 0014, whose function asks).
CLOSED = """
CREATE FUNCTION survey_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM qltb_refuse_closed(ARRAY[OLD.unit_id], ARRAY[make_date(OLD.year, 12, 31)]);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM qltb_refuse_closed(ARRAY[NEW.unit_id], ARRAY[make_date(NEW.year, 12, 31)]);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION survey_row_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM qltb_refuse_closed(ARRAY[s.unit_id], ARRAY[make_date(s.year, 12, 31)])
      FROM reports_survey s WHERE s.id = OLD.survey_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM qltb_refuse_closed(ARRAY[s.unit_id], ARRAY[make_date(s.year, 12, 31)])
      FROM reports_survey s WHERE s.id = NEW.survey_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER survey_within_open_books AFTER INSERT OR UPDATE OR DELETE ON reports_survey
  FOR EACH ROW EXECUTE FUNCTION survey_within_open_books();
CREATE TRIGGER survey_row_within_open_books AFTER INSERT OR UPDATE OR DELETE ON reports_surveysoftware
  FOR EACH ROW EXECUTE FUNCTION survey_row_within_open_books();
CREATE TRIGGER survey_row_within_open_books AFTER INSERT OR UPDATE OR DELETE ON reports_surveyitem
  FOR EACH ROW EXECUTE FUNCTION survey_row_within_open_books();
"""
DROP = """
DROP TRIGGER survey_row_within_open_books ON reports_surveyitem;
DROP TRIGGER survey_row_within_open_books ON reports_surveysoftware;
DROP TRIGGER survey_within_open_books ON reports_survey;
DROP FUNCTION survey_row_within_open_books();
DROP FUNCTION survey_within_open_books();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("equipment", "0014_closed_books"),
        ("orgs", "0003_year_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalSurvey",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("number", models.CharField(db_index=True, max_length=40, verbose_name="số phiếu")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("BC01-1", "BC01 phần 1: phần mềm do BHXH Việt Nam ban hành"),
                            ("BC01-2", "BC01 phần 2: phần mềm tự xây dựng hoặc mua ngoài"),
                            ("BC02", "BC02: hệ thống mạng và máy chủ"),
                        ],
                        max_length=10,
                        verbose_name="biểu mẫu",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang kê khai"), ("done", "Đã hoàn thành")],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("none", models.BooleanField(default=False, verbose_name="không có phần mềm nào thuộc biểu này")),
                ("proposal", core.fields.CleanTextField(blank=True, max_length=3000, verbose_name="kiến nghị")),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="lập lúc")),
                ("version", models.PositiveIntegerField(default=1)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người lập",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical phiếu khảo sát",
                "verbose_name_plural": "historical phiếu khảo sáts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="số phiếu")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("BC01-1", "BC01 phần 1: phần mềm do BHXH Việt Nam ban hành"),
                            ("BC01-2", "BC01 phần 2: phần mềm tự xây dựng hoặc mua ngoài"),
                            ("BC02", "BC02: hệ thống mạng và máy chủ"),
                        ],
                        max_length=10,
                        verbose_name="biểu mẫu",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang kê khai"), ("done", "Đã hoàn thành")],
                        default="draft",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("none", models.BooleanField(default=False, verbose_name="không có phần mềm nào thuộc biểu này")),
                ("proposal", core.fields.CleanTextField(blank=True, max_length=3000, verbose_name="kiến nghị")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="lập lúc")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="lưu lúc")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người lập",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu khảo sát",
                "ordering": ["-year", "unit__path", "form"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoricalSurveySoftware",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("name", core.fields.CleanCharField(max_length=200, verbose_name="tên phần mềm")),
                ("code", core.fields.CleanCharField(blank=True, max_length=60, verbose_name="mã phần mềm")),
                (
                    "original_version",
                    core.fields.CleanCharField(blank=True, max_length=60, verbose_name="phiên bản gốc"),
                ),
                (
                    "current_version",
                    core.fields.CleanCharField(blank=True, max_length=60, verbose_name="phiên bản đang dùng"),
                ),
                ("origin", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="nguồn gốc")),
                ("terms", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="bản quyền")),
                ("platform", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="ngôn ngữ, CSDL")),
                ("started", core.fields.CleanCharField(blank=True, max_length=30, verbose_name="bắt đầu sử dụng")),
                (
                    "deployed_at",
                    core.fields.CleanCharField(blank=True, max_length=200, verbose_name="bộ phận, đơn vị sử dụng"),
                ),
                ("stability", core.fields.CleanCharField(blank=True, max_length=300, verbose_name="độ ổn định")),
                (
                    "friendliness",
                    core.fields.CleanCharField(blank=True, max_length=300, verbose_name="tính thân thiện"),
                ),
                ("note", core.fields.CleanTextField(blank=True, max_length=2000, verbose_name="ghi chú")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.survey",
                        verbose_name="phiếu",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical phần mềm của phiếu khảo sát",
                "verbose_name_plural": "historical phần mềm của phiếu khảo sáts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSurveyItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=10, verbose_name="mục")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("name", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="tên")),
                ("good", models.PositiveIntegerField(blank=True, null=True, verbose_name="tốt")),
                ("fair", models.PositiveIntegerField(blank=True, null=True, verbose_name="trung bình")),
                ("poor", models.PositiveIntegerField(blank=True, null=True, verbose_name="kém")),
                ("answer", models.BooleanField(blank=True, null=True, verbose_name="có")),
                ("note", core.fields.CleanTextField(blank=True, max_length=1000, verbose_name="ghi chú")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="reports.survey",
                        verbose_name="phiếu",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical mục của phiếu khảo sát",
                "verbose_name_plural": "historical mục của phiếu khảo sáts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SurveyItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10, verbose_name="mục")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("name", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="tên")),
                ("good", models.PositiveIntegerField(blank=True, null=True, verbose_name="tốt")),
                ("fair", models.PositiveIntegerField(blank=True, null=True, verbose_name="trung bình")),
                ("poor", models.PositiveIntegerField(blank=True, null=True, verbose_name="kém")),
                ("answer", models.BooleanField(blank=True, null=True, verbose_name="có")),
                ("note", core.fields.CleanTextField(blank=True, max_length=1000, verbose_name="ghi chú")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="reports.survey",
                        verbose_name="phiếu",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục của phiếu khảo sát",
                "ordering": ["position", "id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SurveySoftware",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("name", core.fields.CleanCharField(max_length=200, verbose_name="tên phần mềm")),
                ("code", core.fields.CleanCharField(blank=True, max_length=60, verbose_name="mã phần mềm")),
                (
                    "original_version",
                    core.fields.CleanCharField(blank=True, max_length=60, verbose_name="phiên bản gốc"),
                ),
                (
                    "current_version",
                    core.fields.CleanCharField(blank=True, max_length=60, verbose_name="phiên bản đang dùng"),
                ),
                ("origin", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="nguồn gốc")),
                ("terms", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="bản quyền")),
                ("platform", core.fields.CleanCharField(blank=True, max_length=200, verbose_name="ngôn ngữ, CSDL")),
                ("started", core.fields.CleanCharField(blank=True, max_length=30, verbose_name="bắt đầu sử dụng")),
                (
                    "deployed_at",
                    core.fields.CleanCharField(blank=True, max_length=200, verbose_name="bộ phận, đơn vị sử dụng"),
                ),
                ("stability", core.fields.CleanCharField(blank=True, max_length=300, verbose_name="độ ổn định")),
                (
                    "friendliness",
                    core.fields.CleanCharField(blank=True, max_length=300, verbose_name="tính thân thiện"),
                ),
                ("note", core.fields.CleanTextField(blank=True, max_length=2000, verbose_name="ghi chú")),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="software",
                        to="reports.survey",
                        verbose_name="phiếu",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "phần mềm của phiếu khảo sát",
                "ordering": ["position", "id"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(fields=("unit", "year", "form"), name="survey_once"),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["BC01-1", "BC01-2", "BC02"])), name="survey_form_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "done"])), name="survey_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("name", "")), fields=("survey", "code"), name="surveyitem_once_unless_named"
            ),
        ),
        migrations.RunSQL(CLOSED, DROP),
    ]
