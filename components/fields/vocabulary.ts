import { isIPv4 } from "node:net";

import * as z from "zod";

import { input } from "./input";
import { scalar } from "./scalar";
import { isQualifiedName } from "./labels";
import { amountOf } from "./quantity";

const OBJECT_NAME = String.raw`[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*`;

/** Name of a Kubernetes object, with at most `max` characters. `isOptional` also allows empty text. */
export function objectName(max = 63, isOptional = false) {
    return z
        .string()
        .max(max, { error: `is longer than ${max} characters. Shorten it` })
        .regex(new RegExp(`^${isOptional ? `(${OBJECT_NAME})?` : OBJECT_NAME}$`), {
            error: "is not a Kubernetes name. Use lower-case letters, digits and dashes, beginning and ending with a letter or digit",
        });
}

/** DNS label that begins with a letter. */
export function dnsLabel(max = 63) {
    return z
        .string()
        .max(max, { error: `is longer than ${max} characters. Shorten it` })
        .regex(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, {
            error: "is not a DNS label. Use lower-case letters, digits and dashes, beginning with a letter, such as keep",
        });
}

const NOT_A_HOST_NAME = "is not a host name. Use lower-case letters, digits, dashes and dots, such as keep.example.com";

/** Name of a namespace. */
export const namespaceName = z
    .string()
    .max(63, { error: "is longer than 63 characters. Shorten it" })
    .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, {
        error: "is not the name of a namespace. Use lower-case letters, digits and dashes, such as monitoring",
    });

/** Whether Kubernetes or OpenShift reserves the name of a namespace. */
export function isSystemNamespace(name: string): boolean {
    return /^(default|kube-.*|openshift|openshift-.*)$/.test(name);
}

/**
 * Host name for Ingress rules and certificates. Rejects names that end in a number, which URLs read as IPv4 addresses.
 */
export function dnsName() {
    return z
        .string()
        .max(253, { error: "is longer than 253 characters. Shorten it" })
        .regex(/^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, {
            error: NOT_A_HOST_NAME,
            abort: true,
        })
        .refine((name) => URL.canParse(`http://${name}`) && !isIPv4(new URL(`http://${name}`).hostname), {
            error: NOT_A_HOST_NAME,
        });
}

/** Joins items for a sentence: "a, b or c". */
export function oneOf(choices: readonly string[]): string {
    return enumerated(choices, "or");
}

/** Joins items for a sentence: "a, b and c". */
export function allOf(items: readonly string[]): string {
    return enumerated(items, "and");
}

