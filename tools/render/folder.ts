import { dump } from "js-yaml";

import type { RecordedResource } from "../inProcess/recordedResource";
import type { Files } from "../output/files";
import { fileNames } from "../preview/files";
import { toYaml } from "../preview/yaml";
import { externalSecret } from "./externalSecrets";
import { fluxKustomizations } from "./flux";
import { rendered } from "./objects";
import { sealedFile, sealingScript } from "./sealing";
import type { SecretsAs } from "./secretsAs";
import { secretsPage } from "./secretsPage";
import { forbidden, neededSecrets } from "./sources";
import { wavesOf } from "./waves";

/** Words of the first line of each file of the folder. */
export const MARK = "Written by npm run render; changes here change nothing.";

/** First line of a YAML file. */
const YAML_MARK = `# ${MARK}\n`;

/** What decides about the folder beside the resources. */
export interface FolderOptions {
    readonly secrets: SecretsAs;
    readonly release: string;
    /** Path of the folder in its repository. */
    readonly path: string;
}

/** Every file of the folder: a folder for each wave, what leads Kustomize and Flux through them, and what tells of the Secrets. */
export function filesOf(resources: readonly RecordedResource[], { secrets, release, path }: FolderOptions): Files {
    const waves = wavesOf(resources);
    const needed = neededSecrets(resources).map((secret) => ({ secret, wave: waves.get(secret.urn) ?? 0 }));
    const external =
        secrets.kind === "external" ? needed.map((one) => externalSecret(one.secret, secrets.store, one.wave)) : [];
    const sealed = secrets.kind === "sealed" ? needed : [];
    const objects = [...rendered(resources), ...external];
    const used = [...new Set([...objects, ...sealed].map(({ wave }) => wave))].sort((a, b) => a - b);

    const files = new Map<string, string>();
    for (const wave of used) {
        const own = fileNames(objects.filter((one) => one.wave === wave).map(({ manifest }) => manifest));
        const made = sealed.filter((one) => one.wave === wave).map(({ secret }) => sealedFile(secret));
        for (const { path: file, manifest } of own) {
            files.set(`wave-${wave}/${file}`, YAML_MARK + toYaml(manifest));
        }
        const names = [...own.map(({ path: file }) => file), ...made].sort();
        files.set(`wave-${wave}/kustomization.yaml`, kustomization(names));
    }
    files.set("kustomization.yaml", kustomization(used.map((wave) => `wave-${wave}`)));
    files.set("flux.yaml", YAML_MARK + fluxKustomizations(objects, { release, path }).map(asDocument).join(""));
    if (needed.length > 0) {
        files.set(
            "SECRETS.md",
            secretsPage(
                needed.map(({ secret }) => secret),
                secrets,
            ),
        );
    }
    if (sealed.length > 0) {
        files.set("seal.sh", sealingScript(sealed));
    }
    refuseValues(files, forbidden(resources));
    return files;
}

function kustomization(resources: readonly string[]): string {
    return (
        YAML_MARK +
        dump({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", resources }, { lineWidth: -1 })
    );
}

function asDocument(content: object): string {
    return `---\n${dump(content, { lineWidth: -1, noRefs: true })}`;
}

/** The last gate: whatever happened before, no stand-in of a secret leaves in a file, where it would be taken for the real one. */
function refuseValues(files: Files, values: readonly string[]): void {
    for (const [path, text] of files) {
        if (values.some((value) => text.includes(value))) {
            throw new Error(`${path} would hold the stand-in of a secret`);
        }
    }
}
