"""Extraction beside its peers: the same pages, the same run, an environment for each.

    python -m benchmarks.extraction            from the root of a clone; needs Python and a package registry, no more

What is measured, and how, is in docs/benchmark.md; `--help` lists the options.
"""
