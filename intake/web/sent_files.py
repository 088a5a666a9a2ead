"""The file that came along with a page, in memory only. What is taken says the check of its kind."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from intake.notifications.attachments import RefusedFileError
from intake.notifications.inputs import Attachment

FIELD = "attachment"
Check = Callable[[str, Iterable[bytes]], Attachment]


def sent_file(request: HttpRequest, check: Check) -> Attachment | None:
    """None where none was chosen. Raises RefusedFileError, also of what is so large that it was not even read."""
    sent = request.FILES.get(FIELD)
    if isinstance(sent, UploadedFile):
        return check(sent.name or "", sent.chunks())
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        raise RefusedFileError("too-large-attachment")
    return None
