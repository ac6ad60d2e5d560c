"""File names of the hostile and of the merely long."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.validation.names import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("声明书.pdf", "声明书.pdf"),
        ("Report 2026 (final).PDF", "Report_2026_(final).pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\evil.exe", "evil.pdf"),
        ('a"; filename="b.html', "a_filename=_b.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a_Set-Cookie_x=1.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("nul\x00.pdf", "file.pdf"),
        ("CON.pdf", "file.pdf"),
        ("com1.tar.pdf", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("长" * 300 + ".pdf", "长" * 100 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name, "pdf") == safe


@given(st.text(max_size=300))
def test_no_name_breaks_a_path_or_a_header(name: str) -> None:
    safe = safe_name(name, "pdf")

    assert safe.endswith(".pdf")
    assert 5 <= len(safe) <= 104
    assert not set(safe) & set('/\\"\r\n\0:;%')
    assert not safe.startswith(".")
    assert all(unicodedata.category(char)[0] != "C" for char in safe)
