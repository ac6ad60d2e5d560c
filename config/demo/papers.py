"""Papers of the story: real PDF files that say on their face that they are invented."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo.data import load
from core.pdf import render
from core.validation.files import DOCUMENTS, CleanFile, inspect_upload


def paper(title: str, lines: list[str], *, at: datetime) -> CleanFile:
    """Return a paper that passed the same inspection as every upload."""
    data = {"title": title, "lines": lines, "note": load("words")["development"]}
    document = render("demo_paper.typ", data, at=at)
    upload = SimpleUploadedFile(f"{title}.pdf", document, content_type="application/pdf")
    return inspect_upload(upload, kinds=DOCUMENTS)
