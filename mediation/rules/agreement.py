"""The words of an agreement and their hash. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

# What an agreement states (office practice on the pattern of the law of mediation): every part is hashed.
PARTS = ("parties", "facts", "dispute", "result", "performance_mode", "performance_on")


def agreement_hash(number: str, version: int, words: Mapping[str, str | date]) -> str:
    """Return the SHA-256 of the agreement's canonical JSON: case, version and every part, keys sorted, UTF-8.

    Raises:
        KeyError: a part is missing.
    """
    content = {name: str(words[name]) for name in PARTS} | {"case": number, "version": version}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
