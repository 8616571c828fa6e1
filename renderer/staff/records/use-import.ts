import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { ImportPartsFragment, ImportState, ImportTextMutation } from '../../generated/graphql.ts';
import {
  cancelImport,
  importJobNow,
  importPaths,
  importProgress,
  importRehearsed,
  importText,
  resumeImport,
} from './import-documents.ts';
import { readParts } from './read-files.ts';

interface HowToImport {
  /** Only say what an import would do. */
  readonly dryRun: boolean;
  /** What the columns of tables mean, in JSON; null where there are none. */
  readonly csvMapping: string | null;
}

export interface Import {
  readonly job: ImportPartsFragment | null;
  readonly error: unknown;
  readonly running: boolean;
  readonly paused: boolean;
  readonly paths: (paths: string[], how: HowToImport) => Promise<void>;
  readonly files: (files: readonly File[], how: HowToImport) => Promise<void>;
  /** Imports what the dry run on the screen has looked at. */
  readonly begin: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  readonly show: (job: ImportPartsFragment) => void;
}

const ASK_MILLISECONDS = 1000;

/** What the page itself is reading: it can hold its breath between two parts. */
interface OwnReading {
  stopped: boolean;
  held: Promise<void> | null;
  release: () => void;
}

/** One import: begun from paths that the service reads, or from files that the page reads part by part. */
export function useImport(): Import {
  const client = useApolloClient();
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [paused, setPaused] = useState(false);
  const [reading, setReading] = useState(false);
  const own = useRef<OwnReading | null>(null);
  const state = useRef<ImportState>('RUNNING');
  // The subscription tells at once; asking now and then finds the end that came before the subscription stood.
  const { data: now } = useQuery(importJobNow, {
    variables: { id: id ?? '' },
    skip: id === null,
    pollInterval: ASK_MILLISECONDS,
    skipPollAttempt: () => state.current !== 'RUNNING' && state.current !== 'TAKING_BACK',
  });
  const job = now?.importJob ?? null;
  const works = job?.state === 'RUNNING' || job?.state === 'TAKING_BACK';
  useEffect(() => {
    state.current = job?.state ?? 'RUNNING';
  }, [job]);
  useSubscription(importProgress, {
    variables: { id: id ?? '' },
    skip: id === null || !works,
    ignoreResults: true,
  });

  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setError(null);
    setPaused(false);
    await act().catch(setError);
  };

  const readHere = async (files: readonly File[], how: HowToImport): Promise<void> => {
    const state: OwnReading = { stopped: false, held: null, release: () => undefined };
    own.current = state;
    setReading(true);
    try {
      let begun: string | null = null;
      for await (const { bytesRead: _bytes, ...part } of readParts(files)) {
        await state.held;
        if (state.stopped) return;
        const sent: ApolloClient.MutateResult<ImportTextMutation> = await client.mutate({
          mutation: importText,
          variables: { job: begun, ...how, ...part },
        });
        if (!sent.data) continue;
        begun = sent.data.importText.id;
        setId(begun);
      }
    } finally {
      own.current = null;
      setReading(false);
    }
  };

  const change = (mutation: typeof cancelImport | typeof resumeImport): void => {
    if (!job) return;
    void attempt(async () => {
      await client.mutate({ mutation, variables: { id: job.id } });
    });
  };

  return {
    job,
    error,
    running: reading || works,
    paused: paused || job?.state === 'PAUSED',
    paths: (paths, how) =>
      attempt(async () => {
        const { data } = await client.mutate({ mutation: importPaths, variables: { paths, ...how } });
        setId(data?.importPaths.id ?? null);
      }),
    files: (files, how) => attempt(() => readHere(files, how)),
    begin: () =>
      void attempt(async () => {
        const { data } = await client.mutate({ mutation: importRehearsed, variables: { id: id ?? '' } });
        setId(data?.importRehearsed.id ?? null);
      }),
    pause: () => {
      const state = own.current;
      if (!state) {
        change(cancelImport);
        return;
      }
      state.held = new Promise((resolve) => {
        state.release = resolve;
      });
      setPaused(true);
    },
    resume: () => {
      setPaused(false);
      if (own.current) own.current.release();
      else change(resumeImport);
    },
    cancel: () => {
      if (own.current) {
        own.current.stopped = true;
        own.current.release();
      }
      change(cancelImport);
    },
    show: ({ id: earlier }) => setId(earlier),
  };
}
