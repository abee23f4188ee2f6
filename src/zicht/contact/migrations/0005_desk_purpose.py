"""Say what a desk is for: those that are there are for the chat."""

from django.db import migrations, models

import zicht.people.code_fields


class Migration(migrations.Migration):
    dependencies = [("contact", "0004_keys_of_members")]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="purpose",
            field=zicht.people.code_fields.CodeField("desk_purpose", default="chat", max_length=60, strict=True),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("chat", "Chat"),
                    ("message", "Message"),
                    ("practice", "Practice"),
                    ("report", "Report"),
                    ("checklist", "Checklist"),
                ],
                max_length=10,
            ),
        ),
    ]
