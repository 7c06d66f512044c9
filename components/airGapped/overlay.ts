import type { KeepConfig } from "../settings/resolve";
import { type EnvTier, envTiers } from "../secrets/settings";
import type { Release } from "../naming";
import { secretEnvOf } from "../secrets/secretEnv";
import { withProxy } from "./proxy";
import { withTrust } from "./trust";

/** The configuration as the parts take it: what one key says of another part is with that part. */
export function effectiveConfig(config: KeepConfig, release: Release): KeepConfig {
    const { worker, consumer, ...whole } = withProxy(withTrust(withSecretEnv(config, release)), release);
    // Workers and consumer run what the API runs, an image of the user's own included.
    const { image } = whole.backend;
    return {
        ...whole,
        worker: { ...worker, image: worker.image ?? image },
        consumer: { ...consumer, image: consumer.image ?? image },
    };
}

/** `keep:secretEnv` is environment of its tiers. */
function withSecretEnv(config: KeepConfig, release: Release): KeepConfig {
    const tiers = envTiers.map((tier) => {
        const settings = config[tier];
        return [
            tier,
            "env" in settings
                ? { ...settings, env: { ...settings.env, ...secretEnvOf(release, config.secretEnv, tier) } }
                : settings,
        ];
    });
    return { ...config, ...(Object.fromEntries(tiers) as Pick<KeepConfig, EnvTier>) };
}
