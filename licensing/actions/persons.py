"""Who acts, as a person: notices, payments and filings are never the system's own."""

from uuid import UUID

from core.lifecycle import Actor


def person_of(by: Actor) -> UUID:
    """Return the id of the person who acts.

    Raises:
        ValueError: the system acts by itself.
    """
    if by.user_id is None:
        raise ValueError(f"{by.label} is no person")
    return by.user_id
