"""Where inspected files live: by content hash under ``MEDIA_ROOT``, served only as attachments after a check."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from core.lifecycle import Actor
from core.models import StoredFile
from core.validation.files import CleanFile


def store(clean: CleanFile, *, by: Actor, at: datetime) -> StoredFile:
    """Keep an inspected file and return its row. Equal contents share one place on disk."""
    path = _path(clean.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(clean.content))
    return StoredFile.objects.create(
        sha256=clean.sha256,
        name=clean.name,
        media_type=clean.media_type,
        size=len(clean.content),
        uploaded_by=by.user_id,
        uploaded_at=at,
    )


def respond(stored: StoredFile) -> FileResponse:
    """Serve a file the caller has already checked the reader's right to. Quarantined files do not exist."""
    if stored.quarantined_at is not None:
        raise Http404
    response = FileResponse(
        default_storage.open(_path(stored.sha256)),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def read(stored: StoredFile) -> bytes:
    """Return the file's bytes."""
    with default_storage.open(_path(stored.sha256)) as handle:
        return handle.read()


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
