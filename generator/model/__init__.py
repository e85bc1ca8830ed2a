"""The briefing format as types.

``briefing``, ``registries`` and ``translation`` are the files, ``fields`` the types of their
values. Other modules read one kind of value (dates, languages, ids, URLs, prose), compare a
translation with its original (``translated_texts``), or walk over the model (``introspection``).
"""
