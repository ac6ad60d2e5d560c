"""What comes from outside: text (``text``), files (``files``), their names and the virus scanner (``scanning``)."""

from core.validation.refusals import UploadRefused
from core.validation.text import (
    LineField,
    TextField,
    can_be_called,
    clean_line,
    clean_text,
    names_somebody,
    neutralize_cell,
    validate_line,
    validate_name,
    validate_phone,
    validate_text,
)

__all__ = [
    "LineField",
    "TextField",
    "UploadRefused",
    "can_be_called",
    "clean_line",
    "clean_text",
    "names_somebody",
    "neutralize_cell",
    "validate_line",
    "validate_name",
    "validate_phone",
    "validate_text",
]
