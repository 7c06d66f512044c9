import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

import { installExamples } from "./install";

/** Installs the examples, then runs their tests; with `--golden` the tests write what they would compare with. */
function main(args: readonly string[]): number {
    try {
        installExamples();
    } catch (error) {
        const { stderr = "" } = error as { stderr?: string };
        const reason = /^npm error (?!(?:code|errno|syscall) )(.*)/m.exec(stderr)?.[1] ?? String(error);
        console.error(`The examples cannot be tested, because npm cannot install their packages: ${reason}`);
        return 1;
    }
    const mocha = createRequire(__filename).resolve("mocha/bin/mocha.js");
    const others = args.filter((argument) => argument !== "--golden");
    const env = { ...process.env, GOLDEN: args.includes("--golden") ? "write" : "compare" };
    const options = ["--config", join(__dirname, "mocharc.json"), ...others];
    return spawnSync(process.execPath, [mocha, ...options], { stdio: "inherit", env }).status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
