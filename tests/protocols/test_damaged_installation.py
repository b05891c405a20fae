"""A shipped file that is damaged is a fault of the installation, said with what to do."""

from __future__ import annotations

import shutil

import pytest

from il2desk.protocols import CatalogueFault, load_catalogue


@pytest.mark.parametrize(
    "name", ["protocols/npc-bolus.toml", "products/proleukin-us.toml", "rulesets/jitc-2014.toml"]
)
def test_a_shipped_file_cut_in_half(resources, tmp_path, name):
    folder = tmp_path / "resources"
    shutil.copytree(resources, folder)
    path = folder / name
    text = path.read_bytes()
    path.write_bytes(text[: len(text) // 2])
    catalogue = load_catalogue(folder)
    with pytest.raises(CatalogueFault) as fault:
        (catalogue.protocols(), catalogue.rule_sets())
    assert name in fault.value.what
    assert fault.value.safe
    assert "Install" in fault.value.do


def test_no_protocols_at_all(tmp_path):
    with pytest.raises(CatalogueFault):
        load_catalogue(tmp_path)
