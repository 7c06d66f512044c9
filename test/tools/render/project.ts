import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadAll } from "js-yaml";

import { render } from "../../../tools/render/main";

/** An object of a rendered folder, as far as tests look into it. */
export interface KubernetesObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly stringData?: Readonly<Record<string, string>>;
    readonly resources?: readonly string[];
}

const REPOSITORY = join(__dirname, "../../..");
/** A stack with secrets of its own. */
const EXTERNAL_DATABASE = `config:
    keep:publicUrl: https://keep.example.com
    keep:ingress: { kind: nginx, tls: { terminatedOutside: true } }
    keep:database: { kind: external, engine: postgres, host: db.example.com }
    keep:databasePassword:
        secure: v1:abc
    keep:secretEnv:
        secure: v1:def
`;

/** Text of each file below a rendered folder, by path. */
export type Rendered = Readonly<Record<string, string>>;

/** Makes a project with the stacks dev, prod and outer, and removes it with all that was rendered from it. */
export class RenderProject {
    /** Folder that all rendered folders are in. */
    public readonly folder = mkdtempSync(join(tmpdir(), "render-"));
    public readonly root = join(this.folder, "project");

    constructor() {
        mkdirSync(this.root);
        for (const part of [
            "index.ts",
            "components",
            "Pulumi.yaml",
            "Pulumi.dev.yaml",
            "Pulumi.prod.yaml",
            "package.json",
        ]) {
            cpSync(join(REPOSITORY, part), join(this.root, part), { recursive: true });
        }
        symlinkSync(join(REPOSITORY, "node_modules"), join(this.root, "node_modules"));
        writeFileSync(join(this.root, "Pulumi.outer.yaml"), EXTERNAL_DATABASE);
    }

    /** Renders with these arguments into the folder of a name. */
    public async files(name: string, ...args: string[]): Promise<Rendered> {
        const out = join(this.folder, name);
        await render([...args, "--out", out], this.root);
        const paths = readdirSync(out, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
            .sort();
        return Object.fromEntries(paths.map((path) => [path, readFileSync(join(out, path), "utf8")]));
    }

    public close(): void {
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** Every object of a rendered folder, with its wave. */
export function objects(rendered: Rendered): (KubernetesObject & { wave: number })[] {
    return Object.entries(rendered)
        .filter(([path]) => /^wave-\d+\/(?!kustomization)/.test(path))
        .map(([path, text]) => ({ ...(loadAll(text)[0] as KubernetesObject), wave: Number(/\d+/.exec(path)?.[0]) }));
}
