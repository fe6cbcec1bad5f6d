"""How much a request may send as files, counted while it arrives, before anything of it is read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

# Somewhat above the largest copy, so that one that is a little too large is refused in words, on its page.
SENT_MAX = 32 * 1024 * 1024


class CappedUpload(FileUploadHandler):
    """Stands before the handlers that keep files, and stops a request that sends more than SENT_MAX."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.sent = 0

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002  the signature is the framework's
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        if content_length > SENT_MAX:
            raise RequestDataTooBig("more than any form takes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        self.sent += len(raw_data)
        if self.sent > SENT_MAX:
            raise RequestDataTooBig("more than any form takes")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler has the file."""
