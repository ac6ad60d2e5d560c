"""The cells of a spreadsheet that name papers by their files: report, agreement, signed consents. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from registry.intake.rows import Faulty, read_day
from registry.intake.statement_columns import AGREED_UNTIL, AGREEMENT, CONSENTS, PATENT, REPORT, fold

_EXTENSION = re.compile(r"\.(pdf|png|jpe?g)$", re.IGNORECASE)
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class PapersOfRow:
    """Files that a row names. ``consents`` are pairs of a holder's name, empty where it is left out, and a file.

    ``fault``: the last day of the agreement cannot be read.
    """

    report: str = ""
    agreement: str = ""
    agreed_until: date | None = None
    consents: tuple[tuple[str, str], ...] = ()
    fault: bool = False


def key_of(name: str) -> str:
    """Return a file's name as names are compared: without extension, blanks, marks, width and case."""
    return fold(_EXTENSION.sub("", normalize("NFKC", name).strip()))[:LONGEST_KEY]


def report_keys(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return under which names a row's report is looked for where the row names none: those of the patent's number."""
    number = key_of(cells.get(PATENT, "")).removeprefix("zl")
    return (number, f"zl{number}") if number else ()


def papers_of_row(cells: Mapping[str, str]) -> PapersOfRow:
    """Return the files that a row names."""
    until, fault = None, False
    try:
        until = read_day(cells.get(AGREED_UNTIL, ""))
    except Faulty:
        fault = True
    return PapersOfRow(
        cells.get(REPORT, "").strip(),
        cells.get(AGREEMENT, "").strip(),
        until,
        tuple(_consents(cells.get(CONSENTS, ""))),
        fault,
    )


def _consents(text: str) -> list[tuple[str, str]]:
    """Return the pairs of one cell: ``holder: file; holder: file``, or a file alone."""
    found = []
    for part in normalize("NFKC", text).replace("\n", ";").split(";"):
        holder, colon, file = part.rpartition(":")
        if file.strip() or colon:
            found.append((holder.strip(), file.strip()))
    return found
