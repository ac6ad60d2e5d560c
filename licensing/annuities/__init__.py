"""Annuities of licensed patents: schedules, reductions, late surcharge, and the table that explains them. Pure."""
