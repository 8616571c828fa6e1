import { useEffect } from 'react';

/** Mantine's own names of what a dialog and a drawer are made of. */
const DIALOG = '.mantine-Modal-content, .mantine-Drawer-content';
const CLOSE = '.mantine-Modal-close, .mantine-Drawer-close';

/**
 * Where a dialog lies over another one, Escape closes the one that has the focus. Each of Mantine's listens to the window by itself: all
 * of them would go, and with the lower one what was typed there.
 */
export function useEscapeClosesOne(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { key, isComposing, target } = event;
      if (key !== 'Escape' || isComposing || !(target instanceof Element)) return;
      // A list or menu that is open takes the key itself.
      if (target.getAttribute('data-mantine-stop-propagation') === 'true') return;
      const top = target.closest(DIALOG);
      if (!top || document.querySelectorAll(DIALOG).length < 2) return;
      event.stopImmediatePropagation();
      top.querySelector<HTMLElement>(CLOSE)?.click();
    };
    // Here before any dialog is open: those announce themselves anew as they open.
    window.addEventListener('keydown', pressed, { capture: true });
    return () => window.removeEventListener('keydown', pressed, { capture: true });
  }, []);
}
