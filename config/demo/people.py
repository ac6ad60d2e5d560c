"""The people of the story: organisations with their members, and the office."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc

from accounts.actions.appointments import appoint
from accounts.actions.mandates import grant_mandate
from accounts.actions.organisations import OrganisationDetails, register_organisation
from accounts.actions.people import create_person
from accounts.enums import OrganisationKind, Residence
from accounts.models import Organisation, User
from accounts.queries import actor_for
from accounts.roles import Role
from config.demo.data import load
from core.deadlines import law_date
from core.identifiers import REGIONS
from core.identifiers.parties import organisation_check_digit, parse_resident_id, parse_uscc
from core.lifecycle import Actor

PASSWORD = "open-license-2026"  # noqa: S105 - printed for everybody by ``manage.py demo_people``
BY = Actor.system("demo story")

TO_DO = {
    "jinghu": _(
        "See its patents and their statements, mend what is left of a spreadsheet, estimate a price, file a new one."
    ),
    "nanling": _("Follow a withdrawal, send a license to the filing desk, finish a draft."),
    "qinchuan": _("See what the agency files for you and why one statement was held back."),
    "jinjiang": _("Answer the examiner's request for correction; follow a withdrawal that waits for a co-owner."),
    "jianghan": _("Take part in a mediation as the respondent."),
    "yuecheng": _("Consent as a co-owner; hold licenses; look for a new one."),
    "lingdong": _("Pay for a license that waits for payment."),
    "suyuan": _("Take part in a mediation as the applicant; consent to a withdrawal; file a license that is overdue."),
    "hanyuan": _("File a refused license again; finish a payment; have a pledgee consent to a draft."),
    "shuhe": _("Find a patent, serve a notice, pay, get the certificate; follow a change of its name."),
    "hengqiao": _("File statements for a university under its mandate."),
    "tao": _("License a patent as a single inventor."),
    "hanjin": _("Consent, as the pledgee, to the open licensing of a patent."),
    "administrator": _("See people, organisations and what the system owes."),
    "examiner": _("Take a statement from the queue and examine it; decide on a filing."),
    "approver": _("Approve what another person has examined."),
    "officer": _("Look at your province."),
    "mediator": _("Work the docket: admit a request, hold a session, propose an agreement."),
    "auditor": _("Read the log of every act."),
}


@dataclass(slots=True)
class Cast:
    """Who acts in the story, by their keys in the data."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, User] = field(default_factory=dict)
    office: dict[str, User] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Return who this person or organisation is now."""
        if key in self.office:
            return actor_for(self.office[key])
        return actor_for(self.members[key], self.organisations[key].pk)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One line of ``manage.py demo_people``."""

    email: str
    name: str
    role: Any
    organisation: str
    to_do: Any


def credit_code(region: str, body: str, serial: int) -> str:
    """Return an invented unified social credit code with right check digits."""
    inner = f"DM{serial:06d}"
    digits = f"{body}{region}{inner}{organisation_check_digit(inner)}"
    return parse_uscc(digits + uscc.calc_check_digit(digits))


def make_cast(*, at: datetime) -> Cast:
    """Create everybody through the acts that create people in the real system."""
    data, cast = load("people"), Cast()
    for one in data["office"]:
        cast.office[one["key"]] = _person(one, at)
        by = BY if one["role"] == Role.ADMINISTRATOR else cast.actor("admin")
        appoint(cast.office[one["key"]], role=one["role"], province=one.get("province", ""), by=by, at=at)
    for serial, one in enumerate(data["organisations"], start=1):
        person = _person({**one, "name": one["contact"]}, at)
        by = actor_for(person)
        cast.members[one["key"]] = person
        cast.organisations[one["key"]] = register_organisation(_details(one, serial), by=by, at=at)
    for one in data["mandates"]:
        agency = cast.organisations[one["agency"]]
        by = cast.actor(one["principal"])
        grant_mandate(agency=agency, scope=one["scope"], since_on=law_date(at), until_on=None, by=by, at=at)
    return cast


def _person(one: dict[str, Any], at: datetime) -> User:
    return create_person(email=one["email"], full_name=one["name"], password=PASSWORD, by=BY, at=at)


def _details(one: dict[str, Any], serial: int) -> OrganisationDetails:
    return OrganisationDetails(
        kind=OrganisationKind(one["kind"]),
        name=one["name"],
        residence=Residence.MAINLAND,
        uscc=credit_code(one["region"], one["body"], serial) if "body" in one else "",
        identity_number=parse_resident_id(one["identity"]) if "identity" in one else "",
        province=one["province"],
        address=one["address"],
        contact_name=one["contact"],
        contact_phone=one["phone"],
        contact_email=one["email"],
    )


def demo_people() -> list[DemoPerson]:
    """Return everybody one can sign in as, the office last."""
    data = load("people")
    parties = [
        DemoPerson(one["email"], one["contact"], OrganisationKind(one["kind"]).label, one["name"], TO_DO[one["key"]])
        for one in data["organisations"]
    ]
    office = [
        DemoPerson(one["email"], one["name"], Role(one["role"]).label, _province(one), TO_DO[one["role"]])
        for one in data["office"]
    ]
    return parties + office


def _province(one: dict[str, Any]) -> str:
    return REGIONS[one["province"]].name_en if "province" in one else ""
