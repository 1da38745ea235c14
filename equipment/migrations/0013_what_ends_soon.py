from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("equipment", "0012_snapshots")]

    operations = [
        migrations.AddIndex(
            model_name="equipment",
            index=models.Index(
                condition=models.Q(("warranty_until__isnull", False)),
                fields=["warranty_until", "unit", "status"],
                name="equipment_by_warranty",
            ),
        ),
        migrations.AddIndex(
            model_name="equipment",
            index=models.Index(
                condition=models.Q(("end_of_support__isnull", False)),
                fields=["end_of_support", "unit", "status"],
                name="equipment_by_support",
            ),
        ),
    ]
