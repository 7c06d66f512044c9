import { type Settings, stackSettings } from "../../cluster/release";
import { EDGE } from "./keep";

/**
 * `Pulumi.prod.yaml`, shrunk to a machine of two cores: the smallest size with the replicas that it has, and alerts come from
 * the namespace of the test's clients instead of an ingress controller's.
 */
export function smallProd(settings: Settings = {}): Settings {
    const prod = stackSettings("prod");
    return {
        ...prod,
        size: "small",
        backend: { replicas: 2 },
        database: { kind: "postgres", volume: { size: "1Gi" } },
        networkPolicy: { enabled: true, edge: [{ namespace: EDGE }] },
        ...settings,
    };
}
