"""Inspected files are kept by what they contain, served only as attachments, and never removed by the program."""

import hashlib

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from core import storage
from core.lifecycle import Actor
from core.models import StoredFile
from core.validation.files import CleanFile, FileKind
from tests.cast import NOW

CONTENT = b"%PDF-1.7 a proof of payment"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def kept(db, media) -> StoredFile:
    return store("付款凭证.pdf")


def store(name, content=CONTENT):
    digest = hashlib.sha256(content).hexdigest()
    clean = CleanFile(content=content, kind=FileKind.PDF, name=name, sha256=digest)
    return storage.store(clean, by=Actor.system("test"), at=NOW)


def test_what_was_stored_is_read_back(kept):
    assert storage.read(kept) == CONTENT
    assert (kept.name, kept.media_type, kept.size, kept.uploaded_at) == ("付款凭证.pdf", "application/pdf", 27, NOW)


def test_the_place_on_disk_tells_only_the_content(kept, media):
    digest = hashlib.sha256(CONTENT).hexdigest()
    files = [path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()]
    assert files == [f"{digest[:2]}/{digest}"]


def test_equal_contents_share_one_place_and_keep_their_own_rows(kept, media):
    again = store("receipt.pdf")
    assert again.pk != kept.pk
    assert (storage.read(again), again.name) == (CONTENT, "receipt.pdf")
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_a_file_is_served_as_an_attachment_that_nothing_keeps_or_guesses(kept):
    response = storage.respond(kept)
    assert b"".join(response.streaming_content) == CONTENT
    response.close()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E4%BB%98")
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_name_cannot_add_a_header(db, media):
    response = storage.respond(store('a"\r\nSet-Cookie: x=1.pdf'))
    response.close()
    assert "\n" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response.headers


def test_a_quarantined_file_does_not_exist(kept):
    kept.quarantined_at = NOW
    with pytest.raises(Http404):
        storage.respond(kept)


def test_the_row_of_a_file_cannot_be_deleted(kept):
    with pytest.raises(DatabaseError), transaction.atomic():
        kept.delete()
    assert StoredFile.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("broken", [{"sha256": "A" * 64}, {"sha256": "0" * 63}, {"size": 0}])
def test_the_database_refuses_a_row_that_is_no_file(db, broken):
    row = {
        "sha256": "0" * 64,
        "name": "x.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "uploaded_at": NOW,
        **broken,
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.create(**row)
