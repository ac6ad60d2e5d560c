"""Files of register data read record by record, in constant memory: CSV and JSON Lines, plain or gzipped.

A record that cannot be read is a fault of that record alone. Only a file that is no such file at all stops the run.
"""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.intake.rows import ALIASES, OPTIONAL, REQUIRED, Fault

LONGEST_RECORD = 1_000_000  # characters
_KNOWN = (*REQUIRED, *OPTIONAL)
_UNDECODED = range(0xDC80, 0xDD00)  # bytes that are no UTF-8, as Python smuggles them through


class UnreadableFile(Exception):
    """The file as a whole is not what can be read here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first line and its known cells, or the fault that leaves it without any."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None


class PatentFile:
    """An open file of patents. ``read_bytes`` of ``size`` says how far it is; ``ignored`` are columns without use."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ignored: list[str] = []
        self.size = path.stat().st_size
        self._raw: IO[bytes] | None = None
        self._text: IO[str] = io.StringIO()

    def __enter__(self) -> Self:
        self._raw = self.path.open("rb")
        stream: Any = gzip.GzipFile(fileobj=self._raw) if self.path.suffix == ".gz" else self._raw
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
        return self

    def __exit__(self, *_exc: object) -> None:
        self._text.close()
        if self._raw is not None:
            self._raw.close()

    @property
    def read_bytes(self) -> int:
        """How many bytes of the file on disk were read so far."""
        return self._raw.tell() if self._raw is not None else 0

    def __iter__(self) -> Iterator[Record]:
        try:
            yield from self._json_lines() if self._is_json() else self._csv()
        except (EOFError, gzip.BadGzipFile) as error:
            raise UnreadableFile(f"{self.path.name} is damaged or ends early ({error}). Fetch it anew.") from error

    def _is_json(self) -> bool:
        suffixes = [suffix for suffix in self.path.suffixes if suffix != ".gz"]
        return bool(suffixes) and suffixes[-1] in (".jsonl", ".ndjson")

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number. Of an overlong line only the beginning, so that memory stays bounded."""
        number = 0
        while line := self._text.readline(LONGEST_RECORD):
            number += 1
            rest = line
            while len(rest) == LONGEST_RECORD and not rest.endswith("\n"):
                rest = self._text.readline(LONGEST_RECORD)
            yield number, line

    def _csv(self) -> Iterator[Record]:
        csv.field_size_limit(LONGEST_RECORD)
        reader = csv.reader(line for _number, line in self._lines())
        columns = self._columns(next(reader, []))
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Record(first, fault=Fault("", "", "unreadable", str(error)))
                continue
            if not any(cells):
                continue
            if len(cells) != len(columns):
                yield Record(first, fault=_count_fault(len(cells), len(columns)))
                continue
            yield decoded(first, {name: cell for name, cell in zip(columns, cells, strict=True) if name})

    def _columns(self, header: list[str]) -> list[str]:
        """Return the known name of each column, empty for one without use.

        Raises:
            UnreadableFile: no header, a required column missing, or two columns for the same thing.
        """
        names = [name.strip().lower() for name in header]
        columns = [ALIASES.get(name, name) for name in names]
        missing = [name for name in REQUIRED if name not in columns]
        if missing:
            raise UnreadableFile(
                f"{self.path.name} lacks the columns {', '.join(missing)}. docs/import.md lists all columns."
            )
        known = [name for name in columns if name in _KNOWN]
        twice = sorted({name for name in known if known.count(name) > 1})
        if twice:
            raise UnreadableFile(f"{self.path.name} has two columns for {', '.join(twice)}.")
        self.ignored = [name for name, column in zip(names, columns, strict=True) if column not in _KNOWN]
        return [name if name in _KNOWN else "" for name in columns]

    def _json_lines(self) -> Iterator[Record]:
        ignored: set[str] = set()
        for number, line in self._lines():
            if not line.strip():
                continue
            record = json_record(number, line)
            if record.fault is None:
                ignored.update(name for name in record.cells if name not in _KNOWN)
                self.ignored = sorted(ignored)[:100]
                record = decoded(number, {name: text for name, text in record.cells.items() if name in _KNOWN})
            yield record


class EventFile(PatentFile):
    """An open file of register events: JSON Lines alone, with every field as it stands."""

    def __iter__(self) -> Iterator[Record]:
        try:
            for number, line in self._lines():
                if line.strip():
                    record = json_record(number, line)
                    yield record if record.fault else decoded(number, record.cells)
        except (EOFError, gzip.BadGzipFile) as error:
            raise UnreadableFile(f"{self.path.name} is damaged or ends early ({error}). Fetch it anew.") from error


def json_record(number: int, line: str) -> Record:
    """Return the record of a line of JSON, or why it is none."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return Record(number, fault=Fault("", line[:200], "not_json", _("This line is not a JSON object.")))
    if not isinstance(data, dict):
        return Record(number, fault=Fault("", line[:200], "not_json", _("This line is not a JSON object.")))
    cells = {}
    for key, value in data.items():
        name = ALIASES.get(key.strip().lower(), key.strip().lower())
        if isinstance(value, float | bool | dict):
            reason = _("This value must be text: as a number it may have lost digits.")
            return Record(number, fault=Fault(name, str(value)[:200], "not_text", reason))
        items = value if isinstance(value, list) else [value]
        cells[name] = ";".join("" if item is None else str(item) for item in items)
    return Record(number, cells)


def decoded(line: int, cells: dict[str, str]) -> Record:
    """Return the record, or its fault if bytes in it are no UTF-8."""
    for name, text in cells.items():
        if any(ord(char) in _UNDECODED for char in text):
            shown = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            reason = _("This is not UTF-8. Export the file anew as “CSV UTF-8”.")
            return Record(line, fault=Fault(name, shown[:200], "not_utf8", reason))
    return Record(line, cells)


def _count_fault(found: int, expected: int) -> Fault:
    reason = format_lazy(
        _("This row has {found} cells, the header has {expected}. Is a quote mark or a comma missing?"),
        found=found,
        expected=expected,
    )
    return Fault("", "", "wrong_cell_count", reason)
