"""The built site.

Output folder with reuse, atomic swap, validation, PDF, export for other builders.
"""
