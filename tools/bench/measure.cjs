// Preloaded into each measured process: when the process ends, it adds a line with what it has cost to a file.
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    const cost = { cpuSeconds: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 };
    appendFileSync(process.env.BENCH_COSTS, `${JSON.stringify(cost)}\n`);
});
