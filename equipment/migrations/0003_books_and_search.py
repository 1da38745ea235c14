"""The ledger refuses changes; the search goes through the trigram index within the scope that is set."""

from django.db import migrations

# art. 13.8: what the books said can't be rewritten. A mistake is mended by a further entry.
LEDGER = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger entries are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON equipment_ledgerentry
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
"""
DROP_LEDGER = """
DROP TRIGGER ledger_append_only ON equipment_ledgerentry;
DROP FUNCTION ledger_is_append_only();
"""

# LIKE isn't leakproof, so under row-level security PostgreSQL doesn't let it use an index. This function runs as
# the tables' owner, looks through the index, and applies the same scope as the policies do: no scope, no row.
SEARCH = """
CREATE INDEX equipment_search_trigram ON equipment_equipment USING gin (search_text gin_trgm_ops);
CREATE FUNCTION equipment_search(pattern text) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
  SELECT e.id FROM equipment_equipment e
  WHERE e.search_text LIKE pattern
    AND ((SELECT qltb_reads_all()) OR e.unit_id IN (SELECT qltb_read_units()))
  UNION
  SELECT e.id FROM equipment_equipment e
  WHERE e.model_id IN (
      SELECT m.id FROM equipment_equipmentmodel m JOIN equipment_brand b ON b.id = m.brand_id
      WHERE qltb_fold(b.name || ' ' || m.name) LIKE pattern)
    AND ((SELECT qltb_reads_all()) OR e.unit_id IN (SELECT qltb_read_units()))
$$;
"""
DROP_SEARCH = """
DROP FUNCTION equipment_search(text);
DROP INDEX equipment_search_trigram;
"""


class Migration(migrations.Migration):
    dependencies = [("equipment", "0002_initial")]
    operations = [
        migrations.RunSQL(LEDGER, DROP_LEDGER),
        migrations.RunSQL("SET LOCAL check_function_bodies = off;" + SEARCH, DROP_SEARCH),
    ]
