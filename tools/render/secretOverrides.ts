import { secretKeys } from "../../components/secrets/settings";
import { isRecord } from "../inProcess/secrets";
import { UserError } from "../preview/userError";

/**
 * The `--config` settings without any secret: fingerprints are made with stand-ins, which the world knows, so a real value could be
 * guessed from its own. Of `secretEnv` the names count, and its values are put aside.
 */
export function withoutValues(overrides: readonly string[]): string[] {
    return overrides.map((text) => {
        const [, key = "", value = ""] = /^(?:keep:)?(\w+)[^=]*=([^]*)$/.exec(text) ?? [];
        if (!(key in secretKeys)) {
            return text;
        }
        if (key !== "secretEnv") {
            throw new UserError(`--config ${key}=… is a secret, of which nothing is rendered. Leave it out`);
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
