import type { Converted } from "../../tools/fromChart/convert";
import { secretTexts } from "../../tools/fromChart/draft";
import type { Stack } from "./config";

/** The stack that from-chart prints: its settings, and the secrets that it asks to be set. */
export function stackOf({ settings, ...converted }: Converted): Stack {
    const secrets = secretTexts(converted);
    // The user puts the files to provision there; here stand others.
    const here = JSON.parse(JSON.stringify(settings).replaceAll('"provision/', '"test/support/provision/')) as object;
    const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
    const given = Object.entries<unknown>({ ...here, ...secrets });
    return {
        config: Object.fromEntries(given.map(([key, value]) => [`keep:${key}`, text(value)])),
        secretKeys: Object.keys(secrets).map((key) => `keep:${key}`),
    };
}
