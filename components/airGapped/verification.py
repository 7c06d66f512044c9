"""The module sitecustomize, which Python imports when it starts: verifies certificates as Python 3.12 and other clients do.

Python 3.13 and urllib3 also reject authorities without key usage or with a basicConstraints that is not critical, such as those of
`openssl req -x509` (https://docs.python.org/3.13/whatsnew/3.13.html#ssl). Signatures, dates and host names are still verified.
"""

import _ssl
import importlib.machinery
import importlib.util
import os
import sys

# The module ssl takes its constants from here, and urllib3 takes them from ssl.
_ssl.VERIFY_X509_STRICT = 0

# Runs the module of the image that this one hides.
others = [path for path in sys.path if os.path.abspath(path) != os.path.dirname(os.path.abspath(__file__))]
hidden = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
if hidden is not None and hidden.loader is not None:
    hidden.loader.exec_module(importlib.util.module_from_spec(hidden))
