"""Executable reference of the Relight protocol, version 1.

One module per chapter of the specification. Written to be read next to the text: clear before fast, not constant
time, and therefore never to be used with real secrets.
"""
