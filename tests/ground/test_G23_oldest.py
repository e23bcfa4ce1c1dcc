"""G23: the built pages need nothing that the oldest browsers (frontend/oldest.ts) lack."""

import re
from collections.abc import Iterator

import pytest

from app.main import WEB

APP = WEB.parent

#: What Safari 15.4, Chrome 109 or Firefox 115 lack, and which of them.
SCRIPT = {
    r"\.(toSorted|toReversed|toSpliced)\(": "arrays of 2023",
    r"\.(findLast|findLastIndex)\(": "not typed by our `lib`",
    r"\b(Object|Map)\.groupBy\(": "2024",
    r"\bPromise\.(withResolvers|try)\(": "2024",
    r"\bArray\.fromAsync\(": "2024",
    r"\.(isWellFormed|toWellFormed)\(": "2024",
    r"\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(": "sets of 2025",
    r"\bAbortSignal\.(timeout|any)\(": "Safari 16, 17.4",
    r"\bURL\.(canParse|parse)\(": "Safari 17",
    r"\brequestIdleCallback\(": "no Safari",
    r"\(\?<[=!]": "looking behind: Safari 16.4 cannot even read the file",
    r"\bstatic\s*\{": "Safari 16.4 cannot even read the file",
    r"\.(showPopover|togglePopover|checkVisibility|startViewTransition|setHTML)\(": "Safari 17 and later",
    r"\bIntl\.DurationFormat\b": "2024",
}
#: The same for styles; cosmetic features may be missing (text-wrap, @container).
STYLE = {
    r"\blight-dark\(": "2024",
    r"@scope\b|@starting-style\b|@property\b": "Safari 16.4 and later",
    r"\b(sin|cos|round|mod|calc-size)\(": "later than 15.4",
    r"[^-]\boklch\(|\boklab\(": "Safari 15.4, Chrome 111",
    r":popover-open|:user-invalid|:state\(": "Safari 16.5 and later",
    r"(?<=[;{])\s*&": "nesting",
}
#: A property set by `color-mix` was set before, in the same rule.
MIX = re.compile(r"([\w-]+):[^;{}]*color-mix\(")


def missing(name: str, text: str) -> Iterator[str]:
    """The features of a file that not all of them have."""
    for pattern, why in (SCRIPT if name.endswith(".js") else STYLE).items():
        if found := re.search(pattern, text):
            yield f"{name}: {found[0]} ({why})"
    if not name.endswith(".css"):
        return
    # Some are served as they were written.
    text = re.sub(r"\s*([:;{}])\s*", r"\1", text)
    for rule in re.findall(r"\{([^{}]*)\}", text):
        for mixed in MIX.finditer(rule):
            if not re.search(rf"(^|;){mixed[1]}:(?![^;]*color-mix)", rule[: mixed.start()]):
                yield f"{name}: color-mix without another {mixed[1]} before it (Chrome 111)"
    if ":has(" in text and "@supports not selector(:has" not in text:
        yield f"{name}: :has without a rule for who has none (Firefox 121)"


def test_G23_the_pages_ask_for_nothing_that_the_oldest_browsers_lack() -> None:
    files = sorted((WEB / "assets").glob("*.[jc]s*"))
    assert len(files) > 50
    # Scripts and style sheets that the server serves unbuilt: those of its own pages and of a summary.
    own = [*APP.glob("*/static/*.[jc]s*"), *APP.glob("blocks/*/page.css")]
    assert len(own) > 10
    found = {file.name: list(missing(file.name, file.read_text("utf-8"))) for file in (*files, *own)}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.js", "var a=b.toSorted((a,b)=>a-b)"),
        ("a.js", "let x=y.filter(z).findLast(q)"),
        ("a.js", "class A{static{this.b=1}}"),
        ("a.js", "s.split(/(?<=\\s)/)"),
        ("a.js", "fetch(u,{signal:AbortSignal.timeout(9)})"),
        ("a.css", ".a{background:color-mix(in srgb,red,blue)}"),
        ("a.css", ".a:has(b){color:red}"),
        ("a.css", ".a{color:light-dark(red,blue)}"),
    ],
)
def test_G23_what_they_lack_is_found(name: str, text: str) -> None:
    assert list(missing(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.js", "var a=b.at(-1),c=Object.hasOwn(d,e),f=structuredClone(g),h=i.replaceAll(j,k)"),
        ("a.css", ".a{background:red;background:color-mix(in srgb,red,blue)}"),
        ("a.css", ".a{min-height:100dvh;inset:0;text-wrap:balance}"),
    ],
)
def test_G23_what_they_have_is_left_alone(name: str, text: str) -> None:
    assert not list(missing(name, text))
