"""A process of its own that does the worker's part of all that is owed; says how long it took and its memory."""

import os
import resource
import time
from pathlib import Path

import django


def main() -> None:
    """Deliver everything that is due; print the seconds, the peak of resident memory and what is left of it, in MB."""
    from core.outbox import deliver_one

    begun = time.monotonic()
    while deliver_one():
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    left = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2
    print(f"{time.monotonic() - begun:.2f} {peak:.1f} {left:.1f}")


if __name__ == "__main__":
    django.setup()
    main()
