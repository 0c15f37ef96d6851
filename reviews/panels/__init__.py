"""评审组: one group of experts for many cases, from the invitation to the result (docs/adr/0160)."""
