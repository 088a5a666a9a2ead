"""Takes an uploaded file from the request into the encrypted store as it arrives: never whole in memory, never on disk.

The page that uses it puts it on the request before anything reads the body, and lets go of what it did not take.
"""

import io
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from intake.batches import uploads
from intake.batches.uploads import Incoming
from intake.errors import TooManyOpenError, UnreadableFileError
from safeguards.actors import Actor


class EncryptedUpload(FileUploadHandler):
    """The first file of a form: what came in is with incoming. code says why one was refused before it was in."""

    def __init__(self, request: HttpRequest, organisation: UUID, by: Actor) -> None:
        super().__init__(request)
        self._organisation, self._by = organisation, by
        self.incoming: Incoming | None = None
        self.code = ""

    def new_file(self, *arguments: Any, **known: Any) -> None:
        super().new_file(*arguments, **known)
        if self.incoming is not None or self.code:
            raise SkipFile
        try:
            uploads.check_room(self._organisation)
            self.incoming = uploads.begin(organisation=self._organisation, by=self._by)
        except TooManyOpenError as error:
            self.code = error.code
            raise SkipFile from None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.incoming is None:
            return
        try:
            self.incoming.write(raw_data)
        except UnreadableFileError as error:
            self.code = error.code
            self.abandon()
            raise SkipFile from None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Stands in the form where a file would."""
        return UploadedFile(io.BytesIO(), self.file_name, size=file_size) if self.incoming else None

    def upload_interrupted(self) -> None:
        self.abandon()

    def taken(self) -> None:
        """It is a delivery from here on."""
        self.incoming = None

    def abandon(self) -> None:
        if self.incoming is not None:
            self.incoming.abandon()
            self.incoming = None
