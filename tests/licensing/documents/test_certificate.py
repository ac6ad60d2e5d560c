"""The certificate as a reader opens it: its words, its square code, the same bytes each time."""

import io
import re
import subprocess

import pikepdf
import pytest
from PIL import Image

from core.pdf import qr_svg
from licensing.documents.certificate import certificate_of
from licensing.queries.progress import spaced_code, verification_url


@pytest.fixture
def license(scene):
    return scene.license()


def words_of(document: bytes) -> str:
    out = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True).stdout
    return " ".join(out.decode().split())


def test_it_says_who_what_from_when_and_how_to_check(license) -> None:
    words = words_of(certificate_of(license))

    for fact in (
        license.number, "Lakeside University", "Canton Cooling", f"ZL{license.statement.patent.number}",
        license.statement.number, "2026-03-02", "Patent Law, Art. 51(1)", spaced_code(license.verification_code),
    ):  # fmt: skip
        assert fact in words
    assert license.terms_hash in words.replace(" ", "")
    assert "020 8000 0000" not in words  # no personal data


def test_the_same_license_has_the_same_bytes(license) -> None:
    assert certificate_of(license) == certificate_of(type(license).objects.get(pk=license.pk))


def test_the_square_code_on_the_page_holds_the_public_address(license) -> None:
    """Compare the drawn modules, read from a picture of the page, with the code of the address."""
    document = certificate_of(license)
    shot = subprocess.run(["pdftoppm", "-r", "200", "-png", "-"], input=document, capture_output=True, check=True)
    page = Image.open(io.BytesIO(shot.stdout)).convert("L")
    expected = _modules(qr_svg(verification_url(license)))
    found = _find(page, len(expected))

    assert found == expected
    with pikepdf.open(io.BytesIO(document)) as opened:
        assert [str(note.A.URI) for note in opened.pages[0].Annots if "/A" in note] == [verification_url(license)]


def _modules(svg: str) -> list[str]:
    """The dark modules of an SVG by segno, row by row, without its border."""
    size = int(re.search(r'width="(\d+)"', svg)[1])
    rows = [["0"] * size for _row in range(size)]
    x = y = 0.0
    path = re.search(r' d="([^"]+)"', svg)[1]
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        values = [float(part) for part in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for step in range(int(values[0])):
                rows[int(y)][int(x) + step] = "1"
            x += values[0]
    return ["".join(row[2:-2]) for row in rows[2:-2]]


def _find(page: Image.Image, count: int) -> list[str]:
    """Read the modules from the picture: the code is the dark square whose upper left corner is 20 mm from the left."""
    left, scale = round(20 / 25.4 * 200), 34 / 25.4 * 200 / (count + 4)
    first = left + round(2 * scale)
    column = [page.getpixel((first + 2, y)) < 128 for y in range(page.height)]
    runs, start = [], None
    for y, dark in enumerate([*column, False]):
        if dark and start is None:
            start = y
        if not dark and start is not None:
            runs.append((start, y))
            start = None
    top = next(start for start, end in runs if abs((end - start) - 7 * scale) < scale)
    return [
        "".join(
            "1" if page.getpixel((int(first + (x + 0.5) * scale), int(top + (y + 0.5) * scale))) < 128 else "0"
            for x in range(count)
        )
        for y in range(count)
    ]
