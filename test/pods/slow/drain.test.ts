import { testCluster } from "../../cluster/connection";
import { assertDrainWaits } from "../assertions/drain";
import { DeployedKeep } from "../support/keep";
import { smallProd } from "../support/stacks";

// Fails on a quiet machine: the second eviction is accepted although the budget then allows none. The cause is not found yet.
describe("prod while its nodes are drained", () => {
    const cluster = testCluster();
    let keep: DeployedKeep;

    before(async () => {
        keep = await DeployedKeep.of(cluster, smallProd());
    });

    after(() => keep.remove());

    it("always has an API while its nodes are drained", async () => {
        await assertDrainWaits(keep);
    });
});
