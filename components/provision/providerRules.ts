import * as z from "zod";

import { repeated } from "../fields/pairs";
import { known } from "./misspelled";
import { deduplicationFile } from "./ruleShapes";
import { subject } from "./yamlErrors";

/** A provider of `keep:providers`, as far as its rules are concerned. */
interface Provider {
    readonly type: string;
    readonly deduplication_rules?: unknown;
}

/** A provider, of which Keep reads these fields only (keep/providers/providers_service.py, provision_providers). It always pulls. */
const fields = known(
    z.looseObject({}),
    ["type", "authentication", "install_webhook", "deduplication_rules"],
    (field, { authentication }) =>
        field === "pulling_enabled"
            ? "Remove it"
            : authentication === undefined && ["auth", "config", "credentials"].includes(field)
              ? "Write authentication"
              : undefined,
);

/** What is wrong with the names of fields of `keep:providers`, in a message without any value; undefined if nothing is. */
export function providerFault(providers: Readonly<Record<string, Provider>>): string | undefined {
    return Object.entries(providers).flatMap(([provider, content]) =>
        (fields.safeParse(content).error?.issues ?? []).map(
            ({ path, message }) => `has ${path.join(".")} of ${provider}, which ${message}`,
        ),
    )[0];
}

const FORM = 'Write {"name": {"fingerprint_fields": ["name"]}}';

/**
 * What is wrong with the deduplication rules of `keep:providers`, in a message without any value but names; undefined if nothing is. Keep
 * stores them without a check (keep/api/alert_deduplicator/deduplication_rules_provisioning.py), so they have that of files.
 */
export function deduplicationFault(providers: Readonly<Record<string, Provider>>): string | undefined {
    const named: { readonly provider: string; readonly rule: string }[] = [];
    for (const [provider, { type, deduplication_rules: rules = {} }] of Object.entries(providers)) {
        if (!isObject(rules)) {
            return `has deduplication_rules of ${provider} that are not an object. ${FORM}`;
        }
        for (const [rule, content] of Object.entries(rules)) {
            const written = isObject(content)
                ? { ...content, name: rule, provider: undefined, provider_type: type, provider_id: undefined }
                : content;
            // The last is that of unknown fields, which shows why another one is missing.
            const fault = deduplicationFile.safeParse(written).error?.issues.at(-1);
            if (fault !== undefined) {
                return `has the deduplication rule ${rule} of ${provider}, which ${subject(fault.path)} ${fault.message}`;
            }
            named.push({ provider, rule });
        }
    }
    // Keep stores the last one of a name only, and applies one rule for each provider (get_custom_deduplication_rule in keep/api/core/db.py).
    const [twice] = repeated(named, ({ rule }) => rule);
    const [several] = repeated(named, ({ provider }) => provider);
    return twice !== undefined
        ? `has two deduplication rules with the name ${twice[0].rule}. Rename one`
        : several !== undefined
          ? `has two deduplication rules for ${several[0].provider}. Remove one, because Keep applies only one rule for each provider`
          : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
