#!/usr/bin/env bash
# A site moved into an empty folder but for its pages: Sphinx finds all pages up to date and leaves it without styles.
#
# Guess:     a build brings the site into order: where a style sheet or script is missing, it is copied again.
# Behaviour: where no page is out of date, sphinx-build prints "no targets are out of date", ends with exit code 0 and
#            copies nothing, so a site whose _static folder was lost stays without one. The same build with a page
#            touched restores every file. It matters to whoever keeps pages between builds and makes the rest anew.
# Version:   sphinx 7.4.7
# Source:    sphinx/builders/__init__.py (Builder.build returns before finish), as released; seen here.
# What to do: name at least one page as out of date (the event env-get-outdated), or copy the files oneself.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install sphinx==7.4.7
mkdir "$room/book"
printf 'A page\n======\n\nWords.\n' >"$room/book/index.rst"
touch "$room/book/conf.py"
build() { "$room/venv/bin/sphinx-build" "$room/book" "$room/site"; }
files() { find "$room/site" -path '*/_static/*' -type f | wc -l; }
build >/dev/null
first=$(files)
rm -r "$room/site/_static"
told=$(build)
second=$(files)
touch "$room/book/index.rst"
build >/dev/null
third=$(files)
"$room/venv/bin/sphinx-build" --version
grep 'out of date' <<<"$told"
echo "files in _static: $first at first, $second after a build of pages that are up to date, $third once a page was touched"
if ((first < 5 || second != 0 || third != first)); then echo "the behaviour has changed" >&2; exit 1; fi
echo "As described: the build ended with exit code 0 and left the site without styles and scripts."
