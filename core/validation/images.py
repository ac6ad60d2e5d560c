"""Images rewritten: only the pixels survive, so that no metadata, trailing data or second format does."""

import io
import logging

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from core.validation.refusals import UploadRefused

MAX_PIXELS = 50_000_000
JPEG_QUALITY = 90

logger = logging.getLogger(__name__)


def rewrite_image(data: bytes, image_format: str) -> bytes:
    """Return the picture encoded anew as ``PNG`` or ``JPEG``, turned upright, without metadata.

    The size in the header is checked before any pixel is decoded; of an animation only the first frame stays.

    Raises:
        UploadRefused: ``too_many_pixels`` or ``damaged``.
    """
    try:
        return _rewrite(data, image_format)
    except UploadRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder fed with hostile data may raise anything; the file is refused, not the page
        logger.info("image refused: %s", type(error).__name__)
        raise UploadRefused(
            "damaged", _("This image cannot be read. Save it again and upload the new file.")
        ) from error


def _rewrite(data: bytes, image_format: str) -> bytes:
    with Image.open(io.BytesIO(data), formats=[image_format]) as source:
        if source.width * source.height > MAX_PIXELS:
            raise _too_many_pixels()
        source.load()
        upright = ImageOps.exif_transpose(source)
    if image_format == "JPEG":
        mode = "L" if upright.mode == "L" else "RGB"
    else:
        mode = upright.mode if upright.mode in {"1", "L", "LA", "RGB", "RGBA"} else "RGBA"
    pixels = upright.convert(mode)
    pixels.info.clear()
    out = io.BytesIO()
    if image_format == "JPEG":
        pixels.save(out, "JPEG", quality=JPEG_QUALITY)
    else:
        pixels.save(out, "PNG")
    return out.getvalue()


def _too_many_pixels() -> UploadRefused:
    return UploadRefused(
        "too_many_pixels",
        _("The image has more than %(limit)s million pixels. Make it smaller and upload it again."),
        limit=MAX_PIXELS // 1_000_000,
    )
