import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { KeepProvider } from "./provider";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as { version: string };

/** Serves the component to the engine that started this process, until it ends. */
export const served = pulumi.provider.main(new KeepProvider(version), process.argv.slice(2));
