"""The one error of every upload."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class UploadRefused(ValidationError):
    """A file that is not accepted. ``code`` says why in one word, the message says it and how to mend it."""

    def __init__(self, code: str, message: "str | _StrPromise", **params: object) -> None:
        super().__init__(message, code=code, params=params or None)
