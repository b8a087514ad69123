"""What another version of a process would change: reckoned for each dossier, written to none (ADR 0064)."""
