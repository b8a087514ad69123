"""A commune desk's whole day in a real browser, by keyboard (docs/proof.md)."""
