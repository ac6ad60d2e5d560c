"""The page components: template tags and filters that every page is built from.

Load with ``{% load ui %}``. Arguments in [brackets] may be left out. "rows", "events" and the like are
lists of dicts or objects; the names listed after the colon are read from each, all but the first optional.
``docs/components.md`` shows each one in use, ``/styleguide/`` shows how each one looks.

Values (filters)
    x|yuan  x|wan  x|patent_number  x|law_date  x|law_time  x|percent  x|thousands

Text and links
    maybe_url name [args] as u      '' when there is no such route
    nav_item url label              nothing when url is ''; marks the current page
    crumbs label url label url … label          trail; the last label is this page
    cite citation                   the article, linked to the legal page
    as_of at                        "As of 23 November 2026, 10:05"
    status_tag status [label] [tone]            tones: neutral info success warning danger
    deadline due_on [done] [today]  days left, or days overdue
    copy_code value [label]         a number to copy

Blocks (close with end<name>)
    page_header title [kicker] [lead]           body: the action links and buttons
    notice tone [title] [role]      tones: info success warning danger; body: HTML
    empty_state title               body: what to do next
    table_wrap label [stack]        body: <table>; stack=True: cards on a phone, cells carry data-label
    filter_panel label [count]      body: facets or a filter form; folds on a phone
    panel title [tone] [level]      body: HTML

Lists
    data_table caption columns rows [stack]     columns: label numeric; rows: lists of cells
    timeline events                 label at who article note url state(done current future failed)
    turn_panel who [what] [until]   whose turn it is and until when
    task_list sections              title tasks: label url status tone hint
    summary_list rows               label value url change_label note error
    facet_list facets               label options: label url count selected
    result_card item                url title number kind holders price cost term licenses
                                    acceptable acceptable_note class_code reasons announced_on
    violations items [form]         core.rules.Violation, or message basis remedy url severity; with the
                                    form each links to its field
    error_summary form [form …]     links to each field in error
    file_list files                 name url size kind added_at status tone note
    stepper steps current           labels; current counts from 1
    tabs items [label]              label url count current
    keyset previous_url next_url [summary]      links between pages of a long list
    pagination page [param]         a Django Page; keeps the rest of the query string
    progress value total [label]    a long job
    chart_figure chart              core.charts.Chart: the picture, with its table beneath
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import deadlines, money
from core.day_words import day_in_words

register = template.Library()

TONES = ("neutral", "info", "success", "warning", "danger")
Context = dict[str, Any]


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"unknown tone {tone!r}, expected one of {', '.join(TONES)}")
    return tone


def _law_day(value: dt.date | dt.datetime) -> dt.date:
    """The day of law of a moment; a plain date is already one."""
    return deadlines.law_date(value) if isinstance(value, dt.datetime) else value


# ---------------------------------------------------------------- values


@register.filter
def yuan(value: Decimal | int | str | None) -> str:
    """An amount in yuan, exact: ¥1,234,567.00."""
    return "" if value in (None, "") else money.format_yuan(value)


@register.filter
def wan(value: Decimal | int | str | None) -> str:
    """An amount in yuan as people say it: in ten thousands in Chinese, in millions in English."""
    return "" if value in (None, "") else money.format_wan(value)


@register.filter
def percent(value: Decimal | int | str | None) -> str:
    """A rate already given in percent, without idle zeros: 3.5 %, in Chinese 3.5%."""
    return "" if value in (None, "") else money.format_percent(value)


@register.filter
def thousands(value: int | None) -> str:
    """A count with separators, 27,076; a dash for one that is not known."""
    return "—" if value is None else f"{value:,}"


@register.filter
def patent_number(value: object) -> str:
    """A stored patent number (202410000001.X) as a granted patent shows it: ZL202410000001.X."""
    text = str(value or "")
    return f"ZL{text}" if text[:1].isdigit() else text


@register.filter
def law_date(value: dt.date | dt.datetime | None) -> SafeString | str:
    """The legal day (Asia/Shanghai) as a <time> element, written in the reader's language."""
    if value is None or value == "":
        return ""
    day = _law_day(value)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_in_words(day))


