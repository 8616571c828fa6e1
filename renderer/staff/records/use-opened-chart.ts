/** A chart that is opened for a purpose while a part of the screen needs it: the access line is durable before anything shows. */
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { Purpose } from '../../generated/graphql.ts';
import { useCallDesk } from '../../parts/call/call-desk.ts';
import { closeChart, openChart } from './chart-documents.ts';

type Opening = { state: 'opening' } | { state: 'open' } | { state: 'refused'; error: unknown };

/**
 * Opens the chart for a purpose, which writes the access line first; until that is durable nothing of it is shown.
 * @param covered staff id of the colleague in whose place
 */
export function useOpenedChart(patient: string, purpose: Purpose, covered?: string): Opening & { again: () => void } {
  const client = useApolloClient();
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const [attempt, setAttempt] = useState(0);
  // During a video visit the chart stays open, whatever screen is looked at.
  const held = useRef<string | undefined>(undefined);
  held.current = useCallDesk().patient?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another opening
  useEffect(() => {
    let left = false;
    setOpening({ state: 'opening' });
    client.mutate({ mutation: openChart, variables: { patient, purpose, covered: covered ?? null } }).then(
      () => !left && setOpening({ state: 'open' }),
      (error: unknown) => !left && setOpening({ state: 'refused', error }),
    );
    return () => {
      left = true;
      // A locked vault has closed every chart already.
      if (held.current !== patient) client.mutate({ mutation: closeChart, variables: { patient } }).catch(() => undefined);
    };
  }, [client, patient, purpose, covered, attempt]);

  return { ...opening, again: () => setAttempt(attempt + 1) };
}
