// Creates the given number of `Keep` components of the stack `prod` in one program. Prints the CPU time in
// milliseconds.
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { loadConfig } from "../../components/settings/stackFile";
import { Keep } from "../../components/keep";
import { runProgram } from "../inProcess/runProgram";
import { readStack } from "../preview/stackFile";

async function main(count: number): Promise<void> {
    const settings = readStack(join(__dirname, "..", ".."), "prod");
    const before = process.cpuUsage();
    const { resources } = await runProgram(() => {
        for (let index = 0; index < count; index++) {
            pulumi.runtime.setConfig("keep:release", `keep-${index}`);
            new Keep(`keep-${index}`, loadConfig());
        }
    }, settings);
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(JSON.stringify({ milliseconds: (user + system) / 1e3, resources: resources.length }));
}

void main(Number(process.argv[3]));
