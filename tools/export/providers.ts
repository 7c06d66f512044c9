import * as z from "zod";

import type { Api } from "./api";

/**
 * Keep also returns the credentials (keep/providers/providers_factory.py, get_installed_providers). Only the names of
 * their fields are used.
 */
const answer = z.object({
    installed_providers: z.array(
        z.object({
            type: z.string(),
            provisioned: z.boolean().nullish(),
            details: z.object({ name: z.string(), authentication: z.record(z.string(), z.unknown()).nullish() }),
        }),
    ),
});

/** Replaces each value that is not exported. */
const PLACEHOLDER = "…";

/**
 * A value for `keep:providers` with the providers that users connected in Keep, without credentials; undefined if there
 * are none.
 */
export async function providersTemplate(api: Api): Promise<string | undefined> {
    const { installed_providers: installed } = answer.parse(await api("/providers"));
    const made = installed
        .filter(({ provisioned }) => provisioned !== true)
        .map(({ type, details: { name, authentication } }) => {
            const fields = Object.keys(authentication ?? {}).sort();
            return [name, { type, authentication: Object.fromEntries(fields.map((field) => [field, PLACEHOLDER])) }];
        });
    return made.length === 0 ? undefined : JSON.stringify(Object.fromEntries(made.sort()), null, 4);
}
