"""Acts of licensing: one transaction, locks in order (patent, statement, notice, payment, license, filing), one audit
event, effects through the outbox."""
