/** What papers have in common, as the blocks that are laid onto pages. */
import type { TFunction } from 'i18next';
import { codeParts } from '../camera/code-parts.ts';
import { identifierWord } from '../words/person-words.ts';
import type { Format } from '../words/use-format.ts';
import { type PaperBlock, textBlocks } from './paper.tsx';
import styles from './paper-parts.module.css';
import { QrCode } from './qr-code.tsx';

export interface PrinterFacts {
  readonly clinic: string;
  /** Who prints. */
  readonly by: string;
  readonly t: TFunction;
  readonly format: Format;
}

export interface PaperFacts extends PrinterFacts {
  readonly patient: {
    readonly id: string;
    readonly name: string;
    readonly birthDate: string | null;
    readonly gender: string | null;
    readonly city: string | null;
    readonly identifiers: ReadonlyArray<{ readonly type: string | null; readonly value: string }>;
  };
}

/** The clinic, who prints, and the day. */
export function paperHead({ clinic, by, format }: PrinterFacts): PaperBlock {
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

export function paperSignature({ by, t }: PrinterFacts): PaperBlock {
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

/** The same of a paper that is about nobody. */
export const clinicFoot = ({ clinic, by, t, format }: PrinterFacts): string =>
  t('print.foot', { patient: clinic, by, date: format.day(Date.now()) });

/** A text line by line. @param language of the words, where they are not the screen's */
export function paperLines(key: string, text: string, language?: string): PaperBlock[] {
  return textBlocks(text).map((line, at) => ({
    key: `${key} ${at}`,
    content: (
      <div className={styles.line} lang={language} dir="auto">
        {line}
      </div>
    ),
  }));
}

const CODES_IN_A_ROW = 2;

/** A receipt's text as QR codes, two beside each other, after what is to be done with them. */
export function paperCodes({ t }: PrinterFacts, json: string): PaperBlock[] {
  const codes = codeParts(json);
  if (codes.length === 0) return paperLines('codes', t('receipt.tooLongForQr'));
  const rows = Array.from({ length: Math.ceil(codes.length / CODES_IN_A_ROW) }, (_, row): PaperBlock => {
    const first = row * CODES_IN_A_ROW;
    return {
      key: `codes ${row}`,
      content: (
        <div className={styles.codes}>
          {codes.slice(first, first + CODES_IN_A_ROW).map((text, at) => (
            <QrCode key={text} text={text} label={t('receipt.qr', { part: first + at + 1, parts: codes.length })} size={300} />
          ))}
        </div>
      ),
    };
  });
  return [...paperLines('codes explained', t('receipt.qrExplained', { count: codes.length })), ...rows];
}
