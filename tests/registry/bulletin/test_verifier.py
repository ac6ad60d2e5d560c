"""The stand-alone verifier: what is right passes, whatever is changed is found and named (safety.md S6)."""

import ast
import copy
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from registry.bulletin import verifier
from registry.bulletin.verifier import Verifier
from registry.signing import FileSigner
from tests.registry.bulletin.press import CONTENT, Press, line, signed

SOURCE = Path(verifier.__file__)


@pytest.fixture(scope="module")
def three() -> Press:
    press = Press()
    for count in (3, 1, 5):
        press.print(count)
    return press


def wrong(files, keys=()) -> list[tuple[str, str]]:
    return Verifier(keys).read(files)


def test_it_is_one_short_file_that_knows_nothing_of_the_registry():
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(ast.parse(SOURCE.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported - {"cryptography"} <= set(sys.stdlib_module_names)
    assert len(SOURCE.read_text().splitlines()) <= 300


def test_three_untouched_issues_are_right_and_the_development_key_is_called_what_it_is(three):
    checked = Verifier()
    assert checked.read(three.files) == []
    assert checked.summary() == [
        "3 issues, 9 entries, 2026-001 to 2026-003 of registry.example/bulletin; 0 proofs; 3 checkpoints",
        f"signed with {three.signer.keys()[0].key_id} — DEVELOPMENT KEY, NO LEGAL EFFECT"
        " (keys from the files: compare them with a copy you trust)",
    ]


def test_it_runs_by_itself_on_a_folder_and_answers_with_its_exit_code(three, tmp_path):
    for name, data in three.files:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "verify_bulletin.py").write_bytes(SOURCE.read_bytes())
    command = [sys.executable, "-I", str(tmp_path / "verify_bulletin.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "ALL RIGHT"), done.stdout + done.stderr
    changed = (tmp_path / "2026-002.json").read_bytes().replace("湖畔大学".encode(), "湖畔学校".encode())
    (tmp_path / "2026-002.json").write_bytes(changed)
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert re.match(r"WRONG \S+2026-002\.json: entry 1 was changed: it gives \w{64}, not \w{64}\n", done.stdout)
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run([*command[:3], str(empty)], capture_output=True, text=True, check=False)
    assert done.returncode == 2


def flipped(press: Press, places) -> int:
    """Change one byte at a time; each file alone, with the keys, must show the change."""
    files, unseen = press.files, []
    for number, at, mask in places:
        name, data = files[number]
        tried = bytearray(data)
        tried[at] ^= mask
        if not wrong([files[0], (name, bytes(tried))]):
            unseen.append((name, at, mask))
    assert unseen == []
    return len(places)


def test_every_byte_of_three_issues_is_bound(three):
    places = [
        (number, at, 0x20 if at % 2 else 0x01)
        for number, (_name, data) in enumerate(three.files)
        for at in range(len(data))
        if number
    ]
    assert flipped(three, places) == sum(len(data) for _name, data in three.files[1:])


@pytest.mark.slow
def test_twenty_thousand_random_bits_are_found(three):
    chance = random.Random(20260302)
    sizes = [len(data) for _name, data in three.files]
    numbers = chance.choices(range(1, 4), k=20_000)
    assert flipped(three, [(n, chance.randrange(sizes[n]), 1 << chance.randrange(8)) for n in numbers]) == 20_000


def test_a_changed_key_is_found(three):
    name, data = three.keys
    for at in range(len(data) - 1):
        tried = bytearray(data)
        tried[at] ^= 0x01
        assert wrong([(name, bytes(tried)), *three.files[1:]]), at


def test_a_file_that_was_cut_is_found_at_every_length(three):
    name, data = three.files[3]
    for size in range(len(data)):
        assert wrong([three.keys, (name, data[:size])]), size


def test_a_missing_issue_between_others_is_named(three):
    assert wrong([three.files[0], three.files[1], three.files[3]]) == [
        ("2026-003.json", "comes after 2026-001, serial 1: an issue between them is missing")
    ]


def test_a_tail_that_was_cut_is_found_with_a_checkpoint_that_was_kept(three):
    kept = ("mine.txt", three.documents[2]["checkpoint"].encode())
    assert wrong([*three.files, kept]) == []
    assert wrong([*three.files[:3], kept]) == [("mine.txt", "knows issue 2026-003, which is missing: the tail was cut")]


def test_a_whole_rewrite_with_the_true_key_is_found_with_a_checkpoint_that_was_kept(three):
    forged = Press()
    for count in (3, 1, 5):
        forged.print(count, **({"title": "另一个名称"} if count == 1 else {}))
    assert wrong(forged.files) == []
    kept = [(f"kept-{n}.txt", doc["checkpoint"].encode()) for n, doc in enumerate(three.documents)]
    found = "disagrees with issue 2026-00{}: the bulletin was rewritten"
    assert wrong([*forged.files, *kept]) == [("kept-1.txt", found.format(2)), ("kept-2.txt", found.format(3))]


class Thief(FileSigner):
    def __init__(self, *keys):
        self._private = list(keys) or [Ed25519PrivateKey.from_private_bytes(b"t" * 32)]


def test_a_whole_rewrite_with_another_key_is_found_with_the_key_one_knows(three):
    forged = Press(Thief())
    forged.print(3)
    assert wrong(forged.files) == []
    assert wrong([three.keys, *forged.files[1:]]) == [
        (
            "2026-001.json",
            f"the checkpoint is signed with key {Thief().keys()[0].key_id}, which is not among the keys",
        )
    ]
    known = three.signer.keys()[0].text
    assert wrong(forged.files, [known]) == [("2026-001.json", "the checkpoint is not signed with the key you gave")]


def test_keys_change_by_overlap():
    old, new = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
    press = Press(Thief(old))
    press.print(2)
    press.signer = Thief(new, old)
    press.print(2)
    press.signer = Thief(new)
    press.print(1)
    keys = "".join(f"{key.text}\n" for key in Thief(old, new).keys()).encode()  # noqa: SIM118
    files = [("keys.txt", keys), *press.files[1:]]
    assert wrong(files) == []
    assert wrong(files[:3], [Thief(old).keys()[0].text]) == []
    assert [name for name, _said in wrong(files, [Thief(old).keys()[0].text])] == ["2026-003.json"]


def test_the_key_in_a_file_is_a_key_of_the_signer(settings, tmp_path):
    private = Ed25519PrivateKey.generate()
    path = tmp_path / "bulletin.pem"
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.BULLETIN_SIGNING_KEYS = [str(path)]
    press = Press(FileSigner())
    press.print(2)
    assert wrong(press.files) == []
    assert "legal-effect" not in press.documents[0]["checkpoint"]


def changes(document):
    """Return documents that say something else and are written canonically, each with what it is about."""
    for path, value in (
        (["issued_on"], "2026-01-07"), (["published_at"], "2026-01-06T03:00:00+00:00"), (["issue"], "2026-004"),
        (["serial"], 7), (["log_after", "root"], "0" * 64), (["log_after", "size"], 5), (["log_before", "size"], True),
        (["entries", 0, "kind"], "withdrawal"), (["entries", 0, "position"], True), (["entries", 0, "extra"], ""),
        (["entries", 0, "content", "fee", "fixed_amount"], "200000.01"), (["extra"], None), (["entries"], []),
        (["log_before", "frontier"], []), (["checkpoint"], ""), (["format"], "open-license-bulletin/2"),
    ):  # fmt: skip
        changed = copy.deepcopy(document)
        place = changed
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        yield ".".join(map(str, path)), changed


def test_every_field_is_bound_even_if_it_is_written_anew(three):
    for about, changed in changes(three.documents[1]):
        assert wrong([*three.files[:2], ("2026-002.json", line(changed)), three.files[3]]), about


@pytest.mark.parametrize(
    "text", [b"", b"\n", b"null\n", b"[]\n", b'"x"\n', b"{}\n", b"\xff\n", b"[" * 100_000 + b"\n", b"1e400\n"]
)
def test_nonsense_is_called_wrong_and_breaks_nothing(text):
    assert wrong([("x.json", text)]) != []


def test_a_proof_of_every_entry_and_nothing_else_is_right(three):
    for index, entry in enumerate(three.entries):
        proof = {
            "format": "open-license-bulletin-proof/1", "entry": entry.document, "leaf": entry.leaf, "index": index,
            "path": three.tree.inclusion(index), "checkpoint": three.documents[2]["checkpoint"],
        }  # fmt: skip
        assert wrong([three.keys, ("proof.json", line(proof))]) == []
        entry_forged = {**proof, "entry": {**entry.document, "content": {**CONTENT, "title": "x"}}}
        moved = {**proof, "index": (index + 1) % 9}
        short = {**proof, "path": proof["path"][:-1]}
        other = {**proof, "checkpoint": three.documents[0]["checkpoint"]}
        for forged in (entry_forged, moved, short, other):
            assert wrong([three.keys, ("proof.json", line(forged))]) != []


def test_a_proof_of_consistency_holds_between_any_two_issues(three):
    notes = [document["checkpoint"] for document in three.documents]
    for first in range(3):
        for second in range(first, 3):
            sizes = [three.documents[n]["log_after"]["size"] for n in (first, second)]
            tree = three.tree
            tree.size = sizes[1]
            said = {
                "format": "open-license-bulletin-consistency/1", "first": notes[first], "second": notes[second],
                "path": tree.consistency(sizes[0]),
            }  # fmt: skip
            assert wrong([three.keys, ("c.json", line(said))]) == []
            if first != second:
                assert wrong([three.keys, ("c.json", line({**said, "first": notes[second]}))]) != []
                swapped = {**said, "first": notes[second], "second": notes[first]}
                assert wrong([three.keys, ("c.json", line(swapped))]) != []


@pytest.mark.slow
def test_a_year_of_100_issues_and_10_000_entries_takes_less_than_ten_seconds(tmp_path):
    press = Press()
    for _ in range(100):
        press.print(100)
    (tmp_path / "keys.txt").write_bytes(press.keys[1])
    (tmp_path / "2026.jsonl").write_bytes(b"".join(data for _name, data in press.files[1:]))
    began = time.monotonic()
    done = subprocess.run([sys.executable, str(SOURCE), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("100 issues, 10000 entries, 2026-001 to 2026-100")
    assert time.monotonic() - began < 10


def test_a_note_without_effect_says_so_in_its_text():
    text = Press().print(1)["checkpoint"]
    assert "legal-effect none; development key; 开发密钥，无法律效力" in text.split("\n\n")[0].split("\n")
    assert signed("x\n").startswith("x\n\n— development-key-without-legal-effect ")
