"""Celery tasks: ids in, one call into an action, safe to run twice."""
