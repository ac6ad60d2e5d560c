"""Classes of patents: IPC for inventions and utility models, Locarno for designs."""

import re

from django.utils.translation import gettext_lazy as _

from core.identifiers.errors import InvalidIdentifier
from core.identifiers.patents import tidy

LOCARNO_CLASSES = 32

_IPC = re.compile(r"([A-H][0-9]{2}[A-Z])([0-9]{1,4})/([0-9]{2,6})(?:\([0-9]{4}\.[0-9]{2}\))?[IN]?")
_LOCARNO = re.compile(r"(?:LOC(?:\([0-9]{1,2}\))?(?:CL\.?)?)?([0-9]{2})-([0-9]{2})")


def parse_ipc(text: str) -> str:
    """Return the main class of an IPC entry, ``H02J13/00`` for ``H02J 13/00 (2006.01) I; H02J 3/00``.

    The main class is the first one listed. Edition marks and inner spaces are dropped.

    Raises:
        InvalidIdentifier: ``wrong_class``.
    """
    first = tidy(re.split(r"[;；,，]", text.strip(" ;；,，?"), maxsplit=1)[0])
    match = _IPC.fullmatch(first)
    if not match:
        raise InvalidIdentifier(
            "wrong_class",
            _("A class of the International Patent Classification looks like H02J13/00: section, class, group."),
        )
    return f"{match[1]}{match[2]}/{match[3]}"


def display_ipc(ipc: str) -> str:
    """Return a stored IPC class as the gazette prints it, ``H02J 13/00``."""
    return f"{ipc[:4]} {ipc[4:]}"


def parse_locarno(text: str) -> str:
    """Return the main Locarno class, ``26-05`` for ``LOC (14) Cl. 26-05; 26-03``. Classes run from 01 to 32.

    Raises:
        InvalidIdentifier: ``wrong_class``.
    """
    first = tidy(re.split(r"[;；,，]", text.strip(" ;；,，?"), maxsplit=1)[0])
    match = _LOCARNO.fullmatch(first)
    if not match or not 1 <= int(match[1]) <= LOCARNO_CLASSES:
        raise InvalidIdentifier(
            "wrong_class", _("A Locarno class looks like 26-05: a class from 01 to 32 and a subclass.")
        )
    return f"{match[1]}-{match[2]}"


def parse_main_class(kind: str, text: str) -> str:
    """Return the main class in the classification of the patent's kind. Raises InvalidIdentifier ``wrong_class``."""
    return parse_locarno(text) if kind == "design" else parse_ipc(text)
