"""What comes from outside: text (``text``), files (``files``), their names and the virus scanner (``scanning``)."""

from core.validation.refusals import UploadRefused
from core.validation.text import (
    LineField,
    TextField,
    clean_line,
    clean_text,
    neutralize_cell,
    validate_line,
    validate_text,
)

__all__ = [
    "LineField",
    "TextField",
    "UploadRefused",
    "clean_line",
    "clean_text",
    "neutralize_cell",
    "validate_line",
    "validate_text",
]
