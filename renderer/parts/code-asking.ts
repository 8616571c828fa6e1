/** Where the page asks a person for a code of their second factor, while a dialog for it is there. */

type Ask = () => Promise<boolean>;

let ask: Ask | undefined;

/** Whoever can ask says so; undefined when it cannot any more. */
export function offerToAskForCode(offered: Ask | undefined): void {
  ask = offered;
}

/** Whether a code has been shown. */
export const askForCode = (): Promise<boolean> => ask?.() ?? Promise.resolve(false);
