"""Tell every server process that something of a conversation changed, once it is on disk.

PostgreSQL passes it on when the transaction is committed (NOTIFY). Beside SQLite there is one server process: it is
told directly, and a command in another process leaves a count that the server looks at (hub.py).
"""

from django.db import connection, transaction
from django.db.models import F

from zicht.contact.chat import hub
from zicht.contact.chat.news import News
from zicht.contact.models import OutsideWrite


def announce(news: News) -> None:
    """Tell it when the transaction around this is committed; without one, at once."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [hub.CHANNEL, str(news)])
        return
    running = hub.running()
    if running is None:
        _leave_a_sign()
    else:
        transaction.on_commit(lambda: running.tell(news))


def _leave_a_sign() -> None:
    if not OutsideWrite.objects.update(count=F("count") + 1):
        OutsideWrite.objects.create(count=1)
