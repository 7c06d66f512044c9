import { PulumiCommand } from "@pulumi/pulumi/automation";

import { testCluster } from "../cluster/connection";

/** Says why the suite cannot run, once and in one line, and ends it as a failure: nobody shall take it for a pass. */
function refuse(reason: string): never {
    console.error(`\nThe end-to-end tests cannot run: ${reason}\n`);
    process.exit(1);
}

/** Runs before all tests: they need the real engine, and a cluster whose pods come to be without pulling anything. */
export async function mochaGlobalSetup(): Promise<void> {
    if (testCluster().pods !== "fake") {
        refuse(
            "they make, break and destroy whole releases in a control plane of their own. " +
                "Start them without --use-current-cluster, and let Go build all of its programs.",
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
