"""The certificate of a license: what a licensee shows. Same license, same bytes as long as the printer is the same; of
each that is handed out the hash is kept for ever, so that it is known after the printer changed."""

import re
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.pdf import both, render
from core.rules import Text
from licensing.models import License, PrintedCertificate
from licensing.queries.progress import spaced_code, verification_url
from licensing.queries.terms import rows_of
from registry.actions.printing import keep_print
from registry.documents.genuine import title_of
from registry.queries.log import EntryProof, announcement_proof

ISSUER = _("Patent Open License Registry")


def certificate_of(license: License) -> bytes:
    """Return the certificate as PDF/A: sides, patent, terms in plain words, days, hash, and the address that confirms
    it. It states what came about with notice and payment; it is not needed for the license to exist (LAW 51(1))."""
    document = press(license)
    keep_print(PrintedCertificate, document, license=license)
    return document


def press(license: License) -> bytes:
    """Make the certificate: the same license always gives the same bytes."""
    return render("certificate.typ", certificate_data(license), at=license.obtained_at, qr=verification_url(license))


def certificate_data(license: License) -> dict[str, Any]:
    """Return what the certificate says, in both languages."""
    notice = license.notice
    proof = announcement_proof(license.statement)
    facts: list[tuple[Text, str]] = [
        (_("Licensor"), "、".join(notice.terms["patentees"])),
        (_("Licensee"), _named(notice.licensee_name, notice.licensee_uscc)),
        (_("Patent"), f"ZL{notice.terms['patent_number']} {notice.terms['patent_title']}"),
        (_("Statement"), notice.terms["statement_number"]),
        (_("Announced in"), _place(proof)),
        (_("Notice served"), str(license.served_on)),
        (_("Payment"), str(license.paid_on) if license.paid_on else "—"),
        (_("License took effect"), str(license.effective_on)),
        (_("Last day of the license"), str(license.ends_on)),
    ]
    return {
        "title": both(_("Certificate of an open license")),
        "issuer": both(ISSUER),
        "number": license.number,
        "facts": [{"label": both(label), "value": value} for label, value in facts],
        "terms_title": both(_("Terms")),
        "terms": _terms(license),
        "law": both(
            _(
                "The license came about with written notice and payment at the announced price (Patent Law,"
                " Art. 51(1)). It is not exclusive, covers exploitation within China and may not be sublicensed."
            )
        ),
        "check": both(_("Check this document:")),
        "check_alt": verification_url(license),
        "address": verification_url(license),
        "code": spaced_code(license.verification_code),
        "hash_label": both(_("SHA-256 of the terms")),
        "terms_hash": license.terms_hash,
        "proof_label": both(_("Proof of the announcement: leaf, number in the log, root signed with that issue")),
        "proof": [proof.entry.content_hash, f"{proof.index + 1} / {proof.issue.tree_size}", proof.issue.root_hash],
        "footer": both(_("States the license as obtained; its present state is at the address above.")),
    }


def _place(proof: EntryProof) -> str:
    return f"{proof.issue} / {proof.entry.position}"


def genuine_certificate(data: bytes) -> License | None:
    """Return the license whose certificate is, byte for byte, this file, of whatever version of the printer. One of which
    no print is known yet may have been handed out before their hashes were kept."""
    known = PrintedCertificate.objects.select_related("license").filter(sha256=sha256(data).hexdigest()).first()
    if known is not None:
        return known.license
    number = re.search(r"[A-Z]{2,}\d{6,}", title_of(data))
    license = License.objects.filter(number=number[0]).first() if number else None
    unknown = license is not None and not license.prints.exists()
    return license if license is not None and unknown and press(license) == data else None


def _named(name: str, code: str) -> str:
    return f"{name} ({code})" if code else name


def _terms(license: License) -> list[dict[str, Any]]:
    """The terms in plain words, label and value in Chinese and then in English where they differ."""
    skipped = 3  # statement, patent and patentee stand among the facts
    with override("zh-hans"):
        chinese = rows_of(license.notice.terms)[skipped:]
    with override("en"):
        english = rows_of(license.notice.terms)[skipped:]
    return [
        {
            "label": {"zh": str(zh["label"]), "en": str(en["label"])},
            "value": str(zh["value"]) if str(zh["value"]) == str(en["value"]) else f"{zh['value']}\n{en['value']}",
        }
        for zh, en in zip(chinese, english, strict=True)
    ]
