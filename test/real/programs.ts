import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

const INSTALLED = process.env.KEEP_REAL ?? join(homedir(), ".cache", "keep-real");

/** Where test/real/install.sh and the system put the real components; undefined: not there. */
export const programs = {
    /** A Python that has Keep, of the minor that Keep's image has. */
    python: firstOf([join(INSTALLED, "venv/bin/python3.13")]),
    /** Keep's code under its enterprise license, which the package on PyPI does not contain. */
    enterprise: firstOf([join(INSTALLED, "venv/lib/python3.13/site-packages/ee")]),
    /** Directory of PostgreSQL's programs. */
    postgres: firstOf([17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`)),
    /** MySQL's server. MariaDB's has the same path on Debian, and Keep's migrations fail there. */
    mysql: firstOf([process.env.KEEP_MYSQLD ?? "/usr/sbin/mysqld"].filter(isMysql)),
    redis: firstOf(["/usr/bin/valkey-server", "/usr/bin/redis-server"]),
    /** Soketi's start script, run by node. */
    soketi: firstOf([join(INSTALLED, "soketi/node_modules/@soketi/soketi/bin/server.js")]),
    /** Of the version of its image. */
    rclone: firstOf([join(INSTALLED, "bin/rclone")]),
    /** Emulators of object stores; that of Azure is run by node, and that of S3 is rclone. */
    gcs: firstOf([join(INSTALLED, "bin/fake-gcs-server")]),
    azure: firstOf([join(INSTALLED, "azurite/node_modules/azurite/dist/src/blob/main.js")]),
};

/** Says what is absent, and skips the tests of a suite; to be called in its `before`. */
export function need(suite: Mocha.Context, ...names: (keyof typeof programs)[]): void {
    const absent = names.filter((name) => programs[name] === undefined);
    if (absent.length > 0) {
        console.log(
            `      skipped: no ${absent.join(", no ")} here (Keep needs Python 3.13, and rclone Go); see test/real/install.sh`,
        );
        suite.skip();
    }
}

/** Path of a program that `need` has found. */
export function pathOf(name: keyof typeof programs): string {
    const path = programs[name];
    if (path === undefined) {
        throw new Error(`no ${name} here: call need() first`);
    }
    return path;
}

function firstOf(paths: readonly string[]): string | undefined {
    return paths.find((path) => existsSync(path));
}

function isMysql(path: string): boolean {
    return existsSync(path) && basename(realpathSync(path)) === "mysqld";
}
