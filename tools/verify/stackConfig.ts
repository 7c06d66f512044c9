import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { type KeepConfig, resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { type Release, releaseOf } from "../../components/naming";
import { runProgram } from "../inProcess/runProgram";
import { stackSettings } from "../preview/project";
import { UserError } from "../preview/userError";

/** A stack's settings, and those of its Kubernetes provider. */
export interface VerifiedStack {
    readonly release: Release;
    readonly config: KeepConfig;
    /** Plain settings by full key, such as `kubernetes:context`. */
    readonly kubernetes: ReadonlyMap<string, string>;
}

/**
 * Reads a stack file as the program does; encrypted values are placeholders.
 * @throws pulumi.RunError that lists all errors in the stack file
 */
export async function readStackConfig(
    root: string,
    stack: string,
    overrides: readonly string[],
): Promise<VerifiedStack> {
    const settings = stackSettings(root, stack, overrides);
    const { result: config } = await runProgram(() => resolve(loadConfig()), settings);
    const plain = Object.entries(settings.config).filter(
        ([key]) => key.startsWith("kubernetes:") && !settings.encryptedKeys.includes(key),
    );
    return { release: releaseOf(config), config, kubernetes: new Map(plain) };
}

/** Secrets with which `--pods` logs in to the database. */
export const DATABASE_KEYS: readonly string[] = ["keep:databasePassword", "keep:databaseUrl"];

/**
 * Those of the settings `keys` that are encrypted, as `--config` settings. The Pulumi CLI decrypts them.
 * @throws UserError if it cannot
 */
export async function decryptedSettings(
    root: string,
    stack: string,
    overrides: readonly string[],
    keys: readonly string[],
): Promise<string[]> {
    const { encryptedKeys } = stackSettings(root, stack, overrides);
    return await Promise.all(
        keys
            .filter((key) => encryptedKeys.includes(key))
            .map(async (key) => {
                try {
                    const { stdout } = await promisify(execFile)("pulumi", ["config", "get", key, "--stack", stack], {
                        cwd: root,
                    });
                    return `${key}=${stdout.replace(/\n$/, "")}`;
                } catch {
                    throw new UserError(
                        `--preflight reads the encrypted ${key}, and pulumi config get ${key} --stack ${stack} does not print its secret. ` +
                            `Log in with pulumi login, or add --config ${key}=…`,
                    );
                }
            }),
    );
}
