"""Failures of the stack, each told as a sentence that says what to do."""

from pathlib import Path

_TAIL_LINES = 12

# What a server writes to its log when the machine, not the registry, is at fault → what the person should do.
_KNOWN = (
    (
        "No space left on device",
        "The disk that holds {folder} is full. Free some space, or set VAR_DIR to another disk.",
    ),
    ("Disk quota exceeded", "The disk quota for {folder} is used up. Free some space, or set VAR_DIR to another disk."),
    (
        "ermission denied",
        "{name} may not read or write {folder}. Run as the owner of that folder, or set VAR_DIR to a folder of yours.",
    ),
    (
        "could not look up effective user ID",
        "PostgreSQL runs only under a user that has a name. Give this one an entry in /etc/passwd, or run as another.",
    ),
    (
        "could not create shared memory segment",
        "The machine gives {name} too little shared memory. Raise its limit (docker: --shm-size=256m) and start again.",
    ),
)


class StackError(Exception):
    """A start that cannot go on. The text is for the person at the terminal and says what to do."""


def tail(log: Path) -> str:
    """Return the last lines of a log, or nothing when it was never written."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-_TAIL_LINES:])


def from_log(name: str, log: Path, folder: Path, said: str | None = None) -> StackError:
    """Return the error for a program that failed: a known cause in one sentence, else its last words.

    ``said`` is what the program wrote in this run; without it the log's tail is read.
    """
    last = tail(log) if said is None else said
    for sign, sentence in _KNOWN:
        if sign in last:
            return StackError(f"{sentence.format(name=name, folder=folder)} (Details: {log})")
    return StackError(f"{name} failed. Its log is {log}; the last lines are:\n{last}")


def from_os(error: OSError, folder: Path) -> StackError:
    """Return the sentence for a file operation under ``folder`` that the system refused."""
    for sign, sentence in _KNOWN[:3]:
        if sign in str(error):
            return StackError(sentence.format(name="The registry", folder=folder) + f" ({error})")
    return StackError(f"The folder {folder} cannot be used: {error}. Mend that, or set VAR_DIR to another folder.")
