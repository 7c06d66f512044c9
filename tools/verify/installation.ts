import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import * as z from "zod";

import { targetOf } from "../../components/verify/target";
import { UserError } from "../preview/userError";
import type { VerifiedStack } from "./stackConfig";

const PROGRAM = join(__dirname, "../../components/verify/verify.mjs");

type Environment = Readonly<Record<string, string | undefined>>;

const firstUser = z.object({ username: z.string(), password: z.string() });

/** Checks a deployed stack with the program of the Job of `keep:verify`. Returns its exit code. */
export async function installedKeep(
    { release, config }: VerifiedStack,
    stack: string,
    wait: number,
    environment: Environment,
): Promise<number> {
    const env = {
        ...environment,
        ...(await credentials(config.auth.kind, stack, environment)),
        VERIFY_TARGET: JSON.stringify(targetOf(release, config)),
        VERIFY_PUSHER_APP_KEY: config.websocket.kind === "external" ? config.websocket.appKey : undefined,
        VERIFY_WAIT_SECONDS: String(wait),
    };
    const args = ["--experimental-websocket", "--no-warnings", PROGRAM];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"], env });
    return await new Promise((end, fail) => {
        child.once("error", fail).once("close", (code) => {
            end(code ?? 1);
        });
    });
}

/**
 * Credentials for the program, as its environment variables.
 * @throws UserError if neither the environment nor the outputs of the stack have any
 */
export async function credentials(kind: string, stack: string, environment: Environment): Promise<Environment> {
    const { KEEP_API_KEY: apiKey, KEEP_USERNAME: username, KEEP_PASSWORD: password } = environment;
    if (apiKey !== undefined) {
        if (!/^[\x21-\x7e]+$/.test(apiKey)) {
            throw new UserError(
                "KEEP_API_KEY is empty, or contains an invalid character, such as a line break. Copy it again (Keep, Settings, API keys)",
            );
        }
        return { VERIFY_API_KEY: apiKey };
    }
    if (kind === "noauth") {
        return {};
    }
    if (kind !== "db") {
        throw new UserError(
            `With keep:auth.kind ${kind}, users can sign in only in a browser. Set KEEP_API_KEY to an API key with the role admin (Keep, Settings, API keys)`,
        );
    }
    if (password !== undefined) {
        return { VERIFY_USERNAME: username ?? "keep", VERIFY_PASSWORD: password };
    }
    const { data } = firstUser.safeParse(await outputOf(stack));
    if (data === undefined) {
        throw new UserError(
            `The password of the first user is unknown: pulumi stack output firstUser --stack ${stack} does not print it. ` +
                "Set KEEP_USERNAME and KEEP_PASSWORD, or set KEEP_API_KEY to an API key with the role admin",
        );
    }
    return { VERIFY_USERNAME: data.username, VERIFY_PASSWORD: data.password };
}

/** The output firstUser; undefined if the CLI is missing or not logged in, or if there is no such stack. */
async function outputOf(stack: string): Promise<unknown> {
    const args = ["stack", "output", "firstUser", "--show-secrets", "--json", "--stack", stack, "--non-interactive"];
    try {
        return JSON.parse((await promisify(execFile)("pulumi", args)).stdout);
    } catch {
        return undefined;
    }
}
