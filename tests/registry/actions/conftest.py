"""What the tests of acts share."""

import pytest

from core.validation.files import CleanFile, FileKind


@pytest.fixture
def clean_pdf():
    return CleanFile(content=b"%PDF-1.7 signed", kind=FileKind.PDF, name="signed.pdf", sha256="d" * 64)
