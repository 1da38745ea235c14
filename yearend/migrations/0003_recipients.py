"""Who gets a yearly report, as printed on it."""

import core.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("yearend", "0002_frozen"),
    ]

    operations = [
        migrations.AddField(
            model_name="annualreport",
            name="recipients",
            field=core.fields.CleanTextField(blank=True, max_length=1000, verbose_name="nơi nhận"),
        ),
        migrations.AddField(
            model_name="historicalannualreport",
            name="recipients",
            field=core.fields.CleanTextField(blank=True, max_length=1000, verbose_name="nơi nhận"),
        ),
    ]
