import { useState } from 'react';
import { type DraftState, useFormDraft } from '../../parts/drafts/use-draft.ts';
import { type CaseChoice, EMPTY_CASE } from './case-fields.tsx';

const empty = { to: '', question: '', chosen: [] as CaseChoice['chosen'] };

interface CaseDraft {
  /** `to` says whom it is for: a clinic's chain, or a name outside of the region. */
  readonly draft: DraftState<typeof empty>;
  readonly choice: CaseChoice;
  readonly changeCase: (change: (before: CaseChoice) => CaseChoice) => void;
}

/** A case that is being written: its words are kept as those of other forms are, pictures only while the form is open. */
export function useCaseDraft(patient: string, kind: 'CONSULT' | 'OPINION'): CaseDraft {
  const draft = useFormDraft({ patient, kind, key: 'new' }, empty);
  const [pictures, setPictures] = useState(EMPTY_CASE.pictures);
  const { question, chosen } = draft.form;
  const choice = { question, chosen, pictures };
  const changeCase: CaseDraft['changeCase'] = (change) => {
    // Several pictures come one after the other, between two renderings.
    setPictures((before) => change({ ...choice, pictures: before }).pictures);
    const { question: asked, chosen: sections } = change(choice);
    if (asked !== question || sections !== chosen) draft.change({ question: asked, chosen: sections });
  };
  return { draft, choice, changeCase };
}
