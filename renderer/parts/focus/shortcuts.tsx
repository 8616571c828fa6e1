import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';

/** `keys` are separated by blanks and pressed one after the other (`g p`); `mod+l` is held together. */
export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Whether the palette offers it too: what needs no row that is chosen. */
  readonly isAct: boolean;
}

interface Registry {
  readonly all: Set<Shortcut>;
}

const ShortcutsContext = createContext<Registry | null>(null);
/** The second key of a sequence must follow within this time. */
const SEQUENCE_MILLISECONDS = 1200;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Keys that may mean something while one is typing. */
const writesNothing = (key: string): boolean => key.startsWith('mod+') || /^f\d+$/.test(key);

function pressed(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

/** Listens for every shortcut that a component inside has announced, and for no other key. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo<Registry>(() => ({ all: new Set() }), []);

  useEffect(() => {
    let before = { key: '', at: 0 };
    const heard = (event: KeyboardEvent): void => {
      const key = pressed(event);
      if (event.altKey || event.isComposing || (isTyping(event.target) && !writesNothing(key))) return;
      const sequence = event.timeStamp - before.at < SEQUENCE_MILLISECONDS ? `${before.key} ${key}` : key;
      before = { key, at: event.timeStamp };
      // The one announced last wins: it belongs to what lies on top.
      const shortcuts = [...registry.all].reverse();
      const found = shortcuts.find(({ keys }) => keys === sequence) ?? shortcuts.find(({ keys }) => keys === key);
      if (!found) return;
      event.preventDefault();
      before = { key: '', at: 0 };
      found.run();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, [registry]);

  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>;
}

/** Announces a shortcut for as long as the component is shown, unless who works here is not `offered` what it does. */
export function useShortcut(keys: string, label: string, run: () => void, offered = true): void {
  useAnnounced({ keys, label, run, isAct: false }, offered);
}

/** As `useShortcut`, for what begins something by itself: the palette offers it as well. */
export function useAct(keys: string, label: string, run: () => void, offered = true): void {
  useAnnounced({ keys, label, run, isAct: true }, offered);
}

function useAnnounced({ keys, label, run, isAct }: Shortcut, offered: boolean): void {
  const registry = useContext(ShortcutsContext);
  const current = useRef(run);
  useEffect(() => {
    current.current = run;
  }, [run]);
  useEffect(() => {
    if (!registry || !offered) return;
    const shortcut: Shortcut = { keys, label, run: () => current.current(), isAct };
    registry.all.add(shortcut);
    return () => {
      registry.all.delete(shortcut);
    };
  }, [registry, keys, label, isAct, offered]);
}

/** What can be pressed now, in the order in which it was announced. */
export function useShortcuts(): () => readonly Shortcut[] {
  const registry = useContext(ShortcutsContext);
  return () => [...(registry?.all ?? [])];
}
