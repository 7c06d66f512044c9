import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";

import type { Measured } from "./load";

/** Environment by which `run.ts` asks for the page to be written. */
export const RECORD_VARIABLE = "KEEP_PODS_RECORD";

const PAGE = path.join(__dirname, "..", "..", "..", "docs", "reliability.md");
/** First words of the table's head. */
const HEAD = "| what happens ";

/** Puts a row into the table of `docs/reliability.md`, in the place of an earlier one, if the run is asked to; `npm run fix` aligns it; `npm run fix` aligns it. */
export function record(name: string, { sent, accepted, stored, twice, longestGap, healed }: Measured): void {
    if (process.env[RECORD_VARIABLE] === undefined || !existsSync(PAGE)) return;
    const times = [`${longestGap.toFixed(1)} s`, `${healed.toFixed(0)} s`];
    const row = `| ${[name, sent, accepted, stored, twice, ...times].join(" | ")} |`;
    const lines = readFileSync(PAGE, "utf8").split("\n");
    const head = lines.findIndex((line) => line.startsWith(HEAD));
    if (head < 0) throw new Error(`${PAGE} has lost its table.`);
    const end = lines.findIndex((line, index) => index > head && !line.startsWith("|"));
    const rows = lines.slice(head + 2, end);
    const place = rows.findIndex((other) => other.startsWith(`| ${name} |`));
    rows.splice(place < 0 ? rows.length : place, place < 0 ? 0 : 1, row);
    const machine = `${cpus().length} cores shared with other work, ${Math.round(totalmem() / 2 ** 30)} GiB`;
    const measured = `Measured by \`npm run test:pods -- --all --record\` on ${machine}: times are upper bounds.`;
    const changed = [...lines.slice(0, head + 2), ...rows, ...lines.slice(end)];
    writeFileSync(PAGE, changed.map((line) => (line.startsWith("Measured by ") ? measured : line)).join("\n"));
}
