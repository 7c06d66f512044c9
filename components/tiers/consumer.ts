import * as pulumi from "@pulumi/pulumi";

import type { ConsumerConfig } from "./pythonSettings";
import { onePod } from "./settings";
import { Workload } from "../kubernetes/workload";
import { API_HEALTH_PATH, API_PORT, apiArgs, GUNICORN_TIER, type ProcessArgs, RUNNING_ENV } from "./process";
import { tierWorkload } from "./tier";

/** What the consumer is made from. */
export interface ConsumerArgs extends Omit<ProcessArgs, "config"> {
    readonly config: ConsumerConfig;
}

/**
 * One process that listens to Kafka and SQS, and makes incidents of the topology. It is Keep's API (keep/api/api.py), to which nobody
 * sends a request: each process of the API would have consumers of its own, and two topology processors, which take no lock, make
 * incidents twice (keep/topologies/topology_processor.py). So the old pod ends before the new one starts.
 */
export class Consumer extends pulumi.ComponentResource {
    constructor(name: string, args: ConsumerArgs, opts?: pulumi.ComponentResourceOptions) {
        super("keep:tiers:Consumer", name, {}, opts);
        const config = onePod(args.config);

        new Workload(
            name,
            tierWorkload(
                { ...args, config },
                {
                    component: "consumer",
                    ...GUNICORN_TIER,
                    args: apiArgs(1),
                    env: {
                        ...args.env,
                        ...RUNNING_ENV,
                        CONSUMER: "true",
                        KEEP_TOPOLOGY_PROCESSOR: String(args.config.topology),
                        // Scheduled workflows are run by workers or API; those that its own incidents start, here.
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
