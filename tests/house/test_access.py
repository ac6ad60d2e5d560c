"""Who may open which address. An address that is not in these tables fails the build; so does one that is gone.

The tables are what the office has decided, the marks on the views are what the program does: the test compares them,
then opens every page as everybody through the whole of the site.
"""

import re

import pytest
from django.contrib import admin
from django.urls import URLResolver, get_resolver

from accounts.roles import Role

# What a page's mark says → its addresses. Several roles: any of them.
PAGES = {
    "public": """
        (home)
        healthz
        legal-basis/
        accessibility/
        statements/
        statements.csv
        statements/<str:number>/
        patents/<str:number>/
        license-statistics/
        bulletin/
        bulletin/calendar/
        bulletin/calendar/<int:year>/
        bulletin/calendar/<int:year>.ics
        bulletin/calendar/<int:year>.json
        bulletin/calendar/<int:year>.csv
        bulletin/verify/
        bulletin/verify_bulletin.py
        bulletin/keys.txt
        bulletin/checkpoint.txt
        bulletin/consistency/
        bulletin/consistency.json
        bulletin/<int:year>.jsonl
        bulletin/<int:year>/proofs.jsonl
        bulletin/<int:year>/<int:number>/
        bulletin/<int:year>/<int:number>.pdf
        bulletin/<int:year>/<int:number>.txt
        bulletin/<int:year>/<int:number>/<int:position>/
        bulletin/<int:year>/<int:number>/<int:position>.json
        bulletin/<int:year>/<int:number>.json
        bulletin/<int:year>/<int:number>.csv
        check/
        check/<str:code>/
        api/v1/
        api/v1/openapi.yml
        api/v1/statements/
        api/v1/statements/<str:number>/
        api/v1/patents/<str:number>/
        api/v1/bulletin/issues/
        api/v1/bulletin/issues/<int:year>/<int:number>/
        api/v1/bulletin/entries/
        api/v1/bulletin/entries/<uuid:pk>/
        api/v1/bulletin/entries/<uuid:pk>/proof/
        api/v1/bulletin/consistency/
        api/v1/statements/<str:number>/terms/
        api/v1/check/<str:code>/
        api/v1/^.
        styleguide/
    """,
    "signed in": """
        workbench/
        account/acting/
        account/inbox/
        account/inbox/<uuid:message_id>/
        account/organisation/
        account/organisation/new/
        account/organisation/contact/
        account/organisation/invite/
        account/organisation/invitations/<uuid:invitation_id>/withdraw/
        account/organisation/members/<uuid:membership_id>/remove/
        account/organisation/members/<uuid:membership_id>/manager/
        account/join/<str:token>/
        account/mandates/
        account/mandates/<uuid:mandate_id>/revoke/
        account/mandates/<uuid:mandate_id>/document/
        account/api-keys/<uuid:key_id>/revoke/
        statements/<str:number>/accept/
        statements/<str:number>/accept/notice/
    """,
    "enterprise patentee": """
        account/mandates/new/
        my/pledges/<uuid:pk>/
        api/v1/my/pledges/<uuid:pk>/
        api/v1/my/pledges/<uuid:pk>/decline/
    """,
    "agency enterprise patentee": """
        my/watched/
        my/watched/<uuid:pk>/end/
        statements/<str:number>/watch/
        patents/<str:number>/watch/
        account/api-keys/
        my/notices/<uuid:pk>/
        my/notices/<uuid:pk>/cancel/
        my/notices/<uuid:pk>/receipt/
        my/notices/<uuid:pk>/payments/<uuid:payment_pk>/
        my/licenses/
        my/licensees/
        my/licensees.<str:form>
        my/licenses/<uuid:pk>/
        my/licenses/<uuid:pk>/certificate.pdf
        my/licenses/<uuid:pk>/end/
        my/licenses/<uuid:pk>/agree/
        my/filings/
        my/licenses/<uuid:pk>/file/
        my/filings/<uuid:pk>/
        my/filings/<uuid:pk>/take-back/
        my/filings/<uuid:pk>/cancel/
        my/filings/<uuid:pk>/change/
        my/filings/<uuid:pk>/changes/<uuid:change_pk>/proof/
        my/filings/<uuid:pk>/changes/<uuid:change_pk>/take-back/
        my/filings/<uuid:pk>/papers/<uuid:paper_pk>/
        my/cases/
        my/cases/new/
        my/cases/<uuid:pk>/
        my/cases/<uuid:pk>/request/
        my/cases/<uuid:pk>/request/check/
        my/cases/<uuid:pk>/request/discard/
        my/cases/<uuid:pk>/request/<slug:step>/
        my/cases/<uuid:pk>/answer/
        my/cases/<uuid:pk>/withdraw/
        my/cases/<uuid:pk>/leave/
        my/cases/<uuid:pk>/extension/
        my/cases/<uuid:pk>/agency/
        my/cases/<uuid:pk>/agreement/
        my/cases/<uuid:pk>/agreement.pdf
        my/cases/<uuid:pk>/papers/new/
        my/cases/<uuid:pk>/papers/<uuid:paper_pk>/
        my/cases/<uuid:pk>/papers/<uuid:paper_pk>/withdraw/
        api/v1/my/notices/
        api/v1/my/notices/<uuid:pk>/
        api/v1/my/notices/<uuid:pk>/payments/
        api/v1/my/notices/<uuid:pk>/payments/<uuid:payment_pk>/proof/
        api/v1/my/notices/<uuid:pk>/receipt/
        api/v1/my/licenses/
        api/v1/my/licenses/<uuid:pk>/
        api/v1/my/licenses/<uuid:pk>/certificate/
        api/v1/my/licenses/<uuid:pk>/termination/
        api/v1/my/licenses/<uuid:pk>/termination/agree/
        api/v1/my/licenses/<uuid:pk>/filings/
        api/v1/my/filings/
        api/v1/my/filings/<uuid:pk>/
        api/v1/my/filings/<uuid:pk>/papers/<uuid:paper_pk>/
        api/v1/my/filings/<uuid:pk>/take-back/
        api/v1/my/filings/<uuid:pk>/cancel/
        api/v1/my/filings/<uuid:pk>/changes/
        api/v1/my/filings/<uuid:pk>/changes/<uuid:change_pk>/take-back/
        api/v1/my/filings/<uuid:pk>/changes/<uuid:change_pk>/proof/
        api/v1/my/cases/
        api/v1/my/cases/openings/
        api/v1/my/cases/<uuid:pk>/
        api/v1/my/cases/<uuid:pk>/check/
        api/v1/my/cases/<uuid:pk>/request/
        api/v1/my/cases/<uuid:pk>/withdraw/
        api/v1/my/cases/<uuid:pk>/answer/
        api/v1/my/cases/<uuid:pk>/leave/
        api/v1/my/cases/<uuid:pk>/extension/
        api/v1/my/cases/<uuid:pk>/agency/
        api/v1/my/cases/<uuid:pk>/agreement/
        api/v1/my/cases/<uuid:pk>/agreement/document/
        api/v1/my/cases/<uuid:pk>/papers/
        api/v1/my/cases/<uuid:pk>/papers/<uuid:paper_pk>/
    """,
    "agency patentee": """
        my/statements/
        my/statements.<str:form>
        my/statements/new/
        my/statements/new/number/
        my/statements/new/from/<str:number>/
        my/statements/<uuid:pk>/
        my/statements/<uuid:pk>/check/
        my/statements/<uuid:pk>/receipt/
        my/statements/<uuid:pk>/extend/
        my/statements/<uuid:pk>/ask-pledgees/
        my/statements/<uuid:pk>/cancel/
        my/statements/<uuid:pk>/discard/
        my/statements/<uuid:pk>/withdraw/
        my/statements/<uuid:pk>/withdraw/consent/
        my/statements/<uuid:pk>/take-back/
        my/statements/<uuid:pk>/papers/<uuid:paper_pk>/
        my/statements/<uuid:pk>/papers/<uuid:paper_pk>/remove/
        my/statements/<uuid:pk>/office-papers/<uuid:paper_pk>/
        my/statements/<uuid:pk>/<slug:slug>/
        my/batches/
        my/batches/template.xlsx
        my/batches/template.csv
        my/batches/<uuid:pk>/
        my/batches/<uuid:pk>/correct/
        my/batches/<uuid:pk>/papers/
        my/batches/<uuid:pk>/check/
        my/batches/<uuid:pk>/submit/
        my/batches/<uuid:pk>/discard/
        my/batches/<uuid:pk>/findings.xlsx
        my/batches/<uuid:pk>/findings.csv
        my/batches/<uuid:pk>/receipt/
        my/batches/<uuid:pk>/receipt.csv
        my/batches/<uuid:pk>/receipt.zip
        my/patents/<str:number>/annuities/
        api/v1/my/batches/
        api/v1/my/batches/<uuid:pk>/
        api/v1/my/batches/<uuid:pk>/rows/
        api/v1/my/batches/<uuid:pk>/correct/
        api/v1/my/batches/<uuid:pk>/papers/
        api/v1/my/batches/<uuid:pk>/check/
        api/v1/my/batches/<uuid:pk>/submit/
        api/v1/my/statements/
        api/v1/my/statements/<uuid:pk>/
        api/v1/my/statements/<uuid:pk>/check/
        api/v1/my/statements/<uuid:pk>/submit/
        api/v1/my/statements/<uuid:pk>/correct/
        api/v1/my/statements/<uuid:pk>/extension/
        api/v1/my/statements/<uuid:pk>/ask-pledgees/
        api/v1/my/statements/<uuid:pk>/cancel/
        api/v1/my/statements/<uuid:pk>/papers/
        api/v1/my/statements/<uuid:pk>/papers/<uuid:paper_pk>/
        api/v1/my/statements/<uuid:pk>/office-papers/<uuid:paper_pk>/
        api/v1/my/statements/<uuid:pk>/ask-consents/
        api/v1/my/statements/<uuid:pk>/consents/
        api/v1/my/statements/<uuid:pk>/withdrawal/
        api/v1/my/statements/<uuid:pk>/withdrawal/consent/
    """,
    "agency officer patentee": """
        my/pricing/
        my/pricing/new/
        my/pricing/new/<slug:method>/<slug:basis>/
        my/pricing/<uuid:pk>/
        my/pricing/<uuid:pk>/estimate.pdf
        my/pricing/<uuid:pk>/discard/
    """,
    "patentee": """
        my/statements/<uuid:pk>/agency/
        api/v1/my/statements/<uuid:pk>/agency/
        my/consents/
        my/consents/<uuid:pk>/
        my/withdrawals/<uuid:pk>/
        api/v1/my/consents/
        api/v1/my/consents/<uuid:pk>/
        api/v1/my/consents/<uuid:pk>/decline/
        api/v1/my/withdrawals/
        api/v1/my/withdrawals/<uuid:pk>/
        api/v1/my/withdrawals/<uuid:pk>/decline/
    """,
    "officer": """
        province/
        province/statements/
        province/statements.<str:form>
        province/filings/
        province/filings.<str:form>
    """,
    "mediator": """
        docket/
        docket/<uuid:pk>/
        docket/<uuid:pk>/admit/
        docket/<uuid:pk>/decline/
        docket/<uuid:pk>/take/
        docket/<uuid:pk>/recuse/
        docket/<uuid:pk>/extend/
        docket/<uuid:pk>/close/
        docket/<uuid:pk>/sessions/new/
        docket/<uuid:pk>/sessions/<uuid:session_pk>/record/
        docket/<uuid:pk>/sessions/<uuid:session_pk>/cancel/
        docket/<uuid:pk>/papers/new/
        docket/<uuid:pk>/papers/<uuid:paper_pk>/
        docket/<uuid:pk>/agreement/
    """,
}

