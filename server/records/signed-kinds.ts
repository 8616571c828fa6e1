/** Kinds of envelopes whose versions enter the ledger only with the signature of who answers for them. */

/** A progress note that somebody signed. */
export const SIGNED_NOTE = 'signed-note';

export const isSignedKind = (kind: string): boolean => kind === 'note' || kind === SIGNED_NOTE;
