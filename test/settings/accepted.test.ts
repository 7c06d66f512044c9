import { Keep } from "../../components/keep";
import { randomConfiguration } from "../support/configurations";
import { deploy } from "../support/harness";

/** A hundredth of what `npm run test:cluster` gives to a real API server. */
const COUNT = 20;

describe("a configuration that the program accepts", () => {
    const firstSeed = Number(process.env.SEED ?? Date.now() % 1_000_000);

    for (let seed = firstSeed; seed < firstSeed + COUNT; seed += 1) {
        it(`makes its objects (SEED=${seed})`, async () => {
            await deploy(() => new Keep("keep", randomConfiguration(seed)));
        });
    }
});
