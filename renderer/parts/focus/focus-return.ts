import { useEffect } from 'react';

const DIALOG = '[role="dialog"]';
/** What takes the focus as it comes, and leaves it to nobody as it goes. */
const OVERLAY = `${DIALOG}, [role="menu"]`;
/** As many as dialogs, menus and rows may go at once. */
const KEPT = 12;

const isOverlay = (node: Node): boolean =>
  node instanceof Element && (node.matches(OVERLAY) || node.querySelector(OVERLAY) !== null);

/**
 * Gives the focus back to what had it when a dialog or a menu goes: who works by the keyboard goes on where they were. Mantine does so for
 * a dialog that stays and is closed; most here come and go whole. It does so for a menu too (the theme says no), but takes the focus even
 * from a dialog that has opened over the menu meanwhile, and what is typed there is lost.
 */
export function useFocusReturn(): void {
  useEffect(() => {
    let earlier: HTMLElement[] = [];
    const came = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) earlier = [target, ...earlier.filter((each) => each !== target)].slice(0, KEPT);
    };
    const giveBack = (): void => {
      if (document.activeElement !== document.body) return;
      const open = [...document.querySelectorAll(DIALOG)].at(-1);
      const before = earlier.find((each) => each.isConnected && (open === undefined || open.contains(each)));
      before?.focus({ preventScroll: true });
    };
    let soon: ReturnType<typeof setTimeout> | undefined;
    const watch = new MutationObserver((changes) => {
      if (!changes.some(({ removedNodes }) => [...removedNodes].some(isOverlay))) return;
      // What comes instead may take the focus itself.
      clearTimeout(soon);
      soon = setTimeout(giveBack);
    });
    document.addEventListener('focusin', came);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(soon);
      watch.disconnect();
      document.removeEventListener('focusin', came);
    };
  }, []);
}
