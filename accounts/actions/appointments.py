"""Appointments of the office: made and ended by administrators alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, User
from accounts.notifications import notify
from accounts.queries import current_appointments
from accounts.roles import Role
from accounts.rules import appointable, refusal
from core import audit
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole


@transaction.atomic
def appoint(person: User, *, role: str, province: str = "", by: Actor, at: datetime) -> Appointment:
    """Give a person a role in the office, from now on.

    Raises:
        WrongRole: neither an administrator nor the system (the command that makes the first administrator).
        Refused: to themselves, a role they hold, or one that excludes what they hold.
    """
    _administrator(by, "appoint")
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if locked.pk == by.user_id:
        raise refusal("P16", _("Nobody appoints themselves."))
    appointable(role, held=current_appointments(locked).values_list("role", flat=True), province=province)
    appointment = Appointment.objects.create(user=locked, role=role, province=province, since_at=at)
    data = {"person": str(locked.pk), "role": role, "province": province}
    audit.record("appoint", appointment, by=by, at=at, data=data)
    _tell(appointment, "appointed", at=at)
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """Take the role away at once; the person's next request already lacks it. Twice changes nothing.

    Raises:
        WrongRole: as :func:`appoint`.
        Refused: it would leave the office without an administrator.
    """
    _administrator(by, "end appointment")
    administrators = Appointment.objects.select_for_update().filter(role=Role.ADMINISTRATOR, ended_at=None)
    current = {item.pk for item in administrators.order_by("pk")}
    locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if locked.ended_at is not None:
        return locked
    if current == {locked.pk}:
        raise refusal("P17", _("The office would be left without an administrator."))
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    audit.record("end appointment", locked, by=by, at=at)
    _tell(locked, "appointment-ended", at=at)
    return locked


def _administrator(by: Actor, what: str) -> None:
    if not by.roles & {Role.ADMINISTRATOR, SYSTEM_ROLE}:
        raise WrongRole("appointment", what, by.roles)


def _tell(appointment: Appointment, code: str, *, at: datetime) -> None:
    notify(
        code,
        key=f"{code}:{appointment.pk}",
        at=at,
        user_id=appointment.user_id,
        params={"role": appointment.get_role_display()},
    )