@register.filter
def law_time(value: dt.datetime | None) -> SafeString | str:
    """An instant as day and minute in Asia/Shanghai, as a <time> element."""
    if value is None or value == "":
        return ""
    local = timezone.localtime(value, deadlines.SHANGHAI)
    text = f"{day_in_words(local)} {local:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), text)


@register.filter
def law_moment(value: dt.date | dt.datetime | None) -> SafeString | str:
    """law_time for an instant, law_date for a day."""
    return law_time(value) if isinstance(value, dt.datetime) else law_date(value)


@register.simple_tag
def widget_attr(bound_field: Any, name: str) -> Any:
    """A widget attribute of a bound form field, such as data-prefix; '' when not set."""
    return bound_field.field.widget.attrs.get(name, "")


# ---------------------------------------------------------------- text and links


@register.simple_tag
def maybe_url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route, or '' when the route does not stand."""
    try:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


@register.simple_tag
def development_mark() -> bool:
    return bool(getattr(settings, "DEVELOPMENT_MARK", False))


@register.inclusion_tag("components/nav_item.html", takes_context=True)
def nav_item(context: Context, url: str, label: str) -> Context:
    request = context.get("request")
    path = request.path if request and not context.get("nowhere") else ""
    current = path == url or (len(url) > 1 and path.startswith(url))
    return {"url": url, "label": label, "current": bool(url) and current}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*parts: str) -> Context:
    pairs = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return {"items": pairs}


@register.inclusion_tag("components/cite.html")
def cite(citation: Any) -> Context:
    page = maybe_url("legal_basis")
    instrument = getattr(citation, "instrument", "")
    return {"text": str(citation), "url": f"{page}#{instrument}" if page and instrument else page}


@register.inclusion_tag("components/as_of.html")
def as_of(at: dt.date | dt.datetime) -> Context:
    return {"at": at}


@register.inclusion_tag("components/status_tag.html")
def status_tag(status: Any, label: str = "", tone: str = "") -> Context:
    """`status` may be an enum member: then its own label, and its `tone` where it has one, are the defaults."""
    return {
        "code": getattr(status, "value", status),
        "label": label or getattr(status, "label", status),
        "tone": _tone(tone or getattr(status, "tone", "neutral")),
    }


@register.inclusion_tag("components/deadline.html")
def deadline(due_on: dt.date | dt.datetime, done: bool = False, today: dt.date | None = None) -> Context:
    days = (_law_day(due_on) - (today or deadlines.law_date(timezone.now()))).days
    if done:
        tone = "neutral"
    elif days < 0:
        tone = "danger"
    else:
        tone = "warning" if days <= 7 else "info"
    note = "" if done else deadlines.CALENDAR.note(_law_day(due_on))
    return {"due_on": due_on, "days": days, "overdue": -days, "done": done, "tone": tone, "note": note}


@register.inclusion_tag("components/copy_code.html")
def copy_code(value: str, label: str = "") -> Context:
    return {"value": value, "label": label}


# ---------------------------------------------------------------- blocks


def _block(name: str, content: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", {"body": content, **context})


@register.simple_block_tag
def page_header(content: str, title: str, kicker: str = "", lead: str = "") -> SafeString:
    return _block("page_header", content, title=title, kicker=kicker, lead=lead)


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    return _block("notice", content, tone=_tone(tone), title=title, role=role)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    return _block("empty_state", content, title=title)


@register.simple_block_tag
def table_wrap(content: str, label: str, stack: bool = False) -> SafeString:
    return _block("table_wrap", content, label=label, stack=stack)


@register.simple_block_tag
def filter_panel(content: str, label: str, count: int = 0) -> SafeString:
    return _block("filter_panel", content, label=label, count=count)


@register.simple_block_tag
def panel(content: str, title: str, tone: str = "neutral", level: int = 2) -> SafeString:
    return _block("panel", content, title=title, tone=_tone(tone), level=level)


@register.inclusion_tag("components/message_notice.html")
def message_notice(message: Any) -> Context:
    """A message of django.contrib.messages as a notice; an error is announced at once."""
    tones = {"success": "success", "warning": "warning", "error": "danger"}
    return {"message": message, "tone": tones.get(message.level_tag, "info")}


# ---------------------------------------------------------------- lists


@register.inclusion_tag("components/data_table.html")
def data_table(caption: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]], stack: bool = False) -> Context:
    return {
        "caption": caption,
        "columns": columns,
        "rows": [list(zip(columns, row, strict=True)) for row in rows],
        "stack": stack,
    }


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Any]) -> Context:
    return {"events": events}


@register.inclusion_tag("components/turn_panel.html")
def turn_panel(who: str, what: str = "", until: dt.date | dt.datetime | None = None) -> Context:
    return {"who": who, "what": what, "until": until}


@register.inclusion_tag("components/task_list.html")
def task_list(sections: Iterable[Any]) -> Context:
    return {"sections": sections}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any]) -> Context:
    return {"rows": rows}


@register.inclusion_tag("components/facet_list.html")
def facet_list(facets: Iterable[Any]) -> Context:
    return {"facets": facets}


@register.inclusion_tag("components/result_card.html")
def result_card(item: Any) -> Context:
    return {"item": item}


@register.inclusion_tag("components/violations.html")
def violations(items: Iterable[Any], form: Any = None) -> Context:
    """With the form they are about, each message links to the field it names."""
    return {"items": [(item, _target(item, form)) for item in items]}


def _target(item: Any, form: Any) -> str:
    url = item.get("url", "") if isinstance(item, dict) else getattr(item, "url", "")
    name = "" if isinstance(item, dict) else getattr(item, "field", "")
    return url or (_anchor(form[name]) if form and name in form.fields else "")


def _anchor(field: Any) -> str:
    """The input that a link to a bound field leads to; of a group of choices the first."""
    return f"#{field.auto_id}{'_0' if field.use_fieldset else ''}"


def labelled(label: Any, message: Any) -> str:
    """Return what is said of a field after the field's label; a label that asks needs no colon."""
    asks = str(label).endswith(("?", "？"))
    return (_("%(label)s %(message)s") if asks else _("%(label)s: %(message)s")) % {"label": label, "message": message}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> Context:
    """Every error of the given forms, each linked to its field; nothing when there is none."""
    errors: list[tuple[str, str]] = []
    files = False
    for form in (form for form in forms if form and form.is_bound and form.errors):
        errors += [(message, "#main") for message in form.non_field_errors()]
        for field in form:
            errors += [(labelled(field.label, message), _anchor(field)) for message in field.errors]
        files = files or bool(form.files)
    return {"errors": errors, "files": files}


