# The model of a key that programs use stands in people; this one held nothing.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_webhooks"),
    ]

    operations = [
        migrations.DeleteModel(
            name="ApiToken",
        ),
    ]
