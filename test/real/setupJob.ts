import type { Deployed } from "../support/harness";
import { environment, startContainer } from "./container";
import { withFiles, writeFiles } from "./files";
import { start } from "./process";
import { pathOf } from "./programs";

/** Runs the setup Job, with more files in its volumes, and returns what it prints. */
export async function runSetup(
    release: Deployed<unknown>,
    more: Readonly<Record<string, string>> = {},
): Promise<string> {
    const { spec } = release.one("Job", "keep-setup").inputs.spec.template;
    const pod = { ...spec, containers: [withFiles(release, containerOf(release))] };
    writeFiles("/etc/keep", more);
    return startContainer(release, pod).finished();
}

/** Value of an expression of Python, in which `rows` is a function that queries the database of the setup Job. */
export async function queried(release: Deployed<unknown>, expression: string): Promise<unknown> {
    const { DATABASE_CONNECTION_STRING: url = "" } = environment(release, containerOf(release));
    const script = [
        "import json, os, sqlalchemy",
        "with sqlalchemy.create_engine(os.environ['URL']).begin() as connection:",
        "    rows = lambda query: [list(row) for row in connection.execute(sqlalchemy.text(query))]",
        `    print(json.dumps(${expression}))`,
    ];
    const output = await start(pathOf("python"), ["-c", script.join("\n")], { URL: url }).finished();
    return JSON.parse(output) as unknown;
}

function containerOf(release: Deployed<unknown>) {
    const [setup] = release.one("Job", "keep-setup").inputs.spec.template.spec.containers;
    if (setup === undefined) {
        throw new Error("the setup Job has no container");
    }
    return setup;
}
