import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("equipment", "0016_closed_facts"), ("orgs", "0003_year_end")]

    operations = [
        migrations.CreateModel(
            name="NormStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counted_on", models.DateField(verbose_name="tính đến ngày")),
                ("excess", models.PositiveIntegerField(verbose_name="thừa")),
                ("shortage", models.PositiveIntegerField(verbose_name="thiếu")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.orgunit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "thừa, thiếu so với định mức của đơn vị",
                "default_permissions": (),
            },
        ),
    ]
