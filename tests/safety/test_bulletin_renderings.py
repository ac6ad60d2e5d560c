"""One entry, four renderings: page, JSON, CSV and PDF are read back and compared field by field (safety.md S15)."""

import csv
import html
import io
import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from registry.actions import ending, ending_requests
from registry.actions.pending import queue_entry
from registry.bulletin.fields import CODES, FIELDS
from registry.documents.bulletin import issue_pdf, press
from registry.enums import EndingKind, EntryKind, FeeMode
from registry.models import BulletinIssue, Statement
from tests.cast import NOW, Cast
from tests.factories.patents import PledgeFactory
from tests.factories.statements import ISSUE_DAY, approved, publish
from tests.papers import text_of

pytestmark = pytest.mark.django_db

FEES = (
    {},
    {"fee_mode": FeeMode.ENTRY_ROYALTY_SALES, "fixed_amount": "10000", "royalty_rate": "3.5"},
    {"fee_mode": FeeMode.PER_UNIT, "fixed_amount": "", "unit_price": "0.35", "unit_name": "件"},
    {"fee_mode": FeeMode.FREE, "fixed_amount": "", "term_mode": "months", "term_months": "36", "term_until": ""},
)  # fmt: skip
ODD = ("一种液冷板", '=SUM(A1) & <b>粗</b> "引号" #strong[x] $1$', "长" * 90, f"Battery pack; {'Poly' * 25}制造方法")


@pytest.fixture
def issue(cast: Cast) -> BulletinIssue:
    """Statements with every kind of fee and odd titles, each way of ending one, a filing, its change and its
    cancellation, a rectification."""
    first = [approved(cast, cast.patent(title=title), **fee) for title, fee in zip(ODD, FEES, strict=True)]
    publish()
    entry = BulletinIssue.objects.get().entries.first()
    place = {"main_class": "H01M10/613", "patent_number": entry.content["patent_number"]}
    filing = {**place, "filing_number": "X2026980000001", "licensors": ["湖畔大学", "山麓研究所"], "licensee": "甲公司"}
    matters = {
        EntryKind.FILING: {**filing, "title": "x", "license_kind": "open_license", "recorded_on": "2026-03-04"},
        EntryKind.FILING_CHANGE: {
            **place, "filing_number": "X2026980000001", "changed_on": "2026-03-04", "item": "licensee", "before": "甲公司",
            "after": "乙公司",
        },
        EntryKind.FILING_CANCELLATION: {**filing, "canceled_on": "2026-03-05"},
        EntryKind.RECTIFICATION: {
            **place, "corrects": {"issue": "2026-001", "position": 1, "leaf": entry.content_hash}, "item": "title",
            "before": "旧名称", "after": "新名称",
        },
    }  # fmt: skip
    for kind, content in matters.items():
        old = entry if kind == EntryKind.RECTIFICATION else None
        queue_entry(
            kind=kind, patent=first[0].patent, subject_id=uuid.uuid4(), content=content, corrects=old,
            by=cast.examiner.actor, at=NOW,
        )  # fmt: skip
    for statement, kind in zip(first, EndingKind, strict=False):
        ended(cast, statement, kind)
    for title, fee in zip(ODD, FEES, strict=True):
        approved(cast, cast.patent(title=title), **fee)
    return publish(NOW + timedelta(days=4))


def ended(cast: Cast, statement: Statement, kind: EndingKind) -> None:
    """Have the statement withdrawn, or ended or revoked by the office, with the next issue."""
    statement.refresh_from_db()
    examiner, grounds = cast.examiner.actor, "理由。"
    if kind == EndingKind.WITHDRAWAL:
        found = ending_requests.request_withdrawal(
            statement=statement, grounds=grounds, unconditional=True, papers=[], by=cast.patentee.actor, at=ISSUE_DAY
        )
    else:
        if kind == EndingKind.TERMINATION:
            PledgeFactory(patent=statement.patent, since_on=ISSUE_DAY.date())
        false = kind == EndingKind.REVOCATION
        found = ending.propose_ending(
            statement=statement, kind=kind, grounds=grounds, falsehood=false, by=examiner, at=ISSUE_DAY
        )
    found = ending.pass_ending(ending=found, by=examiner, at=ISSUE_DAY)
    ending.approve_ending(ending=found, by=cast.approver.actor, at=ISSUE_DAY)


def told(fields: dict[str, str]) -> dict[str, str]:
    """Return the fields with codes in Chinese words and names set apart as in Chinese, as page and PDF show them."""
    with override("zh-hans"):
        words = {name: str(CODES.get(name, {}).get(value, value)) for name, value in fields.items()}
    return words | {name: words[name].replace("; ", "；") for name in ("patentees", "licensors") if name in words}


