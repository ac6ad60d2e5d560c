"""Reading a PDF as a person does: its words, its pages as pictures, the square code on them."""

import pypdfium2
import zxingcpp
from PIL import Image

DPI = 200


def text_of(document: bytes) -> str:
    """Return the words of every page, line by line."""
    with pypdfium2.PdfDocument(document) as opened:
        return "\n".join(page.get_textpage().get_text_bounded() for page in opened).replace("\r\n", "\n")


def pictures_of(document: bytes) -> list[Image.Image]:
    """Return each page as a picture, at 200 dots an inch."""
    with pypdfium2.PdfDocument(document) as opened:
        return [page.render(scale=DPI / 72).to_pil() for page in opened]


def codes_on(document: bytes) -> list[str]:
    """Return what a phone reads from the square codes of the document."""
    return [code.text for picture in pictures_of(document) for code in zxingcpp.read_barcodes(picture)]
