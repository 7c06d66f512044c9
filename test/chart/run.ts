import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { helmVersion } from "./helm";
import { readRecording, recordChart, RECORDING } from "./recording";

const USAGE = `npm run test:chart -- --chart <folder of charts/keep> [--record]
  Renders Keep's Helm chart by the helm on the PATH, and compares it with what test/chart/recorded.json has of it; that one is
  what \`npm test\` compares this project with. --record writes it anew.`;

function main(): number {
    const { values } = parseArgs({
        options: { chart: { type: "string" }, record: { type: "boolean", default: false } },
    });
    const chart = values.chart ?? process.env.KEEP_CHART;
    if (chart === undefined || !existsSync(join(chart, "Chart.yaml"))) {
        console.log(`Left out: there is no chart in ${chart ?? "--chart, nor in KEEP_CHART"}.\n\n${USAGE}`);
        return values.record ? 2 : 0;
    }
    const helm = helmVersion();
    if (helm === undefined) {
        console.log("Left out: there is no helm on the PATH.");
        return values.record ? 2 : 0;
    }
    console.log(`Rendering ${chart} by helm ${helm} …`);
    const found = recordChart(chart);
    if (values.record) {
        writeFileSync(RECORDING, `${JSON.stringify(found, null, 4)}\n`);
        console.log(`Wrote ${RECORDING}: version ${found.version}, ${Object.keys(found.sets).length} value sets.`);
        return 0;
    }
    try {
        assert.deepEqual(found, readRecording());
    } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        console.error("The chart is not as it was recorded. Record it anew with --record, and look at the difference.");
        return 1;
    }
    console.log(
        `The chart is as it was recorded: version ${found.version}, ${Object.keys(found.sets).length} value sets.`,
    );
    return 0;
}

process.exitCode = main();