# Pages of the sign-in library and of Django. They wear no mark of ours; who may open them is the library's to say, and
# is tried below all the same.
FOREIGN = {
    "public": r"""
        language/setlang/
        account/login/
        account/logout/
        account/inactive/
        account/signup/
        account/confirm-email/
        account/password/reset/
        account/login/code/confirm/
        account/^confirm-email/(?P<key>[-:\w]+)/$
        account/password/reset/key/done/
        account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$
        account/password/reset/done/
        account/mfa/authenticate/
    """,
    "signed in": """
        account/reauthenticate/
        account/email/
        account/password/change/
        account/password/set/
        account/mfa/
        account/mfa/reauthenticate/
        account/mfa/totp/activate/
        account/mfa/totp/deactivate/
        account/mfa/recovery-codes/
        account/mfa/recovery-codes/generate/
        account/mfa/recovery-codes/download/
    """,
}
DESK = "examination/"
HOME = "(home)"
VALUES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "2099",
    "str": "nothing",
    "slug": "nothing",
    "path": "00000000-0000-4000-8000-000000000000",
}
EVERYBODY = {
    "patentee": {Role.PATENTEE, Role.ENTERPRISE},
    "agency": {Role.AGENCY},
    "examiner": {Role.EXAMINER},
    "approver": {Role.APPROVER},
    "officer": {Role.OFFICER},
    "mediator": {Role.MEDIATOR},
    "auditor": {Role.AUDITOR},
    "administrator": {Role.ADMINISTRATOR},
}


