"""A process of its own that does the worker's part of all that is owed; says how long it took and its peak memory."""

import resource
import time

import django


def main() -> None:
    """Deliver everything that is due and print the seconds, then the peak of resident memory in megabytes."""
    from core.outbox import deliver_one

    begun = time.monotonic()
    while deliver_one():
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.monotonic() - begun:.2f} {peak:.1f}")


if __name__ == "__main__":
    django.setup()
    main()
