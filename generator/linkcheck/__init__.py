"""Finds the URLs in the files, requests them safely, and reports their status."""
