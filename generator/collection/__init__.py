"""All briefings together.

``linker`` resolves ids and links the ``entries`` in both directions. ``reply_status`` says whether
an accused party has answered, ``roles`` which office somebody held on a day. ``statistics`` counts,
and the other modules are lists of entries for pages.
"""
