import * as pulumi from "@pulumi/pulumi";

import { isLater, laterValues, settledValue, settleInputs } from "../tokens";
import { lateSharedCertificates } from "../ingress/certificateRules";
import { formatIssues } from "./issues";
import { check, configOf } from "./resolve";
import type { StackConfig } from "./schema";
import type { Source } from "./source";

/** A secret value among the settings. */
interface Secret {
    readonly path: readonly string[];
    readonly value: string;
}

/**
 * Waits for the Outputs among the settings of a Keep and checks everything again with their values: the schema as well as the
 * rules between keys, with the same messages. What a preview does not know stays unknown, and is not checked.
 *
 * An error ends the program with a pulumi.RunError that names every issue. The promise then stays pending: the SDK would report
 * a rejection once per pending property.
 * @returns the configuration with all known values, once it is valid
 */
export function checkInputs(source: Source, config: StackConfig): Promise<StackConfig> {
    if (laterValues(config).length === 0) {
        return Promise.resolve(config);
    }
    const known = new Promise<StackConfig>((resolve) => {
        void checkKnown(source, config).then(resolve);
    });
    settleInputs(config, known);
    return known;
}

async function checkKnown(source: Source, given: StackConfig): Promise<StackConfig> {
    const secrets: Secret[] = [];
    const settings = (await withKnown(source.settings, [], secrets)) as Source["settings"];
    const { parsed, issues: ofValues } = check({ ...source, settings });
    const config = configOf(parsed);
    const issues =
        ofValues.length > 0 ? ofValues : lateSharedCertificates(given, config).filter((found) => found !== false);
    if (issues.length > 0) {
        // The value of a setting that holds a secret is not shown.
        const shown = issues.map(({ value, ...found }) =>
            secrets.some(({ path }) => found.path.every((step, index) => step === path[index]))
                ? found
                : { ...found, value },
        );
        const message = formatIssues(shown, source);
        throw new pulumi.RunError(secrets.reduce((text, { value }) => text.replaceAll(value, "[secret]"), message));
    }
    return config;
}

/** Settings with each value that is known in the place of its Output. */
async function withKnown(value: unknown, path: readonly string[], secrets: Secret[]): Promise<unknown> {
    if (isLater(value)) {
        const settled = await settledValue(value);
        if (settled?.isSecret === true && settled.value !== "") {
            secrets.push({ path, value: String(settled.value) });
        }
        return settled === undefined ? value : settled.value;
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const inner = await Promise.all(
        Object.entries(value).map(async ([key, one]) => [key, await withKnown(one, [...path, key], secrets)] as const),
    );
    return Array.isArray(value) ? inner.map(([, one]) => one) : Object.fromEntries(inner);
}
