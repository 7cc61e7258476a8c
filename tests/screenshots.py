"""Pictures of every page, light and dark, on a desk and on a phone, for people to look at.

python tests/screenshots.py STORE FOLDER
"""

import argparse
from html import escape
from itertools import product
from pathlib import Path

from browsing import SCHEMES, SIZES, chromium, visit, window
from live_service import serving
from shown_pages import PAGES

_HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pages of banggiao</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem; color-scheme: light dark; }
div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
img { max-height: 45rem; max-width: 100%; border: 1px solid #8888; }
</style>
<h1>Pages of banggiao</h1>
"""


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with serving(arguments.store) as live, chromium() as browser:
        for size, scheme in product(SIZES, SCHEMES):
            with window(browser, f"http://127.0.0.1:{live.port}", viewport=SIZES[size], color_scheme=scheme) as page:
                for shown in PAGES:
                    visit(page, shown)
                    page.screenshot(path=arguments.folder / _file(shown, size, scheme), full_page=True)
    index = arguments.folder / "index.html"
    index.write_text(_HEAD + "".join(map(_row, PAGES)), encoding="utf-8")
    print(index)


def _file(shown, size, scheme):
    return f"{shown}-{size}-{scheme}.png"


def _row(shown):
    files = [_file(shown, size, scheme) for size, scheme in product(SIZES, SCHEMES)]
    pictures = "".join(f'<a href="{file}"><img src="{file}" alt="{file}" loading="lazy"></a>' for file in files)
    return f"<h2>{escape(shown.name)} <code>{escape(shown.path)}</code></h2>\n<div>{pictures}</div>\n"


if __name__ == "__main__":
    main()
