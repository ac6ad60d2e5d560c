"""The one form in which an entry is hashed: canonical JSON (sorted keys, no blanks, UTF-8, NFC)."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the bytes that stand for ``content``. Only text, whole numbers, booleans, null, lists and objects.

    Raises:
        TypeError: something else is inside (a float, a Decimal, a date): write it as text first.
    """
    return json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
