import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { KEEP_VERSION, LEAST_KUBERNETES } from "../../components/fields/version";
import { CHART_VERSIONS } from "../fromChart/versions";

const root = join(__dirname, "../..");

/** A program that this project needs or deploys. */
interface Requirement {
    readonly name: string;
    readonly versions: string;
    /** Versions that the tests use, or how it is installed. */
    readonly note: string;
}

/**
 * Required versions, from package.json, the schema and the tests. Versions that none of these have are written here.
 */
export function requirements(): Requirement[] {
    const { engines, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        engines: { node: string };
        dependencies: Readonly<Record<string, string>>;
    };
    const tested = readdirSync(join(root, "test/cluster/modules")).flatMap((name) =>
        name.startsWith("kubernetes-") ? [name.replace("kubernetes-", "")] : [],
    );
    const least = (name: string) => (dependencies[name] ?? "").replace("^", "");
    return [
        {
            name: "Keep",
            versions: KEEP_VERSION,
            note: "Default of `keep:version`. No test runs other versions",
        },
        {
            name: "Kubernetes",
            versions: `1.${LEAST_KUBERNETES} or later`,
            note: `Tested on ${tested.sort().join(" and ")}`,
        },
        {
            name: "OpenShift",
            versions: "4.17 or later",
            note: "Pods run with an arbitrary user on other nodes; no test runs on OpenShift itself",
        },
        {
            name: "Node.js",
            versions: `${engines.node.replace(">=", "")} or later`,
            note: "Tested on 22 and 24, as Pulumi's SDK declares",
        },
        {
            name: "Pulumi CLI",
            versions: "3.135 or later",
            note: `\`npm ci\` installs the SDK ${least("@pulumi/pulumi")} or later`,
        },
        {
            name: "Pulumi Kubernetes provider",
            versions: `${least("@pulumi/kubernetes")} or later`,
            note: "Installed by `npm ci`",
        },
        {
            name: "Helm chart of Keep",
            versions: `${CHART_VERSIONS[0] ?? ""} to ${CHART_VERSIONS.at(-1) ?? ""}`,
            note: "Versions whose values and data you can [migrate](docs/from-the-chart.md)",
        },
    ];
}

/** The table in README.md. */
export function compatibilityTable(): string {
    const rows = requirements().map(({ name, versions, note }) => `| ${name} | ${versions} | ${note} |`);
    return ["| | version | |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The badges in README.md. */
export function badges(): string {
    const shown = requirements().filter(({ name }) => ["Keep", "Kubernetes", "Node.js"].includes(name));
    const colour: Readonly<Record<string, string>> = { Keep: "f97316", Kubernetes: "326ce5", "Node.js": "5fa04e" };
    const images = shown.map(({ name, versions }) => {
        const version = `${/^[\d.]+/.exec(versions)?.[0] ?? ""}${versions.includes("later") ? "+" : ""}`;
        const address = `https://img.shields.io/badge/${name}-${encodeURIComponent(version)}-${colour[name] ?? ""}`;
        return `[![${name} ${version}](${address})](#compatibility)`;
    });
    return [
        "[![CI](../../actions/workflows/ci.yml/badge.svg)](../../actions/workflows/ci.yml)",
        ...images,
        "[![License: Apache-2.0](https://img.shields.io/badge/License-Apache--2.0-blue)](LICENSE)",
    ].join("\n");
}
