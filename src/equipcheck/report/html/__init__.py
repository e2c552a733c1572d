"""The page: one self-contained file, made of small templates and one stylesheet that the desk uses too.

Whatever shows equipcheck in a browser builds on three things in this room:

* `environment.environment()` is the Jinja2 environment: everything escaped, undefined names an error, the words
  and rows of the terminal at hand (`words`, `tables`, `explanation`, `say` …). `environment(extra)` adds a folder of
  the caller's own templates before these.
* `templates/base.html` is the layout with the blocks `title`, `masthead`, `contents`, `main`, `footer`; it puts
  stylesheet and script into the page with their hashes in a Content-Security-Policy. A page that is served sets
  `linked` to the addresses of both (`{"style": …, "script": …, "policy": …}`) and names them instead.
* `templates/parts/*.html` are macros, a file a part: `figures`, `findings` (table, filters, evidence), `categories`,
  `flow`, `trend`, `plan`, `rows` (review, unmatched, …), `inputs`. Each takes results (`Report`, `Plan`, `Trend`) and
  computes nothing.

`page.css` holds colours as custom properties (light, dark, print), `page.js` finds its work by `data-` attributes, so
that a page shown without scripts is whole and a part used elsewhere comes alive by itself. A page that replaces parts
of itself later calls `equipcheckPage(element)` on what is new. Classes: docs/page.md.
"""
