"""Rows of stored files; the bytes themselves are not there."""

from datetime import UTC, datetime

import factory

from core.models import StoredFile


class StoredFileFactory(factory.django.DjangoModelFactory[StoredFile]):
    """A small PDF's row."""

    class Meta:
        model = StoredFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    name = "paper.pdf"
    media_type = "application/pdf"
    size = 1000
    uploaded_at = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
