"""Gap-free reference numbers from a locked counter row, given in the transaction that uses them."""

from core.models import Counter


def next_number(name: str) -> int:
    """Return the next number of the range, starting with 1.

    The counter row stays locked until the surrounding transaction ends; if that rolls back, so does the number,
    and the range has no gaps. A sequence would leave gaps (safety: issue and license numbers have none).
    """
    return next_numbers(name, 1)[0]


def next_numbers(name: str, count: int) -> range:
    """Return so many next numbers of the range, as :func:`next_number` does one."""
    Counter.objects.get_or_create(name=name)
    counter = Counter.objects.select_for_update().get(name=name)
    first = counter.value + 1
    counter.value += count
    counter.save(update_fields=["value"])
    return range(first, counter.value + 1)
