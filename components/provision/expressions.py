"""Compiles every expression in the files of keep:provision as Keep 0.54.2 does for each alert, and finds the providers of workflows.

The setup step runs this before Keep's own start, which stores workflows and mappings without compiling anything. Later, one bad expression
ends all others of its kind, for each alert, and Keep only logs it.
"""

import importlib.util
import json
import re
import sys
from pathlib import Path

import celpy

from keep.api.core.cel_to_sql.cel_ast_converter import CelToAstConverter
from keep.api.utils.cel_utils import preprocess_cel_expression
from keep.functions import cyaml
from keep.rulesengine.rulesengine import RulesEngine

END = "Nothing was changed. Correct the files of keep:provision, and deploy again."


def cel(field, text, convert=False):
    """What is wrong with an expression; `convert`: which Keep also converts, to query the database and to list correlation rules."""
    try:
        celpy.Environment().compile(preprocess_cel_expression(text))
        if convert:
            CelToAstConverter.convert_to_ast(text)
    except Exception as error:
        yield f"{field} is not valid CEL: {text}\n{error}".rstrip()


def pattern(field, text):
    """What is wrong with a regular expression."""
    try:
        re.compile(text)
    except Exception as error:
        yield f"{field} is not a valid regular expression of Python: {text}\n{error}"


def provider(field, step):
    """Whether Keep has the provider of a step (keep/providers/providers_factory.py, get_provider_class)."""
    kind = step["provider"]["type"].split(".")[0] if "provider" in step else None
    if kind is not None:
        try:
            found = importlib.util.find_spec(f"keep.providers.{kind}_provider.{kind}_provider")
        except ModuleNotFoundError:
            found = None
        if found is None:
            yield f"{field}.provider.type is not a provider of Keep: {kind}"


def workflow(content):
    for part in ("steps", "actions"):
        for index, step in enumerate(content.get(part) or []):
            yield from provider(f"{part}.{index}", step)
    # Keep compiles the CEL of a trigger unless the trigger has filters (keep/workflowmanager/workflowmanager.py, insert_events).
    for index, trigger in enumerate(content["triggers"] or [] if "triggers" in content else []):
        if trigger["type"] == "alert" and "filters" not in trigger and trigger.get("cel"):
            text = re.sub(r"source\s*==\s*['\"]([^'\"]+)['\"]", r'source.contains("\1")', trigger["cel"])
            yield from cel(f"triggers.{index}.cel", text)


def mapping(content):
    # Keep searches the values of the columns that it matches, unless it has several levels (keep/api/bl/enrichments_bl.py).
    if content.get("type", "csv") == "csv" and not content.get("is_multi_level"):
        columns = dict.fromkeys(column.strip() for matcher in content["matchers"] for column in matcher)
        for index, row in enumerate(content.get("rows") or []):
            for column in columns:
                if row.get(column) is not None:
                    yield from pattern(f"rows.{index}.{column}", row[column])


def extraction(item):
    # Keep compiles neither of these two (keep/api/bl/enrichments_bl.py, run_extraction_rules).
    if item["condition"] not in (None, "", "*"):
        yield from cel("condition", item["condition"])
    yield from pattern("regex", item["regex"])


def correlation(item):
    text = item["definition_cel"]
    faults = list(cel("definition_cel", text, convert=True))
    yield from faults
    # Keep evaluates the parts between ") || (" one by one (keep/rulesengine/rulesengine.py).
    for part in [] if faults else RulesEngine._extract_subrules(text):
        yield from cel("definition_cel, split by Keep at each ') || (',", part)


def maintenance(item):
    yield from cel("cel_query", item["cel_query"])


def preset(item):
    for option in item["options"]:
        if option["label"].upper() == "CEL" and option["value"] != "":
            yield from cel("CEL", option["value"], convert=True)


APPLIED = {"extractions": extraction, "correlations": correlation, "maintenance": maintenance, "presets": preset}


def faults_in(folder):
    """All faults of the files in the folders of a folder, each with its kind, file and name."""
    for path in sorted(folder.glob("workflows/*.y*ml")):
        file = cyaml.safe_load(path.read_text(encoding="utf-8"))
        content = file["workflow"] if "workflow" in file else file["alert"]
        yield from ((path, content.get("name") or content["id"], fault) for fault in workflow(content))
    for path in sorted(folder.glob("mappings/*.y*ml")):
        content = cyaml.safe_load(path.read_text(encoding="utf-8"))
        yield from ((path, content["name"], fault) for fault in mapping(content))
    for kind, check in APPLIED.items():
        path = folder / kind / f"{kind}.json"
        files = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        for file, item in files.items():
            yield from ((folder / kind / file, item["name"], fault) for fault in check(item))


def main():
    faults = [f"{path.parent.name}/{path.name}: {name}: {fault}" for path, name, fault in faults_in(Path(__file__).parent.parent)]
    if faults:
        sys.exit("\n".join([*faults, END]))
