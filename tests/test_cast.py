"""The cast must itself be lawful: valid codes, right numbers, right roles."""

from stdnum.cn import uscc

from core.identifiers import PatentNumber


def test_everybody_has_exactly_their_roles(cast):
    people = {
        name: set(getattr(cast, name).actor.roles)
        for name in ("patentee", "agency", "examiner", "approver", "officer", "mediator", "auditor", "administrator")
    }
    assert people == {
        "patentee": {"patentee", "enterprise"},
        "agency": {"agency"},
        **{name: {name} for name in ("examiner", "approver", "officer", "mediator", "auditor", "administrator")},
    }


def test_credit_codes_and_patent_numbers_are_valid(cast):
    assert uscc.is_valid(cast.patentee.organisation.uscc)
    assert [PatentNumber.parse(made.number).kind for made in (cast.patent(), cast.patent(design=True))] == [
        "invention",
        "design",
    ]


def test_owners_stand_in_the_registers_order(cast):
    names = cast.co_owned_patent().ownerships.values_list("patentee__name", flat=True)
    assert list(names) == ["Lakeside University", "Hillside Institute"]
