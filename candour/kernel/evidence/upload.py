"""An upload stops filling the disk once it is over the limit: the rest is thrown away, and the form refuses it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class Cut(FileUploadHandler):
    """Stands first. Passes on whole chunks until they are over FILE_LIMIT, so that what arrives is over it too."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.FILE_LIMIT else None

    def file_complete(self, file_size: int) -> Any:
        return None
