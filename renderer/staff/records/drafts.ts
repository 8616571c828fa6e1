import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { graphql } from '../../generated/gql.ts';
import type { DraftsOfQuery } from '../../generated/graphql.ts';

export const draftsOf = graphql(`
  query DraftsOf($patient: ID!) {
    drafts(patient: $patient) {
      kind
      key
      content
      savedAt
    }
  }
`);

const saveDraft = graphql(`
  mutation SaveDraft($patient: ID!, $kind: String!, $key: String!, $content: String!) {
    saveDraft(patient: $patient, kind: $kind, key: $key, content: $content) {
      kind
      key
      savedAt
    }
  }
`);

const discardDraft = graphql(`
  mutation DiscardDraft($patient: ID!, $kind: String!, $key: String!) {
    discardDraft(patient: $patient, kind: $kind, key: $key)
  }
`);

/** A pause in the typing after which the vault keeps what was typed. */
const SAVE_DELAY = 600;

export interface DraftName {
  readonly patient: string;
  readonly kind: string;
  /** The record that is amended, or `new`. */
  readonly key: string;
}

export interface DraftState<Form> {
  /** False until the vault has said whether there is a draft: the form must not be typed into before. */
  readonly ready: boolean;
  readonly form: Form;
  readonly change: (change: Partial<Form>) => void;
  /** When the restored draft was kept; null when the form began as given. */
  readonly restoredFrom: number | null;
  readonly savedAt: number | null;
  readonly error: unknown;
  /** Forgets the draft, here and in the vault. */
  readonly discard: () => Promise<void>;
}

/** The fields of `start`, each with its text from the draft where there is one. */
function restored<Form extends object>(start: Form, content: string): Form {
  const kept = JSON.parse(content) as Record<string, unknown>;
  const fields = Object.entries(start).map(([name, value]) => [name, typeof kept[name] === typeof value ? kept[name] : value]);
  return Object.fromEntries(fields) as Form;
}

/** A form whose content the vault keeps, sealed, while it is being typed: a crash loses no more than the last half second. */
export function useDraft<Form extends object>(name: DraftName, start: Form): DraftState<Form> {
  const client = useApolloClient();
  const { patient, kind, key } = name;
  const [form, setForm] = useState<Form | null>(null);
  const [restoredFrom, setRestoredFrom] = useState<number | null>(null);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const pending = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Sends what waits for a pause in the typing; nothing where nothing waits. */
  const flush = useRef<() => Promise<void>>(undefined);
  const saving = useRef(Promise.resolve());

  useEffect(() => {
    let left = false;
    const begin = (drafts: DraftsOfQuery['drafts']): void => {
      if (left) return;
      const draft = drafts.find((kept) => kept.kind === kind && kept.key === key);
      setForm(draft ? restored(start, draft.content) : start);
      setRestoredFrom(draft?.savedAt ?? null);
    };
    client.query({ query: draftsOf, variables: { patient }, fetchPolicy: 'no-cache' }).then(
      ({ data }) => begin(data?.drafts ?? []),
      (refused: unknown) => {
        begin([]);
        setError(refused);
      },
    );
    return () => {
      left = true;
    };
  }, [client, patient, kind, key, start]);

  // A form that is closed, or whose window is, has its last words kept as well.
  useEffect(() => {
    const now = (): void => void flush.current?.();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      // Whoever lists what is unfinished learns of it once it is kept.
      void (flush.current?.() ?? saving.current).then(() => client.refetchQueries({ include: [draftsOf] }));
    };
  }, [client]);

  const forgetPending = (): void => {
    clearTimeout(pending.current);
    flush.current = undefined;
  };

  const save = (next: Form): Promise<void> => {
    forgetPending();
    saving.current = keep(next);
    return saving.current;
  };

  const keep = async (next: Form): Promise<void> => {
    try {
      const { data: kept } = await client.mutate({ mutation: saveDraft, variables: { ...name, content: JSON.stringify(next) } });
      setSavedAt(kept?.saveDraft.savedAt ?? null);
      setError(null);
    } catch (refused) {
      setError(refused);
    }
  };

  return {
    ready: form !== null,
    form: form ?? start,
    change: (change) => {
      const next = { ...(form ?? start), ...change };
      setForm(next);
      forgetPending();
      const now = (): Promise<void> => save(next);
      flush.current = now;
      pending.current = setTimeout(() => void now(), SAVE_DELAY);
    },
    restoredFrom,
    savedAt,
    error,
    discard: async () => {
      forgetPending();
      await client.mutate({ mutation: discardDraft, variables: { patient, kind, key } });
      setForm(start);
      setRestoredFrom(null);
      setSavedAt(null);
    },
  };
}
