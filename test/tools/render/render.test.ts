import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadAll } from "js-yaml";

import { UserError } from "../../../tools/preview/userError";
import { render } from "../../../tools/render/main";
import { type KubernetesObject, objects, RenderProject } from "./project";

describe("npm run render", () => {
    let project: RenderProject;
    before(() => {
        project = new RenderProject();
    });
    after(() => {
        project.close();
    });

    it("writes the same bytes every time", async () => {
        assert.deepEqual(
            await project.files("once", "prod", "--path", "x"),
            await project.files("again", "prod", "--path", "x"),
        );
    });

    it("writes every object but the Secrets, and leads Kustomize to all of them", async () => {
        const rendered = await project.files("prod", "prod");
        const made = objects(rendered);
        const listed = Object.entries(rendered)
            .filter(([path]) => path.endsWith("/kustomization.yaml"))
            .flatMap(([path, text]) =>
                ((loadAll(text)[0] as KubernetesObject).resources ?? []).map((name) => path.replace(/[^/]*$/, name)),
            );

        assert.deepEqual(
            listed.sort(),
            Object.keys(rendered).filter((path) => /^wave-\d+\/(?!kustomization)/.test(path)),
        );
        assert.ok(made.length > 35, String(made.length));
        assert.ok(!made.some(({ kind }) => kind === "Secret"));
        assert.deepEqual(
            made.filter(
                ({ wave, metadata }) => metadata.annotations?.["argocd.argoproj.io/sync-wave"] !== String(wave),
            ),
            [],
        );
    });

    it("orders the waves so that each can become healthy", async () => {
        const made = objects(await project.files("prod", "prod"));
        const waveOf = (kind: string, name = "") =>
            made.find((object) => object.kind === kind && object.metadata.name.startsWith(name))?.wave ?? NaN;
        const last = Math.max(...made.map(({ wave }) => wave));

        assert.equal(waveOf("Namespace"), 0);
        assert.ok(waveOf("ServiceAccount") > waveOf("Namespace"));
        assert.equal(waveOf("PersistentVolumeClaim"), waveOf("Deployment", "keep-database"));
        assert.ok(waveOf("Job", "keep-setup") > waveOf("Deployment", "keep-database"));
        for (const name of ["keep-backend", "keep-frontend", "keep-worker"]) {
            assert.ok(waveOf("Deployment", name) > waveOf("Job", "keep-setup"), name);
            assert.equal(waveOf("PodDisruptionBudget", name), waveOf("Deployment", name));
        }
        assert.equal(waveOf("Ingress"), last);
        assert.equal(waveOf("HorizontalPodAutoscaler"), last);
        assert.equal(
            objects(await project.files("dev", "dev")).find(({ kind }) => kind === "PersistentVolumeClaim")?.wave,
            2,
        );
    });

    it("waits for the Cluster of CloudNativePG before the setup Job", async () => {
        const made = objects(await project.files("operator", "prod", "--config", 'database={"kind":"cloudnativepg"}'));
        const waveOf = (kind: string, name = "") =>
            made.find((object) => object.kind === kind && object.metadata.name.startsWith(name))?.wave ?? NaN;

        assert.ok(waveOf("Job", "keep-setup") > waveOf("Cluster"));
        assert.ok(waveOf("Deployment", "keep-backend") > waveOf("Job", "keep-setup"));
        assert.ok(waveOf("Ingress") >= waveOf("Deployment", "keep-backend"));
    });

    it("says the same order to Flux", async () => {
        const rendered = await project.files("prod", "prod", "--path", "clusters/prod/keep");
        const flux = loadAll(rendered["flux.yaml"] ?? "") as KubernetesObject[];

        assert.deepEqual(
            flux.map(({ spec = {} }) => [spec.path, spec.dependsOn, spec.wait]),
            flux.map((_one, wave) => [
                `./clusters/prod/keep/wave-${wave}`,
                wave === 0 ? undefined : [{ name: `keep-wave-${wave - 1}` }],
                wave < flux.length - 1,
            ]),
        );
        // The Job of setup may take half an hour.
        assert.ok(flux.some(({ spec }) => spec?.timeout === "1860s"));
    });

    it("gives the setup Job another name when it has something else to do", async () => {
        const job = async (...args: string[]) =>
            objects(await project.files("job", "prod", ...args)).find(({ kind }) => kind === "Job")?.metadata.name ??
            "";
        const name = await job();

        assert.match(name, /^keep-setup-[0-9a-f]{8}$/);
        assert.equal(await job("--config", "worker.replicas=3"), name);
        assert.notEqual(await job("--config", "version=0.54.3"), name);
    });

    it("leaves nothing of Pulumi's in the objects, and what a stack retains to nobody's pruning", async () => {
        const rendered = await project.files("kept", "prod", "--config", "database.volume.retain=true");
        const kept = objects(rendered).filter(
            ({ metadata }) => metadata.annotations?.["kustomize.toolkit.fluxcd.io/prune"],
        );

        assert.ok(!/pulumi\.com\/|managed-by/.test(Object.values(rendered).join("")));
        assert.deepEqual(kept.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort(), [
            "Namespace keep",
            "Namespace keep-secrets",
            "PersistentVolumeClaim keep-postgres",
        ]);
        assert.equal(kept[0]?.metadata.annotations?.["argocd.argoproj.io/sync-options"], "Prune=false,Delete=false");
    });

    it("prints the notes and warnings of the program", async () => {
        const edge = { kind: "nginx", tls: { terminatedOutside: true } };
        const stack = {
            "keep:publicUrl": "https://keep.example.com",
            "keep:backend": { replicas: 2 },
            "keep:database": { kind: "postgres" },
            "keep:ingress": edge,
        };
        writeFileSync(join(project.root, "Pulumi.warned.yaml"), JSON.stringify({ config: stack }));

        const printed = await render(["warned", "--out", join(project.folder, "warned")], project.root);
        assert.match(printed, /\n\nWarnings\n {2}- Nothing ends dismissals/);
    });

    it("knows each of its files again", async () => {
        for (const options of [[], ["--secrets", "external", "--store", "vault"], ["--secrets", "sealed"]]) {
            for (const [path, text] of Object.entries(
                await project.files(`marked-${options.length}`, "prod", ...options),
            )) {
                assert.ok(text.slice(0, 200).includes("Generated by npm run render"), path);
            }
        }
    });

    it("removes what an earlier run wrote, and nothing else", async () => {
        await project.files("again", "prod");
        writeFileSync(join(project.folder, "again", "wave-1", "own.yaml"), "kind: Other\n");
        const rendered = await project.files("again", "dev");

        assert.ok("wave-1/own.yaml" in rendered);
        assert.ok(!Object.keys(rendered).some((path) => path.includes("keep-worker")));
        assert.ok(!existsSync(join(project.folder, "again", "wave-5")));
    });

    const mistakes: Record<string, [args: string[], message: RegExp]> = {
        "no stack": [["--out", "x"], /the name of one stack/],
        "no folder": [["prod"], /^--out is missing/],
        "an unknown option": [["prod", "--outt", "x"], /'--outt'/],
        "another way for Secrets": [
            ["prod", "--out", "x", "--secrets", "plain"],
            /^--secrets plain is not supported\. Set it to list, external or sealed/,
        ],
        "no store": [["prod", "--out", "x", "--secrets", "external"], /needs --store\. /],
        "a store of another kind": [
            ["prod", "--out", "x", "--secrets", "external", "--store", "Vault/vault"],
            /^--store Vault\/vault is not the name of a store/,
        ],
        "a store for nothing": [["prod", "--out", "x", "--store", "vault"], /^--store needs --secrets external/],
        "a secret": [
            ["outer", "--out", "x", "--config", "databasePassword=hunter2"],
            /^--config databasePassword=… is a secret/,
        ],
        "an API key that only the program can put together": [
            ["dev", "--out", "x", "--config", 'monitoring={"enabled":true}'],
            /^api-keys is derived .* keep:monitoring\.apiKeySecret$/,
        ],
        "encrypted names": [["outer", "--out", "x"], /^keep:secretEnv is encrypted/],
    };
    for (const [what, [args, message]] of Object.entries(mistakes)) {
        it(`refuses ${what}`, async () => {
            await assert.rejects(
                render(args, project.root),
                (error) => error instanceof UserError && message.test(error.message),
            );
        });
    }
});