def tight(fields: dict[str, str]) -> dict[str, str]:
    return {name: re.sub(r"\s", "", value) for name, value in fields.items()}


def from_json(client) -> list[dict[str, str]]:
    """Flatten the canonical content here, a second time and independently of the registry."""
    flat = []
    for entry in client.get("/bulletin/2026/2.json").json()["entries"]:
        said: dict[str, str] = {"position": str(entry["position"]), "kind": entry["kind"], "leaf": entry["leaf"]}
        for name, value in entry["content"].items():
            if name == "fee":
                said |= {key: str(item) for key, item in value.items()}
            elif isinstance(value, dict):
                said |= {f"{name}_{key}": str(item) for key, item in value.items()}
            else:
                said[name] = "; ".join(value) if isinstance(value, list) else value
        flat.append({name: value for name, value in said.items() if value != ""})
    return flat


def from_csv(client) -> list[dict[str, str]]:
    text = client.get("/bulletin/2026/2.csv").getvalue().decode("utf-8-sig")
    rows = []
    for row in csv.DictReader(io.StringIO(text)):
        assert row.pop("issue") == "2026-002"
        rows.append({name: re.sub(r"^'(?=[=+\-@])", "", value) for name, value in row.items() if value})
    return rows


def from_page(client) -> list[dict[str, str]]:
    page = client.get("/bulletin/2026/2/").text
    entries = []
    for kind, section in re.findall(r"<section><h2>(.*?)</h2>\s*<ol(.*?)</ol></section>", page, re.DOTALL):
        for card in section.split("<li class=")[1:]:
            found = re.findall(r'<(\w+) data-field="(\w+)">(.*?)</\1>', card, re.DOTALL)
            said = {name: html.unescape(re.sub(r"<[^>]+>", "", value)) for _tag, name, value in found}
            entries.append({**said, "kind": html.unescape(kind)})
    return entries


def from_pdf(document: bytes) -> list[dict[str, str]]:
    """Read the text of the document with nothing but the labels known."""
    pages = re.sub(r"(?m)^(\d+ / \d+|专利开放许可公报 2026-002 2026-03-06)$", "", text_of(document))
    text = re.sub(r"\s", "", pages)
    with override("zh-hans"):
        labels = {re.sub(r"\s", "", str(label)): name for name, label in FIELDS.items()} | {"叶哈希": "leaf"}
        kinds = "|".join(str(label) for label in EntryKind.labels)
    entries, kind = [], ""
    label = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    for part in re.split(r"(?=〔\d+〕)", text):
        said = re.match(r"〔(\d+)〕(.*叶哈希：[0-9a-f]{64})", part)
        if said:
            fields = re.split(rf"(?:^|(?<=.))({label})：", said[2])[1:]
            named = {labels[name]: value for name, value in zip(fields[::2], fields[1::2], strict=True)}
            entries.append({"position": said[1], "kind": kind, **named})
        kind = ([kind, *re.findall(rf"(?:{kinds})$", re.sub(r"签名检查点.*", "", part))])[-1]
    return entries


def test_four_renderings_of_every_entry_are_equal_field_by_field(issue):
    client = Client(headers={"accept-language": "zh-hans"})
    as_json = from_json(client)
    assert (len(as_json), {entry["kind"] for entry in as_json}) == (11, set(EntryKind.values))
    assert from_csv(client) == [
        {name: entry[name] for name in row} for row, entry in zip(from_csv(client), as_json, strict=True)
    ]
    assert [set(row) for row in from_csv(client)] == [set(entry) for entry in as_json]
    assert from_page(client) == [told(entry) for entry in as_json]
    assert from_pdf(issue_pdf(issue)) == [tight(told(entry)) for entry in as_json]


def test_an_issue_is_rebuilt_to_the_same_bytes_in_every_form(issue):
    client = Client(headers={"accept-language": "zh-hans"})
    assert press(issue) == press(issue) == issue_pdf(issue) == client.get("/bulletin/2026/2.pdf").content
    for form in ("json", "csv", "txt"):
        assert client.get(f"/bulletin/2026/2.{form}").getvalue() == client.get(f"/bulletin/2026/2.{form}").getvalue()


def test_the_document_carries_its_mark_and_its_checkpoint(issue):
    text = re.sub(r"\s", "", text_of(press(issue)))
    assert "开发印章，无法律效力" in text
    assert re.sub(r"\s", "", issue.checkpoint) in text
