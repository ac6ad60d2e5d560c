"""Settings by environment: ``dev`` (``make run``), ``test`` and ``prod``."""
