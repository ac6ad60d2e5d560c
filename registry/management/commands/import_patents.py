"""``manage.py import_patents FILE``: take in patents of the register, in constant memory (docs/import.md)."""

import sys
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from tqdm import tqdm

from core.deadlines import SHANGHAI, law_date
from core.lifecycle import Actor
from registry.actions.importing import close_delivery, import_batch, open_delivery
from registry.intake.files import PatentFile, Record, UnreadableFile
from registry.intake.rejects import RejectsFile
from registry.intake.rows import Fault, Faulty, RowReader, read_day
from registry.models import Delivery

BY = Actor.system("import")


class Command(BaseCommand):
    """Takes in a file of granted patents, a transaction a batch; refused rows go to a file of their own."""

    help = "Take in granted patents from a CSV or JSON Lines file (also .gz). The same file twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare FILE and the options."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--rejects", type=Path, help="file for refused rows (default: FILE.rejects.csv)")
        parser.add_argument("--batch", type=int, default=1000, help="rows a transaction (1 to 10000)")
        parser.add_argument("--as-of", help="day to which the data speaks, for example 2026-11-20 (default: now)")
        parser.add_argument(
            "--vouched",
            action="store_true",
            help="the supplier vouches that every row is a granted patent; rows without grant date are admitted",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print what became of the rows."""
        if not 1 <= options["batch"] <= 10_000:
            raise CommandError("--batch must be from 1 to 10000.")
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        rejects = options["rejects"] or path.with_name(f"{path.name}.rejects.csv")
        at = timezone.now()
        with ExitStack() as stack, translation.override("en"):
            try:
                source = stack.enter_context(PatentFile(path))
                writer = stack.enter_context(RejectsFile(rejects))
                delivery = open_delivery(
                    name=path.name, as_of=_as_of(options["as_of"], at), vouched=options["vouched"], by=BY, at=at
                )
                self._take(source, writer, delivery, options["batch"])
            except UnreadableFile as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                raise CommandError(f"{error.filename or path}: {error.strerror or error}") from error
            delivery = close_delivery(delivery=delivery, by=BY, at=timezone.now())
        self._report(delivery, source, rejects, writer.codes)

    def _take(self, source: PatentFile, writer: RejectsFile, delivery: Delivery, size: int) -> None:
        reader = RowReader(on=law_date(delivery.started_at), vouched=delivery.vouched)
        records = iter(source)
        with tqdm(total=source.size, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:
            while batch := list(islice(records, size)):
                rows, faults = _read(batch, reader)
                taken = import_batch(
                    delivery=delivery,
                    rows=rows,
                    refused=len({line for line, _fault in faults}),
                    by=BY,
                    at=delivery.started_at,
                )
                writer.write(sorted([*faults, *taken.refused], key=lambda item: item[0]))
                bar.update(source.read_bytes - bar.n)

    def _report(self, delivery: Delivery, source: PatentFile, rejects: Path, codes: Counter[str]) -> None:
        self.stdout.write(
            f"{delivery.inserted} new, {delivery.updated} changed, {delivery.unchanged} unchanged, "
            f"{delivery.refused} refused."
        )
        if source.ignored:
            self.stdout.write(f"Columns without use: {', '.join(source.ignored)}.")
        if codes:
            reasons = ", ".join(f"{code} {count}" for code, count in codes.most_common())
            self.stdout.write(f"Why rows were refused: {reasons}. Each one is in {rejects}.")


def _read(batch: list[Record], reader: RowReader) -> tuple[list, list[tuple[int, Fault]]]:
    rows, faults = [], []
    for record in batch:
        found = [record.fault] if record.fault else reader.read(record.cells, record.line)
        if isinstance(found, list):
            faults.extend((record.line, fault) for fault in found)
        else:
            rows.append(found)
    return rows, faults


def _as_of(text: str | None, at: datetime) -> datetime | None:
    if not text:
        return None
    try:
        day = read_day(text)
    except Faulty as error:
        raise CommandError(f"--as-of: {error.reason}") from error
    if day is None or day > law_date(at):
        raise CommandError("--as-of must be a day that has begun.")
    return datetime.combine(day, time(), tzinfo=SHANGHAI)
