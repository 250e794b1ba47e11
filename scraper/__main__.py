"""``python -m scraper``: the command line where the script is not on the path."""

from __future__ import annotations

import sys

from scraper.commands import main

sys.exit(main())
