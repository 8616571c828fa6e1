/** What papers about a patient have in common, as the blocks that are laid onto pages. */
import type { TFunction } from 'i18next';
import type { PaperBlock } from './paper.tsx';
import styles from './paper-parts.module.css';
import { identifierWord } from './person-words.ts';
import type { Format } from './use-format.ts';

export interface PaperFacts {
  readonly patient: {
    readonly id: string;
    readonly name: string;
    readonly birthDate: string | null;
    readonly gender: string | null;
    readonly city: string | null;
    readonly identifiers: ReadonlyArray<{ readonly type: string | null; readonly value: string }>;
  };
  readonly clinic: string;
  /** Who prints. */
  readonly by: string;
  readonly t: TFunction;
  readonly format: Format;
}

/** The clinic, who prints, and the day. */
export function paperHead({ clinic, by, format }: PaperFacts): PaperBlock {
  return {
    key: 'head',
    content: (
      <div className={styles.head}>
        <div>
          <strong>{clinic}</strong>
          <br />
          {by}
        </div>
        <div>{format.day(Date.now())}</div>
      </div>
    ),
  };
}

export function paperPatient({ patient, t, format }: PaperFacts): PaperBlock {
  const facts = [
    patient.birthDate ? t('print.born', { date: format.recorded(patient.birthDate) }) : '',
    patient.city ?? '',
    ...patient.identifiers.slice(0, 1).map(({ type, value }) => `${identifierWord(t, type)} ${value}`),
  ];
  return {
    key: 'who',
    content: (
      <div className={styles.who}>
        <strong>{patient.name}</strong>
        <br />
        {facts.filter(Boolean).join(' · ')}
      </div>
    ),
  };
}

export const paperTitle = (text: string): PaperBlock => ({ key: 'title', content: <p className={styles.title}>{text}</p> });

export function paperSignature({ by, t }: PaperFacts): PaperBlock {
  return {
    key: 'sign',
    content: (
      <div className={styles.sign}>
        <span>{t('print.date')}</span>
        <span>{t('print.signature', { name: by })}</span>
      </div>
    ),
  };
}

/** Stands at the foot of each page: a page that was parted from the others still says whose it is. */
export function paperFoot({ patient, by, t, format }: PaperFacts): string {
  const who = [patient.name, patient.birthDate ? t('print.born', { date: format.recorded(patient.birthDate) }) : ''];
  return t('print.foot', { patient: who.filter(Boolean).join(', '), by, date: format.day(Date.now()) });
}
