"""Signatures on papers: made, stamped, and judged. Knows bytes and reference strings, never a dossier."""
