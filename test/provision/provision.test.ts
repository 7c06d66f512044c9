import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { KEEP_VERSION } from "../../components/fields/version";
import { deployKeep, type Written } from "../support/config";
import { envOf, mainContainer, podOf, podsOf } from "../support/objects";

const DIRECTORY = "test/support/provision";

/** Command of setup that runs these scripts before Keep's own start and after it. */
const BEFORE = ["conflicts", "workflow_files"];
const CHECKED = ["expressions", ...BEFORE];
const AFTER = ["first_user", "provisioned", "shadowed"];
const APPLIED = AFTER.toSpliced(2, 0, "apply");

function command(before: readonly string[], after: readonly string[]): string[] {
    const run = (module: string) => `import ${module}; ${module}.main()`;
    const path = 'import sys; sys.path.insert(0, "/etc/keep/apply")';
    const start = "from keep.api.config import on_starting";
    return ["python", "-c", [start, path, ...before.map(run), "on_starting()", ...after.map(run)].join("; ")];
}

const provisioned = (written: Written) => deployKeep({ database: { kind: "postgres" }, ...written });

describe("provisioning", () => {
    it("makes only the scripts when the stack asks for nothing", async () => {
        const { all, one } = await provisioned({});

        assert.deepEqual(
            all("ConfigMap").map(({ inputs }) => inputs.metadata.name),
            ["keep-apply"],
        );
        assert.equal(one("Provision").parent?.name, "keep-setup");
    });

    it("puts a directory's files of the right kind into a ConfigMap that setup reads", async () => {
        const { one, resources } = await provisioned({ provision: { workflows: `${DIRECTORY}/workflows` } });

        const { metadata, data } = one("ConfigMap", "keep-workflows").inputs;
        assert.deepEqual([metadata.name, metadata.namespace], ["keep-workflows", "keep"]);
        assert.deepEqual(Object.keys(data), ["announce.yml", "close-old.yaml"]);
        assert.match(data["announce.yml"] ?? "", /^workflow:\n {2}id: announce\n/);
        const setup = mainContainer(resources, "setup");
        assert.equal(envOf(setup).KEEP_WORKFLOWS_DIRECTORY, "/etc/keep/workflows");
        assert.deepEqual(setup.volumeMounts?.at(-2), {
            name: "workflows",
            mountPath: "/etc/keep/workflows",
            readOnly: true,
        });
        assert.deepEqual(podOf(resources, "setup").spec.volumes?.at(-2), {
            name: "workflows",
            configMap: { name: "keep-workflows" },
        });
        // It checks that Keep has not skipped a file.
        assert.match(setup.command?.at(-1) ?? "", /on_starting\(\); .*apply\.main/);
    });

    it("takes a directory without files, so that Keep deletes what they created", async () => {
        const directory = relative(process.cwd(), mkdtempSync(join(process.cwd(), "test", "provision-")));
        try {
            writeFileSync(join(directory, ".gitkeep"), "");
            const { one } = await provisioned({ provision: { workflows: directory, presets: directory } });

            assert.deepEqual(one("ConfigMap", "keep-workflows").inputs.data, {});
            assert.deepEqual(one("ConfigMap", "keep-presets").inputs.data, { "presets.json": "{}" });
        } finally {
            rmSync(directory, { recursive: true });
        }
    });

    it("takes mappings by their directory", async () => {
        const { one, resources } = await provisioned({ provision: { mappings: `${DIRECTORY}/mappings` } });

        assert.deepEqual(Object.keys(one("ConfigMap", "keep-mappings").inputs.data), ["teams.yaml"]);
        assert.equal(envOf(mainContainer(resources, "setup")).KEEP_MAPPINGS_DIRECTORY, "/etc/keep/mappings");
    });

    it("gives a script of setup what Keep does not provision itself, as one object of each kind", async () => {
        const { all, one, resources } = await provisioned({
            provision: { dashboards: `${DIRECTORY}/dashboards`, maintenance: `${DIRECTORY}/maintenance` },
        });

        const lists = Object.fromEntries(
            all("ConfigMap").flatMap(({ inputs }) =>
                Object.entries(inputs.data as Record<string, string>).filter(([name]) => name.endsWith(".json")),
            ),
        );
        assert.deepEqual(JSON.parse(lists["dashboards.json"] ?? ""), {
            "a.json": { dashboard_name: "first", dashboard_config: { layout: [], widget_data: [] } },
            "b.json": { dashboard_name: "second", dashboard_config: { layout: [], widget_data: [] } },
        });
        assert.deepEqual(JSON.parse(lists["maintenance.json"] ?? ""), {
            "upgrade.yaml": {
                name: "upgrade",
                description: null,
                cel_query: 'service == "database"',
                start_time: "2026-12-24T22:00:00Z",
                duration_seconds: 7200,
                suppress: false,
                enabled: true,
                ignore_statuses: ["resolved", "acknowledged"],
            },
        });
        assert.deepEqual(Object.keys(one("ConfigMap", "keep-apply").inputs.data), [
            "apply.py",
            "conflicts.py",
            "expressions.py",
            "first_user.py",
            "kinds.py",
            "provisioned.py",
            "shadowed.py",
            "workflow_files.py",
        ]);
        const setup = mainContainer(resources, "setup");
        assert.deepEqual(setup.command, command(CHECKED, APPLIED));
        assert.deepEqual(
            setup.volumeMounts?.slice(-3).map(({ mountPath }) => mountPath),
            ["/etc/keep/dashboards", "/etc/keep/maintenance", "/etc/keep/apply"],
        );
    });

    it("gives providers as a file, which keeps their credentials out of the environment", async () => {
        const providers = '{"mine":{"type":"mock","authentication":{"password":"secret-of-mine"}}}';
        const { one, resources } = await provisioned({ providers });

        assert.deepEqual(one("Secret", "keep.providers").inputs.stringData, { "providers.json": providers });
        const setup = mainContainer(resources, "setup");
        assert.equal(envOf(setup).KEEP_PROVIDERS, "/etc/keep/providers/providers.json");
        assert.deepEqual(setup.command, command(CHECKED, AFTER));
        assert.deepEqual(setup.volumeMounts?.at(-2), { name: "apply", mountPath: "/etc/keep/apply", readOnly: true });
        assert.deepEqual(setup.volumeMounts.at(-1), {
            name: "providers",
            mountPath: "/etc/keep/providers",
            readOnly: true,
        });
        assert.deepEqual(podOf(resources, "setup").spec.volumes?.at(-1), {
            name: "providers",
            secret: { secretName: "keep.providers" },
        });
    });

    it("reaches no pod but setup's: another would delete what setup made", async () => {
        const { resources } = await provisioned({
            redis: { kind: "bundled" },
            provision: { workflows: `${DIRECTORY}/workflows` },
        });

        const found = podsOf(resources).filter(({ spec }) => JSON.stringify(spec).includes("KEEP_WORKFLOWS_DIRECTORY"));
        assert.deepEqual(
            found.map(({ owner }) => owner.kind),
            ["Job"],
        );
    });
});

