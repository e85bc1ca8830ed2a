"""The search index: its files, the records of pages, and how text is cut into words and folded."""
