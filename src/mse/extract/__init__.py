"""The stages a text passes: mentions, clauses, roles, metrics, periods, pairing, facts."""
