"""Reads of mediation. Whatever holds a case's content is filtered by ``mediation.permissions``."""
