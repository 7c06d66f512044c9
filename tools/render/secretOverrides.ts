import { secretKeys } from "../../components/secrets/settings";
import { isRecord } from "../inProcess/secrets";
import { UserError } from "../preview/userError";

/**
 * Removes secrets from the `--config` settings. The key of the hashes in the manifests is a known placeholder here, so
 * a real secret could be guessed from its hash. Of `secretEnv`, only the names of the variables are used.
 * @throws UserError for any other secret key
 */
export function withoutValues(overrides: readonly string[]): string[] {
    return overrides.map((text) => {
        const [, key = "", value = ""] = /^(?:keep:)?(\w+)[^=]*=([^]*)$/.exec(text) ?? [];
        if (!(key in secretKeys)) {
            return text;
        }
        if (key !== "secretEnv") {
            throw new UserError(
                `--config ${key}=… is a secret, and rendered manifests contain no secrets. Remove the option`,
            );
        }
        return `secretEnv=${JSON.stringify(masked(value))}`;
    });
}

function masked(value: string): unknown {
    try {
        const tiers: unknown = JSON.parse(value);
        return Object.fromEntries(
            Object.entries(isRecord(tiers) ? tiers : {}).map(([tier, env]) => [
                tier,
                Object.fromEntries(
                    Object.keys(isRecord(env) ? env : {}).map((name) => [name, `masked-secretEnv_${name}`]),
                ),
            ]),
        );
    } catch {
        throw new UserError(
            `--config secretEnv=… is not JSON. Write it like --config 'secretEnv={"backend":{"NAME":""}}'`,
        );
    }
}
