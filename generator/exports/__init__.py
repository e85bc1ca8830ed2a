"""The collection as data beside the pages: one output format a module."""
