"""Whether what left closed books was sold or destroyed stays as it was reported (art. 13.8)."""

from django.db import migrations

CLOSED = """
CREATE FUNCTION disposal_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM equipment_ledgerentry l JOIN equipment_periodlock p
               ON p.unit_id = l.unit_id AND p.unlocked_at IS NULL AND l.effective_date <= p.closed_until
              WHERE l.kind = 'disposal' AND l.unit_id IN (OLD.unit_id, NEW.unit_id)
                AND l.dossier IN (OLD.number, NEW.number)) THEN
    RAISE EXCEPTION 'disposal % stands in closed books', OLD.number
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'books_closed';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER disposal_within_open_books AFTER UPDATE ON disposals_disposal FOR EACH ROW
  WHEN ((OLD.number, OLD.unit_id, OLD.act) IS DISTINCT FROM (NEW.number, NEW.unit_id, NEW.act))
  EXECUTE FUNCTION disposal_within_open_books();
"""
DROP = """
DROP TRIGGER disposal_within_open_books ON disposals_disposal;
DROP FUNCTION disposal_within_open_books();
"""


class Migration(migrations.Migration):
    dependencies = [("disposals", "0002_device_snapshots"), ("equipment", "0016_closed_facts")]
    operations = [migrations.RunSQL(CLOSED, DROP)]
