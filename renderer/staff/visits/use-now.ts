import { useEffect, useState } from 'react';

const EVERY = 15_000;

/** The time, in milliseconds, as often as minutes that are counted need it. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), EVERY);
    return () => clearInterval(ticking);
  }, []);
  return now;
}
