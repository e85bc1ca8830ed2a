"""The search index.

``pages`` says what the search finds and by which filters, ``records`` is the form of a result,
``index`` writes the files, and ``words`` cuts and folds text.
"""
