"""Glossaries, and holding their terms in the English."""

from toolkit.terminology.glossary import Glossary, Term
from toolkit.terminology.holding import Held
from toolkit.terminology.matching import Matcher, TermMatch

__all__ = ["Glossary", "Held", "Matcher", "Term", "TermMatch"]
