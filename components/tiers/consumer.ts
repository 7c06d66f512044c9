import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

import type { Listener } from "../fields/traffic";
import { Workload } from "../kubernetes/workload";
import type { Rule } from "../fields/rule";
import type { DatabaseConfig } from "../database/settings";
import { API_HEALTH_PATH, API_PORT, apiArgs, GUNICORN_TIER, type ProcessArgs, RUNNING_ENV } from "./process";
import { singleReplica, type TierEnv, tierPodFields } from "./settings";
import { tierWorkload } from "./tier";
import { issue } from "../fields/issue";
import { switches } from "../fields/switch";

/** Schema of `keep:consumer`. */
export const consumer = z
    .strictObject({
        enabled: z
            .boolean()
            .default(false)
            .describe(
                "create the pod; false: every API process reads Kafka and SQS. Without Redis, the pod also ends dismissals and maintenance windows",
            ),
        topology: z
            .boolean()
            .default(true)
            .describe("create incidents from alerts on services that depend on each other"),
        ...tierPodFields,
    })
    .register(switches, { key: "enabled" });

/** Settings of the consumer, validated and with defaults. */
export type ConsumerConfig = z.infer<typeof consumer>;

interface Settings {
    readonly backend: { readonly env: TierEnv };
    readonly consumer: ConsumerConfig;
    readonly database: DatabaseConfig;
    readonly worker: { readonly env: TierEnv };
}

/** Variables that `keep:consumer` also sets for the API and the workers. */
const DECIDED = ["CONSUMER", "KEEP_TOPOLOGY_PROCESSOR"] as const;

/** Conditions on the consumer: its pod can use the database, and no other pod does the same work. */
export const consumerRules: readonly Rule<Settings>[] = [
    ({ consumer, database }) => [
        consumer.enabled &&
            database.kind === "sqlite" &&
            issue(
                "consumer.enabled",
                "adds a pod, which cannot share SQLite's file. Set it to false, or choose another keep:database.kind",
                { value: true },
            ),
    ],
    ({ backend, consumer, worker }) =>
        Object.entries({ backend, worker }).flatMap(([tier, { env }]) =>
            DECIDED.filter((name) => consumer.enabled && Object.hasOwn(env, name)).map((name) =>
                issue(`${tier}.env.${name}`, "is set by keep:consumer, which is enabled. Remove it here"),
            ),
        ),
];

/** The clients of the consumer: only Prometheus. */
export function consumerListeners({ monitoring }: { readonly monitoring: { readonly enabled: boolean } }): Listener[] {
    return monitoring.enabled ? [{ port: API_PORT.number, from: "monitoring" }] : [];
}

/** Arguments of Consumer. */
export interface ConsumerArgs extends Omit<ProcessArgs, "config"> {
    readonly config: ConsumerConfig;
    /** Whether it runs Keep's watcher, see `watcherPlace`. */
    readonly runsWatcher: boolean;
    /** Address of the API inside the cluster. */
    readonly apiUrl: string;
}

/**
 * A process that reads Kafka and SQS, and creates incidents from the topology. It runs Keep's API (keep/api/api.py)
 * without a Service. Otherwise, each API process would do this, and several topology processors, which use no lock,
 * would create duplicate incidents (keep/topologies/topology_processor.py). Therefore, the old pod stops before the new
 * one starts.
 */
export class Consumer extends pulumi.ComponentResource {
    constructor(name: string, args: ConsumerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Consumer", name, {}, opts);
        const config = singleReplica(args.config);

        new Workload(
            name,
            tierWorkload(
                { ...args, config },
                {
                    component: "consumer",
                    ...GUNICORN_TIER,
                    args: apiArgs({ ...args, config }, 1),
                    env: {
                        ...args.env,
                        ...RUNNING_ENV,
                        CONSUMER: "true",
                        // Messages become alerts by requests to this address (keep/providers/base/base_provider.py,
                        // _push_alert), and count as read whatever the answer is. The public URL may be behind a sign-in,
                        // and the consumer's own API ends before the last messages are sent.
                        KEEP_API_URL: args.apiUrl,
                        WATCHER: args.runsWatcher ? "true" : undefined,
                        KEEP_TOPOLOGY_PROCESSOR: String(args.config.topology),
                        // Workers or API run scheduled workflows. The consumer only runs those that its incidents
                        // trigger.
                        WORKFLOWS_INTERVAL_ENABLED: "false",
                    },
                    port: API_PORT,
                    healthPath: API_HEALTH_PATH,
                    account: args.account,
                    hasService: false,
                    recreate: true,
                },
            ),
            { parent: this },
        );

        this.registerOutputs({});
    }
}
