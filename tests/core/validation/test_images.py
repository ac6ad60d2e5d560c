"""Images: only pixels survive, in the right way up, and no flood of them is ever decoded."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from core.validation import UploadRefused
from core.validation.images import rewrite_image


def encoded(image: Image.Image, image_format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, image_format, **options)
    return out.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("!L", len(data)) + name + data + struct.pack("!L", zlib.crc32(name + data))


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    body = png_chunk(b"IDAT", zlib.compress(b"\0" * 100)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + body


def test_metadata_and_trailing_data_are_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET-EXIF"
    comment = PngImagePlugin.PngInfo()
    comment.add_text("Comment", "SECRET-TEXT")
    picture = Image.new("RGB", (8, 6), (200, 10, 10))

    for data, image_format in (
        (encoded(picture, "JPEG", exif=exif, comment=b"SECRET-COMMENT") + b"SECRET-TAIL", "JPEG"),
        (encoded(picture, "PNG", pnginfo=comment, exif=exif) + b"SECRET-TAIL", "PNG"),
    ):
        assert b"SECRET" in data
        clean = rewrite_image(data, image_format)
        assert b"SECRET" not in clean
        with Image.open(io.BytesIO(clean)) as image:
            assert (image.size, image.format, dict(image.getexif())) == ((8, 6), image_format, {})


def test_the_picture_stays_upright_although_its_mark_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    clean = rewrite_image(encoded(Image.new("RGB", (8, 6)), "JPEG", exif=exif), "JPEG")

    with Image.open(io.BytesIO(clean)) as image:
        assert image.size == (6, 8)


@pytest.mark.parametrize(
    ("mode", "image_format", "kept"),
    [
        ("1", "PNG", "1"),
        ("L", "PNG", "L"),
        ("LA", "PNG", "LA"),
        ("RGBA", "PNG", "RGBA"),
        ("P", "PNG", "RGBA"),
        ("L", "JPEG", "L"),
        ("CMYK", "JPEG", "RGB"),
    ],
)
def test_every_usual_mode_is_kept_or_made_usual(mode: str, image_format: str, kept: str) -> None:
    clean = rewrite_image(encoded(Image.new(mode, (4, 4)), image_format), image_format)
    with Image.open(io.BytesIO(clean)) as image:
        assert image.mode == kept


def test_pixels_of_a_png_are_exact() -> None:
    picture = Image.new("RGB", (3, 2), (1, 2, 3))
    with Image.open(io.BytesIO(rewrite_image(encoded(picture, "PNG"), "PNG"))) as image:
        assert image.tobytes() == picture.tobytes()


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000, 60_000])
def test_a_flood_of_pixels_is_refused_by_its_header(side: int) -> None:
    with pytest.raises(UploadRefused) as caught:
        rewrite_image(png_claiming(side, side), "PNG")
    assert (caught.value.code, caught.value.params) == ("too_many_pixels", {"limit": 50})


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        png_claiming(100, 100),
        encoded(Image.new("RGB", (50, 50)), "PNG")[:60],
        encoded(Image.new("RGB", (50, 50)), "JPEG"),
    ],
)
def test_a_damaged_image_is_refused(data: bytes) -> None:
    with pytest.raises(UploadRefused) as caught:
        rewrite_image(data, "PNG")
    assert caught.value.code == "damaged"
