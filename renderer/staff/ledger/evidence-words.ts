import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { EVIDENCE_KINDS } from '../../../shared/ledger/evidence-kinds.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { eventWord } from './act-words.ts';

type Lie = (typeof EVIDENCE_KINDS)[number];

/** What nobody lied about: this computer's own disk altered an act that waited. */
const DISK_KINDS = ['act-altered', 'act-mended'] as const;
type DiskKind = (typeof DISK_KINDS)[number];

/** What to do is the same for several of them. */
const advice: Readonly<Partial<Record<Lie, 'restored' | 'withheld' | 'frozen' | 'ownCopy' | 'clinicCopy' | 'otherDevice'>>> = {
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

type WordsOf = (row: { readonly code: string; readonly message: string }) => EvidenceWords;

/** What was noticed, in the person's words, and what to do now; a code that this program does not know stands as it came. */
export function useEvidenceWords(): WordsOf {
  const { t } = useTranslation();
  const format = useFormat();
  return evidenceWords(t, format.moment);
}

/** The same in any language. @param moment writes a time, in milliseconds */
export function evidenceWords(t: TFunction, moment: (time: number) => string): WordsOf {
  return ({ code, message }) => {
    const disk = DISK_KINDS.find((each) => `storage.${each}` === code);
    if (disk) return diskWords(t, moment, disk, message);
    const kind = EVIDENCE_KINDS.find((each) => `sync.${each}` === code);
    const title = kind ? t(`evidence.${kind}.title`) : code;
    // Which positions: kept once, in the sentence of the book.
    const [, from = '', to = ''] = /positions (\d+) to (\d+)/.exec(message) ?? [];
    const what = kind ? t(`evidence.${kind}.what`, { from, to }) : message;
    return { title, what, steps: t(`evidence.todo.${(kind && advice[kind]) ?? 'hub'}`).split('\n') };
  };
}

/** When it was written and what it was stand in the sentence of the book, as far as they could be read. */
function diskWords(t: TFunction, moment: (time: number) => string, kind: DiskKind, message: string): EvidenceWords {
  const [, time, types = ''] = / at (\S+Z) \(([^)]*)\)/.exec(message) ?? [];
  const acts = types
    .split(', ')
    .map((type) => eventWord(t, type))
    .join(', ');
  return {
    title: t(`evidence.${kind}.title`),
    what: time ? t(`evidence.${kind}.what`, { moment: moment(Date.parse(time)), acts }) : t(`evidence.${kind}.whatUnread`),
    steps: t(`evidence.todo.${kind === 'act-altered' ? 'altered' : 'mended'}`).split('\n'),
  };
}
