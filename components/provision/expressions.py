"""Compiles every expression in the files of keep:provision as Keep 0.54.2 does for each alert, and creates the providers of keep:providers.

The setup step runs this before Keep's own start, which stores workflows and mappings without compiling anything, and leaves out a provider
that it cannot create. Later, one bad expression ends all others of its kind, for each alert. Keep only logs both.
"""

import importlib.util
import json
import logging
import os
import re
import sys
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock, patch

import celpy
import chevron.tokenizer
from pydantic import ValidationError

from keep import functions
from keep.api.core.alerts import properties_metadata
from keep.api.core.cel_to_sql.cel_ast_converter import CelToAstConverter
from keep.api.core.cel_to_sql.sql_providers.get_cel_to_sql_provider_for_dialect import get_cel_to_sql_provider
from keep.api.core.dependencies import SINGLE_TENANT_UUID as TENANT
from keep.api.utils.cel_utils import preprocess_cel_expression
from keep.contextmanager.contextmanager import ContextManager
from keep.functions import cyaml
from keep.parser.parser import Parser
from keep.providers.models.provider_config import ProviderConfig
from keep.providers.providers_factory import ProvidersFactory
from keep.rulesengine.rulesengine import RulesEngine
from keep.workflowmanager.workflowmanager import WorkflowManager

CONVERTED = "Compare only fields with values, such as service == 'checkout', joined by && and ||."
END = "Nothing was changed. Correct this, and deploy again."


def cel(field, text, convert=lambda _: None):
    """What is wrong with an expression; `convert`: how Keep also converts it, to query the database or to list correlation rules."""
    try:
        celpy.Environment().compile(preprocess_cel_expression(text))
    except Exception as error:
        yield f"{field} is not valid CEL: {text}\n{error}".rstrip()
        return
    try:
        convert(text)
    except Exception as error:
        yield f"{field} is an expression that Keep cannot convert here: {text}\n{error}. {CONVERTED}"


def pattern(field, text):
    """What is wrong with a regular expression."""
    try:
        re.compile(text)
    except Exception as error:
        yield f"{field} is not a valid regular expression of Python: {text}\n{error}"


def provider_type(field, name):
    """Whether Keep has a type of provider (keep/providers/providers_factory.py, get_provider_class)."""
    kind = name.split(".")[0]
    try:
        found = importlib.util.find_spec(f"keep.providers.{kind}_provider.{kind}_provider")
    except ModuleNotFoundError:
        found = None
    if found is None:
        yield f"{field} is not a provider of Keep: {kind}"


def provider(field, step):
    """Whether Keep has the provider of a step."""
    if "provider" in step:
        yield from provider_type(f"{field}.provider.type", step["provider"]["type"])


def trigger(field, content):
    """What is wrong with an alert trigger (keep/workflowmanager/workflowmanager.py, insert_events)."""
    text = content.get("cel")
    if "filters" in content:
        try:
            text = WorkflowManager._convert_filters_to_cel(Mock(), content["filters"])
        except Exception as error:
            yield f"{field}.filters cannot be converted to CEL: {error}"
            return
    if text:
        text = re.sub(r"source\s*==\s*['\"]([^'\"]+)['\"]", r'source.contains("\1")', text)
        yield from cel(f"{field}.{'filters' if 'filters' in content else 'cel'}", text)


def templates(field, value):
    """What is wrong with the templates and functions in the texts of a value, which Keep renders when it runs the workflow."""
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from templates(f"{field}.{key}", inner)
    elif isinstance(value, str):
        try:
            list(chevron.tokenizer.tokenize(value))
        except Exception as error:
            yield f"{field} is not a valid template: {value}\n{error}".rstrip()
        for name in dict.fromkeys(re.findall(r"keep\.(\w+)\(", value)):
            if not hasattr(functions, name):
                yield f"{field} has a function that Keep does not have: keep.{name}"


