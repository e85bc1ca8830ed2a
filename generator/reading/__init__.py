"""Files to values.

Which files are read, YAML with source positions, validation, and the problems found on the way.
"""