function enumerated(items: readonly string[], conjunction: string): string {
    return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${conjunction} ${items.at(-1) ?? ""}`;
}

const NOT_A_QUANTITY = "is not a Kubernetes quantity. Write it like 500m, 2, 512Mi or 10Gi";

/** Quantity of memory, disk or CPU in Kubernetes' notation. */
export const quantity = z
    .union([z.string(), z.number()], { error: NOT_A_QUANTITY })
    .transform(String)
    .pipe(z.string().regex(/^[0-9]+(\.[0-9]+)?(m|k|[MGTPE]|[KMGTPE]i)?$/, { error: NOT_A_QUANTITY }))
    .meta({ title: "quantity" });

/** Minimum of memory and disk. A smaller quantity usually has no unit, or the suffix m (thousandths). */
const MEBIBYTE = 1024 ** 2;

/** Size of a volume. */
export const volumeSize = quantity
    .pipe(
        z.string().refine((size) => amountOf(size) >= MEBIBYTE, {
            error: "is less than 1Mi. Write it with a unit, such as 10Gi",
        }),
    )
    .meta({ title: "quantity" });

/** Map of text, such as a node selector. Converts numbers and booleans to text. */
export const stringMap = z.record(z.string(), input(scalar));

/** Key in a Secret or ConfigMap (k8s.io/apimachinery, pkg/util/validation, IsConfigMapKey). */
export const dataKey = z
    .string()
    .min(1, { error: "is empty. Set it to a key of the object", abort: true })
    .max(253, { error: "is longer than 253 characters, the maximum of a key. Shorten it" })
    .regex(/^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/, {
        error: "is not a key of a Secret or ConfigMap. Use letters, digits, dashes, underscores and dots, such as tls.crt",
    });

/** A list without duplicates. */
export function distinct<T extends z.ZodType<string>>(item: T) {
    return z.array(item).refine((items) => new Set(items).size === items.length, {
        error: "contains an entry twice. Remove one of them",
    });
}

/** A key of an existing Secret or ConfigMap. */
export const keyReference = z.strictObject({
    name: input(objectName(253)).describe("name of the object, in Keep's namespace"),
    key: input(dataKey).describe("key inside it"),
});

/** Maximum of most integer fields in Kubernetes, whose type is int32. */
export const INT32_MAX = 2_147_483_647;

/** An integer from `least` to `most`. */
export function count(least: number, most = INT32_MAX) {
    return z
        .int({
            error: ({ input }) =>
                input === undefined
                    ? "is missing. Set it to a whole number"
                    : "is not a whole number. Write only digits, without quotes",
        })
        .min(least, { error: `is less than ${least}. Use ${least} or more` })
        .max(most, { error: `is more than ${most}. Use ${most} or less` });
}

/**
 * Whether a resource is an extended resource, such as a GPU, with a domain in its name
 * (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources).
 */
function isExtended(name: string): boolean {
    // k8s.io/kubernetes, pkg/apis/core/helper, IsExtendedResourceName: quotas prefix the name with `requests.`.
    return (
        isQualifiedName(name) &&
        isQualifiedName(`requests.${name}`) &&
        /^(?!([^/]*\.)?kubernetes\.io\/)[^/]+\.[^/]+\//.test(name)
    );
}

/**
 * Maximum of an extended resource: Kubernetes stores thousandths in an int64 (k8s.io/apimachinery,
 * Quantity.MilliValue).
 */
const MOST_UNITS = 9_000_000_000_000_000;

/** The message for an invalid quantity of memory or disk; undefined if it is valid. */
function bytesFault(amount: number): string | undefined {
    return 0 < amount && amount < MEBIBYTE ? "is less than 1Mi. Write it with a unit, such as 512Mi" : undefined;
}

/** Maximum number of cores. Few nodes have more, and a larger number usually lacks the suffix m (thousandths). */
const MOST_CORES = 256;

/** The message for an invalid quantity of CPU; undefined if it is valid. */
function coresFault(cores: string): string | undefined {
    return amountOf(cores) > MOST_CORES
        ? `is more than ${MOST_CORES} cores. Write thousandths of a core with m, such as 500m`
        : undefined;
}

/** The message for an invalid quantity of an extended resource; undefined if it is valid. */
function extendedFault(amount: number): string | undefined {
    if (!Number.isInteger(amount)) {
        return "is not a whole number, but Kubernetes counts extended resources in whole units. Write a whole number";
    }
    return amount > MOST_UNITS ? `is more than ${MOST_UNITS}. Use a smaller number` : undefined;
}

const amounts = z.record(z.string(), quantity).superRefine((map, context) => {
    for (const [name, amount] of Object.entries(map)) {
        const message = isExtended(name)
            ? extendedFault(amountOf(amount))
            : name === "memory" || name === "ephemeral-storage"
              ? bytesFault(amountOf(amount))
              : name === "cpu"
                ? coresFault(amount)
                : "is not a resource. Use cpu, memory, ephemeral-storage, or a name with a domain such as nvidia.com/gpu";
        if (message !== undefined) {
            context.addIssue({ code: "custom", path: [name], message });
        }
    }
});

/** Schema of requests and limits of a container. */
export const resources = z
    .strictObject({
        requests: amounts.optional().describe("what the scheduler reserves, such as {cpu: 500m, memory: 1Gi}"),
        limits: amounts
            .optional()
            .describe("limits of the container; ephemeral-storage, the space on its node, is 4Gi by default"),
    })
    .superRefine(({ requests = {}, limits = {} }, context) => {
        for (const [name, requested] of Object.entries(requests)) {
            const limit = Object.hasOwn(limits, name) ? limits[name] : undefined;
            const message =
                isExtended(name) && (limit === undefined || amountOf(requested) !== amountOf(limit))
                    ? `differs from limits.${name}, but Kubernetes requires both to be equal. Set only the limit`
                    : limit !== undefined && amountOf(requested) > amountOf(limit)
                      ? `is more than limits.${name}, which is ${limit}. Lower it, or raise the limit`
                      : undefined;
            if (message !== undefined) {
                context.addIssue({ code: "custom", path: ["requests", name], message });
            }
        }
    });

/** Requests and limits of a container. */
export type Resources = z.infer<typeof resources>;
