"""The one error of every upload."""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise


class UploadRefused(ValidationError):
    """A file that is not accepted. ``code`` says why in one word, the message says it and how to mend it."""

    def __init__(self, code: str, message: str | Promise, **params: object) -> None:
        super().__init__(message, code=code, params=params or None)
