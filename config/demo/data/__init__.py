"""The words and figures of the demo story, as JSON: names, patents, statements, licenses, disputes. All invented."""

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    """Return the content of ``<name>.json`` in this folder."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
