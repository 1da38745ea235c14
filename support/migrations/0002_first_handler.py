import django.db.models.deletion
from django.db import migrations, models

# Who answered first; where nobody did in time before it was passed on, who had it before; else who has it.
FILL = """
UPDATE support_supportrequest AS request
   SET first_handler_id = COALESCE(
       (SELECT said.unit_id FROM support_supportmessage AS said
         WHERE said.request_id = request.id AND said.kind = 'answer' ORDER BY said.id LIMIT 1),
       request.partner_id);
UPDATE support_supportrequest AS request
   SET first_handler_id = (
       SELECT told.partner_id FROM support_historicalsupportrequest AS told
        WHERE told.id = request.id ORDER BY told.history_id LIMIT 1)
 WHERE request.escalated_at IS NOT NULL AND request.first_in_time = FALSE
   AND (request.first_answered_at IS NULL OR request.first_answered_at > request.escalated_at)
   AND EXISTS (
       SELECT 1 FROM support_historicalsupportrequest AS told
        WHERE told.id = request.id AND told.history_date <= request.escalated_at AND told.partner_id IS NOT NULL);
UPDATE support_historicalsupportrequest AS told
   SET first_handler_id = request.first_handler_id
  FROM support_supportrequest AS request
 WHERE request.id = told.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
UNIT = {"to": "orgs.orgunit", "related_name": "+", "verbose_name": "đơn vị phải trả lời lần đầu"}


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_reminders"), ("support", "0001_initial")]

    operations = [
        migrations.AddField(
            "historicalsupportrequest",
            "first_handler",
            models.ForeignKey(
                blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, **UNIT
            ),
        ),
        migrations.AddField(
            "supportrequest",
            "first_handler",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, **UNIT),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "supportrequest",
            "first_handler",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, **UNIT),
        ),
    ]
