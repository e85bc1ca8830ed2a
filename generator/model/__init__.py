"""The briefing format as types.

Fields, dates, languages, prose, and what can be known of a model without a file.
"""
