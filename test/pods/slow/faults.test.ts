import { testCluster } from "../../cluster/connection";
import { capacityOf } from "../support/capacity";
import { Client } from "../support/client";
import { FAULTS } from "../support/faults";
import { INSTALLATIONS } from "../support/installations";
import { type DeployedKeep, EDGE } from "../support/keep";
import { told, underLoad } from "../support/load";
import { recordCapacity, recordFault } from "../support/record";

/** Alerts a second. */
const RATE = 3;

for (const { name: installation, missing, create } of INSTALLATIONS) {
    describe(`${installation} under load, where something happens to it`, () => {
        const cluster = testCluster();
        let keep: DeployedKeep;
        let client: Client;

        before(async function () {
            if (missing !== undefined) {
                console.log(`    ${missing}`);
                this.skip();
            }
            keep = await create(cluster);
        });

        after(() => missing ?? keep.remove());

        it("gets Ready, and stores what it is posted", async () => {
            const { seconds: ready } = await keep.deploy();
            client = await Client.start(cluster, EDGE, "node-1");
            const capacity = { ready, ...(await capacityOf(keep, client)) };
            console.log(`      ${JSON.stringify(capacity)}`);
            recordCapacity(installation, capacity);
        });

        for (const { name, component, prepare, happen, undo } of FAULTS) {
            it(`stores what it has accepted: ${name}`, async function () {
                if (!keep.has(component)) this.skip();
                await prepare?.(keep);
                try {
                    const measured = await underLoad(keep, client, RATE, () => happen(keep));
                    console.log(`      ${told(measured)}`);
                    recordFault(installation, name, measured);
                } finally {
                    await undo?.(keep);
                }
            });
        }
    });
}
