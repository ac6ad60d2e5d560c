"""Celery application and the beat schedule, one row a periodic duty."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("registry")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.include = ["core.outbox", "registry.tasks", "licensing.tasks", "mediation.tasks"]

#   duty                          task                                when (Asia/Shanghai)
app.conf.beat_schedule = {
    "sweep the outbox": {"task": "core.deliver_outbox", "schedule": 10.0},
    "announce approved statements": {
        "task": "registry.publish_bulletin",
        # Tried hourly: the task itself knows the calendar of the bulletin and the day's issue, and does it once.
        "schedule": crontab(minute=5, hour="0-23"),
    },
    "expire statements": {"task": "registry.expire_statements", "schedule": crontab(minute=15, hour=0)},
    "lapse uncorrected statements": {"task": "registry.lapse_corrections", "schedule": crontab(minute=20, hour=0)},
    "look after duties to withdraw": {"task": "registry.recheck_duties", "schedule": crontab(minute=22, hour=0)},
    "expire licenses": {"task": "licensing.expire_licenses", "schedule": crontab(minute=25, hour=0)},
    "watch mediation clocks": {"task": "mediation.close_overdue", "schedule": crontab(minute=35, hour=0)},
}
