"""What a summary can hold: a folder each, and nothing else knows which there are.

A folder has the model (`__init__.py`), its part of the page (`page.html`, and `page.css` where it needs any),
of the paper (`paper.typ`) and of Word (`word.py`). A picture has its lines from its `drawing.py`, for all.
"""

from pathlib import Path

HERE = Path(__file__).parent
