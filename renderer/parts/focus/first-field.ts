import { type RefObject, useEffect, useRef } from 'react';

/**
 * Puts the focus into a form's first field once it is `ready`: a dialog that opened while its draft was still being looked for has
 * given the focus to its close button by then.
 */
export function useFirstField(ready: boolean): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!ready) return;
    const marked = form.current?.querySelector<HTMLElement>('[data-autofocus]');
    (marked ?? form.current?.querySelector<HTMLElement>('input, textarea'))?.focus();
  }, [ready]);
  return form;
}
