import { type KindName, kinds } from "../../components/ingress/kinds";
import type { Deployed } from "../support/harness";
import type { Manifests } from "./models/model";

/** What the controller of a kind reads: objects of its own class only. */
export function controllerObjects(kind: KindName, { resources, all, one }: Deployed<unknown>) {
    const isOwn = ({ urn }: { readonly urn: string }) => urn.includes(`${kinds[kind].type}$`);
    const manifests = { one, all: (type: string) => all(type).filter(isOwn) } as Manifests;
    return {
        manifests,
        objects: resources.filter(isOwn).map(({ urn, inputs }) => ({ urn, inputs })),
    };
}
