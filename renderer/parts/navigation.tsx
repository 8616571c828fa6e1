import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

/** A screen, and what it is about. Places live in memory only: no identity ever stands in an address or in the history's state. */
interface Place {
  readonly screen: string;
  readonly subject?: string;
  /** Staff id of the colleague in whose place one goes there. */
  readonly covered?: string | undefined;
}

interface Navigation {
  readonly place: Place;
  go(screen: string, subject?: string, covered?: string): void;
  back(): void;
}

const NavigationContext = createContext<Navigation | null>(null);

/** Keeps the visited places; the browser's own back and forward walk through them. */
export function NavigationProvider({ start, children }: { start: Place; children: ReactNode }) {
  const [visited, setVisited] = useState({ places: [start] as readonly Place[], index: 0 });

  useEffect(() => {
    window.history.replaceState({ index: 0 }, '');
    const moved = ({ state }: PopStateEvent): void => {
      const index = (state as { index?: number } | null)?.index ?? 0;
      setVisited((before) => ({ ...before, index: Math.min(index, before.places.length - 1) }));
    };
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);

  const go = useCallback((screen: string, subject?: string, covered?: string) => {
    setVisited(({ places, index }) => {
      const next = subject === undefined ? { screen } : { screen, subject, covered };
      return { places: [...places.slice(0, index + 1), next], index: index + 1 };
    });
  }, []);

  useEffect(() => {
    const state = window.history.state as { index?: number } | null;
    if ((state?.index ?? 0) < visited.index) window.history.pushState({ index: visited.index }, '');
  }, [visited.index]);

  const place = visited.places[visited.index] ?? start;
  const value = useMemo(() => ({ place, go, back: () => window.history.back() }), [place, go]);
  return <NavigationContext value={value}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (!navigation) throw new Error('useNavigation outside of NavigationProvider');
  return navigation;
}
