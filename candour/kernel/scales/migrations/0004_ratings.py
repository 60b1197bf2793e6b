from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scales", "0003_words"),
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
                    ("rating", "Ratings"),
                ],
                default="matrix",
                max_length=20,
            ),
        ),
    ]
