"""A product's technique: what holds for every dose, and what for an infusion alone."""

from __future__ import annotations

import pytest

from il2desk.protocols import check_file


def steps(product, *, infused):
    return " ".join(one.value for one in product.technique_for(infused=infused))


def test_steps_of_the_line_and_bag_belong_to_an_infusion_alone(catalogue):
    product = catalogue.bundle_for("npc-bolus").product
    both = ("Do not shake.", "Do not use bacteriostatic water", "closed transfer devices")
    of_infusion = ("Flush the line", "in-line filter", "before the infusion")
    for words in both:
        assert words in steps(product, infused=True)
        assert words in steps(product, infused=False)
    for words in of_infusion:
        assert words in steps(product, infused=True)
        assert words not in steps(product, infused=False)


@pytest.mark.parametrize("word", ["injection", "Infusion"])
def test_another_word_is_named_with_its_key(catalogue, resources, tmp_path, word):
    text = (resources / "products" / "proleukin-us.toml").read_text(encoding="utf-8")
    path = tmp_path / "proleukin-us.toml"
    path.write_text(text.replace('only = "infusion"', f'only = "{word}"', 1), encoding="utf-8")
    problems = check_file(path, catalogue).problems
    assert [problem.key for problem in problems] == ["technique.2.only"]
