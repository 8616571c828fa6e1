import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { DraftSaver } from './draft-saver.ts';

interface KeptDraft {
  readonly kind: string;
  readonly key: string;
  readonly content: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** Where drafts of one chart, or of the desk's forms, are kept: sealed, and for who is signed in alone. */
export interface DraftStore {
  all(): Promise<readonly KeptDraft[]>;
  /** Durable when it resolves; gives when. */
  save(kind: string, key: string, content: string): Promise<number>;
  discard(kind: string, key: string): Promise<void>;
  /** Whoever lists what is unfinished is to look again. */
  changed(): void;
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

/** The fields of `start`, each with what the draft holds of it where that is of the same kind. */
function restored<Form extends object>(start: Form, content: string): Form {
  const kept = JSON.parse(content) as Record<string, unknown>;
  const isAlike = (one: unknown, other: unknown): boolean =>
    typeof one === typeof other && Array.isArray(one) === Array.isArray(other);
  const fields = Object.entries(start).map(([name, value]) => [name, isAlike(kept[name], value) ? kept[name] : value]);
  return Object.fromEntries(fields) as Form;
}

/**
 * A form whose content the vault keeps, sealed, while it is being typed: a crash loses no more than the last half second.
 * @param store the same object for as long as the form is shown
 * @param start the same object for as long as the form is shown; fields that may be empty begin as '' or []
 */
export function useDraft<Form extends object>(store: DraftStore, kind: string, key: string, start: Form): DraftState<Form> {
  const [form, setForm] = useState<Form | null>(null);
  const [restoredFrom, setRestoredFrom] = useState<number | null>(null);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** What the form holds now: two changes of one moment both count. */
  const latest = useRef(start);
  const saver = useMemo(
    () => new DraftSaver((content) => store.save(kind, key, content), setSavedAt, setError),
    [store, kind, key],
  );

  const begin = useCallback(
    (drafts: readonly KeptDraft[]): void => {
      const draft = drafts.find((kept) => kept.kind === kind && kept.key === key);
      latest.current = draft ? restored(start, draft.content) : start;
      setForm(latest.current);
      setRestoredFrom(draft?.savedAt ?? null);
    },
    [kind, key, start],
  );

  useEffect(() => {
    let left = false;
    store
      .all()
      .catch((refused: unknown) => {
        setError(refused);
        return [];
      })
      .then((drafts) => (left ? undefined : begin(drafts)));
    return () => {
      left = true;
    };
  }, [store, begin]);

  // A form that is closed, or whose window is, has its last words kept as well.
  useEffect(() => {
    const now = (): void => void saver.flush();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      // Whoever lists what is unfinished learns of it once it is kept.
      void saver.flush().then(() => store.changed());
    };
  }, [saver, store]);

  const change = (fields: Partial<Form>): void => {
    latest.current = { ...latest.current, ...fields };
    setForm(latest.current);
    saver.type(JSON.stringify(latest.current));
  };
  const discard = async (): Promise<void> => {
    await saver.stop();
    await store.discard(kind, key);
    latest.current = start;
    setForm(start);
    setRestoredFrom(null);
    setSavedAt(null);
  };
  return { ready: form !== null, form: form ?? start, change, restoredFrom, savedAt, error, discard };
}

const FormDraftsContext = createContext<(patient: string) => DraftStore>(() => NOWHERE);

/** Gives the store of the desk's forms: of those about a patient, or, for '', of the others. */
export const FormDraftsProvider = FormDraftsContext.Provider;

const NOWHERE: DraftStore = {
  all: async () => [],
  save: async () => Date.now(),
  discard: async () => undefined,
  changed: () => undefined,
};

/** As `useDraft`, for a form that is not part of a chart. @param name `patient` where the form is about one */
export function useFormDraft<Form extends object>(
  name: { readonly kind: string; readonly key: string; readonly patient?: string },
  start: Form,
): DraftState<Form> {
  const { kind, key, patient = '' } = name;
  const storeOf = useContext(FormDraftsContext);
  const store = useMemo(() => storeOf(patient), [storeOf, patient]);
  return useDraft(store, kind, key, start);
}
