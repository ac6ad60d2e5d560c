"""Keys for an organisation's own software."""

from datetime import datetime

from django.db import transaction

from accounts.keys import hash_secret, new_secret
from accounts.models import ApiKey
from accounts.queries import is_manager
from accounts.rules import person_of
from core import audit
from core.lifecycle import Actor, WrongRole


@transaction.atomic
def create_api_key(*, label: str, by: Actor, at: datetime) -> tuple[ApiKey, str]:
    """Make a key for the organisation that ``by`` acts for. Returns it with its text, which is never seen again.

    Raises:
        WrongRole: the actor acts for no verified organisation.
    """
    if by.organisation_id is None or not by.roles:
        raise WrongRole("API key", "create", by.roles)
    prefix, secret = new_secret()
    key = ApiKey.objects.create(
        organisation_id=by.organisation_id,
        user_id=person_of(by, "create"),
        label=label,
        prefix=prefix,
        secret_hash=hash_secret(secret),
        created_at=at,
    )
    audit.record("create API key", key, by=by, at=at, data={"label": label})
    return key, f"{prefix}.{secret}"


@transaction.atomic
def revoke_api_key(key: ApiKey, *, by: Actor, at: datetime) -> ApiKey:
    """Make a key useless at once: by whoever made it or by a manager. Twice changes nothing.

    Raises:
        WrongRole: somebody else.
    """
    if by.organisation_id != key.organisation_id or (by.user_id != key.user_id and not is_manager(by)):
        raise WrongRole("API key", "revoke", by.roles)
    locked = ApiKey.objects.select_for_update().get(pk=key.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        audit.record("revoke API key", locked, by=by, at=at)
    return locked
