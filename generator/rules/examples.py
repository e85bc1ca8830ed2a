"""Examples that several rules share. Each stands for keys of a small valid briefing."""

#: An allegation with a source of its party, and another one.
ALLEGATION = """
positions:
  - {id: diversion, party: norland, kind: allegation, against: [esteria], date: 2025-02-14,
     text: Esteria takes water., sources: [norland-page, paper]}
"""
#: An allegation to which no reply was found.
NO_REPLY_FOUND = """
positions:
  - id: diversion
    party: norland
    kind: allegation
    against: [esteria]
    date: 2025-02-14
    text: Esteria takes water.
    sources: [norland-page, paper]
    no_response: [{party: esteria, as_of: 2025-03-04}]
responses: []
"""
#: The reply of the accused, the day after the allegation.
REPLY = """
responses:
  - {id: drought, to: [diversion], party: esteria, date: 2025-02-15, stance: denies,
     text: No water was diverted., sources: [esteria-page]}
"""
#: The same by a speaker, Esteria's foreign minister.
SPOKEN_REPLY = """
responses:
  - {id: drought, to: [diversion], party: esteria, speaker: ana-lind, date: 2025-02-15,
     stance: denies, text: No water was diverted., sources: [esteria-page]}
"""


def quotation(keys: str) -> str:
    """A position with a quotation that has these ``keys``."""
    return f"""
positions:
  - id: diversion
    party: norland
    text: Esteria takes water.
    sources: [paper]
    quotes:
      - {{{keys}}}
"""
