"""Language knowledge as data: units, cue words, titles, column headers and calendar words, one TOML file each.

Every entry carries an `example`, and a test runs each of them. Code elsewhere holds no Chinese word lists.
"""

from mse.grammar.lexicon import alternation, extend, fingerprint, load

__all__ = ["alternation", "extend", "fingerprint", "load"]
