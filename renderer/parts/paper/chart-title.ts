import { createContext, useContext } from 'react';

/** Whose chart is on the screen; null elsewhere. */
const ChartOfContext = createContext<string | null>(null);

export const ChartOfProvider = ChartOfContext.Provider;

/** A dialog covers the chart's head: its title says whose chart it writes into. */
export function useChartTitle(): (title: string) => string {
  const name = useContext(ChartOfContext);
  return (title) => (name === null ? title : `${name} · ${title}`);
}
