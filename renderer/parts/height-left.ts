/**
 * The height that a list may have below `above` pixels of its screen, so that its end, and what stands below it, is in view whatever bars lie
 * over the screen. Never less than some rows: with letters at 400 % the page scrolls instead.
 */
export const heightLeft = (above: number): string =>
  `max(100dvh - var(--app-shell-header-height) - var(--careledger-bars, 0px) - ${above}px, 12rem)`;
