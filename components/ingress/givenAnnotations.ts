/** Annotations of an ingress: for all tiers, and for one tier each. */
interface Annotated {
    readonly annotations: Readonly<Record<string, string>>;
    readonly tierAnnotations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The annotations of `keep:ingress`, each set with its path. */
export function givenAnnotations({ annotations, tierAnnotations }: Annotated) {
    return [
        { path: ["ingress", "annotations"], values: annotations, ofTier: false },
        ...Object.entries(tierAnnotations).map(([tier, values]) => ({
            path: ["ingress", "tierAnnotations", tier],
            values,
            ofTier: true,
        })),
    ];
}
