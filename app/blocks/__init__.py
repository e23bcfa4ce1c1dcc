"""What a summary can hold, one folder for each; nothing else knows the list.

A folder has the model (`__init__.py`) and its parts of the page (`page.html`, and `page.css` if needed), of
the paper (`paper.typ`) and of Word (`word.py`). All of them draw a picture by its `drawing.py`.
"""

from pathlib import Path

HERE = Path(__file__).parent
