/** The lines of a plot, apart from it: who draws a legend does not load what plots. */

/** How each series is told from the others: by colour, and by its dashes where colours are not seen. */
export const LINES = [
  { light: '#14656e', dark: '#7dbfc5', dash: [] },
  { light: '#9a3412', dark: '#ffb58a', dash: [9, 4] },
  { light: '#5b3fa8', dark: '#cbbdfb', dash: [2, 4] },
] as const;
export const MOST_LINES = LINES.length;
