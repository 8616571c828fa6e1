import { useEffect } from 'react';

/** Mantine's own name of where notices stand: below, until they give way. */
const NOTICES = '.mantine-Notifications-root[data-position^="bottom"]';
/** Pixels between them and the edge of the window. */
const EDGE = 16;

/**
 * Has notices stand above instead of below where they would lie over what has the focus: with letters at 400 % a notice is as high as a third
 * of the window, and who works by the keyboard has to see where they are (WCAG 2.4.11).
 */
export function useNoticesGiveWay(): void {
  useEffect(() => {
    const giveWay = (): void => {
      const focused = document.activeElement?.getBoundingClientRect();
      const notices = document.querySelector<HTMLElement>(NOTICES);
      if (!focused || !notices) return;
      const { height, right } = notices.getBoundingClientRect();
      const space = height + 2 * EDGE;
      const isUnder = focused.bottom > window.innerHeight - space && focused.left < right;
      // What reaches from the one end to the other is seen either way.
      const isAbove = height > 0 && isUnder && focused.top > space;
      notices.style.top = isAbove ? 'var(--mantine-spacing-md)' : '';
      notices.style.bottom = isAbove ? 'auto' : '';
    };
    const watch = new MutationObserver((changes) => {
      if (changes.some(({ target }) => target instanceof Element && target.closest(NOTICES))) giveWay();
    });
    watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', giveWay);
    // What gets the focus is scrolled into view after it has it.
    document.addEventListener('scroll', giveWay, { capture: true, passive: true });
    return () => {
      watch.disconnect();
      document.removeEventListener('focusin', giveWay);
      document.removeEventListener('scroll', giveWay, { capture: true });
    };
  }, []);
}
