"""The collection to Markdown pages.

Templates, citations, JSON-LD, social cards, charts, the page policy.
"""
