"""Facts that figures of a closed year are also made of, and that no form changes: refused to whatever does (art. 13.8).

When a device was received, rows of history slipped in before others, years of use that a category had, who worked where,
and what counts against which norm.
"""

from django.db import migrations

RECEIVED = """
CREATE FUNCTION device_keeps_its_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM equipment_ledgerentry l JOIN equipment_periodlock p
               ON p.unit_id = l.unit_id AND p.unlocked_at IS NULL AND l.effective_date <= p.closed_until
              WHERE l.equipment_id = NEW.id) THEN
    RAISE EXCEPTION 'device % stands in closed books: the day of its receipt stays', NEW.id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'books_closed';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER device_keeps_its_day AFTER UPDATE ON equipment_equipment FOR EACH ROW
  WHEN (OLD.received_on IS DISTINCT FROM NEW.received_on) EXECUTE FUNCTION device_keeps_its_day();

CREATE OR REPLACE FUNCTION history_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE newest timestamptz;
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, (min(history_date) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
          FROM fresh WHERE unit_id IS NOT NULL GROUP BY unit_id) AS earliest;
  newest := (qltb_newest_closed() + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
  IF newest IS NULL THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM fresh WHERE history_date < newest) THEN
    PERFORM qltb_refuse_elsewhere(array_agg(id), array_agg((history_date AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))
      FROM fresh WHERE history_date < newest;
  END IF;
  -- The order of the rows is that of their keys, which the sequence gives. A key of one's own would come in between.
  IF EXISTS (SELECT FROM fresh f JOIN equipment_historicalequipment h ON h.id = f.id
              WHERE h.history_id > f.history_id AND NOT EXISTS (SELECT FROM fresh o WHERE o.history_id = h.history_id))
  THEN
    RAISE EXCEPTION 'rows of history come after those that are there'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'books_closed';
  END IF;
  RETURN NULL;
END $$;
"""
RECEIVED_BEFORE = """
CREATE OR REPLACE FUNCTION history_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE newest timestamptz;
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, (min(history_date) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
          FROM fresh WHERE unit_id IS NOT NULL GROUP BY unit_id) AS earliest;
  newest := (qltb_newest_closed() + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh';
  IF EXISTS (SELECT FROM fresh WHERE history_date < newest) THEN
    PERFORM qltb_refuse_elsewhere(array_agg(id), array_agg((history_date AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))
      FROM fresh WHERE history_date < newest;
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER device_keeps_its_day ON equipment_equipment;
DROP FUNCTION device_keeps_its_day();
"""

PEOPLE = """
CREATE FUNCTION people_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, (min(history_date) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
          FROM fresh WHERE unit_id IS NOT NULL GROUP BY unit_id) AS earliest;
  RETURN NULL;
END $$;
CREATE TRIGGER people_within_open_books AFTER INSERT ON personnel_historicalemployee
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION people_within_open_books();
"""
PEOPLE_DROP = """
DROP TRIGGER people_within_open_books ON personnel_historicalemployee;
DROP FUNCTION people_within_open_books();
"""

CATALOGUE = """
CREATE FUNCTION past_catalogue_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE earliest date;
BEGIN
  SELECT (min(history_date) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date INTO earliest FROM fresh;
  PERFORM qltb_refuse_rule(TG_TABLE_NAME, earliest);
  RETURN NULL;
END $$;
CREATE TRIGGER past_catalogue_within_open_books AFTER INSERT ON equipment_historicalcategory
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION past_catalogue_within_open_books();

CREATE FUNCTION count_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.category_id, OLD.counts_as_id) = (NEW.category_id, NEW.counts_as_id) THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM equipment_ledgerentry l
              WHERE l.category_id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.category_id END,
                                      CASE WHEN TG_OP <> 'DELETE' THEN NEW.category_id END)
                AND l.effective_date <= qltb_newest_closed()) THEN
    PERFORM qltb_refuse_rule(TG_TABLE_NAME, qltb_newest_closed());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_within_open_books AFTER INSERT OR UPDATE OR DELETE ON equipment_normcount
  FOR EACH ROW EXECUTE FUNCTION count_within_open_books();
"""
CATALOGUE_DROP = """
DROP TRIGGER count_within_open_books ON equipment_normcount;
DROP FUNCTION count_within_open_books();
DROP TRIGGER past_catalogue_within_open_books ON equipment_historicalcategory;
DROP FUNCTION past_catalogue_within_open_books();
"""


class Migration(migrations.Migration):
    dependencies = [("equipment", "0015_closed_years"), ("personnel", "0001_initial")]
    operations = [
        migrations.RunSQL(RECEIVED, RECEIVED_BEFORE),
        migrations.RunSQL(PEOPLE, PEOPLE_DROP),
        migrations.RunSQL(CATALOGUE, CATALOGUE_DROP),
    ]
