"""A logo, taken in: decoded and drawn again, so that nothing is left of what came with it (X26).

It runs in the worker and nowhere else: what a picture might do to a decoder happens there.
"""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

#: By the first bytes, and by nothing that the sender says.
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_WIDE = MOST_HIGH = 4_000
#: As large as it is ever printed, in points of a picture: 55 by 22 mm at 300 to the inch.
FRAME = (650, 260)


class UnknownFormat(Exception):
    """None of those that are taken: a vector picture, a page, a text."""


class TooLarge(Exception):
    """More points than a logo needs; it is not decoded."""


class Broken(Exception):
    """It begins as a picture and does not go on as one."""


def taken_in(sent: bytes) -> bytes:
    """The picture as PNG, as large as it is shown at most, with nothing but its points."""
    with warnings.catch_warnings():
        # What the library only warns of is no logo.
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
    # A picture of its own: `info`, from which a profile or a text would be written, stays behind.
    clean = Image.new(small.mode, small.size)
    clean.paste(small)
    png = BytesIO()
    clean.save(png, "PNG", optimize=True)
    return png.getvalue()
