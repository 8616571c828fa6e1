import { createContext, useContext } from 'react';

/** Opens the page on which a browser asks a key, at this port of this computer; a ticket lets it in once. */
export type PasskeyOpener = (port: number, ticket: string) => Promise<void>;

export const openTab: PasskeyOpener = async (port, ticket) => {
  window.open(`http://localhost:${port}/#${ticket}`, '_blank', 'noopener');
};

const PasskeyOpenerContext = createContext<PasskeyOpener>(openTab);

/** The shell opens the system's browser; in a browser it is one more tab. */
export const PasskeyOpenerProvider = PasskeyOpenerContext.Provider;

export function usePasskeyOpener(): PasskeyOpener {
  return useContext(PasskeyOpenerContext);
}
