#!/usr/bin/env bash
# In a filing, "nil" says that a figure is not given; ixbrlparse reads it as the number 0.
#
# Guess:     a numeric fact with xsi:nil="true" comes out as None, apart from a dash tagged as a fixed zero, which is 0.
# Behaviour: both come out as 0, with no error listed: a figure that the company does not report and one that it reports
#            as nothing cannot be told apart, and a mean or a growth over them is wrong.
# Versions:  ixbrlparse 0.12.0
# Source:    Inline XBRL 1.1 (xbrl.org) lets ix:nonFraction carry xsi:nil and be empty; by XML Schema such an element has
#            no value.
# What to do: look for xsi:nil in the element before taking the value.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" -q --disable-pip-version-check install ixbrlparse==0.12.0
cat >"$room/filing.html" <<'HTML'
<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:ex="http://example.com/2025"><head><title>A filing</title></head><body>
<div style="display:none"><ix:header>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="ex.xsd"/></ix:references>
<ix:resources><xbrli:context id="year"><xbrli:entity>
<xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-29</xbrli:startDate><xbrli:endDate>2025-01-26</xbrli:endDate></xbrli:period>
</xbrli:context><xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources>
</ix:header></div>
<p>Sales <ix:nonFraction name="ex:Sales" contextRef="year" unitRef="usd" decimals="-6" scale="6"
 format="ixt:num-dot-decimal">1,234</ix:nonFraction></p>
<p>Debt <ix:nonFraction name="ex:Debt" contextRef="year" unitRef="usd" decimals="-6" scale="6"
 format="ixt:fixed-zero">&#8212;</ix:nonFraction></p>
<p>Orders not told <ix:nonFraction name="ex:Orders" contextRef="year" unitRef="usd" xsi:nil="true"/></p>
</body></html>
HTML
cat >"$room/read.py" <<'PY'
import sys

from ixbrlparse import IXBRL

with open(sys.argv[1], encoding="utf-8") as file:
    filing = IXBRL(file)
found = {fact.name: fact.value for fact in filing.numeric}
print(found, "| errors:", filing.errors)
assert found["Sales"] == 1_234_000_000 and found["Debt"] == 0
assert found["Orders"] == 0 and found["Orders"] is not None and not filing.errors, "the behaviour has changed"
PY
"$room/venv/bin/python" -c 'import importlib.metadata as m; print("ixbrlparse", m.version("ixbrlparse"))'
"$room/venv/bin/python" "$room/read.py" "$room/filing.html"
echo "As described: not given is read as zero."
