/** The papers of a chart, as the blocks that are laid onto pages. */
import type { TFunction } from 'i18next';
import type { ChartPartsFragment, ItemPartsFragment } from '../../generated/graphql.ts';
import { type PaperBlock, textBlocks } from '../../parts/paper.tsx';
import { identifierWord } from '../../parts/person-words.ts';
import { QrCode } from '../../parts/qr-code.tsx';
import type { Format } from '../../parts/use-format.ts';
import { ResourceReader } from './form-definition.ts';
import styles from './print-chart.module.css';

export interface PaperFacts {
  readonly patient: ChartPartsFragment['patient'];
  readonly clinic: string;
  /** Who prints. */
  readonly by: string;
  readonly t: TFunction;
  readonly format: Format;
}

/** A prescription with its exact text. */
export interface PrintedPrescription {
  readonly item: ItemPartsFragment;
  readonly resource: string;
}

function head({ clinic, by, format }: PaperFacts): PaperBlock {
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

function who({ patient, t, format }: PaperFacts): PaperBlock {
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

const title = (text: string): PaperBlock => ({ key: 'title', content: <p className={styles.title}>{text}</p> });

function signature({ by, t }: PaperFacts): PaperBlock {
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

/** Each prescription with its dosage, and which version of which record it is. */
export function prescriptionPaper(facts: PaperFacts, prescriptions: readonly PrintedPrescription[]): PaperBlock[] {
  const { t } = facts;
  const items = prescriptions.map(({ item, resource }): PaperBlock => {
    const reader = new ResourceReader(resource);
    const quantity = [reader.text('dispenseRequest.quantity.value'), reader.text('dispenseRequest.quantity.unit')];
    const repeats = reader.text('dispenseRequest.numberOfRepeatsAllowed');
    const supply = [
      quantity[0] ? t('print.quantity', { quantity: quantity.filter(Boolean).join(' ') }) : '',
      repeats ? t('print.repeats', { repeats }) : '',
    ];
    return {
      key: item.id,
      content: (
        <div className={styles.item}>
          <strong>{item.title}</strong>
          <br />
          {reader.text('dosageInstruction[0].text') || t('print.noDosage')}
          <br />
          {supply.filter(Boolean).join(' · ')}
          <div className={styles.small}>
            {t('print.record', { record: item.id.slice(0, 12), version: item.version, author: item.author })}
          </div>
        </div>
      ),
    };
  });
  return [head(facts), who(facts), title(t('print.kind.PRESCRIPTION')), ...items, signature(facts)];
}

export interface LetterForm {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A letter about the patient, line by line. */
export function letterPaper(facts: PaperFacts, { to, subject, text }: LetterForm): PaperBlock[] {
  const lines = (key: string, said: string): PaperBlock[] =>
    textBlocks(said).map((line, at) => ({ key: `${key} ${at}`, content: <div className={styles.line}>{line}</div> }));
  const gap: PaperBlock = { key: 'gap', content: <div className={styles.line} /> };
  return [
    head(facts),
    ...lines('to', to),
    { ...gap, key: 'gap before' },
    title(subject),
    who(facts),
    ...lines('text', text),
    signature(facts),
  ];
}

/** What fits onto a label's line; the code for the scanner has all of it. */
const LONGEST_CODE = 20;

/** Name, birth date and number, with a code of the number for a scanner. One label is one page. */
export function labelPaper({ patient, clinic, t, format }: PaperFacts, count: number): PaperBlock[] {
  const [identifier] = patient.identifiers;
  const code = identifier?.value ?? patient.id;
  return Array.from({ length: count }, (_, at) => ({
    key: `label ${at}`,
    content: (
      <div className={styles.label}>
        <QrCode text={code} label={t('print.code')} size={76} />
        <div>
          <strong>{patient.name}</strong>
          <br />
          {[format.recorded(patient.birthDate), patient.gender ? t(`gender.${patient.gender as 'unknown'}`) : '']
            .filter(Boolean)
            .join(' · ')}
          <br />
          {code.length > LONGEST_CODE ? `${code.slice(0, LONGEST_CODE)}…` : code}
          <br />
          {clinic}
        </div>
      </div>
    ),
  }));
}
