"""A process of its own that does the worker's part of all that is owed; says how long it took and its peak of memory."""

import time
from pathlib import Path

import django


def main() -> None:
    """Deliver everything that is due; print the seconds and the peak of resident memory, in MB."""
    from core.outbox import deliver_one

    begun = time.monotonic()
    while deliver_one():
        pass
    print(f"{time.monotonic() - begun:.2f} {resident_peak():.1f}")


def resident_peak() -> float:
    """Return the peak of this process's resident memory, in MB.

    Not ``ru_maxrss``: that outlives exec, and so is at least what the process that started this one held then.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    django.setup()
    main()
