"""Sizes as people read them, the same on the server and in the browser (`ui/dates.ts`)."""

from decimal import ROUND_HALF_UP, Decimal

_KB, _MB, _GB = 10**3, 10**6, 10**9


def size_in_words(size: int, language: str) -> str:
    """Bytes as *48 kB*, *1,2 MB* or *68,4 GB*. Of a thousand, since disks are sold and shown that way."""
    # Kilobytes are rounded up: a file that is there is not "0 kB".
    if size <= 999 * _KB:
        return f"{-(-size // _KB)} kB"
    unit, name = (_MB, "MB") if size < 999.95 * _MB else (_GB, "GB")
    rounded = (Decimal(size) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{rounded:,}".removesuffix(".0")
    return f"{text.translate(str.maketrans(',.', '.,')) if language == 'da' else text} {name}"
