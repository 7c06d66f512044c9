import { accepts } from "../support/refusals";

const SENTINEL = { hosts: ["s:26379"], service: "mymaster" };

describe("the settings of Redis", () => {
    accepts({
        "a Redis by its Sentinels": { redis: { kind: "external", sentinel: SENTINEL }, database: { kind: "postgres" } },
    });
});
