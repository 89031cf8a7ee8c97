"""Makes the test vectors of the specification: `python -m relight_vectors FOLDER`."""