@register.inclusion_tag("components/file_list.html")
def file_list(files: Iterable[Any]) -> Context:
    return {"files": files}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[str], current: int) -> Context:
    return {"steps": steps, "current": current, "total": len(steps)}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str = "") -> Context:
    return {"items": items, "label": label}


@register.inclusion_tag("components/keyset.html")
def keyset(previous_url: str, next_url: str, summary: str = "") -> Context:
    return {"previous_url": previous_url, "next_url": next_url, "summary": summary}


@register.inclusion_tag("components/keyset.html", takes_context=True)
def pagination(context: Context, page: Any, param: str = "page") -> Context:
    """Previous and next for a Django Page, keeping every other part of the query string."""

    def link(number: int) -> str:
        query = context["request"].GET.copy()
        query[param] = str(number)
        return f"?{query.urlencode()}"

    counts = {"number": page.number, "total": page.paginator.num_pages}
    return {
        "previous_url": link(page.number - 1) if page.has_previous() else "",
        "next_url": link(page.number + 1) if page.has_next() else "",
        "summary": _("Page %(number)s of %(total)s") % counts if page.has_other_pages() else "",
    }


@register.inclusion_tag("components/progress.html")
def progress(value: int, total: int, label: str = "") -> Context:
    return {"value": value, "total": total, "label": label}


@register.inclusion_tag("components/chart_figure.html")
def chart_figure(chart: Any) -> Context:
    return {"chart": chart}
