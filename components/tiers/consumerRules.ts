import { type Rule, rule } from "../settings/rule";

/** Variables that the consumer decides, where there is one, for the tiers beside it. */
const DECIDED = ["CONSUMER", "KEEP_TOPOLOGY_PROCESSOR"] as const;

/** Conditions on the consumer: that its pod can reach the database, and that no other pod does its work. */
export const consumerRules: readonly Rule[] = [
    rule(["consumer", "database"], ({ consumer, database }) => [
        consumer.enabled &&
            database.kind === "sqlite" && {
                key: "keep:consumer.enabled",
                value: true,
                message:
                    "adds a pod, which cannot share SQLite's file. Set it to false, or choose another keep:database.kind",
            },
    ]),
    rule(["backend", "consumer", "worker"], ({ backend, consumer, worker }) =>
        Object.entries({ backend, worker }).flatMap(([tier, { env }]) =>
            DECIDED.filter((name) => consumer.enabled && name in env).map((name) => ({
                key: `keep:${tier}.env.${name}`,
                message: "is decided by keep:consumer, which is enabled. Remove it here",
            })),
        ),
    ),
];
