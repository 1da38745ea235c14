"""What changes the figures of a closed year without an entry of it is refused too (art. 13.8, see docs/adr/0017).

0014 asks of each entry and each row of history whether its own unit's books are closed for its day. Here follows the
rest that figures of a past year are made of: what another unit writes of a device that stood on closed books, the state
of a device that was changed without its history, stretches of use, circulars of wear, norms and the catalogue's tree.
"""

from django.db import migrations, models

# The deeper look is only worth its cost where something has a date within closed books: hardly ever.
ENTRIES = """
CREATE FUNCTION qltb_newest_closed() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT max(closed_until) FROM equipment_periodlock WHERE unlocked_at IS NULL
$$;
REVOKE ALL ON FUNCTION qltb_newest_closed() FROM PUBLIC;

CREATE FUNCTION qltb_refuse_elsewhere(devices bigint[], days date[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE stood record;
BEGIN
  SELECT array_agg(unit_id) AS units, array_agg(day) AS days INTO stood FROM (
    SELECT l.unit_id, w.day
      FROM (SELECT device, min(day) AS day FROM unnest(devices, days) AS given(device, day) GROUP BY device) AS w
      JOIN equipment_ledgerentry l ON l.equipment_id = w.device
     GROUP BY l.unit_id, w.device, w.day
    HAVING sum(l.quantity) FILTER (WHERE l.effective_date <= w.day) > 0 OR max(l.effective_date) > w.day
  ) AS had;
  IF stood.units IS NOT NULL THEN
    PERFORM qltb_refuse_closed(stood.units, stood.days);
  END IF;
END $$;
REVOKE ALL ON FUNCTION qltb_refuse_elsewhere(bigint[], date[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION ledger_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE newest date;
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, min(effective_date) AS day FROM fresh GROUP BY unit_id) AS earliest;
  newest := qltb_newest_closed();
  IF EXISTS (SELECT FROM fresh WHERE effective_date <= newest) THEN
    PERFORM qltb_refuse_elsewhere(array_agg(equipment_id), array_agg(effective_date))
      FROM fresh WHERE effective_date <= newest;
  END IF;
  RETURN NULL;
END $$;

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
"""
ENTRIES_BEFORE = """
CREATE OR REPLACE FUNCTION history_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, (min(history_date) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
          FROM fresh WHERE unit_id IS NOT NULL GROUP BY unit_id) AS earliest;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION ledger_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM qltb_refuse_closed(array_agg(unit_id), array_agg(day))
    FROM (SELECT unit_id, min(effective_date) AS day FROM fresh GROUP BY unit_id) AS earliest;
  RETURN NULL;
END $$;
DROP FUNCTION qltb_refuse_elsewhere(bigint[], date[]);
DROP FUNCTION qltb_newest_closed();
"""

# A device that nothing happened to since a day is counted for that day as it is now. So what is counted may not change
# without a row of history; it is looked for at the commit, because the row follows the change.
DEVICES = """
CREATE FUNCTION device_keeps_history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM equipment_periodlock WHERE unit_id IN (OLD.unit_id, NEW.unit_id) AND unlocked_at IS NULL)
     AND NOT EXISTS (
       SELECT FROM equipment_equipment e
         JOIN LATERAL (SELECT * FROM equipment_historicalequipment h WHERE h.id = e.id
                       ORDER BY h.history_id DESC LIMIT 1) AS last ON true
        WHERE e.id = NEW.id
          AND (last.unit_id, last.category_id, last.status, last.condition, last.original_price, last.received_on,
               last.room_id)
              IS NOT DISTINCT FROM
              (e.unit_id, e.category_id, e.status, e.condition, e.original_price, e.received_on, e.room_id))
  THEN
    RAISE EXCEPTION 'device % was changed without its history while books are closed', NEW.id
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'books_closed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER device_keeps_history AFTER UPDATE ON equipment_equipment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.unit_id, OLD.category_id, OLD.status, OLD.condition, OLD.original_price, OLD.received_on, OLD.room_id)
        IS DISTINCT FROM
        (NEW.unit_id, NEW.category_id, NEW.status, NEW.condition, NEW.original_price, NEW.received_on, NEW.room_id))
  EXECUTE FUNCTION device_keeps_history();
"""
DEVICES_DROP = """
DROP TRIGGER device_keeps_history ON equipment_equipment;
DROP FUNCTION device_keeps_history();
"""

