"""An amount in Vietnamese words, as receipts write it out. Pure."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")
LARGEST = 10**18


def _group(value: int, *, whole: bool) -> list[str]:
    """Three figures; `whole`: with its hundreds, as something stands before it."""
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens == 0 and units and words:
        words.append("lẻ")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5 and tens > 0:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return words


def number_words(value: int) -> str:
    """105 as "một trăm lẻ năm". Raises ValueError below 0 and from 10^18 on."""
    if not 0 <= value < LARGEST:
        message = f"no words for {value}"
        raise ValueError(message)
    if value == 0:
        return _DIGITS[0]
    groups = []
    while value:
        value, group = divmod(value, 1000)
        groups.append(group)
    words: list[str] = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            words += _group(groups[place], whole=bool(words))
            words += [_GROUPS[place]] if place else []
    return " ".join(words)


def dong_words(amount: int) -> str:
    """10000 as "Mười nghìn đồng"."""
    words = number_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"
