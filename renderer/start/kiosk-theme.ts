/** The staff's colours at a size that is read from a step away. */
import { createTheme, mergeThemeOverrides } from '@mantine/core';
import { theme } from '../parts/theme.ts';

/** Mantine's own is too faint for an empty box that has to be seen. */
const EDGE = { borderColor: 'var(--mantine-color-dimmed)', borderWidth: 2 };

export const kioskTheme = mergeThemeOverrides(
  theme,
  createTheme({
    defaultRadius: 'md',
    fontSizes: { xs: '1.125rem', sm: '1.25rem', md: '1.375rem', lg: '1.5rem', xl: '1.75rem' },
    headings: {
      fontWeight: '700',
      sizes: { h1: { fontSize: '2.25rem' }, h2: { fontSize: '1.625rem' }, h3: { fontSize: '1.375rem' } },
    },
    components: {
      Button: {
        defaultProps: { size: 'xl', variant: 'outline' },
        styles: {
          root: { height: 'auto', minHeight: '4.25rem', paddingBlock: '0.75rem' },
          // Arabic letters reach below the line.
          label: { whiteSpace: 'normal', textAlign: 'center', overflow: 'visible', lineHeight: 1.5 },
        },
      },
      Checkbox: { defaultProps: { size: 'xl' }, styles: { input: EDGE } },
      Radio: { defaultProps: { size: 'xl' }, styles: { radio: EDGE } },
      TextInput: { defaultProps: { size: 'xl', autoComplete: 'off' } },
    },
  }),
);
