"""What was signed stays as it was, whoever tries to change it."""

from django.db import migrations

STAY = """
CREATE FUNCTION revision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was signed can''t be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER revision_stays BEFORE UPDATE OR DELETE ON signing_revision
  FOR EACH ROW EXECUTE FUNCTION revision_stays();
"""
DROP = """
DROP TRIGGER revision_stays ON signing_revision;
DROP FUNCTION revision_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [migrations.RunSQL(STAY, DROP)]
