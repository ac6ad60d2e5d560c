"""Acts of mediation, one function a legal act: one transaction, locked, re-checked, audited, told."""
