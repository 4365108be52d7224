#!/usr/bin/env bash
# A company's number at the SEC loses its zeros on papermill's command line, and a ticker can become a number.
#
# Guess:     `papermill -p cik 0001045810` gives the notebook the text that was typed, since a number with zeros before
#            it is not how Python writes one.
# Behaviour: the notebook gets the whole number 1045810: the ten digits by which EDGAR's addresses are made are gone. A
#            ticker NAN arrives as the float `nan`, while TRUE stays text. `-r` (raw) keeps all of them.
# Versions:  papermill 2.7.0, ipykernel 7.1.0
# Source:    papermill's command line tries None, booleans, int() and float() on each value of -p, in that order
#            (papermill/cli.py, `_resolve_type`); its help tells -r from -p only by the words "raw string".
# What to do: pass identifiers with -r, or in a YAML file in quotes.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install papermill==2.7.0 ipykernel==7.1.0
cd "$room"
cat >in.ipynb <<'NB'
{"cells": [
  {"cell_type": "code", "execution_count": null, "id": "a", "metadata": {"tags": ["parameters"]}, "outputs": [],
   "source": "cik = ''\nticker = ''\nother = ''"},
  {"cell_type": "code", "execution_count": null, "id": "b", "metadata": {}, "outputs": [],
   "source": "print(repr(cik), repr(ticker), repr(other))"}],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4, "nbformat_minor": 5}
NB
said() {
  PATH="$room/venv/bin:$PATH" papermill --no-progress-bar "$@" in.ipynb out.ipynb 2>/dev/null
  "$room/venv/bin/python" -c 'import json; print(json.load(open("out.ipynb"))["cells"][-1]["outputs"][0]["text"][0].strip())'
}
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("papermill", m.version("papermill"))'
typed=$(said -p cik 0001045810 -p ticker NAN -p other TRUE)
raw=$(said -r cik 0001045810 -r ticker NAN -r other TRUE)
echo "with -p: $typed"
echo "with -r: $raw"
[[ $typed == "1045810 nan 'TRUE'" ]] || { echo "the behaviour of -p has changed" >&2; exit 1; }
[[ $raw == "'0001045810' 'NAN' 'TRUE'" ]] || { echo "the behaviour of -r has changed" >&2; exit 1; }
echo "As described: the zeros are lost, and one of two tickers is a number."
