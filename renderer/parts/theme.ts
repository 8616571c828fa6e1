/** The one theme: calm, dense, and with contrast that WCAG 2.2 AA asks for in light and dark. */
import { type CSSVariablesResolver, createTheme, type MantineColorSchemeManager, type MantineColorsTuple } from '@mantine/core';
import type { FocusEvent, KeyboardEvent } from 'react';

const lagoon: MantineColorsTuple = [
  '#eaf6f7',
  '#d5eaec',
  '#abd5d9',
  '#7dbfc5',
  '#56abb3',
  '#2f8f99',
  '#1f7a84',
  '#14656e',
  '#0f525a',
  '#0a3d44',
];

const unremembered = { defaultProps: { autoComplete: 'off' } };

/** The list that is chosen from scrolls by itself: it belongs to its field, and in a frame around it nothing would have the focus. */
const listed = {
  defaultProps: { ...unremembered.defaultProps, withScrollArea: false },
  styles: { options: { maxHeight: 240, overflowY: 'auto' } },
} as const;

/** What is typed takes the place of what was chosen: behind it, it would be found nowhere, and what was chosen would stay. */
function selectWritten({ currentTarget }: FocusEvent<HTMLInputElement>): void {
  if (!currentTarget.readOnly) currentTarget.select();
}

/** In a list, Enter takes an option. Where there is none it must not save the form with what was chosen before. */
function neverSubmit(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === 'Enter') event.preventDefault();
}

const chosenFrom = { ...listed, defaultProps: { ...listed.defaultProps, onFocus: selectWritten, onKeyDown: neverSubmit } };

export const theme = createTheme({
  colors: { lagoon },
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'sm',
  // The same widths on each machine; of scripts that it has not, Arabic among them, the system's letters.
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } } },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // A browser keeps what is typed into a form, as plain text in its profile, unless the field forbids it.
    TextInput: unremembered,
    Textarea: unremembered,
    NumberInput: unremembered,
    TagsInput: listed,
    Select: chosenFrom,
    MultiSelect: chosenFrom,
    // However long the name of what was saved is, its notice covers no more than a corner.
    Notification: { styles: { description: { maxHeight: '4.5lh', overflow: 'hidden', overflowWrap: 'anywhere' } } },
    Button: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 5, horizontalSpacing: 'sm', fz: 'sm' } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 500 } },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    // They stand at once: what is typed while one fades in would be lost, or be taken for a shortcut of the screen below.
    Drawer: { styles: { title: { fontWeight: 600 } }, defaultProps: { transitionProps: { duration: 0 } } },
    Modal: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 0 } },
    },
    // Most say something lasting; what has just gone wrong says `alert` itself.
    Alert: { defaultProps: { variant: 'light', role: 'note' } },
    // Mantine's placeholder for the focus is no item, which a menu may not hold: the first item takes it. `useFocusReturn` gives it back.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, returnFocus: false, transitionProps: { duration: 0 } } },
    Anchor: { defaultProps: { underline: 'always' } },
  },
});

/** White words on red: Mantine's own red reaches only 3.8 to 1. */
const redButton = { '--mantine-color-red-filled': '#b42318', '--mantine-color-red-filled-hover': '#971c12' };

/** Secondary text a step darker (lighter in the dark) than Mantine's, which is too faint to read. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...redButton,
    '--mantine-color-dimmed': '#4a5560',
    '--mantine-color-placeholder': '#636e78',
    // Words on a tint of their own colour: Mantine's own reach only 3.6 to 1.
    '--mantine-color-orange-light-color': '#8a3000',
    '--mantine-color-red-light-color': '#9c1c13',
    '--mantine-color-green-light-color': '#1c5c2b',
    '--mantine-color-blue-light-color': '#0b4a86',
    '--mantine-color-violet-light-color': '#4b2aa0',
    '--mantine-color-gray-light-color': '#3c454d',
    '--mantine-color-lagoon-light-color': '#0a3d44',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0f525a',
    '--careledger-band': 'rgba(31, 122, 132, 0.14)',
    '--careledger-quiet': '#f4f7f8',
    '--careledger-edge': '#868e96',
  },
  dark: {
    ...redButton,
    '--mantine-color-dimmed': '#b3bcc4',
    '--mantine-color-placeholder': '#98a2ab',
    '--mantine-color-error': '#ff9d94',
    '--mantine-color-anchor': '#7dbfc5',
    // Mantine tints the dark as strongly as it fills: a notice would shout louder than a button.
    '--mantine-color-orange-light': '#3a2a1a',
    '--mantine-color-orange-light-hover': '#463320',
    '--mantine-color-orange-light-color': '#ffc78a',
    '--mantine-color-red-light': '#3f2120',
    '--mantine-color-red-light-hover': '#4c2827',
    '--mantine-color-red-light-color': '#ffb3ab',
    '--mantine-color-green-light': '#1d3325',
    '--mantine-color-green-light-hover': '#243e2d',
    '--mantine-color-green-light-color': '#9fe0b2',
    '--mantine-color-blue-light': '#1c2f42',
    '--mantine-color-blue-light-hover': '#233a51',
    '--mantine-color-blue-light-color': '#a6d1fa',
    '--mantine-color-violet-light': '#2e2844',
    '--mantine-color-violet-light-hover': '#383154',
    '--mantine-color-violet-light-color': '#cbbdfb',
    '--mantine-color-gray-light': '#34393d',
    '--mantine-color-gray-light-hover': '#3e4449',
    '--mantine-color-gray-light-color': '#d5dade',
    '--mantine-color-lagoon-light': '#17343a',
    '--mantine-color-lagoon-light-hover': '#1d4047',
    '--mantine-color-lagoon-light-color': '#a9dbe0',
    '--careledger-band': 'rgba(86, 171, 179, 0.2)',
    '--careledger-quiet': 'var(--mantine-color-dark-8)',
    '--careledger-edge': '#767e85',
  },
});

type Scheme = 'light' | 'dark' | 'auto';

/** Light or dark for as long as the page lives: the page keeps nothing on disk. */
export function schemeInMemory(): MantineColorSchemeManager {
  let chosen: Scheme | undefined;
  return {
    get: (fallback) => chosen ?? fallback,
    set: (value) => {
      chosen = value;
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => {
      chosen = undefined;
    },
  };
}
