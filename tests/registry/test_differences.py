"""Two texts side by side: what differs is marked, nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from registry.differences import FieldPair, Piece, compare, differences, mark


def test_every_field_of_either_side_is_there_once():
    pairs = compare({"fee_mode": "lump_sum", "fixed_amount": "20000.00"}, {"fee_mode": "free", "explanation": "公益。"})
    assert pairs == [
        FieldPair("fee_mode", "lump_sum", "free"),
        FieldPair("fixed_amount", "20000.00", None),
        FieldPair("explanation", None, "公益。"),
    ]


def test_only_what_differs_counts_as_a_difference():
    same = {"contact_name": "陆湖", "instalments": [{"due_months": 0, "amount": "1.00"}]}
    assert differences(same, dict(same)) == []
    assert [pair.name for pair in differences(same, {**same, "contact_name": "王芳"})] == ["contact_name"]


def test_chinese_is_marked_by_the_character_and_numbers_as_a_whole():
    before, after = mark("三十日内支付20000.00元", "十日内支付28000.00元")
    assert before == [
        Piece("三", True), Piece("十日内支付", False), Piece("20000.00", True), Piece("元", False)
    ]  # fmt: skip
    assert after == [Piece("十日内支付", False), Piece("28000.00", True), Piece("元", False)]


@given(st.text(), st.text())
def test_the_pieces_are_the_texts_again_and_the_unmarked_ones_are_shared(before, after):
    left, right = mark(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
    assert "".join(p.text for p in left if not p.changed) == "".join(p.text for p in right if not p.changed)
