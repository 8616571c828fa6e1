import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { ImportFileMutation, ImportPartsFragment, ImportState, ImportTextMutation } from '../../../generated/graphql.ts';
import {
  cancelImport,
  importAfterDryRun,
  importFile,
  importJobNow,
  importPaths,
  importProgress,
  importText,
  resumeImport,
} from './import-documents.ts';
import { type PickedFile, readParts, readPieces } from './read-files.ts';

/** What was chosen, as the page hands it over. */
interface FilesToImport {
  readonly readable: readonly PickedFile[];
  /** Files of charts that lie beside. */
  readonly beside: readonly PickedFile[];
}

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
  readonly files: (files: FilesToImport, how: HowToImport) => Promise<void>;
  /** Imports what the dry run on the screen has looked at. */
  readonly begin: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  readonly show: (job: ImportPartsFragment) => void;
}

const ASK_MILLISECONDS = 1000;

/** One import: begun from paths that the service reads, or from files that the page reads part by part. */
export function useImport(): Import {
  const client = useApolloClient();
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [paused, setPaused] = useState(false);
  const { job, works } = useJobNow(id);
  const reading = usePageReading(setId);

  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setError(null);
    setPaused(false);
    await act().catch(setError);
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
    running: reading.isUnderWay || works,
    paused: paused || job?.state === 'PAUSED',
    paths: (paths, how) =>
      attempt(async () => {
        const { data } = await client.mutate({ mutation: importPaths, variables: { paths, ...how } });
        setId(data?.importPaths.id ?? null);
      }),
    files: (files, how) => attempt(() => reading.read(files, how)),
    begin: () =>
      void attempt(async () => {
        const { data } = await client.mutate({ mutation: importAfterDryRun, variables: { id: id ?? '' } });
        setId(data?.importAfterDryRun.id ?? null);
      }),
    pause: () => {
      if (reading.hold()) setPaused(true);
      else change(cancelImport);
    },
    resume: () => {
      setPaused(false);
      if (!reading.goOn()) change(resumeImport);
    },
    cancel: () => {
      reading.stop();
      change(cancelImport);
    },
    show: ({ id: earlier }) => setId(earlier),
  };
}

/** The job as it stands, and whether the service works on it. */
function useJobNow(id: string | null): { job: ImportPartsFragment | null; works: boolean } {
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
  return { job, works };
}

/** What the page itself is reading: it can hold its breath between two parts. */
interface OwnReading {
  stopped: boolean;
  held: Promise<void> | null;
  release: () => void;
}

interface PageReading {
  readonly isUnderWay: boolean;
  /** Hands the files over part by part; ends with the last, or when it is stopped. */
  read(files: FilesToImport, how: HowToImport): Promise<void>;
  /** These say whether there was anything to hold, to go on with, or to stop. */
  hold(): boolean;
  goOn(): boolean;
  stop(): boolean;
}

/** @param onBegun hears the id of the job as soon as there is one */
function usePageReading(onBegun: (id: string) => void): PageReading {
  const client = useApolloClient();
  const [isUnderWay, setUnderWay] = useState(false);
  const own = useRef<OwnReading | null>(null);

  const read = async ({ readable, beside }: FilesToImport, how: HowToImport): Promise<void> => {
    const state: OwnReading = { stopped: false, held: null, release: () => undefined };
    own.current = state;
    setUnderWay(true);
    try {
      let begun: string | null = null;
      for await (const piece of readPieces(beside)) {
        await state.held;
        if (state.stopped) return;
        const sent: ApolloClient.MutateResult<ImportFileMutation> = await client.mutate({
          mutation: importFile,
          variables: { job: begun, ...piece },
          fetchPolicy: 'no-cache',
        });
        begun = sent.data?.importFile.id ?? begun;
        if (begun) onBegun(begun);
      }
      for await (const { bytesRead: _bytes, ...part } of readParts(readable)) {
        await state.held;
        if (state.stopped) return;
        const sent: ApolloClient.MutateResult<ImportTextMutation> = await client.mutate({
          mutation: importText,
          variables: { job: begun, ...how, ...part },
          fetchPolicy: 'no-cache',
        });
        if (!sent.data) continue;
        begun = sent.data.importText.id;
        onBegun(begun);
      }
    } finally {
      own.current = null;
      setUnderWay(false);
    }
  };
  const withOwn = (act: (state: OwnReading) => void): boolean => {
    if (own.current) act(own.current);
    return own.current !== null;
  };
  return {
    isUnderWay,
    read,
    hold: () =>
      withOwn((state) => {
        state.held = new Promise((resolve) => {
          state.release = resolve;
        });
      }),
    goOn: () => withOwn((state) => state.release()),
    stop: () =>
      withOwn((state) => {
        state.stopped = true;
        state.release();
      }),
  };
}
