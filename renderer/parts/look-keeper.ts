/** Where a chosen language and colours are kept, so that they are there again: the page itself keeps nothing on the disk. */
import { createContext, useContext } from 'react';

export interface ChosenLook {
  readonly language?: string;
  readonly scheme?: 'LIGHT' | 'DARK';
}

type LookKeeper = (chosen: ChosenLook) => void;

/** Before there is anybody who keeps it, a choice lasts as long as the page. */
const LookKeeperContext = createContext<LookKeeper>(() => undefined);

export const LookKeeperProvider = LookKeeperContext.Provider;

export function useLookKeeper(): LookKeeper {
  return useContext(LookKeeperContext);
}
