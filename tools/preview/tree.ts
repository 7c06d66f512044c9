import type { RecordedResource } from "../inProcess/recordedResource";
import type { Colors } from "./colors";

/** Draws the tree of components, with the kinds and names of their objects. */
export function drawTree(resources: readonly RecordedResource[], colors: Colors): string {
    const children = new Map<RecordedResource | undefined, RecordedResource[]>();
    for (const resource of resources) {
        children.set(resource.parent, [...(children.get(resource.parent) ?? []), resource]);
    }
    const namespace = commonest(resources.flatMap((it) => namespaceOf(it) ?? []));
    const contents = (parent: RecordedResource | undefined) => {
        const own = children.get(parent) ?? [];
        const leaves = own.filter(({ custom }) => custom);
        return { lines: leafLines(leaves, namespace, colors), components: own.filter(({ custom }) => !custom) };
    };
    const draw = (component: RecordedResource, first: string, rest: string): string[] => {
        const { lines, components } = contents(component);
        const title = `${colors.bold(component.name)} ${colors.dim(lastWord(component.type))}`;
        const [only, ...others] = components;
        if (only !== undefined && others.length === 0 && lines.length === 0) {
            // Draws a component with one child component, and nothing else, on the child's line.
            const [inner = "", ...more] = draw(only, "", rest);
            const isSameName = inner.startsWith(`${colors.bold(component.name)} `);
            const shown = isSameName ? inner.slice(colors.bold(component.name).length + 1) : inner;
            return [`${first}${title} ${colors.dim("›")} ${shown}`, ...more];
        }
        return [
            first + title,
            ...lines.map((line) => `${rest}${components.length > 0 ? "│  " : "   "}${line}`),
            ...components.flatMap((inner, index) =>
                index === components.length - 1
                    ? draw(inner, `${rest}└─ `, `${rest}   `)
                    : draw(inner, `${rest}├─ `, `${rest}│  `),
            ),
        ];
    };
    const { lines, components } = contents(undefined);
    return [...lines, ...components.flatMap((root) => draw(root, "", ""))].join("\n");
}

/**
 * A line for each list of kinds, with the names of the objects that have these kinds (such as a Deployment with its
 * Service).
 */
function leafLines(leaves: readonly RecordedResource[], namespace: string | undefined, colors: Colors): string[] {
    const byName = new Map<string, string[]>();
    const generated: string[] = [];
    for (const leaf of leaves) {
        if (leaf.type.startsWith("random:")) {
            generated.push(leaf.name);
            continue;
        }
        const elsewhere = namespaceOf(leaf) === namespace ? undefined : namespaceOf(leaf);
        const name = leaf.physicalName ?? leaf.name;
        const place = elsewhere === undefined ? name : `${name} (in ${elsewhere})`;
        byName.set(place, [...(byName.get(place) ?? []), lastWord(leaf.type)]);
    }
    const byKinds = new Map<string, string[]>(generated.length === 0 ? [] : [["generated", generated]]);
    for (const [name, kinds] of byName) {
        const key = kinds.join(", ");
        byKinds.set(key, [...(byKinds.get(key) ?? []), name]);
    }
    return [...byKinds].map(([kinds, names]) => `${colors.cyan(kinds)}  ${names.join(", ")}`);
}

function lastWord(type: string): string {
    return type.replace(/^.*:/, "");
}

function namespaceOf({ inputs }: RecordedResource): string | undefined {
    const metadata = inputs.metadata as { readonly namespace?: string } | undefined;
    return metadata?.namespace;
}

function commonest(values: readonly string[]): string | undefined {
    const counts = new Map<string, number>();
    for (const value of values) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
