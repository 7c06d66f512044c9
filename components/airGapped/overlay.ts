import type { KeepConfig } from "../settings/resolve";
import { type EnvTier, envTiers } from "../secrets/settings";
import type { Release } from "../naming";
import { secretEnvOf } from "../secrets/secretEnv";
import { withPodDefaults } from "../pods/defaults";
import { withProxy } from "./proxy";
import { withExtraCa } from "./trust";

/** The configuration with `keep:secretEnv`, `keep:extraCa` and `keep:proxy` applied to the tiers that they concern. */
export function applyOverlays(config: KeepConfig, release: Release): KeepConfig {
    const { worker, consumer, ...rest } = withPodDefaults(
        withProxy(withExtraCa(withSecretEnv(config, release)), release),
    );
    // Workers and consumer run what the API runs, also where that is an image of your own.
    const { image } = rest.backend;
    return {
        ...rest,
        worker: { ...worker, image: worker.image ?? image },
        consumer: { ...consumer, image: consumer.image ?? image },
    };
}

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
