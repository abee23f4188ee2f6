"""Take files of forms into memory only: what a person sends lies in no folder in plain, not even for a moment."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemoryHandler(FileUploadHandler):
    """Keep a file in memory; of one that is too large only how large it is, so that its form can say so."""

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin with an empty file."""
        super().new_file(*args, **options)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part, unless the file is too large by now; then nothing of it is kept."""
        is_too_large = start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if is_too_large:
            self.content.truncate(0)
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """Give the file with the size that was sent."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
