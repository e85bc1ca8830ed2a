"""The search index: records, how words are cut and folded, Pagefind."""
