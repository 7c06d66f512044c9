import * as pulumi from "@pulumi/pulumi";

import { issue, type Issue } from "../fields/issue";
import { isLater } from "../tokens";
import { formatIssues } from "./issues";
import { rejection } from "./rejection";

/** Packages of the resources in the component. */
const PACKAGES: readonly string[] = ["kubernetes", "random"];

/** The message for an invalid value of an option; undefined if it is valid. */
type Check = (value: unknown) => string | undefined;

const must =
    (isValid: (value: unknown) => boolean, message: string): Check =>
    (value) =>
        isValid(value) ? undefined : message;

const isFunction = (value: unknown) => typeof value === "function";
const isText = (value: unknown): value is string => typeof value === "string";
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const listOf = (isItem: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isItem);
const isDependency = (value: unknown) =>
    value === undefined || value === null || isLater(value) || pulumi.Resource.isInstance(value);

/** The options whose wrong values end in a TypeError of Pulumi's SDK, or have no effect. */
const CHECKS: Readonly<Record<string, Check>> = {
    parent: must(
        (value) => pulumi.Resource.isInstance(value),
        "is not a resource. Pass the resource itself, or remove it",
    ),
    provider: providerMessage,
    providers: must(
        (value) => isObject(value) && !isLater(value) && Object.values(value).every(isProvider),
        "is not a list of providers. Write providers: [provider], with new k8s.Provider(…)",
    ),
    aliases: must(
        listOf((value) => isText(value) || isObject(value)),
        'is not a list of aliases. Write aliases: [{ name: "old" }]',
    ),
    dependsOn: must(
        (value) => isDependency(value) || listOf(isDependency)(value),
        "is not a resource or a list of resources. Pass the resources themselves",
    ),
    transformations: must(listOf(isFunction), "is not a list of functions. Write transformations: [(args) => …]"),
    transforms: must(listOf(isFunction), "is not a list of functions. Write transforms: [(args) => …]"),
    ignoreChanges: must(listOf(isText), 'is not a list of texts. Write ignoreChanges: ["path"]'),
};

/** A provider. The SDK has the function for its package, but no type. */
interface Provider {
    readonly getPackage: () => string;
}

function isProvider(value: unknown): value is Provider {
    return pulumi.Resource.isInstance(value) && "getPackage" in value;
}

/** With a provider of another package, the SDK uses the default provider, whose cluster may be another one. */
function providerMessage(value: unknown): string | undefined {
    if (!isProvider(value)) {
        return "is not a provider. Pass new k8s.Provider(…), or remove it";
    }
    const name = value.getPackage();
    return PACKAGES.includes(name)
        ? undefined
        : `is a provider of the package ${name}, which Keep does not use. Pass a Kubernetes provider; pass several in providers`;
}

/**
 * Checks the name and options of the component, for programs that TypeScript does not check.
 * @throws pulumi.RunError that lists all issues
 */
export function checkOptions(name: unknown, opts: unknown): void {
    const isAbsent = opts === undefined || opts === null;
    const isPlain = isObject(opts) && !isLater(opts) && !Array.isArray(opts);
    const given = Object.entries(isPlain ? opts : {}).filter(([, value]) => value !== undefined && value !== null);
    const issues: Issue[] = [
        ...(isText(name) && name !== ""
            ? []
            : [issue("name", 'is not a name. Write it as text, such as new Keep("keep", { publicUrl })')]),
        ...(isAbsent || isPlain
            ? []
            : [issue("opts", "is not an object of options. Write it like { provider }, or remove it")]),
        ...given.flatMap(([option, value]) => {
            const message = Object.hasOwn(CHECKS, option) ? CHECKS[option]?.(value) : undefined;
            return message === undefined ? [] : [issue(["opts", option], message)];
        }),
    ];
    if (issues.length > 0) {
        const title = `the arguments of ${isText(name) && name !== "" ? `Keep "${name}"` : "a Keep"}; nothing was created`;
        throw rejection(formatIssues(issues, { title, namespace: "" }));
    }
}
