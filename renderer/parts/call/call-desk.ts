import { createContext, useContext } from 'react';

/** Whom a video visit is with. */
export interface CallPatient {
  readonly id: string;
  readonly name: string;
}

interface CallDesk {
  /** The one visit that is held at this desk now. */
  readonly patient: CallPatient | null;
  readonly begin: (patient: CallPatient) => void;
  readonly end: () => void;
}

const CallDeskContext = createContext<CallDesk>({ patient: null, begin: () => undefined, end: () => undefined });

export const CallDeskProvider = CallDeskContext.Provider;

/** From any screen: the video visit stands beside them all. */
export function useCallDesk(): CallDesk {
  return useContext(CallDeskContext);
}
