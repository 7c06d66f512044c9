import { stringify } from "yaml";

import { fixedPrefixes, prefixes } from "../../components/ingress/fields";
import { type Documentation, optionalSettings } from "../../components/ingress/kind";
import { kinds } from "../../components/ingress/kinds";
import { external } from "../../components/ingress/external";
import { none } from "../../components/ingress/none";

const all = Object.values(kinds);

/** A row for each kind of ingress: controller, paths of the API and of live updates, objects. */
export function kindsTable(): string {
    const rows = all.map(({ kind, description, rewritesPaths, documentation }) => {
        const { backendPrefix, websocketPrefix } = rewritesPaths ? prefixes : fixedPrefixes;
        const paths = [backendPrefix, websocketPrefix].map((prefix) => code(prefix.parse(undefined)));
        return [code(kind), description, ...paths, documentation.objects];
    });
    return table(
        ["kind", "controller", "API", "live updates", "objects"],
        [
            ...rows,
            ["`external`", "a router or tunnel of your own", "`/backend` or `/v2`", "`/app` or `/websocket`", "none"],
            ["`none`", "none, `kubectl port-forward`", "`/backend`", "port 6001", "none"],
        ],
    );
}

/** The optional settings that each kind supports. */
export function supportTable(): string {
    return table(
        ["kind", ...optionalSettings.map(code), "rewrites paths", "decodes paths"],
        all.map(({ kind, supports, rewritesPaths, decodesPaths }) => [
            code(kind),
            ...[...optionalSettings.map((name) => supports[name] === true), rewritesPaths, decodesPaths].map((can) =>
                can ? "yes" : "no",
            ),
        ]),
    );
}

/** A section for each kind: a stack file and notes. */
export function recipes(): string {
    return [
        ...all.map(({ kind, documentation, platform }) =>
            recipe(kind, "https://keep.example.com", documentation, platform),
        ),
        recipe("external", "https://keep.example.com", external.documentation),
        recipe("none", "http://localhost:3000", none.documentation),
    ].join("\n\n");
}

function recipe(kind: string, publicUrl: string, { recipe, notes }: Documentation, platform?: string): string {
    const config = {
        config: {
            "keep:publicUrl": publicUrl,
            ...(platform === undefined ? {} : { "keep:platform": platform }),
            "keep:ingress": { kind, ...recipe },
        },
    };
    return [`## ${kind}`, `\`\`\`yaml\n${stringify(config, { indent: 4, lineWidth: 0 })}\`\`\``, notes].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function code(text: string): string {
    return `\`${text}\``;
}
