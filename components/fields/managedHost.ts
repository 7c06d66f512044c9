/** A host, which is undefined if it is unknown, and other parts of its address. */
interface Addressed {
    readonly host: string | undefined;
}

/** A kind of host of a managed service, and why Keep cannot use it. */
export interface ManagedHost<Address extends Addressed> {
    readonly host: RegExp;
    /** With which other parts of the address it cannot be used; default: with all. */
    readonly when?: (address: Address) => boolean;
    /** Reason and fix, as the rest of a sentence that begins with the host. */
    readonly reason: string;
}

/** Why a host cannot be used with the other parts of its address; undefined if it can. */
export function managedHostFault<Address extends Addressed>(
    all: readonly ManagedHost<Address>[],
    address: Address,
): string | undefined {
    const name = address.host?.toLowerCase().replace(/\.$/, "") ?? "";
    return all.find((each) => each.host.test(name) && each.when?.(address) !== false)?.reason;
}
