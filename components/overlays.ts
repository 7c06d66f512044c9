import type { KeepConfig } from "./settings/resolve";
import { type EnvTier, envTiers } from "./secrets/settings";
import type { Release } from "./naming";
import { secretEnvOf } from "./secrets/secretEnv";
import { withAccounts } from "./pods/accounts";
import { withPodDefaults } from "./pods/defaults";
import { withAuthorities } from "./airGapped/authorities";
import { withProxy } from "./airGapped/proxy";
import { withExtraCa } from "./airGapped/trust";

/** Applies keys that change the settings of several components, such as `keep:proxy`. */
export function applyOverlays(config: KeepConfig, release: Release): KeepConfig {
    const overlays = [withSecretEnv, withAuthorities, withExtraCa, withProxy, withPodDefaults, withAccounts];
    const { worker, consumer, ...rest } = overlays.reduce((settings, overlay) => overlay(settings, release), config);
    // By default, workers and consumer run the image of the API.
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
