import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stringify } from "yaml";

import { readSources } from "../../../tools/fromChart/source";
import { UserError } from "../../../tools/preview/userError";

const read = (...texts: readonly string[]) =>
    readSources(texts.map((text, index) => ({ name: `file-${index + 1}.yaml`, text })));

const values = { backend: { replicaCount: 2 } };

const argo = (source: object, kind = "Application") => {
    const spec = { project: "default", source };
    return stringify({
        apiVersion: "argoproj.io/v1alpha1",
        kind,
        metadata: { name: "keep" },
        spec: kind === "Application" ? spec : { generators: [], template: { spec } },
    });
};

const flux = (spec: object) =>
    stringify({ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", metadata: { name: "keep" }, spec });

describe("from-chart's files", () => {
    for (const [what, texts, expected, chartVersion] of [
        ["values", [stringify(values)], values],
        ["no values at all", ["null\n"], {}],
        ["what helm get values prints", ["USER-SUPPLIED VALUES:\nbackend:\n    replicaCount: 2\n"], values],
        [
            "an Application with values as text",
            [argo({ chart: "keep", targetRevision: "0.1.93", helm: { values: stringify(values) } })],
            values,
            "0.1.93",
        ],
        ["an Application with values as an object", [argo({ helm: { valuesObject: values } })], values],
        ["an ApplicationSet", [argo({ helm: { valuesObject: values } }, "ApplicationSet")], values],
        [
            "an Application among other objects",
            [
                `${stringify({ apiVersion: "v1", kind: "Namespace" })}---\n${argo({ chart: "keep", helm: { valuesObject: values } })}`,
            ],
            values,
        ],
        ["a HelmRelease", [flux({ chart: { spec: { chart: "keep", version: "0.1.90" } }, values })], values, "0.1.90"],
        ["a HelmRelease of any version", [flux({ chart: { spec: { version: "0.1.x" } }, values })], values],
        [
            "an umbrella, whose global values are those of all charts",
            [stringify({ keep: values, global: { ingress: { enabled: false } } })],
            { ...values, global: { ingress: { enabled: false } } },
        ],
        [
            "two files, of which the later wins",
            [
                stringify({ backend: { replicaCount: 1, nodeSelector: { a: "1" }, tolerations: [1] } }),
                stringify({ backend: { replicaCount: 2, nodeSelector: { b: "2" }, tolerations: [] } }),
            ],
            { backend: { replicaCount: 2, nodeSelector: { a: "1", b: "2" }, tolerations: [] } },
        ],
        [
            "a null, with which Helm deletes the chart's default",
            [stringify({ backend: { ...values.backend, args: ["x"] } }), "backend:\n    args: null\n"],
            { backend: { ...values.backend, args: null } },
        ],
    ] as const) {
        it(`reads ${what}`, () => {
            const source = read(...texts);
            assert.deepEqual(source.values, expected);
            assert.equal(source.chartVersion, chartVersion);
        });
    }

    it("names what it does not read", () => {
        const helm = {
            values: "a: 1",
            valuesObject: values,
            valueFiles: ["prod.yaml"],
            parameters: [{ name: "backend.replicaCount", value: "3" }],
        };
        const valuesFrom = [{ kind: "ConfigMap", name: "keep-values" }];
        const umbrella = stringify({ keep: values, grafana: { enabled: true } });
        assert.deepEqual(
            [argo({ helm }), flux({ values, valuesFrom }), umbrella].map((text) => read(text).left),
            [
                [
                    { value: "spec.source.helm.values", because: "Argo CD reads valuesObject instead." },
                    {
                        value: "spec.source.helm.valueFiles",
                        because: "prod.yaml: Add these files to the command, before this file.",
                    },
                    {
                        value: "spec.source.helm.parameters",
                        because: "backend.replicaCount: Write them into the values.",
                    },
                ],
                [
                    {
                        value: "spec.valuesFrom",
                        because: "keep-values: Write their values to a file, and add it before this file.",
                    },
                ],
                [{ value: "grafana", because: "It is a value of the umbrella chart, not of Keep's chart." }],
            ],
        );
    });

    for (const [what, text, message] of [
        ["no file", "", /^file-1\.yaml: is empty\./],
        [
            "an alias in its own anchor",
            "backend: &a { env: [*a] }",
            /^file-1\.yaml: has an alias inside its own anchor/,
        ],
        ["no YAML", "a: [", /^file-1\.yaml: is not valid YAML: /],
        [
            "a template that is not rendered",
            "backend: { replicaCount: {{ .Values.replicas }} }",
            /^file-1\.yaml: a key in backend\.replicaCount is a map or a list\. Templates such as .* write the value itself/,
        ],
        ["a template as the whole file", "{{ toYaml .Values }}: 1", /not valid YAML|a key is a map/],
        ["a list", "- a", /^file-1\.yaml: contains no values\./],
        ["another object", "apiVersion: v1\nkind: ConfigMap", /^file-1\.yaml: is a ConfigMap\./],
        [
            "another chart's values",
            "image: {}\nservice: {}",
            /contains no value of Keep's chart, only image, service\./,
        ],
        ["two documents of values", "backend: {}\n---\nfrontend: {}", /^file-1\.yaml: contains 2 YAML documents\./],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(
                () => read(text),
                (error) => error instanceof UserError && message.test(error.message),
            );
        });
    }
});

describe("npm run from-chart", () => {
    let folder: string;
    before(() => (folder = mkdtempSync(join(tmpdir(), "from-chart-"))));
    after(() => {
        rmSync(folder, { recursive: true });
    });

    /** Runs it in a folder with these files. */
    function run(
        args: readonly string[],
        files: Readonly<Record<string, string | Buffer>>,
        input = "",
        stdout?: number,
    ) {
        Object.entries(files).forEach(([name, text]) => {
            writeFileSync(join(folder, name), text);
        });
        const root = join(__dirname, "../../..");
        const command = [require.resolve("tsx/cli"), join(root, "tools/fromChart.ts"), ...args];
        return spawnSync(process.execPath, command, {
            cwd: folder,
            input,
            encoding: "utf8",
            stdio: ["pipe", stdout ?? "pipe", "pipe"],
        });
    }

    it("takes several files and standard input, and prints the stack file alone to standard output", () => {
        const { status, stdout, stderr } = run(
            ["a.yaml", "-"],
            { "a.yaml": "backend: {replicaCount: 1}" },
            "frontend: {replicaCount: 3}",
        );
        assert.equal(status, 0, stderr);
        assert.match(stdout, /^# yaml-language-server.*\nconfig:\n {2}keep:publicUrl: /);
        assert.match(stdout, /keep:backend:\n {4}replicas: 1\n {2}keep:frontend:\n {4}replicas: 3\n/);
        assert.match(stderr, /Notes:/);
    });

    it("says that the disk is full", function () {
        if (!existsSync("/dev/full")) {
            this.skip();
        }
        const full = openSync("/dev/full", "w");
        try {
            const { status, stderr } = run(["a.yaml"], { "a.yaml": "{}" }, "", full);
            assert.equal(status, 2);
            assert.match(stderr, /^ENOSPC: no space left on device, write\. Free some space on the disk\.$/m);
            assert.doesNotMatch(stderr, /\n {4}at /);
        } finally {
            closeSync(full);
        }
    });

    it("says how to save values that PowerShell has written", () => {
        const values = Buffer.from("\uFEFFbackend: {replicaCount: 1}\r\n", "utf16le");
        const { status, stderr } = run(["values.yaml"], { "values.yaml": values });
        assert.deepEqual(
            [status, stderr],
            [2, "values.yaml is not UTF-8 text. Save it as UTF-8, in PowerShell 5.1 by | Out-File -Encoding utf8\n"],
        );
    });

    for (const args of [
        ["--adopt", "k; touch pwned", "--namespace", "keep"],
        ["--adopt", "keep", "--namespace", "n'x"],
    ]) {
        it(`rejects names that a shell would run: ${args.join(" ")}`, () => {
            const { status, stdout, stderr } = run([...args, "a.yaml"], { "a.yaml": "backend: {replicaCount: 1}" });
            assert.deepEqual([status, stdout], [2, ""]);
            assert.match(stderr, /^--(adopt|namespace) ".*" .* helm list --all-namespaces shows the name\.\n$/);
        });
    }

    it("rejects what is no version of the chart", () => {
        const { status, stdout, stderr } = run(["a.yaml", "--chart-version", "banana"], { "a.yaml": "backend: {}" });
        assert.deepEqual([status, stdout], [2, ""]);
        assert.match(stderr, /^--chart-version banana is not a version of the chart\. .*\n$/);
    });

    it("ends with 2 and one line when a file has no value of the chart", () => {
        const { status, stdout, stderr } = run(["other.yaml"], { "other.yaml": "image: {}" });
        assert.deepEqual([status, stdout], [2, ""]);
        assert.match(stderr, /^other\.yaml: contains no value of Keep's chart, only image\. .*\n$/);
    });
});
