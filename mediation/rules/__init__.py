"""Rules of mediation: pure functions, each with its article."""
