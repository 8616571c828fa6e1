import { createContext, useContext } from 'react';

/** Tells whoever looks at another window that something waits in this one. The words are read by whoever passes: they name nobody. */
export type CallAttention = (words: { readonly title: string; readonly text: string }) => void;

/** A browser is never asked for its permission here; where a person has given it, it is used. */
export const browserAttention: CallAttention = ({ title, text }) => {
  if ('Notification' in window && Notification.permission === 'granted') new Notification(title, { body: text });
};

const CallAttentionContext = createContext<CallAttention>(browserAttention);

export const CallAttentionProvider = CallAttentionContext.Provider;

export function useCallAttention(): CallAttention {
  return useContext(CallAttentionContext);
}
