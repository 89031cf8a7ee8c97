"""The part of the package in C, which is generated from the header of the installed library."""

from setuptools import setup

setup(cffi_modules=["build_relight.py:builder"])
