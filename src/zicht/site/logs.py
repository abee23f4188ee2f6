"""Keep what people typed, and whom they looked at, out of the log of the running program."""

import logging
import traceback


class WithoutContent(logging.Filter):
    """Reduce a record to what a programmer needs: no path of a request, no message of an exception."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place and let it through."""
        if record.name.startswith("django.request") or record.name.startswith("django.security"):
            record.msg, record.args = "answered %s", (getattr(record, "status_code", "an unsafe request"),)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = _where(record.exc_info[1])
        return True


def _where(error: BaseException) -> str:
    """Say which error it was and where: its message may hold a value of the database."""
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n".join([*lines, type(error).__name__])
