"""``manage.py import_register_events FILE``: take in events of the register, in constant memory (docs/import.md)."""

import sys
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from tqdm import tqdm

from core.lifecycle import Actor
from registry.actions.events import Received, TakenIn, take_in_events
from registry.intake.events import EventReader, EventRow
from registry.intake.files import EventFile, Record, UnreadableFile
from registry.intake.rejects import RejectsFile
from registry.intake.rows import Fault

BY = Actor.system("register events")


class Command(BaseCommand):
    """Takes in a feed of register events, a transaction a batch; refused lines go to a file of their own."""

    help = "Take in register events from a JSON Lines file (also .gz). The same file twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare FILE and the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--rejects", type=Path, help="file for refused lines (default: FILE.rejects.csv)")
        parser.add_argument("--batch", type=int, default=500, help="lines a transaction (1 to 10000)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print what became of the lines."""
        if not 1 <= options["batch"] <= 10_000:
            raise CommandError("--batch must be from 1 to 10000.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        rejects = options["rejects"] or path.with_name(f"{path.name}.rejects.csv")
        counts = {"entered": 0, "parked": 0, "known": 0, "refused": 0}
        with ExitStack() as stack, translation.override("en"):
            try:
                source = stack.enter_context(EventFile(path))
                writer = stack.enter_context(RejectsFile(rejects))
                self._take(source, writer, options["batch"], counts)
            except UnreadableFile as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                raise CommandError(f"{error.filename or path}: {error.strerror or error}") from error
        self._report(counts, rejects, writer)

    def _take(self, source: EventFile, writer: RejectsFile, size: int, counts: dict[str, int]) -> None:
        records = iter(source)
        with tqdm(total=source.size, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:
            while batch := list(islice(records, size)):
                at = timezone.now()
                rows, faults = _read(batch, EventReader(at))
                taken = take_in_events(events=[_received(row) for row in rows], by=BY, at=at)
                faults += _reused(rows, taken)
                writer.write(sorted(faults, key=lambda item: item[0]))
                counts["entered"] += len(taken.entered)
                counts["parked"] += len(taken.parked)
                counts["known"] += len(taken.known)
                counts["refused"] += len({line for line, _fault in faults})
                bar.update(source.read_bytes - bar.n)

    def _report(self, counts: dict[str, int], rejects: Path, writer: RejectsFile) -> None:
        self.stdout.write(
            f"{counts['entered']} entered, {counts['parked']} parked for a person, {counts['known']} known already, "
            f"{counts['refused']} refused."
        )
        if writer.codes:
            reasons = ", ".join(f"{code} {count}" for code, count in writer.codes.most_common())
            self.stdout.write(f"Why lines were refused: {reasons}. Each one is in {rejects}.")


def _read(batch: list[Record], reader: EventReader) -> tuple[list[EventRow], list[tuple[int, Fault]]]:
    rows: list[EventRow] = []
    faults: list[tuple[int, Fault]] = []
    for record in batch:
        found = [record.fault] if record.fault else reader.read(record.cells, record.line)
        if isinstance(found, list):
            faults.extend((record.line, fault) for fault in found)
        else:
            rows.append(found)
    return rows, faults


def _received(row: EventRow) -> Received:
    return Received(row.number, row.kind, row.on, row.source, row.reference, row.details, row.as_of)


def _reused(rows: list[EventRow], taken: TakenIn) -> list[tuple[int, Fault]]:
    """The lines whose reference was used before for something else: nobody knows which of the two is right."""
    reason = "This source has used the reference for another event. Send a correction under a new reference."
    reused = list(taken.reused)
    faults = []
    for row in rows:
        if _received(row) in reused:
            reused.remove(_received(row))
            faults.append((row.line, Fault("reference", row.reference, "reference_reused", reason)))
    return faults
