import type { Settings } from "../../cluster/release";

/** What there is when a reader comes to a heading. */
export interface Scene {
    /** More settings of the stack `dev`, beside those of Pulumi.dev.yaml. */
    readonly settings?: Settings;
    /** What the reader has done before, in bash. */
    readonly before: string;
    /** Stack file that the pieces in YAML go to; without it they are only read. */
    readonly stackFile?: string;
}

const LOGIN = "pulumi login --local";
const INIT = `${LOGIN}\npulumi stack init dev`;
const UP = `${INIT}\npulumi up --skip-preview`;

const POSTGRES = { kind: "postgres", volume: { size: "50Gi" } };

/** Where nothing is said below: the stack is made, and not deployed. */
export const PLAIN: Scene = { before: INIT };

/** The scenes of each page, by the heading at which each begins; it lasts until the next, in a world of its own. */
export const scenes: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
    "README.md": {
        "Keep on Pulumi": { before: 'git clone -q . "$HOME/published"' },
    },
    "docs/as-code.md": {
        Provisioning: { before: `${INIT}\necho '{}' > providers.json` },
    },
    "docs/backup.md": {
        "Backup and restore": {
            settings: {
                size: "medium",
                database: POSTGRES,
                redis: { kind: "bundled" },
                worker: { queueLength: 20 },
                backup: { kind: "volume", volume: { size: "30Gi" } },
            },
            before: UP,
        },
        Snapshots: {
            settings: {
                database: { ...POSTGRES, volume: { ...POSTGRES.volume, retain: true } },
                backup: { kind: "snapshot" },
            },
            before: `${UP}
                kubectl apply -f - <<< '{
                    "apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot",
                    "metadata": { "name": "keep-postgres-20260102020000", "namespace": "keep" },
                    "spec": { "source": { "persistentVolumeClaimName": "keep-postgres" } } }'`,
        },
    },
    "docs/component.md": {
        Component: {
            before: `${LOGIN}
                mkdir "$HOME/alerting"
                echo '{ "name": "alerting", "main": "index.js" }' > "$HOME/alerting/package.json"
                printf 'name: alerting\\nruntime: nodejs\\n' > "$HOME/alerting/Pulumi.yaml"`,
        },
    },
    "docs/decisions/001-fixed-names.md": {
        "Objects have fixed names, and a hash restarts pods": { before: UP },
    },
    "docs/from-the-chart.md": {
        "Migration from the Helm chart": {
            before: `${LOGIN}\nhelm install keep "$READER_CHART" -n keep --create-namespace`,
            stackFile: "Pulumi.mine.yaml",
        },
        "Before step 5": {
            before: `
                helm install keep "$READER_CHART" -n keep --create-namespace
                kubectl -n keep delete deployment,service,ingress --cascade=foreground -l app.kubernetes.io/instance=keep`,
        },
    },
    "docs/gitops.md": {
        GitOps: { before: `${UP}\nnpm run render -- prod --out manifests/prod\ngit add manifests` },
    },
    "docs/production.md": {
        "Getting started in production": {
            before: "echo certificate > ca.pem",
            stackFile: "Pulumi.prod.yaml",
        },
    },
    "docs/retained-data.md": {
        "Delete everything": { before: UP },
        "Delete the stack but retain the data": {
            settings: { database: { ...POSTGRES, volume: { retain: true } } },
            before: UP,
        },
        "Delete the retained data": {
            settings: { database: { ...POSTGRES, volume: { retain: true } } },
            before: `${UP}\npulumi destroy --skip-preview`,
        },
    },
    "docs/retention.md": {
        "Delete old alerts": {
            settings: { database: POSTGRES, retention: { days: 90 } },
            before: UP,
        },
    },
    "docs/rotation.md": {
        "Rotate passwords and keys": { settings: { database: POSTGRES }, before: UP },
    },
    "docs/several-keeps.md": {
        "A stack for each tenant": { before: LOGIN, stackFile: "Pulumi.red.yaml" },
        "Two in one namespace": PLAIN,
    },
    "docs/sign-in.md": { "Sign-in": { before: UP } },
    "docs/sizing.md": {
        Sizing: {
            settings: { size: "medium", database: POSTGRES, redis: { kind: "bundled" }, consumer: { enabled: true } },
            before: UP,
        },
    },
    "docs/troubleshooting.md": { Troubleshooting: { settings: { database: POSTGRES }, before: UP } },
    "docs/upgrade.md": {
        Upgrade: { before: UP },
        "Move to another secret store": {
            before: `kubectl create namespace keep-secrets
                kubectl create namespace shared
                kubectl -n keep-secrets create secret generic keep-slack-1 --from-literal=value=x`,
        },
    },
};

/** What a reader puts in place of a placeholder, or of a name of somebody else's. */
export const placeholders: Readonly<Record<string, string>> = {
    "https://github.com/keep-on-pulumi/keep-on-pulumi/tree/main/templates/typescript":
        '"$HOME/published/templates/typescript" --dir "$HOME/alerts" --name alerts --yes --generate-only',
    "https://github.com/keep-on-pulumi/keep-on-pulumi@v<version>": '"$READER_PROJECT" --cwd "$HOME/alerting"',
    "<base>": "main",
    "<stack>": "dev",
    "<project>:<agent>": "platform/clusters:agent",
    // docs/rotation.md
    "<name>": "keep-database",
    // docs/from-the-chart.md: a node of the test's cluster.
    "node-1": "fake-a",
};
