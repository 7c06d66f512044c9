import * as z from "zod";

import {
    choiceOf,
    dnsLabel,
    fields,
    ip,
    isGiven,
    label,
    labelMap,
    name,
    number,
    qualifiedName,
    type ValueRules,
} from "./values";

const weight = number(1, 100);

/** An expression that selects by a name: which operators take how many values (pkg/apis/core/validation, ValidateNodeSelectorRequirement). */
function requirement(operators: readonly string[]) {
    return fields({ key: qualifiedName, operator: choiceOf(operators, false), values: z.array(label) }, [
        "key",
        "operator",
    ]).superRefine(({ operator, values }, context) => {
        const count = Array.isArray(values) ? values.length : 0;
        const message =
            operator === "Exists" || operator === "DoesNotExist"
                ? count > 0 && `has values, which ${operator} does not take. Remove them`
                : operator === "Gt" || operator === "Lt"
                  ? !(count === 1 && /^-?\d+$/.test(String((values as unknown[])[0]))) &&
                    "needs exactly one whole number among its values, in quotes"
                  : count === 0 && "has no values. Name one or more, or use the operator Exists";
        if (message !== false) {
            context.addIssue({ code: "custom", message });
        }
    });
}

const byName = fields({ key: choiceOf(["metadata.name"], false), operator: choiceOf(["In", "NotIn"], false) }, [
    "key",
    "operator",
]);
const nodeRequirement = requirement(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]);

/** Keys of labels that decide by the pod's own values. They must not be in the selector as well. */
function withoutRepeatedKeys(value: object, context: z.RefinementCtx): void {
    const given = value as Readonly<Record<string, unknown>>;
    const selector = given.labelSelector as
        | {
              readonly matchLabels?: object | null;
              readonly matchExpressions?: readonly { readonly key?: unknown }[] | null;
          }
        | null
        | undefined;
    const selected = [
        ...Object.keys(selector?.matchLabels ?? {}),
        ...(selector?.matchExpressions ?? []).map((expression) => expression.key),
    ];
    const keys = ["matchLabelKeys", "mismatchLabelKeys"].flatMap((field) => (given[field] ?? []) as unknown[]);
    if (keys.some((key, index) => selected.includes(key) || keys.indexOf(key) < index)) {
        context.addIssue({ code: "custom", message: "selects by one label in two ways. Remove one of the two" });
    }
}

const podTerm = fields(
    {
        topologyKey: qualifiedName,
        namespaces: z.array(dnsLabel),
        matchLabelKeys: z.array(qualifiedName),
        mismatchLabelKeys: z.array(qualifiedName),
        labelSelector: z.unknown().refine(isGiven, {
            error: "is missing, so that the term selects no pods. Set it, such as {matchLabels: {app.kubernetes.io/component: backend}}",
        }),
    },
    ["topologyKey", "labelSelector"],
).superRefine(withoutRepeatedKeys);

/** Length of a resolver's search list, with blanks between the domains, and its entries (pkg/apis/core/validation, validatePodDNSConfig), with the underscores that Kubernetes accepts since 1.33. */
const searches = z
    .array(
        z
            .string()
            .regex(/^(?=.{1,253}\.?$)(\.|[a-z0-9_]([-a-z0-9_]*[a-z0-9])?(\.[a-z0-9_]([-a-z0-9_]*[a-z0-9])?)*\.?)$/, {
                error: "is not a domain. Use lower-case letters, digits, dashes, underscores and dots",
            }),
    )
    .max(32, { error: "has more than 32 domains. Remove some" })
    .refine((all) => all.join(" ").length <= 2048, { error: "is longer than 2048 characters. Remove some domains" });

