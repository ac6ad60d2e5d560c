"""A license ends before its term when both sides want it: one proposes, the other agrees, nobody alone."""

from datetime import date

import pytest

from core.lifecycle import IllegalStep, WrongRole
from licensing.actions.ending import _close, agree_to_termination, propose_termination
from licensing.enums import LicenseStatus, NoticeStatus
from licensing.models import License, Notice
from tests.cast import NOW, TODAY
from tests.licensing.scene import later


def propose(scene, license, by=None, last=date(2026, 3, 9)):
    by = (by or scene.cast.enterprise).actor
    return propose_termination(license_id=license.pk, last_day_on=last, reason="停产", by=by, at=NOW)


def test_it_ends_with_the_proposed_day_when_the_other_side_agrees(scene, cast):
    license = scene.license()
    propose(scene, license)
    assert License.objects.get().status == LicenseStatus.IN_FORCE
    with pytest.raises(WrongRole):
        agree_to_termination(license_id=license.pk, by=cast.enterprise.actor, at=NOW)
    ended = agree_to_termination(license_id=license.pk, by=cast.patentee.actor, at=NOW)
    assert (ended.status, ended.ended_on) == (LicenseStatus.TERMINATED, date(2026, 3, 9))
    with pytest.raises(IllegalStep):
        propose(scene, license)


def test_whoever_agrees_later_ends_it_with_the_day_before(scene, cast):
    license = scene.license()
    propose(scene, license)
    ended = agree_to_termination(license_id=license.pk, by=cast.patentee.actor, at=later(20))
    assert ended.ended_on == date(2026, 3, 21)


def test_one_proposal_at_a_time_and_none_without(scene, cast):
    license = scene.license()
    with pytest.raises(IllegalStep):
        agree_to_termination(license_id=license.pk, by=cast.patentee.actor, at=NOW)
    propose(scene, license)
    with pytest.raises(IllegalStep):
        propose(scene, license, by=cast.patentee)


def test_the_last_day_lies_between_today_and_the_end_of_the_term(scene):
    license = scene.license()
    for last in (date(2026, 3, 1), license.ends_on):
        with pytest.raises(ValueError, match="last day"):
            propose(scene, license, last=last)
    assert propose(scene, license, last=TODAY).last_day_on == TODAY


def test_nobody_else_knows_the_license(scene, cast):
    license = scene.license()
    with pytest.raises(License.DoesNotExist):
        propose(scene, license, by=cast.rival)


def test_a_notice_that_was_completed_meanwhile_is_not_closed(scene, cast):
    """The clock found it waiting; before it was locked the license came to exist."""
    notice = scene.license().notice
    assert _close(notice.pk, by=cast.examiner.actor, at=later(90)) is False
    assert Notice.objects.get().status == NoticeStatus.COMPLETED
