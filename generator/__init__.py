"""Turns YAML briefings on disputed matters into a checked, cross-linked collection of pages."""
