from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scales", "0004_grades"),
    ]

    operations = [
        migrations.AlterField(
            model_name="scale",
            name="kind",
            field=models.CharField(
                choices=[
                    ("matrix", "Risk matrix"),
                    ("appetite", "Words of appetite"),
                    ("opinion", "Opinions"),
                    ("priority", "Priorities"),
                    ("grade", "Grades of inspection areas"),
                    ("portal", "Statuses on an inspectorate’s portal"),
                    ("level", "Levels at which an inspectorate closes"),
                    ("delivery", "Ratings of delivery"),
                ],
                default="matrix",
                max_length=20,
            ),
        ),
    ]
