"""Whether a word is a Vietnamese syllable: how text of fonts before Unicode is told from text that is meant."""

import re
import unicodedata

_ONSET = "(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_NUCLEI = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê yê iu oa oă oe oi ôi ơi oo ua uâ uê ui uô ươ uơ ưa ưi ưu "
    "uy oai oay oao oeo uây uôi uya uyê uyu uao uai uau uay iêu yêu ươi ươu uă ue ueo"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(sorted(_NUCLEI.split(), key=len, reverse=True))})(?:ch|nh|ng|[cmnpt])?")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = frozenset("\u0301\u0323")  # a syllable that a stop closes has the tone sắc or nặng, or none written
_PLACES = frozenset({"đăk", "lăk", "đak", "lak", "plei", "plây"})  # of Tây Nguyên, in names of provinces


def is_syllable(word: str) -> bool:
    """Whether `word`, in any case and way of composing, could stand in a Vietnamese text."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1 or not (_SYLLABLE.fullmatch(plain) or plain in _PLACES):
        return False
    return not tones or not plain.endswith(_STOPS) or tones[0] in _STOP_TONES
