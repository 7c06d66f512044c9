import { tagOf } from "./images";
import { type Rule, rule } from "../settings/rule";

/** Conditions on images: the API and the user interface come from one version of Keep. */
export const imageRules: readonly Rule[] = [
    rule(["images", "backend", "frontend"], ({ images, backend, frontend }) => {
        const [api, ui] = [tagOf(images.backend), tagOf(images.frontend)];
        return [
            backend.image === undefined &&
                frontend.image === undefined &&
                api !== ui && {
                    key: "keep:images",
                    message: `gives API and user interface different versions (${api ?? "keep:version"} and ${ui ?? "keep:version"}), which Keep does not support. Use keep:version for both`,
                },
        ];
    }),
];
