"""A bulletin printed in memory by the registry's own pure parts: no database, any length."""

from datetime import date, timedelta

from registry.bulletin.canonical import canonical
from registry.bulletin.documents import PrintedEntry, issue_document
from registry.bulletin.merkle import Log, Tree
from registry.bulletin.notes import Checkpoint, note
from registry.signing import DevelopmentSigner

ORIGIN = "registry.example/bulletin"
CONTENT = {
    "main_class": "H01M10/613", "patent_number": "202110123456.7", "patent_kind": "invention",
    "patentees": ["湖畔大学"], "title": "一种电池包液冷板及其制造方法", "filed_on": "2021-04-01", "granted_on": "2023-08-08",
    "fee": {"fee_mode": "lump_sum", "fixed_amount": "200000.00"}, "payment_terms": "签发书面通知后十日内一次付清。",
    "term": {"mode": "months", "months": 36}, "effective_on": "2026-01-06",
    "contact": {"name": "陆湖", "phone": "0571-88880000", "email": "licensing@lakeside.example", "address": "湖畔路1号"},
}  # fmt: skip


def signed(text: str, signer=None) -> str:
    signer = signer or DevelopmentSigner()
    return note(text, zip(signer.keys(), signer.sign(text.encode()), strict=True))


class Press:
    """Prints issue after issue; ``files`` are what the site would hand out."""

    def __init__(self, signer=None, first: date = date(2026, 1, 6)):
        self.signer, self.day, self.log, self.leaves = signer or DevelopmentSigner(), first, Log(), []
        self.documents: list[dict] = []
        self.entries: list[PrintedEntry] = []

    def print(self, count: int, **changed) -> dict:
        serial, before = len(self.documents) + 1, self.log
        label = f"{self.day.year}-{serial:03d}"
        entries = [
            PrintedEntry(
                label, n, "statement", {**CONTENT, "statement_number": f"OL2026{serial:04d}{n:04d}", **changed}
            )
            for n in range(1, count + 1)
        ]
        self.entries += entries
        leaves = [entry.leaf for entry in entries]
        self.leaves += leaves
        self.log = before.appended(leaves)
        said = Checkpoint(
            ORIGIN, self.log.size, self.log.root, label, serial, str(self.day), f"{self.day}T02:00:00+00:00", count,
            before.size, before.root, has_effect=self.signer.keys()[0].has_effect,
        )  # fmt: skip
        self.documents.append(issue_document(said, signed(said.text, self.signer), before, entries))
        self.day += timedelta(days=3)
        return self.documents[-1]

    @property
    def tree(self) -> Tree:
        return Tree(self.log.size, lambda level, block: self._kept(level)[block * 256 : block * 256 + 256])

    def _kept(self, level):
        from registry.bulletin.merkle import root_of

        row = self.leaves
        for _ in range(level // 8):
            row = [root_of(row[at : at + 256]) for at in range(0, len(row) - 255, 256)]
        return row

    @property
    def keys(self) -> tuple[str, bytes]:
        return "keys.txt", "".join(f"{key.text}\n" for key in self.signer.keys()).encode()  # noqa: SIM118

    @property
    def files(self) -> list[tuple[str, bytes]]:
        return [self.keys, *((f"{doc['issue']}.json", line(doc)) for doc in self.documents)]


def line(document: dict) -> bytes:
    return canonical(document) + b"\n"
