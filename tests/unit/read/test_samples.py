import pytest

from affiant.read import read_document
from affiant.read.samples import samples, warm_up


@pytest.mark.parametrize(("media_type", "data"), list(samples()), ids=lambda value: str(value)[:12])
def test_each_sample_is_read_without_a_problem(media_type, data):
    reading = read_document(data, media_type=media_type)
    assert not reading.problems
    assert reading.members or reading.likeness or reading.extraction.text.strip()


def test_warming_up_reads_them_all():
    warm_up()
