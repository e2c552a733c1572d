"""The desk: the whole way in a browser window on the officer's own machine; it does what the commands do, no more.

May know every room below it; computes nothing of its own. `app` puts the parts together: `guard` (who may ask),
`workspace` (the project folder and the last run), `api` (JSON), `downloads` (files to take away), `serve`.
"""
