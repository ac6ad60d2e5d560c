"""Under which names one holder was registered: before a change of name, or by a mistake that was undone."""

import pytest

from registry.events.fold import replay
from registry.events.holders import other_names
from tests.registry.events.factory import baseline, event

A_TO_B = event("change_of_name", "2025-01-02", ref="AB", from_="A", to="B")
B_TO_C = event("change_of_name", "2025-03-02", ref="BC", from_="B", to="C")
UNDO = event("annulment", "2025-04-02", ref="undo", annuls="AB", reason="Wrong patent.")
AWAY = event("assignment", "2025-02-02", from_=["A"], to=["X"])
BACK = event("assignment", "2025-03-02", from_=["X"], to=["A"])


@pytest.mark.parametrize(
    ("said", "events", "name", "others"),
    [
        ("no change of name", [], "A", set()),
        ("the names before, one after the other", [A_TO_B, B_TO_C], "C", {"A", "B"}),
        ("the name that was undone", [A_TO_B, UNDO], "A", {"B"}),
        ("what rested on the name that was undone", [A_TO_B, B_TO_C, UNDO], "A", {"B", "C"}),
        ("not the name of somebody else", [A_TO_B, UNDO], "N", set()),
        ("the name of another holder is that holder's", [A_TO_B, UNDO, event("assignment", "2025-05-02", from_=["N"],
         to=["B"])], "A", set()),
        ("who came by an assignment had none before", [A_TO_B, UNDO, AWAY, BACK], "A", set()),
        ("nor has who came from an earlier holder's", [A_TO_B, event("assignment", "2025-02-02", from_=["B"],
         to=["X"])], "X", set()),
    ],
)  # fmt: skip
def test_the_names_of_one_holder(said, events, name, others):
    found = replay(baseline(holders=("A", "N")), events)
    assert other_names(found.state, found.unsaid, name) == others, said
