import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

const root = join(__dirname, "../..");

const lock = z.object({
    packages: z.record(
        z.string(),
        z.object({
            version: z.string().optional(),
            license: z.string().optional(),
            dev: z.boolean().optional(),
            devOptional: z.boolean().optional(),
        }),
    ),
});

/** A production dependency in package-lock.json. */
export interface LicensedPackage {
    readonly name: string;
    readonly version: string;
    /** SPDX expression; undefined if the package declares none. */
    readonly license: string | undefined;
}

/** All production dependencies, direct and transitive, sorted by name and version. */
export function licensedPackages(): LicensedPackage[] {
    const { packages } = lock.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
    const found = Object.entries(packages)
        .filter(([path, { dev, devOptional }]) => path !== "" && dev !== true && devOptional !== true)
        .map(([path, { version = "", license }]) => ({
            name: path.replace(/^.*node_modules\//, ""),
            version,
            license,
        }));
    const distinct = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
    return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The table in docs/licenses.md: the packages by license. */
export function licensesTable(): string {
    const packages = licensedPackages();
    const licenses = [...new Set(packages.map(({ license = "" }) => license))].sort();
    const rows = licenses.map((license) => {
        const names = packages.filter((one) => (one.license ?? "") === license).map(({ name }) => `\`${name}\``);
        return `| ${license === "" ? "none declared" : license} | ${[...new Set(names)].join(", ")} |`;
    });
    return ["| license | packages |", "| --- | --- |", ...rows].join("\n");
}
