"""The file of refused records: one line a fault, for whoever mends the delivery."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from core.validation.text import neutralize_cell
from registry.intake.rows import Fault

HEADER = ("line", "field", "value", "code", "reason")


class RejectsFile:
    """The file of refused rows, made with the first of them. ``codes`` counts their reasons."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.codes: Counter[str] = Counter()
        self._file: Any = None

    def __enter__(self) -> "RejectsFile":
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, faults: list[tuple[int, Fault]]) -> None:
        """Add one line a fault."""
        if not faults:
            return
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(HEADER)
        lines = csv.writer(self._file)
        for line, fault in faults:
            value = fault.value.encode("utf-8", "replace").decode("utf-8")[:500]
            lines.writerow([line, fault.field, neutralize_cell(value), fault.code, str(fault.reason)])
            self.codes[fault.code] += 1
        self._file.flush()
