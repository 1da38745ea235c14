import core.fields
import django.db.models.deletion
from django.db import migrations, models


def _copy(table, columns):
    """What the devices say now, into every line and into its history."""
    values = ", ".join(f"{name} = device.{name}" for name in columns)
    return f"UPDATE {table} line SET {values} FROM equipment_equipment device WHERE device.id = line.equipment_id;"


LOSS = ("code", "name", "serial", "category_id")
DISPOSAL = (*LOSS, "model_id", "inventory_number", "made_in", "made_year", "received_on")
# The constraints are checked at once, or the tables couldn't be altered any further in this transaction.
FILL = "".join(
    [
        _copy("disposals_disposalline", DISPOSAL),
        _copy("disposals_historicaldisposalline", DISPOSAL),
        _copy("disposals_lossline", LOSS),
        _copy("disposals_historicallossline", LOSS),
        "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;",
    ]
)


def _shared(line):
    """The fields that both kinds of lines have, in the line and in its history."""
    past = f"historical{line}"
    for name in (line, past):
        yield migrations.AddField(
            name,
            "code",
            models.CharField(default="", max_length=40, verbose_name="mã thiết bị"),
            preserve_default=False,
        )
        yield migrations.AddField(
            name,
            "name",
            core.fields.CleanCharField(default="", max_length=200, verbose_name="tên thiết bị"),
            preserve_default=False,
        )
        yield migrations.AddField(
            name, "serial", core.fields.CleanCharField(blank=True, max_length=100, verbose_name="số máy (serial)")
        )
    yield migrations.AddField(line, "category", _category(null=True))
    yield migrations.AddField(past, "category", _of_history("equipment.category", "loại thiết bị"))


def _category(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="equipment.category",
        verbose_name="loại thiết bị",
        **options,
    )


def _of_history(to, label):
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=to,
        verbose_name=label,
    )


def _of_disposals():
    """What form C51-HD says of a device besides."""
    for name in ("disposalline", "historicaldisposalline"):
        yield migrations.AddField(
            name,
            "inventory_number",
            core.fields.CleanCharField(blank=True, max_length=60, verbose_name="số thẻ tài sản"),
        )
        yield migrations.AddField(
            name, "made_in", core.fields.CleanCharField(blank=True, max_length=60, verbose_name="nước sản xuất")
        )
        yield migrations.AddField(
            name,
            "made_year",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="năm sản xuất"),
        )
        yield migrations.AddField(
            name, "received_on", models.DateField(editable=False, null=True, verbose_name="ngày tiếp nhận")
        )
    yield migrations.AddField(
        "disposalline",
        "model",
        models.ForeignKey(
            blank=True,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="+",
            to="equipment.equipmentmodel",
            verbose_name="mẫu",
        ),
    )
    yield migrations.AddField("historicaldisposalline", "model", _of_history("equipment.equipmentmodel", "mẫu"))


class Migration(migrations.Migration):
    dependencies = [
        ("disposals", "0001_initial"),
        ("equipment", "0011_assignment_and_norms"),
    ]

    operations = [
        *_shared("disposalline"),
        *_shared("lossline"),
        *_of_disposals(),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        *(migrations.AlterField(name, "category", _category()) for name in ("disposalline", "lossline")),
        *(
            migrations.AlterField(name, "received_on", models.DateField(editable=False, verbose_name="ngày tiếp nhận"))
            for name in ("disposalline", "historicaldisposalline")
        ),
    ]
