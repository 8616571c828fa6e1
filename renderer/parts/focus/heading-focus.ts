import { type RefObject, useEffect, useRef } from 'react';

const DIALOG = '[role="dialog"]';

/**
 * Gives a screen's heading the focus as the screen comes, so that a reader hears where they are. A dialog that lies over the screen by
 * then keeps it: who has pressed its key is already typing there.
 */
export function useHeadingFocus(wanted = true): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted && document.querySelector(DIALOG) === null) heading.current?.focus();
  }, [wanted]);
  return heading;
}
