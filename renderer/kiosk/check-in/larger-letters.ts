/** Larger letters, for who needs them: the page's own steps, since the browser's zoom is shut. A new page begins with the usual size. */
import { useState } from 'react';

const STEPS = [1, 1.5, 2] as const;
const TIMES = '--letters-times';

const stepNow = (): number => {
  const times = document.documentElement.style.getPropertyValue(TIMES);
  return Math.max(
    0,
    STEPS.findIndex((step) => String(step) === times),
  );
};

/** Makes the letters one step larger; after the largest comes the usual size. */
export function useLargerLetters(): { readonly isUsual: boolean; readonly isLargest: boolean; next(): void } {
  const [at, setAt] = useState(stepNow);
  return {
    isUsual: at === 0,
    isLargest: at === STEPS.length - 1,
    next: () => {
      const next = (at + 1) % STEPS.length;
      document.documentElement.style.setProperty(TIMES, String(STEPS[next]));
      setAt(next);
    },
  };
}
