"""The page of all components, for whoever builds pages. Exists on development systems only; its text is English."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.permissions import public
from core import charts, deadlines
from core.legal import LAW, PRACTICE, RULES
from core.money import format_wan
from core.rules import Severity, Violation


class SampleForm(forms.Form):
    """One field of every kind."""

    number = forms.CharField(label="Patent number", help_text="With its check digit, as on the certificate.")
    price = forms.DecimalField(
        label="Lump sum", widget=forms.NumberInput(attrs={"data-prefix": "¥", "inputmode": "decimal"})
    )
    rate = forms.DecimalField(
        label="Royalty on net sales",
        required=False,
        widget=forms.NumberInput(attrs={"data-suffix": "%", "data-width": "s"}),
    )
    until = forms.DateField(label="License term ends on", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="How is the fee paid?",
        help_text="One way for all licensees.",
        choices=[("lump", "Lump sum"), ("royalty", "Royalty on net sales"), ("free", "Free of charge")],
        widget=forms.RadioSelect,
    )
    province = forms.ChoiceField(label="Province", choices=[("33", "浙江省"), ("44", "广东省")], required=False)
    papers = forms.FileField(label="Written consent of the co-owners", required=False)
    explanation = forms.CharField(
        label="How the fee was calculated", widget=forms.Textarea(attrs={"data-count": "2000", "rows": 4})
    )
    undertaking = forms.BooleanField(label="I undertake to keep the patent in force while the license is open")


def _violations() -> list[Violation]:
    return [
        Violation(
            "F8",
            "Fee over the cap",
            Severity.DEFECT,
            (RULES(85, 2), PRACTICE()),
            "The lump sum is above ¥20,000,000.00.",
            "Lower the sum, or grant an ordinary license.",
            "price",
        ),
        Violation("T1", "Short term", Severity.WARNING, (LAW(50, 1),), "The term is under twelve months.", "", "until"),
    ]


def _card(title: str, number: str, holders: str, **more: Any) -> dict[str, Any]:
    return {"url": "#", "title": title, "number": number, "holders": holders, "kind": "Invention", **more}


def _results(today: date) -> dict[str, Any]:
    return {
        "cards": [
            _card(
                "一种用于低温环境的锂离子电池电解液及其制备方法",
                "202110123456.7",
                "示范大学",
                class_code="H01M 10/0525",
                price=f"{format_wan(500000)}, once",
                term="Until 2031-03-09",
                licenses=3,
                acceptable=True,
                cost="¥41,667.00 a year",
                announced_on=today,
                reasons=["Same class as your need", "Province: 浙江省"],
            ),
            _card(
                "水稻直播机的排种装置",
                "202410000001.X",
                "示范农机有限公司; 示范农业研究所",
                price="3 % of net sales",
                term="3 years from each contract",
                licenses=0,
                acceptable=False,
                acceptable_note="Annuity not paid; since 3 November 2026",
                announced_on=today,
            ),
        ],
        "facets": [
            {
                "label": "Kind",
                "options": [
                    {"label": "Invention", "url": "#", "count": 1204, "selected": True},
                    {"label": "Utility model", "url": "#", "count": 876},
                ],
            },
            {"label": "Province", "options": [{"label": "浙江省", "url": "#", "count": 211}]},
        ],
        "page": Paginator(range(90), 20).page(2),
        "built_on": datetime(2026, 11, 23, 2, 5, tzinfo=UTC),
        "citation": LAW(50, 1),
        "price": Decimal("20000000"),
    }


def _matter(now: datetime) -> dict[str, Any]:
    return {
        "events": [
            {"label": "Submitted", "at": now - timedelta(days=20), "who": "示范大学", "article": RULES(85, 1)},
            {
                "label": "Correction asked for",
                "at": now - timedelta(days=12),
                "who": "Office",
                "note": "Consent missing.",
            },
            {"label": "Correction answered", "at": now - timedelta(days=2), "who": "示范大学"},
            {"label": "In examination", "state": "current", "who": "Office"},
            {"label": "Announced", "state": "future", "article": LAW(50, 1)},
        ],
        "sections": [
            {
                "title": "The patent",
                "tasks": [
                    {"label": "Patent and patentees", "url": "#", "status": "Done", "tone": "success"},
                    {
                        "label": "Evaluation report",
                        "url": "#",
                        "status": "Not started",
                        "hint": "Utility models and designs.",
                    },
                ],
            },
            {
                "title": "The offer",
                "tasks": [
                    {"label": "Fee", "url": "#", "status": "In progress", "tone": "info"},
                    {"label": "Send", "status": "Cannot start yet"},
                ],
            },
        ],
        "steps": ["Patent", "Fee", "Term", "Papers", "Check and send"],
        "tab_items": [
            {"label": "Open", "url": "#", "count": 12, "current": True},
            {"label": "Decided", "url": "#", "count": 48},
        ],
    }


def _answers(now: datetime) -> dict[str, Any]:
    return {
        "summary": [
            {"label": "Patent", "value": "ZL202110123456.7", "url": "#"},
            {"label": "Fee", "value": "¥500,000.00, once", "url": "#", "note": "Paid within 30 days of the notice."},
            {"label": "License term", "value": "", "url": "#", "error": "State until when the license runs."},
        ],
        "files": [
            {
                "name": "共有人同意书.pdf",
                "url": "#",
                "size": 214_003,
                "kind": "Consent",
                "added_at": now,
                "status": "Checked",
                "tone": "success",
            },
            {
                "name": "付款凭证.png",
                "size": 51_200,
                "kind": "Payment voucher",
                "status": "In quarantine",
                "tone": "warning",
            },
        ],
        "columns": [
            {"label": "Patent year"},
            {"label": "Due"},
            {"label": "Full", "numeric": True},
            {"label": "Payable", "numeric": True},
        ],
        "rows": [["11", "2024-03-10", "¥4,000.00", "¥4,000.00"], ["12", "2025-03-10", "¥4,000.00", "¥3,400.00"]],
        "violations": _violations(),
    }


def _figures() -> dict[str, Any]:
    return {
        "funnel": charts.row_chart(
            "From statement to license",
            ["已提交", "Examined", "Announced", "Licensed", "Filed"],
            {"Statements": [3200, 3011, 2870, 1204, 987]},
            first_column="Stage",
            note="Since 1 January 2026.",
        ),
        "over_time": charts.line_chart(
            "Licenses over time",
            ["Q1", "Q2", "Q3", "Q4"],
            {"Invention": [120, 180, 240, 410], "Utility model": [90, 95, 140, 150], "Design": [10, 25, 22, 60]},
            first_column="Quarter",
        ),
        "fees": charts.bar_chart(
            "Median fee by industry, thousand yuan",
            ["C26", "C35", "C39", "I65"],
            {"Median": [120, 85, 240, 60]},
            first_column="Industry",
        ),
    }


def _samples() -> dict[str, Any]:
    now = timezone.now()
    today = deadlines.law_date(now)
    return {
        **_results(today),
        **_matter(now),
        **_answers(now),
        **_figures(),
        "now": now,
        "soon": today + timedelta(days=4),
        "later": today + timedelta(days=12),
        "past": today - timedelta(days=3),
        "form": SampleForm({"number": "200710308494.1", "rate": "3.5", "kind": "lump"}),
        "clean_form": SampleForm(prefix="clean", initial={"kind": "royalty"}),
    }


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component once, in every state that looks different."""
    return render(request, "styleguide.html", _samples())
