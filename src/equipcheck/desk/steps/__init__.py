"""The steps of the way, a page a file: what it shows and what its buttons do."""

from equipcheck.desk.pages import Page
from equipcheck.desk.steps import bureau, history, ledgers, plan, result, review, section, standard

PAGES: tuple[Page, ...] = (
    ledgers.PAGE,
    bureau.PAGE,
    result.PAGE,
    review.PAGE,
    plan.PAGE,
    section.PAGE,
    history.PAGE,
    standard.PAGE,
)
