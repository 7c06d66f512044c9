import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

import { KUBECONFIG_VARIABLE, PODS_VARIABLE } from "../cluster/connection";

/** Starts mocha on the scenarios, against the cluster of a kubeconfig. */
export function startTests(kubeconfig: string, mocha: readonly string[]): ChildProcess {
    const program = require.resolve("mocha/bin/mocha.js");
    return spawn(process.execPath, [program, "--config", path.join(__dirname, "mocharc.cjs"), ...mocha], {
        stdio: "inherit",
        env: { ...process.env, [KUBECONFIG_VARIABLE]: kubeconfig, [PODS_VARIABLE]: "real" },
    });
}
