"""Checks the public files of the bulletin by themselves. Needs Python 3.10 and cryptography, nothing of the registry.

    python verify_bulletin.py FILE-OR-FOLDER … [--key KEY] [--kept CHECKPOINT]

FILE is an issue (.json), many (.jsonl), a proof (.json), a checkpoint or the keys (.txt); of a FOLDER all of them.
--key is a public key in one line that you got elsewhere: then nothing counts that it has not signed.
--kept is a checkpoint that you kept: then nothing counts that disagrees with it, even if everything was signed anew.
The answer is 0 if everything is right, 1 if something is wrong (each line says where and what), 2 if nothing was read.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("The signatures need the library cryptography: python -m pip install cryptography")

ISSUE, PROOF, CONSISTENCY = (f"open-license-bulletin{kind}/1" for kind in ("", "-proof", "-consistency"))
NO_EFFECT = "legal-effect none; development key; 开发密钥，无法律效力"


class _Wrong(Exception):
    """What is wrong, in one sentence."""


def _check(right: object, sentence: str) -> None:
    if not right:
        raise _Wrong(sentence)


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _leaf_hash(entry: dict[str, Any]) -> bytes:
    said = {name: entry[name] for name in ("content", "issue", "kind", "position")}
    return hashlib.sha256(b"\x00" + _canonical(said)).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _root_of(frontier: list[bytes]) -> bytes:
    root = frontier[-1] if frontier else hashlib.sha256(b"").digest()
    for left in frontier[-2::-1]:
        root = _node_hash(left, root)
    return root


def _read_hash(text: str) -> bytes:
    _check(isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text), f"{text!r} is no hash")
    return bytes.fromhex(text)


def _from_base64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    _check(base64.b64encode(data).decode() == text, "base64 is written in an unusual way")
    return data


def _read_key(line: str) -> tuple[str, tuple[str, bytes]]:
    found = re.fullmatch(r"(\S+?)\+([0-9a-f]{8})\+(\S+)", line)
    name, key_id, coded = found.groups() if found else ("", "", "")
    data = _from_base64(coded)
    _check(name and data[:1] == b"\x01" and len(data) == 33, "this is no Ed25519 key of the form NAME+ID+KEY")
    right = hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8]
    _check(right == key_id, f"the key's id is {right}, not {key_id}")
    return key_id, (name, data[1:])


class Verifier:
    """Reads files, gathers what is wrong with them, and says what was checked. ``keys`` are those trusted beforehand."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self.problems: list[tuple[str, str]] = []
        self.pinned: dict[str, tuple[str, bytes]] = dict(map(_read_key, keys))
        self._keys = dict(self.pinned)
        self._kept: list[tuple[str, str]] = []
        self._issues: dict[int, tuple[str, str]] = {}
        self._signers, self._effect = set[str](), set[bool]()
        self._origin, self._last = "", tuple[Any, ...]()
        self.notes = self.entries = self.proofs = 0

    def read(self, files: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
        """Check files, given as pairs of name and bytes, and return what is wrong, as pairs of place and sentence."""
        given = list(files)
        for name, data in (file for file in given if file[0].endswith("keys.txt")):
            self._guarded(name, self._read_keys, name, data)
        documents: list[tuple[str, Any]] = []
        for name, data in given:
            if name.endswith((".json", ".jsonl")):
                *lines, rest = data.split(b"\n")
                if rest or not lines:
                    self.problems.append((name, "does not end with a complete line: it was cut"))
                spots = [name if len(lines) == 1 else f"{name}, line {number + 1}" for number in range(len(lines))]
                documents += [(spot, self._guarded(spot, self._parsed, lines[at])) for at, spot in enumerate(spots)]
            elif not name.endswith("keys.txt"):
                self._guarded(name, self._keep, name, data)
        found = [(spot, document) for spot, document in documents if document is not None]
        kinds: dict[Any, Callable[..., None]] = {ISSUE: self._issue, PROOF: self._proof, CONSISTENCY: self._consistency}
        for spot, document in sorted(found, key=lambda item: item[1].get("serial", 0)):
            self._guarded(spot, kinds[document["format"]], document)
        for where, text in self._kept:
            self._guarded(where, self._compare_kept, text)
        return self.problems

    def _guarded(self, where: str, step: Callable[..., Any], *said: Any) -> Any:
        try:
            return step(*said)
        except _Wrong as wrong:
            self.problems.append((where, str(wrong)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
            self.problems.append((where, f"cannot be read: {type(error).__name__} {error}"))
        return None

    def _read_keys(self, name: str, data: bytes) -> None:
        for number, line in enumerate(data.decode().split("\n"), start=1):
            if line and not line.startswith("#"):
                self._guarded(f"{name}, line {number}", lambda: self._keys.update([_read_key(line)]))  # noqa: B023

    def _parsed(self, line: bytes) -> dict[str, Any]:
        document = json.loads(line)
        right = isinstance(document, dict) and document.get("format") in (ISSUE, PROOF, CONSISTENCY)
        _check(right and type(document.get("serial", 0)) is int, "is no document of the bulletin")
        _check(_canonical(document) == line, "is not written in canonical form: something was added or rewritten")
        return document

    def _note(self, text: str) -> list[str]:
        """Check the signatures beneath a checkpoint and return the lines above them."""
        self.notes += 1
        body, separator, below = text.partition("\n\n")
        *lines, rest = below.split("\n")
        _check(separator and lines and not rest, "the checkpoint carries no signature")
        by = set()
        for line in lines:
            mark, signer, coded = line.split(" ")
            data = _from_base64(coded)
            key_id = data[:4].hex()
            name, public = self._keys.get(key_id, ("", b""))
            _check(public, f"the checkpoint is signed with key {key_id}, which is not among the keys")
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(data[4:], f"{body}\n".encode())
                right = mark == "—" and signer == name
            except InvalidSignature:
                right = False
            _check(right, f"the signature with key {key_id} does not fit the checkpoint: one of the two was changed")
            by.add(key_id)
        _check(not self.pinned or by & set(self.pinned), "the checkpoint is not signed with the key you gave")
        self._signers |= by
        self._effect.add(NO_EFFECT not in body)
        return body.split("\n")

    def _keep(self, name: str, data: bytes) -> None:
        self._note(data.decode())
        self._kept.append((name, data.decode()))

    def _issue(self, document: dict[str, Any]) -> None:
        """Check one issue: its entries, the log before and after it, its signature, its place behind the issue before."""
        last, self._last = self._last, ()
        _check(len(document) == 9, "has other fields than an issue")
        label, serial, day, entries = (document[name] for name in ("issue", "serial", "issued_on", "entries"))
        before, after = document["log_before"], document["log_after"]
        _check(set(before) == {"frontier", "root", "size"} and set(after) == {"root", "size"}, "has an odd log")
        frontier, size = [_read_hash(item) for item in before["frontier"]], before["size"]
        _check(type(size) is int and len(frontier) == bin(size).count("1"), "the log before it has another size")
        _check(_root_of(frontier).hex() == before["root"], "the root before it does not follow from its frontier")
        for number, entry in enumerate(entries, start=1):
            fields = {"content", "issue", "kind", "leaf", "position"}
            _check(set(entry) == fields, f"entry {number} has other fields than an entry")
            placed = type(entry["position"]) is int and entry["position"] == number and entry["issue"] == label
            _check(placed, f"entry {number} belongs to another place")
            leaf = _leaf_hash(entry)
            _check(
                leaf.hex() == entry["leaf"], f"entry {number} was changed: it gives {leaf.hex()}, not {entry['leaf']}"
            )
            size += 1
            frontier.append(leaf)
            for _ in range((size & -size).bit_length() - 1):
                frontier[-2:] = [_node_hash(*frontier[-2:])]
        root = _root_of(frontier).hex()
        _check(after == {"size": size, "root": root}, f"the log after it has {size} entries and the root {root}")
        said = self._note(document["checkpoint"])
        coded = [base64.b64encode(bytes.fromhex(text)).decode() for text in (root, before["root"])]
        right = [str(size), coded[0], f"issue {label}", f"serial {serial}", f"issued-on {day}"]
        right += [f"published-at {document['published_at']}", f"entries {len(entries)}"]
        right += [f"previous {before['size']} {coded[1]}"]
        _check(said[1:] in (right, [*right, NO_EFFECT]), "its checkpoint says something else")
        _check(self._origin in ("", said[0]), f"belongs to another log, {said[0]}")
        _check(serial not in self._issues, f"serial {serial} was given twice")
        self._origin, self._last = said[0], (label, serial, day, {"root": root, "size": size})
        self._issues[serial] = (label, document["checkpoint"])
        self.entries += len(entries)
        year, number = label[:4], int(label[5:])
        _check(day[:4] == year and label == f"{year}-{number:03d}", "its day lies in another year")
        _check(serial > 1 or (before["size"] == 0 and number == 1), "is no first issue")
        if last:
            _check(serial == last[1] + 1, f"comes after {last[0]}, serial {last[1]}: an issue between them is missing")
            goes_on = {name: before[name] for name in ("root", "size")} == last[3]
            _check(goes_on, f"does not continue the log after {last[0]}")
            in_turn = number == (int(last[0][5:]) + 1 if last[0][:4] == year else 1)
            _check(in_turn and day > last[2], f"has a number or day that does not follow {last[0]}")

    def _compare_kept(self, text: str) -> None:
        """Compare a checkpoint with the issue it belongs to."""
        found = dict(line.partition(" ")[::2] for line in text.split("\n")[3:])
        serial = int(found["serial"])
        if serial in self._issues:
            same = self._issues[serial][1].partition("\n\n")[0] == text.partition("\n\n")[0]
            _check(same, f"disagrees with issue {self._issues[serial][0]}: the bulletin was rewritten")
        elif self._issues:
            _check(serial < min(self._issues), f"knows issue {found['issue']}, which is missing: the tail was cut")

    def _proof(self, document: dict[str, Any]) -> None:
        """Check that an entry is in the log (RFC 9162 §2.1.3.2)."""
        entry, path = document["entry"], [_read_hash(item) for item in document["path"]]
        said = self._note(document["checkpoint"])
        size, root = int(said[1]), _from_base64(said[2])
        index, last, node = document["index"], size - 1, _leaf_hash(entry)
        _check(set(entry) == {"content", "issue", "kind", "position"} and 0 <= index < size, "is no proof of an entry")
        for sibling in path:
            _check(last, "its path is too long")
            if index & 1 or index == last:
                node = _node_hash(sibling, node)
                while not index & 1 and index:
                    index, last = index >> 1, last >> 1
            else:
                node = _node_hash(node, sibling)
            index, last = index >> 1, last >> 1
        _check(last == 0 and node == root, "the entry and its path do not lead to the signed root")
        self.proofs += 1

    def _consistency(self, document: dict[str, Any]) -> None:
        """Check that the second log continues the first (RFC 9162 §2.1.4.2)."""
        old, new = self._note(document["first"]), self._note(document["second"])
        first, first_root, second, second_root = int(old[1]), _from_base64(old[2]), int(new[1]), _from_base64(new[2])
        _check(0 < first <= second, "the second log is smaller than the first")
        path = [_read_hash(item) for item in document["path"]]
        path = path if first & (first - 1) and first < second else [first_root, *path]
        node, last = (first - 1, second - 1) if first < second else (0, 0)
        while node & 1:
            node, last = node >> 1, last >> 1
        before = after = path[0]
        for sibling in path[1:]:
            _check(last, "its path is too long")
            if node & 1 or node == last:
                before, after = _node_hash(sibling, before), _node_hash(sibling, after)
                while not node & 1 and node:
                    node, last = node >> 1, last >> 1
            else:
                after = _node_hash(after, sibling)
            node, last = node >> 1, last >> 1
        _check(
            last == 0 and before == first_root and after == second_root, "the second log does not continue the first"
        )
        self.proofs += 1

    def summary(self) -> list[str]:
        """Say what was checked, by whom it is signed and what that is worth."""
        labels = [self._issues[serial][0] for serial in sorted(self._issues)]
        span = f", {labels[0]} to {labels[-1]} of {self._origin}" if labels else ""
        span += "" if 1 in self._issues or not labels else " (earlier issues were not given)"
        worth = " — DEVELOPMENT KEY, NO LEGAL EFFECT" if False in self._effect else ""
        keys = "the key you gave" if self.pinned else "keys from the files: compare them with a copy you trust"
        return [
            f"{len(labels)} issues, {self.entries} entries{span}; {self.proofs} proofs; {self.notes} checkpoints",
            f"signed with {', '.join(sorted(self._signers)) or 'nothing'}{worth} ({keys})",
        ]


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, check, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--kept", action="append", default=[], type=Path)
    asked = parser.parse_args(arguments)
    paths = [path for given in asked.paths for path in (sorted(given.rglob("*")) if given.is_dir() else [given])]
    paths = [path for path in paths if path.suffix in (".json", ".jsonl", ".txt")] + asked.kept
    verifier = Verifier(asked.key)
    problems = verifier.read((str(path), path.read_bytes()) for path in paths)
    print("\n".join([*(f"WRONG {where}: {what}" for where, what in problems), *verifier.summary()]))
    if not verifier.notes and not problems:
        print("NOTHING READ: name files of the bulletin and its keys.txt")
        return 2
    print(f"{len(problems)} problems" if problems else "ALL RIGHT")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
