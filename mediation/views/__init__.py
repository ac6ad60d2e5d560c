"""Pages of mediation: of the two sides (``parties``) and of the mediators (``docket``)."""
