import * as z from "zod";

import { UserError } from "../preview/userError";

/**
 * Sends a request to a path of Keep's API, such as `/mapping`, and returns the JSON of its answer. With a body, it is a
 * POST.
 */
export type Api = (path: string, body?: object) => Promise<unknown>;

/** Timeout of a request, in milliseconds. */
const TIMEOUT = 60_000;

const session = z.object({ accessToken: z.string() });

/**
 * Signs in to Keep's API with the variables of `npm run verify`: an API key, or a local user's password.
 * @throws UserError if Keep rejects them or does not answer
 */
export async function signIn(url: string, access: Readonly<Record<string, string | undefined>>): Promise<Api> {
    const { VERIFY_API_KEY: apiKey, VERIFY_USERNAME: username, VERIFY_PASSWORD: password } = access;
    if (apiKey !== undefined) {
        return requests(url, { "x-api-key": apiKey });
    }
    if (password === undefined) {
        return requests(url, {});
    }
    const { accessToken } = session.parse(await requests(url, {})("/signin", { username, password }));
    return requests(url, { authorization: `Bearer ${accessToken}` });
}

function requests(url: string, headers: Readonly<Record<string, string>>): Api {
    return async (path, body) => {
        const response = await fetch(`${url}${path}`, {
            headers: { ...headers, "content-type": "application/json" },
            signal: AbortSignal.timeout(TIMEOUT),
            // Another address must not receive the key or token.
            redirect: "error",
            ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
        }).catch((error: unknown) => {
            throw new UserError(
                `${url}${path} cannot be reached: ${reasonOf(error)}. Correct --url, or check the network`,
            );
        });
        if (response.status === 401 || response.status === 403) {
            throw new UserError(
                `${url}${path} rejects the credentials (HTTP ${response.status}). Set KEEP_API_KEY to an API key of role admin (Keep, Settings, API keys)`,
            );
        }
        const isJson = (response.headers.get("content-type") ?? "").includes("json");
        const json: unknown = response.ok && isJson ? await response.json().catch(() => undefined) : undefined;
        if (json === undefined) {
            throw new UserError(
                `${url}${path} does not answer as Keep's API does (HTTP ${response.status}). Set --url to the URL of the API, such as https://keep.example.com/v2`,
            );
        }
        return json;
    };
}

function reasonOf(error: unknown): string {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message || cause.name : message;
}
