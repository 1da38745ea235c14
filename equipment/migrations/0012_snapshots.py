from django.db import migrations, models

import core.fields

# What is there now is the best that is known of what was there then.
FILL = """
UPDATE equipment_assignmentline AS line
   SET code = device.code, name = device.name, serial = device.serial, category_name = category.name
  FROM equipment_equipment AS device JOIN equipment_category AS category ON category.id = device.category_id
 WHERE device.id = line.equipment_id;
UPDATE equipment_installation AS row
   SET computer_code = computer.code, computer_name = computer.name,
       software_code = software.code, software_name = software.name
  FROM equipment_equipment AS computer, equipment_softwarelicence AS licence, equipment_equipment AS software
 WHERE computer.id = row.computer_id AND licence.id = row.licence_id AND software.id = licence.software_id;
"""


def _text(model: str, name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField(model_name=model, name=name, field=field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [("equipment", "0011_assignment_and_norms")]

    operations = [
        _text("assignmentline", "code", models.CharField("mã thiết bị", max_length=40, default="")),
        _text("assignmentline", "name", core.fields.CleanCharField("tên thiết bị", max_length=200, default="")),
        _text(
            "assignmentline",
            "serial",
            core.fields.CleanCharField("số máy (serial)", max_length=100, blank=True, default=""),
        ),
        _text(
            "assignmentline", "category_name", core.fields.CleanCharField("loại thiết bị", max_length=150, default="")
        ),
        _text("installation", "computer_code", models.CharField("mã máy", max_length=40, default="")),
        _text("installation", "computer_name", core.fields.CleanCharField("tên máy", max_length=200, default="")),
        _text("installation", "software_code", models.CharField("mã phần mềm", max_length=40, default="")),
        _text("installation", "software_name", core.fields.CleanCharField("tên phần mềm", max_length=200, default="")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
