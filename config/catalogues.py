"""The language catalogues: find every message in code and templates, merge them into ``locale/``, compile them.

No gettext tools are needed: messages are read with Babel, catalogues written with polib. Entries stand in the order of
their msgid and name their files without line numbers, so that a catalogue changes only where a message does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation import template as django_template

LANGUAGES = ("zh_Hans", "en")
SOURCE_LANGUAGE = "en"
PACKAGES = ("config", "core", "accounts", "registry", "licensing", "mediation")
TEMPLATE_KINDS = (".html", ".txt", ".xml", ".svg")

_PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
_ONE = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
_SEVERAL = dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
_IN_CONTEXT = dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2))
_SEVERAL_IN_CONTEXT = dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3))
# Topics of office practice are shown to people through gettext (core/legal/citations.py).
_TOPICS = {"PRACTICE": None}
KEYWORDS: dict[str, Any] = {**_ONE, **_SEVERAL, **_IN_CONTEXT, **_SEVERAL_IN_CONTEXT, **_TOPICS}

_NAMED = re.compile(r"%\((\w+)\)[#0 +-]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
_POSITIONAL = re.compile(r"(?<!%)%(?:[sd]|\.\d+f)")
_BRACED = re.compile(r"\{(\w*)(?:[.\[!:][^{}]*)?\}")

Key = tuple[str, str]  # context, msgid


class CatalogueError(Exception):
    """A catalogue that cannot be compiled, with every reason."""


@dataclass(slots=True)
class Found:
    """One message as it stands in the code."""

    msgid: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)


def extract(root: Path | None = None) -> dict[Key, Found]:
    """Return every message of the Python files and templates below the project's folder.

    Raises:
        ValueError: one msgid is used both with and without plural, or with two plurals.
    """
    root = root or settings.BASE_DIR
    found: dict[Key, Found] = {}
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        for context, msgid, plural in _messages(path):
            entry = found.setdefault((context, msgid), Found(msgid, plural, context))
            if entry.plural and plural and entry.plural != plural:
                raise ValueError(f"{name}: {msgid!r} has two plurals, {entry.plural!r} and {plural!r}")
            entry.plural = entry.plural or plural
            entry.files.add(name)
    return found


def sources(root: Path) -> Iterator[Path]:
    """Yield the files that hold messages, in a stable order."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in TEMPLATE_KINDS:
            yield path


def _messages(path: Path) -> Iterator[tuple[str, str, str]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # Django writes the template as lines of Python; indentation left over would be a syntax error there.
        text = "\n".join(line.lstrip() for line in django_template.templatize(text).splitlines())
    for _line, function, arguments, _comments in extract_python(BytesIO(text.encode()), KEYWORDS, (), {}):
        spec = KEYWORDS[function]
        words = arguments if isinstance(arguments, tuple) else (arguments,)
        in_context = spec is not None and isinstance(spec[0], tuple)
        context = words[0] if in_context else ""
        rest = words[1:] if in_context else words
        wanted = 2 if spec is not None and len(spec) - in_context == 2 else 1
        if rest and rest[0] and all(isinstance(word, str) for word in rest[:wanted]):
            yield context or "", rest[0], rest[1] if wanted == 2 else ""


def catalogue_path(language: str, root: Path | None = None) -> Path:
    """Return the place of a language's catalogue."""
    return (root or settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str, root: Path | None = None) -> polib.POFile:
    """Return a language's catalogue as it stands, empty if there is none yet."""
    path = catalogue_path(language, root)
    return polib.pofile(str(path), wrapwidth=100) if path.exists() else polib.POFile(wrapwidth=100)


def merge(found: dict[Key, Found], known: polib.POFile, language: str) -> polib.POFile:
    """Return a new catalogue of exactly the found messages, with the known translations.

    A message that is new stays empty, but in the source language, where it is its own translation. A translation
    marked fuzzy is dropped: half a translation is none.
    """
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in known if not entry.obsolete and not entry.fuzzy}
    merged = polib.POFile(wrapwidth=100)
    merged.metadata = {
        "Project-Id-Version": "patent-open-license-registry",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURALS[language],
    }
    for key in sorted(found, key=lambda key: (key[1].casefold(), key[1], key[0])):
        merged.append(_entry(found[key], old.get(key), language))
    return merged


def _entry(message: Found, old: polib.POEntry | None, language: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid,
        msgctxt=message.context or None,
        occurrences=[(name, "") for name in sorted(message.files)],
    )
    forms = 2 if _PLURALS[language].startswith("nplurals=2") else 1
    if message.plural:
        entry.msgid_plural = message.plural
        source = (message.msgid, message.plural)
        before = old.msgstr_plural if old is not None else {}
        entry.msgstr_plural = {
            index: source[index] if language == SOURCE_LANGUAGE else before.get(index, "") for index in range(forms)
        }
    else:
        entry.msgstr = message.msgid if language == SOURCE_LANGUAGE else (old.msgstr if old is not None else "")
    return entry


def placeholders(text: str) -> set[str]:
    """Return the names a text leaves open: ``%(number)s``, ``%s``, ``{licensee}``."""
    return (
        {f"%({name})" for name in _NAMED.findall(text)}
        | set(_POSITIONAL.findall(text))
        | {f"{{{name}}}" for name in _BRACED.findall(text)}
    )


def faults(entries: Iterable[polib.POEntry]) -> Iterator[str]:
    """Yield a sentence for each entry whose translation would fail or mislead at run time."""
    for entry in entries:
        if entry.obsolete:
            continue
        if entry.fuzzy:
            yield f"{entry.msgid!r} is marked fuzzy"
        wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            # The singular of a plural message may spell its number out; no other placeholder may be missing or new.
            strange = placeholders(text) ^ wanted
            if text and strange and not (entry.msgid_plural and strange <= wanted - placeholders(entry.msgid)):
                yield f"{entry.msgid!r}: placeholders {sorted(strange)} differ in {text!r}"


def untranslated(entries: Iterable[polib.POEntry]) -> list[str]:
    """Return the msgids without a whole translation."""
    return [entry.msgid for entry in entries if not entry.obsolete and not entry.translated()]


def update(root: Path | None = None) -> dict[str, int]:
    """Rewrite every catalogue from the code; return the number of messages without translation by language."""
    found = extract(root)
    missing = {}
    for language in LANGUAGES:
        merged = merge(found, read(language, root), language)
        path = catalogue_path(language, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        merged.save(str(path))
        missing[language] = len(untranslated(merged))
    return missing


def compile_all(root: Path | None = None) -> dict[str, int]:
    """Write each catalogue's ``.mo`` file; return the number of its messages by language.

    Raises:
        CatalogueError: a translation is fuzzy or has other placeholders than its message. Nothing is written then.
    """
    catalogues = {language: read(language, root) for language in LANGUAGES}
    wrong = [f"{language}: {fault}" for language, entries in catalogues.items() for fault in faults(entries)]
    if wrong:
        raise CatalogueError("\n".join(wrong))
    for language, entries in catalogues.items():
        path = catalogue_path(language, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".mo.new")
        fresh.write_bytes(entries.to_binary())
        fresh.replace(path.with_suffix(".mo"))
    return {language: len(entries) for language, entries in catalogues.items()}
