"""The collection to Markdown pages.

``pages`` renders templates, ``templates`` has the functions that they can use, and ``view`` the
addresses and texts of one page. Other modules work out a part of a page each: citations,
quotations, charts, JSON-LD (``json_ld``), link cards (``social_cards``), the links between
languages (``alternates``), and the Content-Security-Policy (``csp``).
"""
