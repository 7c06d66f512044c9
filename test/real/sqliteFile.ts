import assert from "node:assert/strict";

import type { types } from "@pulumi/kubernetes";

import type { Deployed } from "../support/harness";
import { startContainer } from "./container";
import { withFiles } from "./files";
import { answers, type Running } from "./process";

type PodContainer = types.output.core.v1.Container;

/** Where the API answers. */
export const API = "http://keep-backend:8080";

/** A stack of one API process that needs no other server. */
export const SQLITE_STACK: Readonly<Record<string, string>> = {
    "keep:publicUrl": "http://keep.localhost",
    "keep:ingress": '{"kind":"nginx"}',
    "keep:database": '{"kind":"sqlite"}',
    "keep:secretStore": '{"kind":"database"}',
    "keep:backend": '{"processes":1}',
};

/** What of a rendered container a shared database file changes. */
interface Container {
    readonly env: readonly { readonly name: string }[];
    readonly volumeMounts: readonly { readonly mountPath: string }[];
}

/**
 * A pod of one container on a database that several processes share. Each process of test/real has empty volumes of its own, so the file
 * is in the one /tmp of all, and no volume hides it.
 */
export function onSqliteFile<P extends object, C extends Container>(pod: P, container: C, file: string) {
    const env = container.env.map((variable) =>
        variable.name === "DATABASE_CONNECTION_STRING"
            ? { ...variable, value: `sqlite:///${file}?check_same_thread=False` }
            : variable,
    );
    const volumeMounts = container.volumeMounts.filter(({ mountPath }) => mountPath !== "/tmp");
    return { ...pod, containers: [{ ...container, env, volumeMounts }] };
}

/**
 * Runs the setup step of a stack on a file, then its API, and waits until the API answers. The API is added to `running`.
 * Returns the container of the API.
 */
export async function startApi(release: Deployed<unknown>, file: string, running: Running[]): Promise<PodContainer> {
    await startSetup(release, file).finished();
    const pod = podOf(release);
    const [main] = pod.containers;
    assert.ok(main !== undefined);
    const api = startContainer(release, onSqliteFile(pod, main, file));
    running.push(api);
    await api.until(() => answers(`${API}/healthcheck`), 300);
    return main;
}

/** Starts the setup step of a stack on a file. */
export function startSetup(release: Deployed<unknown>, file: string): Running {
    const pod = podOf(release);
    const setup = pod.initContainers.find(({ name }) => name === "setup");
    assert.ok(setup !== undefined);
    return startContainer(release, onSqliteFile(pod, withFiles(release, setup), file));
}

function podOf(release: Deployed<unknown>) {
    return release.one("Deployment", "keep-backend").inputs.spec.template.spec;
}