def walk(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route or HOME, pattern


def addresses():
    return list(walk(get_resolver().url_patterns))


def table(source):
    return {route: access for access, routes in source.items() for route in routes.split()}


def filled(route):
    """Return a path for the address, of something that does not exist."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES[found[1] or "str"], route.replace(HOME, ""))


def mark(pattern):
    access = getattr(pattern.callback, "access", None)
    return " ".join(sorted(access)) if isinstance(access, frozenset) else access


def test_every_view_wears_the_mark_that_its_table_names():
    worn = {
        route: mark(pattern)
        for route, pattern in addresses()
        if not route.startswith(DESK) and route not in table(FOREIGN)
    }
    assert worn == table(PAGES)


def test_the_views_without_mark_are_the_library_s_and_all_listed():
    ours = ("config", "core", "accounts", "registry", "licensing", "mediation")
    unmarked = {
        route: pattern.callback.__module__
        for route, pattern in addresses()
        if not route.startswith(DESK) and mark(pattern) is None
    }
    assert sorted(unmarked) == sorted(table(FOREIGN))
    assert [route for route, module in unmarked.items() if module.split(".")[0] in ours] == []


def test_a_route_stands_in_one_table_once():
    routes = [route for source in (PAGES, FOREIGN) for block in source.values() for route in block.split()]
    assert sorted({route for route in routes if routes.count(route) > 1}) == []


def closed():
    """Return the addresses that a visitor may not open, the API left out."""
    every = {**table(PAGES), **table(FOREIGN)}
    return [route for route, access in every.items() if access != "public" and not route.startswith("api/")]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in_wherever_a_page_is_not_public(client, method):
    sent = {}
    for route in closed():
        answer = getattr(client, method)(filled(route))
        sent[route] = (answer.status_code, answer.headers.get("Location", "").split("?")[0])
    assert len(sent) > 70
    assert {route: where for route, where in sent.items() if where != (302, "/account/login/")} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_api_asks_a_visitor_for_a_key(client, method):
    own = [route for route, access in table(PAGES).items() if route.startswith("api/") and access != "public"]
    answers = {route: getattr(client, method)(filled(route)).status_code for route in own}
    assert len(answers) > 30
    assert {route: status for route, status in answers.items() if status != 401} == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_page_for_other_roles_does_not_exist(cast, who):
    """Neither by reading nor by sending; and its answer is, byte for byte, that of an address that nobody has."""
    person = getattr(cast, who)
    client = person.client()
    nothing = words(client.get("/my/nothing-of-the-kind/"))
    open_to_them = []
    for route, access in table(PAGES).items():
        wanted = set(access.split())
        if access in {"public", "signed in"} or route.startswith("api/") or wanted & EVERYBODY[who]:
            continue
        for answer in (client.get(filled(route)), client.post(filled(route))):
            if answer.status_code != 404 or words(answer) != nothing:
                open_to_them.append((route, answer.status_code))
    assert open_to_them == []


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_does_not_exist_answers_like_what_is_forbidden(cast, who):
    """Each page of a thing, opened by a role that may, for a thing that is not there."""
    client = getattr(cast, who).client()
    nothing = words(client.get("/my/nothing-of-the-kind/"))
    strange = []
    for route, access in table(PAGES).items():
        theirs = set(access.split()) & EVERYBODY[who]
        if not theirs or "<uuid:" not in route or route.startswith("api/"):
            continue
        for answer in (client.get(filled(route)), client.post(filled(route))):
            if answer.status_code not in {404, 405} or (answer.status_code == 404 and words(answer) != nothing):
                strange.append((route, answer.status_code))
    assert strange == []


def words(answer):
    """Return an answer's text without what differs with every request: tokens against forgery, its own address."""
    text = answer.content.decode()
    text = re.sub(r'(name="csrfmiddlewaretoken" value=|"x-csrftoken": )"\w+"', "", text)
    return re.sub(r'name="next" value="[^"]*"', "", text)


def desk():
    return [route for route, _pattern in addresses() if route.startswith(DESK) and "(" not in route]


@pytest.mark.django_db
def test_the_examination_desk_has_one_door(client, cast):
    """A visitor is sent to the common sign-in page; whoever is not of the office finds nothing."""
    party = cast.patentee.client()
    assert len(desk()) > 20
    shut = {}
    for route in desk():
        visitor, stranger = client.get(filled(route)), party.get(filled(route))
        if "/account/login/" not in visitor.headers.get("Location", "") or stranger.status_code != 404:
            shut[route] = (visitor.status_code, stranger.status_code)
    assert shut == {}


@pytest.mark.parametrize("who", ["examiner", "approver", "officer", "mediator", "auditor", "administrator"])
def test_nobody_of_the_office_adds_changes_or_deletes_on_the_desk(cast, who, rf):
    request = rf.get("/examination/")
    request.user, request.actor = getattr(cast, who).user, getattr(cast, who).actor
    able = [
        (model.__name__, right)
        for model, desk_of in admin.site._registry.items()
        for right in ("add", "change", "delete")
        if getattr(desk_of, f"has_{right}_permission")(request)
    ]
    assert able == []


@pytest.mark.parametrize("who", ["examiner", "approver", "officer", "mediator", "auditor", "administrator"])
def test_no_page_of_the_desk_breaks_for_any_office_role(cast, who):
    client = getattr(cast, who).client()
    broken = {route: status for route in desk() for status in [client.get(filled(route)).status_code] if status >= 500}
    assert broken == {}
