"""The package as somebody else uses it: spaCy finds its parts by name, without an import of mse."""

from importlib.metadata import distribution
from importlib.resources import files

import spacy

TEXT = "副市长李某某到市民政局调研，今年完成投资3.7亿元。"

nlp = spacy.load(str(files("mse") / "models" / "zh_officials"))
assert [(each.text, each.label_) for each in nlp(TEXT).ents] == [
    ("副市长", "POST"),
    ("李某某", "PERSON"),
    ("市民政局", "ORG"),
], nlp(TEXT).ents

nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "mse.Segmenter.v1"}}})
for name in ("mse_dates", "mse_quantities", "mse_entities"):
    nlp.add_pipe(name)
doc = nlp(TEXT)
assert [span.text for span in doc.spans["mse_quantities"]] == ["3.7亿元"], doc.spans
assert "3.7亿元" in [token.text for token in doc]
assert {"李某某", "市民政局"} <= {token.text for token in doc}

needed = [name for name in distribution("mse").requires or () if "extra ==" not in name]
heavy = [name for name in needed if name.startswith(("pyarrow", "lxml", "altair", "ray"))]
assert not heavy, f"the core must not need {heavy}"
