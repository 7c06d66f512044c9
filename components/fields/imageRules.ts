import { type ImagesConfig, tagOf } from "./images";
import type { Rule } from "./rule";
import { issue } from "./issue";

interface ImagedSettings {
    readonly version: string;
    readonly images: ImagesConfig;
    readonly backend: { readonly image?: string };
    readonly frontend: { readonly image?: string };
}

/** Conditions on images: the API and the user interface have the same version. */
export const imageRules: readonly Rule<ImagedSettings>[] = [
    ({ version, images, backend, frontend }) => {
        const [api, ui] = [images.backend, images.frontend].map((image) => tagOf(image) ?? version);
        return [
            backend.image === undefined &&
                frontend.image === undefined &&
                api !== ui &&
                issue(
                    "images",
                    `gives API and user interface different versions (${api} and ${ui}), which Keep does not support. Use keep:version for both. For a build of your own with a tag of its own, set keep:backend.image or keep:frontend.image`,
                ),
        ];
    },
];
