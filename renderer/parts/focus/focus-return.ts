import { useEffect } from 'react';

const DIALOG = '[role="dialog"]';
/** As many as dialogs, menus and rows may go at once. */
const KEPT = 12;

const isDialog = (node: Node): boolean =>
  node instanceof Element && (node.matches(DIALOG) || node.querySelector(DIALOG) !== null);

/**
 * Gives the focus back to what had it when a dialog goes: who works by the keyboard goes on where they were. Mantine does so for a dialog
 * that stays and is closed; most here come and go whole.
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
      if (!changes.some(({ removedNodes }) => [...removedNodes].some(isDialog))) return;
      // What comes instead of the dialog may take the focus itself.
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
