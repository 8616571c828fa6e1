/** Where the page asks a person for their second factor, while a dialog for it is there. */

/** A ceremony that was refused for want of a proof, as the refusal names it. */
export interface WantedCeremony {
  /** Of `Ceremony`. */
  readonly act: string;
  /** Its hash, hexadecimal. */
  readonly ceremony: string;
}

type Ask = (wanted: WantedCeremony) => Promise<boolean>;

let ask: Ask | undefined;

/** Whoever can ask says so; undefined when it cannot any more. */
export function offerToAskForCode(offered: Ask | undefined): void {
  ask = offered;
}

/** Whether it has been shown. */
export const askForCode = (wanted: WantedCeremony): Promise<boolean> => ask?.(wanted) ?? Promise.resolve(false);
