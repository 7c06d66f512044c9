import assert from "node:assert/strict";

import { type Converted, convert } from "../../../tools/fromChart/convert";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";

/** Converts values, and checks that the program rejects exactly what the conversion calls unfinished. */
async function converted(values: Readonly<Record<string, unknown>>): Promise<Converted> {
    const after = convert(values);
    assert.deepEqual(await problems(stackOf(after)), after.unfinished);
    return after;
}

describe("from-chart", () => {
    it("deploys no user interface that the values disable", async () => {
        const frontend = { enabled: false };
        const after = await converted({ frontend, global: { ingress: { className: "nginx" } } });
        assert.deepEqual(after.settings.frontend, frontend);
        assert.deepEqual(after.unfinished, []);
    });

    it("leaves it to the user how requests reach the API without the user interface", async () => {
        const frontend = { enabled: false };
        const after = await converted({ frontend, isGKE: true });
        assert.deepEqual(after.settings.frontend, frontend);
        assert.match(after.unfinished.join(), /^keep:frontend\.enabled \(false\) leaves no path to the API/);
    });

    it("has a note about the limit of connections only if the stack file contains the limit", async () => {
        const values = (maxReplicas: number, config: object) => ({
            backend: { autoscaling: { enabled: true, maxReplicas } },
            database: { type: "mysql", config },
        });
        const noted = ({ notes }: Converted) => notes.some((note) => note.includes("max_connections"));

        const fitting = await converted(values(20, {}));
        assert.deepEqual((fitting.settings.database as { settings?: object }).settings, { max_connections: "1000" });
        assert.ok(noted(fitting));

        const tooMany = await converted(values(50, {}));
        assert.equal((tooMany.settings.database as { settings?: object }).settings, undefined);
        assert.match(tooMany.unfinished.join(), /max_connections \(\d+\) is less than/);
        assert.ok(!noted(tooMany));

        assert.ok(!noted(await converted(values(20, { max_connections: "900" }))));
    });

    it("leaves out a whole command with a password", async () => {
        const command = ["gunicorn", "--api-key", "abcd1234abcd1234abcd", "--workers", "4"];
        const after = await converted({ backend: { command, args: ["--bind", "0.0.0.0"] } });
        assert.deepEqual(after.settings.backend, { args: ["--bind", "0.0.0.0"] });
        assert.deepEqual(
            after.left.map(({ value }) => value),
            ["backend.command"],
        );

        const whole = await converted({ backend: { command: ["gunicorn", "--workers", "4"] } });
        assert.deepEqual(whole.settings.backend, { command: ["gunicorn", "--workers", "4"] });
    });
});
