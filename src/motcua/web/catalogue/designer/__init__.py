"""The designer of forms: their versions, drafts, outline, properties, preview."""
