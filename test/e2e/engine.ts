import { PulumiCommand } from "@pulumi/pulumi/automation";

import { testCluster } from "../cluster/connection";

/** Says why the suite cannot run, once and in one line, and ends it as a failure: nobody shall take it for a pass. */
function refuse(reason: string): never {
    console.error(`\nThe end-to-end tests cannot run: ${reason}\n`);
    process.exit(1);
}

/** Runs before all tests: they need the real engine, and a cluster in which pods come to be. */
export async function mochaGlobalSetup(): Promise<void> {
    if (testCluster().pods === "none") {
        refuse(
            "there is only an API server, and no pod ever runs. Start them without KUBEBUILDER_ASSETS, and let Go build " +
                "the whole control plane; or on a cluster of your own, by --use-current-cluster.",
        );
    }
    try {
        const { version } = await PulumiCommand.get();
        console.log(`Pulumi ${String(version)}`);
    } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        const way = "Install it: https://www.pulumi.com/docs/install/.";
        refuse(text.includes("ENOENT") ? `there is no pulumi on the PATH. ${way}` : `${text} ${way}`);
    }
}
