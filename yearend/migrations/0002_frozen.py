"""Frozen figures refuse changes, whoever makes them (art. 13.8)."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'frozen figures can''t be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER edition_frozen BEFORE UPDATE OR DELETE ON yearend_annualedition
  FOR EACH ROW EXECUTE FUNCTION edition_is_frozen();
CREATE TRIGGER editionpart_frozen BEFORE UPDATE OR DELETE ON yearend_editionpart
  FOR EACH ROW EXECUTE FUNCTION edition_is_frozen();
"""
DROP = """
DROP TRIGGER editionpart_frozen ON yearend_editionpart;
DROP TRIGGER edition_frozen ON yearend_annualedition;
DROP FUNCTION edition_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("yearend", "0001_initial")]
    operations = [migrations.RunSQL(FROZEN, DROP)]
