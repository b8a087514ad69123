"""Forms to fill in: what they ask, what of an answer counts, and what becomes of it. Shipped forms are files."""
