import { type DatabaseConfig, database } from "../../components/database/settings";
import { type IngressConfig, ingress } from "../../components/ingress/settings";
import { recordRelease, type Release } from "./release";

type DatabaseKind = DatabaseConfig["kind"];
type IngressKind = IngressConfig["kind"];

/** Every database kind that the schema knows. */
export const DATABASES: readonly DatabaseKind[] = database.options.map(({ shape }) => shape.kind.value);

/** Every way in that the schema knows. */
export const INGRESSES: readonly IngressKind[] = ingress.options.map(({ shape }) => shape.kind.value);

/** What a kind can't do without, beside its kind. */
const NEEDED_BY_DATABASE: Partial<Record<DatabaseKind, object>> = {
    external: { engine: "postgres", host: "database.example.com" },
    sqlserver: { acceptEula: true },
};

const NEEDED_BY_INGRESS: Partial<Record<IngressKind, object>> = { gateway: { className: "test" } };

/** The smallest release with a database of one kind and a way in of another, under a name and a host of its own: ingress-nginx refuses a host that is taken. */
export async function recordVariant(
    databaseKind: DatabaseKind,
    ingressKind: IngressKind,
    more: { readonly name?: string; readonly ingress?: object } = {},
): Promise<Release> {
    const needsImage = databaseKind === "sqlserver";
    const release = `test-${databaseKind}-${more.name ?? ingressKind}`;
    return await recordRelease(
        {
            publicUrl: `http://${release}.example.com`,
            release,
            database: { kind: databaseKind, ...NEEDED_BY_DATABASE[databaseKind] },
            ingress: { kind: ingressKind, ...NEEDED_BY_INGRESS[ingressKind], ...more.ingress },
            ...(ingressKind === "openshift" ? { platform: "openshift" } : {}),
            ...(needsImage ? { backend: { image: "registry.example.com/keep-api-sqlserver:1.0.0" } } : {}),
        },
        databaseKind === "external" ? { databasePassword: "chosen" } : {},
    );
}

/** A release with everything switched on that has several pods, and so autoscalers, budgets and workers. */
export async function recordLargest(): Promise<Release> {
    const tier = { autoscaling: { min: 2, max: 4 } };
    return await recordRelease({
        publicUrl: "https://test-largest.example.com",
        release: "test-largest",
        database: { kind: "postgres", volume: { size: "20Gi" }, settings: { max_connections: 400 } },
        redis: { kind: "bundled", volume: { size: "1Gi" } },
        ingress: { kind: "nginx", tls: { clusterIssuer: "letsencrypt" } },
        backend: tier,
        worker: { ...tier, queueLength: 20 },
        consumer: { enabled: true },
        frontend: { replicas: 3 },
        websocket: { kind: "soketi", replicas: 2 },
        monitoring: { enabled: true, labels: { release: "prometheus" } },
    });
}
