/** Kinds of envelopes whose versions enter the ledger only with the signature of who answers for them. */

/** A progress note that somebody signed. */
export const SIGNED_NOTE = 'signed-note';

/** The signed note of a remote visit: telemedicine writes it, and alone amends it. */
export const REMOTE_NOTE = 'note';

export const isSignedKind = (kind: string): boolean => kind === REMOTE_NOTE || kind === SIGNED_NOTE;
