"""Many bureaus: from a fleet to its roll-up, on this machine or on a cluster, with the same `assess`.

`opening` says which bureaus there are and what belongs to them, `reading` reads their files, `cohorts` assesses all
bureaus of one edition and day in one call, `rollup` adds up. May know every room up to history; no output format.
"""
