import { images } from "../../components/fields/images";
import { version } from "../../components/fields/version";
import { at, type Change, type ChartValues, converted, isEmpty, moved, type Row, SAME, text } from "./row";
import type { ChartTier } from "./variables";

/** The chart's default image (charts/keep/values.yaml). */
const SOKETI = { repository: "quay.io/soketi/soketi", tag: "1.4-16-debian" };

/** The rows of a tier's image. */
export function imageRows(tier: ChartTier): Row[] {
    const [repository, tag] = [`${tier}.image.repository`, `${tier}.image.tag`];
    const pullPolicy = moved(`${tier}.image.pullPolicy`, "images.pullPolicy", "Always");
    if (tier === "websocket") {
        const image =
            (from: string) =>
            (value: unknown, values: ChartValues): readonly Change[] => {
                if (isEmpty(value)) {
                    return SAME;
                }
                const reference = `${text(at(values, repository)) ?? SOKETI.repository}:${text(at(values, tag)) ?? SOKETI.tag}`;
                return [{ set: "images.websocket", value: reference, from }];
            };
        return [
            converted(repository, "keep:images.websocket", "registry.example.com/keep", image(repository)),
            converted(tag, "keep:images.websocket", "1.6.0-16-debian", image(tag)),
            pullPolicy,
        ];
    }
    return [
        converted(repository, `keep:images.${tier}`, "registry.example.com/keep", (value, values) =>
            // If the tag is not a version, the next row sets repository and tag.
            isEmpty(value) || !isVersionOrNone(at(values, tag))
                ? SAME
                : [{ set: `images.${tier}`, value, from: repository }],
        ),
        converted(tag, "keep:version", "0.54.1", (value, values) =>
            isEmpty(value)
                ? SAME
                : isVersionOrNone(value)
                  ? [{ set: "version", value: String(value), from: tag }]
                  : [{ set: `images.${tier}`, value: `${imageOf(tier, values)}:${String(value)}`, from: tag }],
        ),
        pullPolicy,
    ];
}

function isVersionOrNone(tag: unknown): boolean {
    return isEmpty(tag) || version.safeParse(String(tag)).success;
}

function imageOf(tier: "backend" | "frontend", values: ChartValues): string {
    return text(at(values, `${tier}.image.repository`)) ?? images.parse({})[tier];
}