/** Where pods run, and how they resolve names (pkg/apis/core/validation/validation.go). */
export const schedulingRules: ValueRules = {
    V1Toleration: fields({
        effect: choiceOf(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
        key: z.string().refine((key) => key === "" || qualifiedName.safeParse(key).success, {
            error: "is not the key of a taint. Write it like team or example.com/team",
        }),
        operator: choiceOf(["Equal", "Exists"]),
        value: label,
    }).superRefine(({ effect, key, operator, tolerationSeconds, value }, context) => {
        const faults: readonly (readonly [boolean, string, string])[] = [
            [
                !isGiven(key) && operator !== "Exists",
                "operator",
                "must be Exists where there is no key. Set it, or give a key",
            ],
            [
                operator === "Exists" && isGiven(value),
                "value",
                "is given, but the operator Exists takes none. Remove it",
            ],
            [
                isGiven(tolerationSeconds) && effect !== "NoExecute",
                "tolerationSeconds",
                "is given, but the effect is not NoExecute. Remove it, or set effect to NoExecute",
            ],
        ];
        for (const [isWrong, field, message] of faults) {
            if (isWrong) context.addIssue({ code: "custom", path: [field], message });
        }
    }),
    V1NodeSelector: fields({ nodeSelectorTerms: z.array(z.unknown()).min(1, { error: "is empty. Give a term" }) }, [
        "nodeSelectorTerms",
    ]),
    V1NodeSelectorTerm: fields({
        matchExpressions: z.array(nodeRequirement),
        matchFields: z.array(
            byName.refine(
                ({ values }) => Array.isArray(values) && values.length === 1 && name.safeParse(values[0]).success,
                {
                    error: "needs exactly one value. Give the name of one node",
                },
            ),
        ),
    }),
    V1PreferredSchedulingTerm: fields({ weight }, ["preference", "weight"]),
    V1WeightedPodAffinityTerm: fields({ weight }, ["podAffinityTerm", "weight"]),
    V1PodAffinityTerm: podTerm,
    V1LabelSelector: fields({ matchLabels: labelMap }),
    V1LabelSelectorRequirement: requirement(["In", "NotIn", "Exists", "DoesNotExist"]),
    V1PodDNSConfig: fields({
        nameservers: z.array(ip).max(3, { error: "has more than three servers. Remove some" }),
        searches,
    }),
    V1PodDNSConfigOption: fields({}, ["name"]),
    V1HostAlias: fields(
        {
            ip,
            hostnames: z.array(
                z.string().regex(/^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, {
                    error: "is not a host name. Use lower-case letters, digits, dashes and dots, such as db.example.com",
                }),
            ),
        },
        ["ip"],
    ),
    V1TopologySpreadConstraint: fields(
        {
            maxSkew: number(1),
            minDomains: number(1),
            topologyKey: qualifiedName,
            whenUnsatisfiable: choiceOf(["DoNotSchedule", "ScheduleAnyway"], false),
            nodeAffinityPolicy: choiceOf(["Honor", "Ignore"], false),
            nodeTaintsPolicy: choiceOf(["Honor", "Ignore"], false),
            matchLabelKeys: z.array(qualifiedName),
        },
        ["maxSkew", "topologyKey", "whenUnsatisfiable"],
    )
        .superRefine(withoutRepeatedKeys)
        .refine(({ minDomains, whenUnsatisfiable }) => !isGiven(minDomains) || whenUnsatisfiable === "DoNotSchedule", {
            error: "is given, but whenUnsatisfiable is not DoNotSchedule. Remove it",
            path: ["minDomains"],
        }),
    V2HPAScalingRules: fields({
        stabilizationWindowSeconds: number(0, 3600),
        tolerance: z.union([z.string(), z.number()]).refine((share) => !String(share).startsWith("-"), {
            error: "is negative. Write it like 0.1",
        }),
        selectPolicy: choiceOf(["Max", "Min", "Disabled"], false),
        policies: z.array(z.unknown()).min(1, { error: "is empty. Give a policy, or leave it out" }),
    }),
    V2HPAScalingPolicy: fields(
        { type: choiceOf(["Pods", "Percent"], false), value: number(1), periodSeconds: number(1, 1800) },
        ["type", "value", "periodSeconds"],
    ),
};
