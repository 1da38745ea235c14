"""What was sent and what became known of it refuse changes, whoever makes them."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION dispatch_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was sent can''t be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER dispatch_trail_kept BEFORE UPDATE OR DELETE ON dispatch_dispatchevent
  FOR EACH ROW EXECUTE FUNCTION dispatch_is_kept();
CREATE TRIGGER dispatch_package_kept BEFORE UPDATE OR DELETE ON dispatch_package
  FOR EACH ROW EXECUTE FUNCTION dispatch_is_kept();
"""
DROP = """
DROP TRIGGER dispatch_package_kept ON dispatch_package;
DROP TRIGGER dispatch_trail_kept ON dispatch_dispatchevent;
DROP FUNCTION dispatch_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0001_initial")]
    operations = [migrations.RunSQL(FROZEN, DROP)]