describe("setup", () => {
    const inputs = async (written: Written) =>
        podOf((await provisioned(written)).resources, "setup").annotations["keep.pulumi/inputs"];

    it("runs again when what it reads changes, and only then", async () => {
        const none = await inputs({});

        assert.match(none ?? "", /^[0-9a-f]{16}$/);
        assert.equal(await inputs({ frontend: { replicas: 2 } }), none);
        for (const change of [
            { apiKeys: "a:admin:x" },
            { firstUserPassword: "p" },
            { databasePassword: "p" },
            { providers: '{"mine":{"type":"mock"}}' },
            { provision: { workflows: `${DIRECTORY}/workflows` } },
            { provision: { maintenance: `${DIRECTORY}/maintenance` } },
        ]) {
            assert.notEqual(await inputs(change), none, JSON.stringify(change));
        }
    });

    it("restarts the API's pod with SQLite, in which it runs", async () => {
        const annotation = async (written: Written) =>
            podOf((await deployKeep(written)).resources, "backend").annotations["keep.pulumi/secrets"];

        assert.notEqual(await annotation({ apiKeys: "a:admin:x" }), await annotation({ apiKeys: "a:admin:y" }));
    });

    it("is a Job that is tried again a few times, and by the next up when it failed", async () => {
        const { one } = await provisioned({ setup: { retries: 1, timeoutSeconds: 600 } });

        const job = one("Job");
        assert.deepEqual([job.inputs.metadata.name, job.inputs.metadata.namespace], ["keep-setup", "keep"]);
        assert.deepEqual(job.inputs.metadata.annotations, { "pulumi.com/replaceUnready": "true" });
        const { backoffLimit, activeDeadlineSeconds, template } = job.inputs.spec;
        assert.deepEqual([backoffLimit, activeDeadlineSeconds], [1, 600]);
        assert.deepEqual((job.options as { customTimeouts?: object }).customTimeouts, { create: "660s" });
        assert.deepEqual([template.spec.restartPolicy, template.spec.terminationGracePeriodSeconds], ["Never", 30]);
    });

    it("does what Keep's own server would do before it starts", async () => {
        const { resources } = await provisioned({});

        const setup = mainContainer(resources, "setup");
        // The scripts also find what an earlier stack file has left in the database.
        assert.deepEqual(setup.command, command(BEFORE, AFTER));
        assert.equal(setup.image, `us-central1-docker.pkg.dev/keephq/keep/keep-api:${KEEP_VERSION}`);
        const { serviceAccountName, automountServiceAccountToken, securityContext } = podOf(resources, "setup").spec;
        assert.deepEqual([serviceAccountName, automountServiceAccountToken], ["keep-backend", true]);
        assert.equal(securityContext?.runAsUser, 10001);
    });

    it("takes image, place, volumes and environment of the API, but not its side containers and spread", async () => {
        const init = {
            name: "fetch-ca",
            image: "b:1",
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        };
        const { resources } = await provisioned({
            backend: {
                image: "registry.example.com/keep-api:mine",
                nodeSelector: { disk: "ssd" },
                volumes: [{ name: "ca", configMap: { name: "ca" } }],
                volumeMounts: [{ name: "ca", mountPath: "/etc/ca" }],
                envFrom: [{ secret: "more" }],
                initContainers: [init],
                sidecars: [
                    {
                        name: "beside",
                        image: "b:1",
                        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                    },
                ],
                topologySpread: [{ topologyKey: "rack", maxSkew: 1, whenUnsatisfiable: "DoNotSchedule" }],
            },
        });

        const { spec } = podOf(resources, "setup");
        const [setup, ...beside] = spec.containers;
        assert.equal(setup?.image, "registry.example.com/keep-api:mine");
        assert.deepEqual(setup.envFrom, [{ secretRef: { name: "more", optional: false } }]);
        assert.deepEqual(setup.volumeMounts?.at(-1), { name: "ca", mountPath: "/etc/ca" });
        assert.deepEqual(spec.volumes?.at(-1), { name: "ca", configMap: { name: "ca" } });
        assert.deepEqual([spec.initContainers, beside, spec.topologySpreadConstraints], [[init], [], undefined]);
        assert.deepEqual(spec.nodeSelector, { disk: "ssd" });
    });

    it("is of the API's size, or of the stack's", async () => {
        const small = { requests: { memory: "512Mi", "ephemeral-storage": "1Gi" } };
        const usual = await provisioned({});
        const own = await provisioned({ setup: { resources: small } });

        assert.deepEqual(mainContainer(usual.resources, "setup").resources, {
            requests: { cpu: "250m", memory: "1Gi", "ephemeral-storage": "512Mi" },
            limits: { cpu: "2", memory: "2Gi", "ephemeral-storage": "4Gi" },
        });
        assert.deepEqual(mainContainer(own.resources, "setup").resources, small);
    });
});
