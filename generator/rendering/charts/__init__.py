"""Charts: the positions of everything in them. ``templates/charts.html`` draws them.

Horizontal positions are shares of the chart's width, in per cent, and vertical ones are pixels. So
a chart is as wide as its column, while text and symbols keep their size on every screen.
"""
