import { resolve } from "../../components/settings/resolve";
import { loadConfig } from "../../components/settings/stackFile";
import { createIngresses } from "../../components/ingress/create";
import { type PublicUrls, publicUrls } from "../../components/ingress/urls";
import { backendEndpoint } from "../../components/tiers/backend";
import { frontendEndpoint } from "../../components/tiers/frontend";
import { websocketEndpoint } from "../../components/websocket/websocket";
import { deploy, type Deployed } from "./harness";
import { asStackConfig, type IngressSettings } from "./ingressConfigs";

/** The ingress of a stack called "keep", without the tiers behind it; gives the public addresses. */
export function deployIngress(settings: IngressSettings): Promise<Deployed<PublicUrls>> {
    return deploy(
        () => {
            const config = resolve(loadConfig());
            const { labels, version } = config;
            const release = { name: "keep", namespace: "keep", version, labels };
            const endpoints = {
                frontend: frontendEndpoint(release),
                backend: backendEndpoint(release),
                websocket: websocketEndpoint(release),
            };
            createIngresses("keep-ingress", { release, config, endpoints }, {});
            return publicUrls(config);
        },
        { config: asStackConfig(settings) },
    );
}
