"""Pictures drawn at build time: where each mark stands. The templates hold the drawing itself.

Across, everything stands at a share of the picture's width, in per cent; downwards, in pixels. So
a picture is as wide as its column while its words and marks keep their size on every screen.
"""
