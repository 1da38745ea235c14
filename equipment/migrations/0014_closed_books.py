"""Closed books (art. 13.8): the row that closes them, and triggers that refuse whatever has an earlier date."""

import core.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whoever writes shares the unit's lock, so that closing (which holds it alone) waits for what is under way, and what
# comes afterwards sees that it is closed. The functions run as the tables' owner: they see the locks of every unit.
CLOSED = """
CREATE FUNCTION qltb_refuse_closed(units bigint[], days date[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE closed record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(3750014, u::int)
    FROM (SELECT DISTINCT u FROM unnest(units) AS u ORDER BY u) AS books;
  SELECT l.unit_id, l.closed_until, w.day INTO closed
    FROM unnest(units, days) AS w(unit, day)
    JOIN equipment_periodlock l ON l.unit_id = w.unit AND l.unlocked_at IS NULL AND w.day <= l.closed_until
    ORDER BY l.closed_until DESC LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the books of unit % are closed until %: nothing of % comes in',
      closed.unit_id, closed.closed_until, closed.day
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'books_closed';
  END IF;
END $$;
REVOKE ALL ON FUNCTION qltb_refuse_closed(bigint[], date[]) FROM PUBLIC;

CREATE FUNCTION ledger_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, min(effective_date) AS day FROM fresh GROUP BY unit_id) AS earliest;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_within_open_books AFTER INSERT ON equipment_ledgerentry
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_within_open_books();

CREATE FUNCTION history_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, (min(history_date) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
          FROM fresh WHERE unit_id IS NOT NULL GROUP BY unit_id) AS earliest;
  RETURN NULL;
END $$;
CREATE TRIGGER history_within_open_books AFTER INSERT ON equipment_historicalequipment
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION history_within_open_books();
"""
DROP = """
DROP TRIGGER history_within_open_books ON equipment_historicalequipment;
DROP FUNCTION history_within_open_books();
DROP TRIGGER ledger_within_open_books ON equipment_ledgerentry;
DROP FUNCTION ledger_within_open_books();
DROP FUNCTION qltb_refuse_closed(bigint[], date[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0013_what_ends_soon"),
        ("orgs", "0003_year_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PeriodLock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("closed_until", models.DateField(verbose_name="khóa đến hết ngày")),
                ("locked_at", models.DateTimeField(auto_now_add=True, verbose_name="khóa lúc")),
                (
                    "reason",
                    core.fields.CleanTextField(blank=True, max_length=2000, verbose_name="lý do khóa khi còn cảnh báo"),
                ),
                ("unlocked_at", models.DateTimeField(blank=True, null=True, verbose_name="mở khóa lúc")),
                (
                    "unlock_reason",
                    core.fields.CleanTextField(blank=True, max_length=2000, verbose_name="lý do mở khóa"),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người khóa",
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
                (
                    "unlocked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người mở khóa",
                    ),
                ),
            ],
            options={
                "verbose_name": "khóa số liệu",
                "ordering": ["-year", "-id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("unlocked_at", None)), fields=("unit", "year"), name="periodlock_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unlocked_at", None), ("unlocked_by", None)),
                            models.Q(("unlocked_at__isnull", False), ("unlocked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="periodlock_unlocked_by_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CLOSED, DROP),
    ]
