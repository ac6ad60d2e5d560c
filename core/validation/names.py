"""Names of uploaded files, made safe for headers, disks and readers."""

import re
import unicodedata

LONGEST_STEM = 100

_UNSAFE = re.compile(r'["\'`\\/:*?<>|;%&#$\s]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def safe_name(name: str, extension: str) -> str:
    """Return the last part of the name without anything that a path, a header or a reader could trip over.

    Control, invisible and direction characters vanish; quotes, separators and white space become ``_``. The extension
    is the given one, not the one of the name. An empty stem, or one that is a device of Windows, becomes ``file``.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C" or char.isspace())
    stem = visible.rpartition(".")[0] or visible
    stem = _UNSAFE.sub("_", stem).strip("._ ")[:LONGEST_STEM].strip("._ ")
    if not stem or _DEVICES.fullmatch(stem.split(".")[0]):
        stem = "file"
    return f"{stem}.{extension}"
