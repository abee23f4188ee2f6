"""Seal the licence of a source, in which often a name stands: PostgreSQL keeps for a while what was overwritten."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import zicht.people.sealed
from zicht.people.record_keys import store
from zicht.people.sealed import Sealed, seal


def seal_licences(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what is there with the key of its source."""
    sources: Any = apps.get_model("evidence", "Source").objects  # as it was then
    plain = dict(sources.exclude(plain_licence="").values_list("pk", "plain_licence"))
    for key, secret in store().keys_of(plain).items():
        box = seal(secret, f"source/{key}/licence", plain[key])
        sources.filter(pk=key).update(licence=Sealed(box))


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0002_screening_and_search"),
    ]

    operations = [
        migrations.RenameField("source", "licence", "plain_licence"),
        migrations.AddField("source", "licence", zicht.people.sealed.SealedTextField()),
        migrations.RunPython(seal_licences, migrations.RunPython.noop),
        migrations.RemoveField("source", "plain_licence"),
    ]
