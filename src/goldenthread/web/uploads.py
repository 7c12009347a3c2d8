"""Uploads are held in memory and cut off at a limit while they arrive, so that a large file never reaches a disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class BoundedUploadHandler(MemoryFileUploadHandler):
    """Holds one upload in memory. Beyond the limit the rest is thrown away, and the form says that it was too big."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django's name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Take every upload: the limit is on what arrives, not on what the browser claims."""
        self.activated = True
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a chunk, or stop once the limit is passed."""
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_BYTES + 1:
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
