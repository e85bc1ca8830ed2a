"""Texts, dates, numbers and lists of the interface, in the language of the site.

A catalogue (GNU gettext) holds the texts of each language: ``fr/LC_MESSAGES/messages.po``.
"""
