"""The data files next to the pages: JSON, CSV, feeds, bibliographies, redirects."""
