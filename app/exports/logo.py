"""Imports a logo: decodes and redraws it, so that nothing else in the file survives (X26).

It runs only in the worker, so that a malicious picture can do no harm elsewhere.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

#: Recognised by the first bytes, never by what the sender claims.
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_WIDE = MOST_HIGH = 4_000
#: The largest printed size in pixels: 55 by 22 mm at 300 to the inch.
FRAME = (650, 260)


class UnknownFormat(Exception):
    """Not one of the accepted formats: a vector picture, a page, a text."""


class TooLarge(Exception):
    """More pixels than a logo needs; it is not decoded."""


class Broken(Exception):
    """It begins like a picture but cannot be decoded as one."""


def taken_in(sent: bytes) -> bytes:
    """The picture as PNG, at most as large as it is ever shown, with nothing but its pixels."""
    with warnings.catch_warnings():
        # Refuse even what the library only warns about.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(BytesIO(sent), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise TooLarge from None
        except UnidentifiedImageError:
            raise UnknownFormat from None
        except Exception:  # noqa: BLE001  decoders fail in ways of their own
            raise Broken from None
        if picture.width > MOST_WIDE or picture.height > MOST_HIGH:
            raise TooLarge
        try:
            return _drawn_again(picture)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001
            raise Broken from None


def _drawn_again(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    small = upright.convert("RGBA")
    small.thumbnail(FRAME, Image.Resampling.LANCZOS)
    if small.getchannel("A").getextrema() == (255, 255):
        small = small.convert("RGB")
    # A new picture, so that `info`, from which a profile or text would be written, is dropped.
    clean = Image.new(small.mode, small.size)
    clean.paste(small)
    png = BytesIO()
    clean.save(png, "PNG", optimize=True)
    return png.getvalue()
