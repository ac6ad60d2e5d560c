"""The bulletin's proofs in the API: the stand-alone verifier reads them as they come."""

from datetime import timedelta

import pytest

from registry.bulletin.verifier import Verifier
from registry.models import BulletinEntry, BulletinIssue
from tests.api_client import Program
from tests.cast import NOW


@pytest.fixture
def visitor(db):
    return Program()


@pytest.fixture
def issues(cast):
    """Three issues with one, two and one entries."""
    for day, count in enumerate((1, 2, 1)):
        at = NOW + timedelta(days=day)
        for _ in range(count - 1):
            cast.statement_in("approved", at=at)
        cast.statement_in("announced", at=at)
    return list(BulletinIssue.objects.order_by("serial"))


def checked(visitor, *answers):
    """The verifier's problems and how many proofs it has seen, given the public keys and these answers."""
    keys = ("keys.txt", visitor.client.get("/bulletin/keys.txt").getvalue())
    verifier = Verifier()
    problems = verifier.read([keys, *((f"{place}.json", answer.content) for place, answer in enumerate(answers))])
    return problems, verifier.proofs


def test_every_entry_is_proved_against_its_own_and_every_later_checkpoint(visitor, issues):
    entries = list(BulletinEntry.objects.select_related("issue"))
    own = [visitor.get(f"bulletin/entries/{entry.pk}/proof/") for entry in entries]
    later = [
        visitor.get(f"bulletin/entries/{entry.pk}/proof/", against=str(issue))
        for entry in entries
        for issue in issues[entry.issue.serial - 1 :]
    ]
    assert checked(visitor, *own, *later) == ([], 4 + 8)


def test_the_proof_of_an_entry_proves_no_other(visitor, issues):
    first, other = BulletinEntry.objects.order_by("issue__serial", "position")[:2]
    answer = visitor.get(f"bulletin/entries/{first.pk}/proof/")
    answer.content = answer.content.replace(*(item.content["statement_number"].encode() for item in (first, other)))
    problems, _proofs = checked(visitor, answer)
    assert len(problems) == 1


def test_any_two_checkpoints_are_consistent(visitor, issues):
    pairs = [(first, second) for first in issues for second in issues if first.serial <= second.serial]
    answers = [visitor.get("bulletin/consistency/", first=str(first), second=str(second)) for first, second in pairs]
    assert checked(visitor, *answers) == ([], 6)


def test_a_proof_is_the_file_that_the_page_hands_out(visitor, issues):
    entry = BulletinEntry.objects.get(issue=issues[0])
    assert (
        visitor.get(f"bulletin/entries/{entry.pk}/proof/").content
        == visitor.client.get("/bulletin/2026/1/1.json").getvalue()
    )


def test_an_issue_carries_its_checkpoint(visitor, issues):
    assert visitor.get("bulletin/issues/2026/2/").json()["checkpoint"] == issues[1].checkpoint


@pytest.mark.parametrize(
    ("query", "field", "told"),
    [
        ({"first": "2026-003", "second": "2026-001"}, "first", "Exchange them"),
        ({"first": "2026-001", "second": "2026-099"}, "second", "There is no such issue"),
        ({"first": "２０２６-001", "second": "2026-001"}, "first", "There is no such issue"),
        ({"first": "2026-001"}, "second", "required"),
        ({"first": "2026-001", "second": "2026-002", "third": "2026-003"}, "third", "third"),
    ],
)
def test_what_cannot_be_proved_is_said(visitor, issues, query, field, told):
    answer = visitor.get("bulletin/consistency/", **query)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert told in str(answer.json()) or field == told


def test_an_entry_is_not_proved_against_an_issue_before_it(visitor, issues):
    last = BulletinEntry.objects.get(issue=issues[2])
    answer = visitor.get(f"bulletin/entries/{last.pk}/proof/", against="2026-001")
    assert (answer.status_code, answer.json()["errors"]) == (
        400, {"against": ["This issue appeared before the entry. Name a later one."]}
    )  # fmt: skip
