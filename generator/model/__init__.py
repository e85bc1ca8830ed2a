"""The briefing format as types: fields, dates, languages, prose, and introspection of the model."""