def workflow(content):
    faults = []
    for part in ("steps", "actions"):
        for index, step in enumerate(content.get(part) or []):
            faults += provider(f"{part}.{index}", step)
            for name in ("if", "provider"):
                faults += templates(f"{part}.{index}.{name}", step.get(name))
    if content.get("on-failure"):
        faults += provider("on-failure", content["on-failure"])
    for index, item in enumerate(content.get("triggers") or []):
        if item["type"] == "alert":
            faults += trigger(f"triggers.{index}", item)
    yield from faults or parsed(content)


@contextmanager
def without_logs():
    """Keep logs what it is asked to read here, with its values."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def parsed(content):
    """Why Keep cannot read a workflow when it starts it. Without providers and secrets, which Keep may get later."""
    try:
        with (
            without_logs(),
            patch.object(ProvidersFactory, "get_provider", lambda *_, **__: SimpleNamespace(provider_type="")),
            patch.object(ContextManager, "set_secret_context", lambda _: None),
        ):
            Parser().parse(None, {"workflow": deepcopy(content)}, workflow_db_id="checked")
    except Exception as error:
        yield f"Keep cannot read the workflow: {type(error).__name__}: {error}"


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
    faults = list(cel("definition_cel", text, convert=CelToAstConverter.convert_to_ast))
    yield from faults
    # Keep evaluates the parts between ") || (" one by one (keep/rulesengine/rulesengine.py).
    for part in [] if faults else RulesEngine._extract_subrules(text):
        yield from cel("definition_cel, split by Keep at each ') || (',", part)


def deduplication(item):
    # Keep takes alerts of these types only (keep/api/routes/alerts.py, receive_event).
    if item.get("provider_type") is not None:
        yield from provider_type("provider_type", item["provider_type"])


def maintenance(item):
    yield from cel("cel_query", item["cel_query"])


def preset(item):
    for option in item["options"]:
        if option["label"].upper() == "CEL" and option["value"] != "":
            # Keep makes it a query, for the alerts of the preset (keep/api/core/alerts.py).
            yield from cel("CEL", option["value"], convert=get_cel_to_sql_provider(properties_metadata).convert_to_sql_str_v2)


APPLIED = {
    "extractions": extraction,
    "correlations": correlation,
    "deduplications": deduplication,
    "maintenance": maintenance,
    "presets": preset,
}


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


def faults_of(settings):
    """Why Keep cannot create a provider (keep/providers/providers_service.py, install_provider). Without its values, which are secret."""
    if not isinstance(settings, dict) or not isinstance(settings.get("type"), str):
        yield "is not an object with a type"
        return
    try:
        made = ProvidersFactory.get_provider_class(settings["type"])
    except Exception:
        yield "has a type that is not a provider of Keep"
        return
    authentication = settings.get("authentication", {})
    if not isinstance(authentication, dict):
        yield "has an authentication that is not an object"
        return
    try:
        made(ContextManager(tenant_id=TENANT), settings["type"], ProviderConfig(authentication=deepcopy(authentication), name="checked"))
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors())
        yield f"has an authentication that Keep cannot use: {fields}"
    except Exception as error:
        # Only the message about the arguments is known to contain nothing but their names.
        reason = error if isinstance(error, TypeError) and "__init__()" in str(error) else type(error).__name__
        yield f"has an authentication that Keep cannot use: {reason}"


def providers(path):
    """All faults of a file of providers, each with the name of its provider."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        Parser()._inject_env_variables(found)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        yield "is not a JSON object of providers"
        return
    with without_logs():
        for name, settings in found.items():
            yield from (f"{name}: {fault}" for fault in faults_of(settings))


def main():
    faults = [f"{path.parent.name}/{path.name}: {name}: {fault}" for path, name, fault in faults_in(Path(__file__).parent.parent)]
    if "KEEP_PROVIDERS" in os.environ:
        faults += [f"keep:providers: {fault}" for fault in providers(Path(os.environ["KEEP_PROVIDERS"]))]
    if faults:
        sys.exit("\n".join([*faults, END]))
