import assert from "node:assert/strict";

import { stackFile } from "../../../tools/fromChart";
import { convert } from "../../../tools/fromChart/convert";
import { remarks } from "../../../tools/fromChart/remarks";
import { type ChartValues } from "../../../tools/fromChart/row";
import { rows } from "../../../tools/fromChart/rows";
import { contextOf, valuesWith } from "../../support/chartValues";
import { stackOf } from "../../support/converted";
import { problems } from "../../support/refusals";

function printed(values: ChartValues): string {
    const converted = convert(values);
    return stackFile(converted) + remarks(converted);
}

/** As `helm template` of Helm 4.2 renders the chart. */
describe("from-chart's null, with which Helm deletes the chart's default", () => {
    for (const row of rows.filter(({ example }) => typeof example === "boolean")) {
        it(`is false for ${row.value}`, () => {
            const [off, empty] = [false, null].map((value) => printed(valuesWith(row.value, value, contextOf(row))));
            assert.equal(empty, off);
        });
    }

    it("is that of every value below it", () => {
        for (const tier of ["frontend", "websocket"]) {
            assert.equal(printed({ [tier]: null }), printed({ [tier]: { enabled: false } }), tier);
        }
    });

    for (const [target, rest] of [
        ["targetMemoryUtilizationPercentage", { min: 1, cpu: 80 }],
        ["targetCPUUtilizationPercentage", { min: 1, memory: 80 }],
        ["minReplicas", { min: 1, cpu: 80, memory: 80 }],
    ] as const) {
        it(`leaves ${target} out of an autoscaler, or at the default of Kubernetes`, async () => {
            const after = convert({ frontend: { autoscaling: { enabled: true, [target]: null } } });
            assert.deepEqual(after.settings.frontend, { autoscaling: { max: 3, ...rest } });
            assert.deepEqual(await problems(stackOf(after)), after.unfinished);
        });
    }

    it("names the class of the Ingress, which the chart then does not create, unless something else exposes Keep", () => {
        const notesOf = (global: object) => convert({ global }).notes.filter((note) => note.includes("className"));
        const httpRoute = { enabled: true, parentRefs: [{ name: "edge" }] };
        for (const className of [null, ""]) {
            assert.match(notesOf({ ingress: { className } }).join("\n"), /className \(empty\): the chart creates no/);
            assert.deepEqual(notesOf({ ingress: { className }, httpRoute }), []);
            assert.deepEqual(notesOf({ ingress: { className, classType: "nginx" } }), []);
        }
    });

    it("is no entry of a map, and nothing for a value that the chart does not have", () => {
        const backend = { nodeSelector: { disk: "ssd", zone: null }, resources: { limits: null }, other: null };
        const after = convert({ backend });
        assert.deepEqual(after.settings.backend, { nodeSelector: { disk: "ssd" } });
        assert.deepEqual(after.left, []);
    });
});
