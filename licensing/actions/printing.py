"""Handing out a certificate: its hash is kept, so that the public check knows it whatever printer made it."""

from hashlib import sha256

from django.db.models.functions import Now

from licensing.models import License, PrintedCertificate


def keep_print(license: License, document: bytes) -> None:
    """Keep the hash of a certificate, once, before it is handed out."""
    digest = sha256(document).hexdigest()
    if not PrintedCertificate.objects.filter(sha256=digest).exists():
        row = PrintedCertificate(license=license, sha256=digest, printed_at=Now())
        PrintedCertificate.objects.bulk_create([row], ignore_conflicts=True)
