"""Domain signals of this app. They are sent inside the transaction of the act, so a receiver that fails undoes it."""

from django.dispatch import Signal

# The register has a new bar against an announced statement, or one more; it cannot be accepted from now on. Keyword
# arguments: statement (registry.models.Statement), violations (tuple of core.rules.Violation), at (datetime).
acceptance_stopped = Signal()

# The last bar against an announced statement fell away; it can be accepted again. Arguments: statement, at.
acceptance_resumed = Signal()

# A register event that counted until now is annulled; the facts and the statements are as without it. Arguments: patent
# (locked), event and annulment (registry.models.RegisterEvent), by (core.lifecycle.Actor), at.
event_annulled = Signal()

# A statement was withdrawn, ended or revoked by the office, or has expired; nothing can be accepted any more. Arguments:
# statement (with its new status and ``ended_on``), at.
statement_ended = Signal()
