"""Makes what every start needs of the shipped files once: into the folder that EQUIPCHECK_CACHE names."""

from __future__ import annotations

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.ground.shipped import shipped_dir
from equipcheck.ground.vocabulary import words_of
from equipcheck.match.lexicon import load_lexicon
from equipcheck.plan.laws import laws
from equipcheck.plan.settings import shipped_settings
from equipcheck.schemas.inputs import word_forms
from equipcheck.standard.load import load_standard, shipped_ids


def main() -> None:
    """Read each of the shipped files."""
    catalogue = load_catalogue()
    load_lexicon(catalogue)
    for name in shipped_ids():
        load_standard(name, shipped_dir(), catalogue)
    for form, _ in word_forms().values():
        words_of(form)
    shipped_settings()
    laws()


if __name__ == "__main__":
    main()
