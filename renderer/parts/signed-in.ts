import { createContext, useContext } from 'react';

/** Who works at this desk now. */
export interface SignedIn {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

const SignedInContext = createContext<SignedIn>({ id: '', name: '', role: '' });

export const SignedInProvider = SignedInContext.Provider;

/** Who is signed in; nobody, with a role that may do nothing, outside of an unlocked desk. */
export function useSignedIn(): SignedIn {
  return useContext(SignedInContext);
}
