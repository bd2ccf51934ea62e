"""How easily Spanish is read: the INFLESZ scale, over 60 for texts that everybody reads."""

from __future__ import annotations

import re
from itertools import pairwise

STRONG = "aeoáéó"
STRESSED = "íú"


def _syllables(word: str) -> int:
    """Count the vowel groups, and two where neither vowel gives way."""
    plain = re.sub(r"gu(?=[eéií])", "g", word.replace("qu", "k"))
    groups = re.findall(r"[aeiouáéíóúü]+|y$", plain)
    apart = [
        pair
        for group in groups
        for pair in pairwise(group)
        if set(pair) <= set(STRONG) or set(pair) & set(STRESSED)
    ]
    return max(1, len(groups) + len(apart))


def inflesz(text: str) -> float:
    """Give 206.835 - 62.3 syllables a word - words a sentence (Szigriszt-Pazos, Barrio-Cantalejo)."""
    sentences = [part for part in re.split(r"[.!?:;\n|]+", text) if re.search(r"\w", part)]
    words = re.findall(r"[a-záéíóúüñ]+", text.lower())
    return 206.835 - 62.3 * sum(map(_syllables, words)) / len(words) - len(words) / len(sentences)
