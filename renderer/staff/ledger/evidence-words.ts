import { useTranslation } from 'react-i18next';
import { EVIDENCE_KINDS } from '../../../shared/ledger/evidence-kinds.ts';

type Kind = (typeof EVIDENCE_KINDS)[number];

/** What to do is the same for several of them. */
const advice: Readonly<Partial<Record<Kind, 'restored' | 'withheld' | 'frozen' | 'ownCopy' | 'clinicCopy' | 'otherDevice'>>> = {
  'hub-restored': 'restored',
  'block-withheld': 'withheld',
  frozen: 'frozen',
  'own-equivocation': 'ownCopy',
  'clinic-equivocation': 'clinicCopy',
  equivocation: 'otherDevice',
};

interface EvidenceWords {
  readonly title: string;
  readonly what: string;
  readonly steps: readonly string[];
}

/** What was noticed, in the person's words, and what to do now; a code that this program does not know stands as it came. */
export function useEvidenceWords(): (row: { readonly code: string; readonly message: string }) => EvidenceWords {
  const { t } = useTranslation();
  return ({ code, message }) => {
    const kind = EVIDENCE_KINDS.find((each) => `sync.${each}` === code);
    const title = kind ? t(`evidence.${kind}.title`) : code;
    // Which positions: kept once, in the sentence of the book.
    const [, from = '', to = ''] = /positions (\d+) to (\d+)/.exec(message) ?? [];
    const what = kind ? t(`evidence.${kind}.what`, { from, to }) : message;
    return { title, what, steps: t(`evidence.todo.${(kind && advice[kind]) ?? 'hub'}`).split('\n') };
  };
}
