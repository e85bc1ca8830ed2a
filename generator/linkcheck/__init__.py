"""The links of a project: where they stand, what became of them, and what to write instead."""
