"""Learned furniture: what recurs over a station's own pages and no list can foresee.

    sighting = observe(article)                    # the lines of one story, hashed, with what speaks for and against each
    verdicts = weigh(sightings, texts)             # all lines that recur, each with its evidence
    rules = Rules(learned=Learned(...))            # handed to `extract`, which takes the learned lines out

Everything here is a function of its arguments; the store keeps the sightings and hands them back.
"""
