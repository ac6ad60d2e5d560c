"""The bulletin's log as the reader of a paper checks it: with the public files and the stand-alone verifier alone."""

import json
from base64 import b64decode
from hashlib import sha256

from django.test import Client

from registry.bulletin.canonical import canonical
from registry.bulletin.verifier import Verifier


def proved(place: str) -> tuple[str, str, str]:
    """Return leaf, number in the log and signed root of the entry at a place such as ``2026-002 / 1``.

    The verifier has found the public proof right, and the entry is neither the first of the log nor its last: where
    one leaf is the whole tree, the leaf is its own root and a wrong proof looks like a right one.
    """
    issue, _slash, position = place.partition(" / ")
    year, number = issue.split("-")
    reader, verifier = Client(), Verifier()
    keys = reader.get("/bulletin/keys.txt").getvalue()
    file = reader.get(f"/bulletin/{year}/{int(number)}/{position}.json").getvalue()
    assert verifier.read([("keys.txt", keys), ("proof.json", file)]) == []
    assert (verifier.proofs, verifier.notes) == (1, 1)
    proof = json.loads(file)
    size, root = proof["checkpoint"].split("\n")[1:3]
    leaf = sha256(b"\x00" + canonical(proof["entry"])).hexdigest()
    assert 0 < proof["index"] < int(size) - 1
    return leaf, f"{proof['index'] + 1} / {size}", b64decode(root).hex()
