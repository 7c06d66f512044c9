"""Joins the certificates of keep:extraCa with those that Python trusts, and makes certifi return the result.

Arguments: the certificates to add, the directory for the bundle, and the text of the module sitecustomize.
"""

import pathlib
import sys

import certifi

added, directory = map(pathlib.Path, sys.argv[1:3])
bundle = directory / "bundle.pem"
bundle.write_text(certifi.contents() + "\n" + added.read_text())
module = directory / "python" / "certifi.py"
module.parent.mkdir(exist_ok=True)
module.write_text(f"where = lambda: '{bundle}'\ncontents = lambda: open(where()).read()\n")
(module.parent / "sitecustomize.py").write_text(sys.argv[3])
