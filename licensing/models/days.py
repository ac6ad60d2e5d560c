"""The day of law inside database constraints."""

from django.db.models import DateField, Func


class LawDay(Func):
    """The day in Asia/Shanghai on which a timestamp falls, as core.deadlines.law_date reckons it."""

    template = "(%(expressions)s AT TIME ZONE 'Asia/Shanghai')::date"
    arity = 1
    output_field = DateField()