# Who held what on a day decides what was within the norms then.
HOLDINGS = """
CREATE FUNCTION holding_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM qltb_refuse_closed(ARRAY[NEW.unit_id], ARRAY[NEW.since]);
  ELSIF (OLD.since, OLD.unit_id, OLD.equipment_id, OLD.employee_id, OLD.room_id)
        IS DISTINCT FROM (NEW.since, NEW.unit_id, NEW.equipment_id, NEW.employee_id, NEW.room_id) THEN
    PERFORM qltb_refuse_closed(ARRAY[OLD.unit_id, NEW.unit_id], ARRAY[OLD.since, NEW.since]);
  ELSIF OLD.until IS DISTINCT FROM NEW.until THEN
    PERFORM qltb_refuse_closed(ARRAY[NEW.unit_id], ARRAY[LEAST(OLD.until, NEW.until)]);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER holding_within_open_books AFTER INSERT OR UPDATE ON equipment_holding
  FOR EACH ROW EXECUTE FUNCTION holding_within_open_books();
"""
HOLDINGS_DROP = """
DROP TRIGGER holding_within_open_books ON equipment_holding;
DROP FUNCTION holding_within_open_books();
"""

# Rules that held on a day of closed books: the whole sector's, so the newest closing of any unit counts. Whoever closes
# books shares the lock of key 0 (equipment.actions.periods), whoever changes rules holds it alone.
RULES = """
CREATE FUNCTION qltb_refuse_rule(what text, first date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(3750014, 0);
  IF first <= qltb_newest_closed() THEN
    RAISE EXCEPTION '% held in closed books (until %): lay down later ones', what, qltb_newest_closed()
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'books_closed';
  END IF;
END $$;
REVOKE ALL ON FUNCTION qltb_refuse_rule(text, date) FROM PUBLIC;

CREATE FUNCTION validity_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE old_row jsonb := to_jsonb(OLD); new_row jsonb := to_jsonb(NEW); moved date;
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    PERFORM qltb_refuse_rule(TG_TABLE_NAME, ((COALESCE(new_row, old_row))->>'valid_from')::date);
  ELSIF old_row->'valid_from' <> new_row->'valid_from' OR old_row->'restates' IS DISTINCT FROM new_row->'restates' THEN
    PERFORM qltb_refuse_rule(TG_TABLE_NAME,
      LEAST((old_row->>'valid_from')::date, (new_row->>'valid_from')::date));
  ELSIF old_row->'valid_to' IS DISTINCT FROM new_row->'valid_to' THEN
    moved := LEAST((old_row->>'valid_to')::date, (new_row->>'valid_to')::date);
    PERFORM qltb_refuse_rule(TG_TABLE_NAME, moved + 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER validity_within_open_books AFTER INSERT OR UPDATE OR DELETE ON equipment_depreciationregime
  FOR EACH ROW EXECUTE FUNCTION validity_within_open_books();
CREATE TRIGGER validity_within_open_books AFTER INSERT OR UPDATE OR DELETE ON equipment_normset
  FOR EACH ROW EXECUTE FUNCTION validity_within_open_books();

CREATE FUNCTION rate_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first date;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.regime_id, OLD.category_id, OLD.life_years, OLD.rate, OLD.threshold)
     IS NOT DISTINCT FROM (NEW.regime_id, NEW.category_id, NEW.life_years, NEW.rate, NEW.threshold) THEN
    RETURN NULL;
  END IF;
  SELECT min(valid_from) INTO first FROM equipment_depreciationregime
   WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.regime_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.regime_id END);
  PERFORM qltb_refuse_rule(TG_TABLE_NAME, first);
  RETURN NULL;
END $$;
CREATE TRIGGER rate_within_open_books AFTER INSERT OR UPDATE OR DELETE ON equipment_depreciationrate
  FOR EACH ROW EXECUTE FUNCTION rate_within_open_books();

CREATE FUNCTION norm_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first date;
BEGIN
  IF TG_OP = 'UPDATE' AND
     (OLD.norm_set_id, OLD."group", OLD.scope, OLD.category_id, OLD.quantity, OLD.per, OLD.counted, OLD.alternatives)
     IS NOT DISTINCT FROM
     (NEW.norm_set_id, NEW."group", NEW.scope, NEW.category_id, NEW.quantity, NEW.per, NEW.counted, NEW.alternatives)
  THEN
    RETURN NULL;
  END IF;
  SELECT min(valid_from) INTO first FROM equipment_normset
   WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.norm_set_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.norm_set_id END);
  PERFORM qltb_refuse_rule(TG_TABLE_NAME, first);
  RETURN NULL;
END $$;
CREATE TRIGGER norm_within_open_books AFTER INSERT OR UPDATE OR DELETE ON equipment_norm
  FOR EACH ROW EXECUTE FUNCTION norm_within_open_books();

-- A post that nobody had when books were closed may be put into a group of the norms that hold.
CREATE FUNCTION group_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first date; until date;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.norm_set_id, OLD.title_id, OLD."group")
     IS NOT DISTINCT FROM (NEW.norm_set_id, NEW.title_id, NEW."group") THEN
    RETURN NULL;
  END IF;
  SELECT min(valid_from) INTO first FROM equipment_normset
   WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.norm_set_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.norm_set_id END);
  until := qltb_newest_closed();
  IF EXISTS (SELECT FROM personnel_historicalemployee h
              WHERE h.title_id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.title_id END,
                                   CASE WHEN TG_OP <> 'DELETE' THEN NEW.title_id END)
                AND h.history_date < (until + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh') THEN
    PERFORM qltb_refuse_rule(TG_TABLE_NAME, first);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER group_within_open_books AFTER INSERT OR UPDATE OR DELETE ON equipment_titlegroup
  FOR EACH ROW EXECUTE FUNCTION group_within_open_books();

CREATE FUNCTION category_within_open_books() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    WITH RECURSIVE below AS (
      SELECT OLD.id AS id UNION SELECT c.id FROM equipment_category c JOIN below ON c.parent_id = below.id
    )
    SELECT FROM below JOIN equipment_ledgerentry l ON l.category_id = below.id
     WHERE l.effective_date <= qltb_newest_closed())
  THEN
    PERFORM qltb_refuse_rule(TG_TABLE_NAME, qltb_newest_closed());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER category_within_open_books AFTER UPDATE ON equipment_category FOR EACH ROW
  WHEN ((OLD.code, OLD.parent_id) IS DISTINCT FROM (NEW.code, NEW.parent_id))
  EXECUTE FUNCTION category_within_open_books();
"""
RULES_DROP = """
DROP TRIGGER category_within_open_books ON equipment_category;
DROP FUNCTION category_within_open_books();
DROP TRIGGER group_within_open_books ON equipment_titlegroup;
DROP FUNCTION group_within_open_books();
DROP TRIGGER norm_within_open_books ON equipment_norm;
DROP FUNCTION norm_within_open_books();
DROP TRIGGER rate_within_open_books ON equipment_depreciationrate;
DROP FUNCTION rate_within_open_books();
DROP TRIGGER validity_within_open_books ON equipment_normset;
DROP TRIGGER validity_within_open_books ON equipment_depreciationregime;
DROP FUNCTION validity_within_open_books();
DROP FUNCTION qltb_refuse_rule(text, date);
"""


class Migration(migrations.Migration):
    dependencies = [("equipment", "0014_closed_books"), ("personnel", "0001_initial")]
    operations = [
        migrations.AddConstraint(
            model_name="periodlock",
            constraint=models.CheckConstraint(
                condition=models.Q(closed_until__year=models.F("year"), closed_until__month=12, closed_until__day=31),
                name="periodlock_whole_year",
            ),
        ),
        migrations.RunSQL(ENTRIES, ENTRIES_BEFORE),
        migrations.RunSQL(DEVICES, DEVICES_DROP),
        migrations.RunSQL(HOLDINGS, HOLDINGS_DROP),
        migrations.RunSQL(RULES, RULES_DROP),
    ]
