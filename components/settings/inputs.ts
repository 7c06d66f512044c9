import type * as pulumi from "@pulumi/pulumi";

import { issue, type Issue } from "../fields/issue";
import { unusableTextFault } from "../fields/unusable";
import { NOT_TEXT } from "./arguments";
import { isLater, isSecret, laterValues, settledValue, settleInputs, valueAt } from "../tokens";
import { lateSharedCertificates } from "../ingress/certificateRules";
import { formatIssues } from "./issues";
import { plainTextFix } from "./plainPasswords";
import { check, configOf } from "./resolve";
import type { StackConfig } from "./schema";
import type { Source } from "./source";
import { rejection } from "./rejection";

/** A secret Output among the settings; the value is empty if a preview does not know it. */
interface Secret {
    readonly path: readonly string[];
    readonly value: string;
}

/**
 * Waits for the Outputs in the settings and secrets, and validates them again with their values. Values that a preview does
 * not know stay unknown, and are not validated.
 *
 * If a value is invalid, the program ends with a pulumi.RunError that lists all issues, and the promise stays pending:
 * the SDK would report a rejection once for each property that waits for it.
 * @returns the valid configuration with all known values
 */
export function checkInputs(source: Source, config: StackConfig): Promise<StackConfig> {
    const secrets = [source.secrets, ...Object.values(source.secretEnv)].flatMap((texts) => Object.values(texts));
    if (laterValues(config).length === 0 && !secrets.some(isLater)) {
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
    // Issues of secrets do not contain their values.
    const unreadable: Issue[] = [];
    const knownSecrets = await knownTexts(source.secrets, [], unreadable);
    const secretEnv: Record<string, Texts> = {};
    for (const [tier, texts] of Object.entries(source.secretEnv)) {
        secretEnv[tier] = await knownTexts(texts, ["secretEnv", tier], unreadable);
    }
    const { parsed, issues: ofTexts } = check({ ...source, settings, secrets: knownSecrets, secretEnv });
    const ofValues = [...unreadable, ...ofTexts];
    const config = configOf(parsed);
    const ofSecrets = secrets.map(({ path }) => secretIssue(path));
    const isSecretAt = ({ path }: Issue) => ofSecrets.some((secret) => secret.path.join(".") === path.join("."));
    const others =
        ofValues.length > 0
            ? ofValues
            : [
                  ...lateSharedCertificates(given, config),
                  ...missingValues(given, source.settings, settings, config),
                  ...objects(given, config),
              ].filter((found) => found !== false);
    const issues = [...ofSecrets, ...others.filter((found) => !isSecretAt(found))];
    if (issues.length > 0) {
        // The message must not contain a value with a secret.
        const shown = issues.map(({ value, ...found }) =>
            secrets.some(({ path }) => found.path.every((step, index) => step === path[index]))
                ? found
                : { ...found, value },
        );
        const message = formatIssues(shown, source);
        // A shorter text is part of words of the message, and would make it unreadable.
        const texts = secrets.map(({ value }) => value).filter((value) => value.length >= 4);
        throw rejection(texts.reduce((text, value) => text.replaceAll(value, "[secret]"), message));
    }
    return config;
}

/** Issues of Outputs of objects, such as a reference to a Secret in `env`: what is rendered is a text or a number. */
function objects(given: StackConfig, known: StackConfig): Issue[] {
    return laterValues(given)
        .filter(({ path }) => typeof valueAt(known, path) === "object")
        .map(({ path }) =>
            issue(
                path,
                "is an Output of an object. Write an object of Outputs, such as {secret: {name: <Output>, key}}",
            ),
        );
}

/** The issue of a secret Output in a setting, which the program writes to objects that are no Secrets. */
function secretIssue(path: readonly string[]): Issue {
    return issue(
        path,
        `is a secret Output, which the program would use in plain text. ${plainTextFix(path)}. If it is no secret, pass pulumi.unsecret of it`,
    );
}

/** Certificates of authorities are public, and some providers mark them as secret. The schema rejects a private key in them. */
function isCertificates(path: readonly string[]): boolean {
    return path.at(-1) === "pem";
}

/**
 * Issues of Outputs without a value, also for settings with a default: an output that a stack does not have must not
 * deploy another image or user than the program names.
 */
function missingValues(
    given: StackConfig,
    settings: Source["settings"],
    knownSettings: Source["settings"],
    known: StackConfig,
): Issue[] {
    const isUndefined = (path: readonly string[]) =>
        isLater(valueAt(settings, path)) && valueAt(knownSettings, path) === undefined;
    return laterValues(given)
        .filter(({ path }) => isUndefined(path) || valueAt(known, path) === undefined)
        .map(({ path }) =>
            issue(path, "is an Output whose value is undefined. Give it a value, or leave out the setting"),
        );
}

/** Secrets by name. */
type Texts = Readonly<Record<string, pulumi.Input<string>>>;

/** Replaces each Output by its value, if it is known. Leaves out values that no container can have, and adds their issues. */
async function knownTexts(given: Texts, path: readonly string[], issues: Issue[]): Promise<Texts> {
    const known: Record<string, pulumi.Input<string>> = {};
    for (const [name, value] of Object.entries(given)) {
        const text = await withKnown(value, [...path, name], []);
        const message = isLater(text) ? undefined : typeof text === "string" ? unusableTextFault(text) : NOT_TEXT;
        if (message === undefined) {
            known[name] = text as pulumi.Input<string>;
        } else {
            issues.push(issue([...path, name], message));
        }
    }
    return known;
}

/** Replaces each Output by its value, if it is known. */
async function withKnown(value: unknown, path: readonly string[], secrets: Secret[]): Promise<unknown> {
    if (isLater(value)) {
        const settled = await settledValue(value);
        if (!isCertificates(path) && (await isSecret(value))) {
            const known = settled?.value;
            secrets.push({ path, value: typeof known === "string" || typeof known === "number" ? String(known) : "" });
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
