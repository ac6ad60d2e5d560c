"""``manage.py write_docs``: write the pages of ``docs/`` that come from the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import reference


class Command(BaseCommand):
    """Writes the legal basis, the lifecycles and the API's description; ``--check`` only compares."""

    help = "Write docs/legal-basis.md, docs/lifecycles/*.md and docs/openapi.yml from the code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--check`` and another folder."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is stale")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "docs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what differs and say so, remove pages of lifecycles that are gone."""
        folder: Path = options["folder"]
        stale = list(_stale(folder))
        if options["check"]:
            if stale:
                raise CommandError(f"Stale, run `make docs`: {', '.join(name for name, _text in stale)}")
            return
        for name, text in stale:
            path = folder / name
            if text is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
            self.stdout.write(name)


def _stale(folder: Path) -> list[tuple[str, str | None]]:
    """Return the pages that differ from the code, with their new text (None: the page has no reason any more)."""
    wanted = reference.pages()
    written = {path.relative_to(folder).as_posix() for path in (folder / "lifecycles").glob("*.md")}
    changed = [
        (name, text)
        for name, text in wanted.items()
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text
    ]
    return [*changed, *((name, None) for name in sorted(written - set(wanted)))]
