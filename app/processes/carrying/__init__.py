"""Exports a process to a file and imports it, on another server or the same one.

`README.md` describes the file's format, by version.
"""
