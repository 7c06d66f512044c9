import { isRecord } from "../inProcess/secrets";
import type { Manifest } from "./manifests";

/** The distinct images of all containers in these objects, sorted. */
export function imagesOf(manifests: readonly Manifest[]): string[] {
    const images = new Set<string>();
    const collect = (value: unknown): void => {
        if (Array.isArray(value)) {
            value.forEach(collect);
        } else if (isRecord(value)) {
            for (const [key, inner] of Object.entries(value)) {
                if (["containers", "initContainers", "ephemeralContainers"].includes(key) && Array.isArray(inner)) {
                    inner.filter(isRecord).forEach(({ image }) => typeof image === "string" && images.add(image));
                }
                collect(inner);
            }
        }
    };
    manifests.forEach(({ content }) => {
        collect(content.spec);
    });
    return [...images].sort();
}
