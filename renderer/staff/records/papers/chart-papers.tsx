/** The papers of a chart, as the blocks that are laid onto pages. */
import type { ItemPartsFragment } from '../../../generated/graphql.ts';
import { type PaperBlock, textBlocks } from '../../../parts/paper/paper.tsx';
import {
  type PaperFacts,
  paperHead,
  paperLines,
  paperPatient,
  paperSignature,
  paperTitle,
} from '../../../parts/paper/paper-parts.tsx';
import { QrCode } from '../../../parts/paper/qr-code.tsx';
import { inWrittenOrder, measuredWords, shownUnit } from '../../../parts/words/measured-words.ts';
import { ResourceReader } from '../forms/form-definition.ts';
import { plainTitle } from '../item-title.ts';
import styles from './chart-papers.module.css';

/** A prescription, or what was handed over of one, with its exact text. */
export interface PrintedRecord {
  readonly item: ItemPartsFragment;
  readonly resource: string;
}

/** Each prescription with its dosage, and which version of which record it is. */
export function prescriptionPaper(facts: PaperFacts, prescriptions: readonly PrintedRecord[]): PaperBlock[] {
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
          <strong>{inWrittenOrder(item.title)}</strong>
          <br />
          {inWrittenOrder(reader.text('dosageInstruction[0].text')) || t('print.noDosage')}
          <br />
          {supply.filter(Boolean).join(' · ')}
          <div className={styles.small}>
            {t('print.record', { record: item.id.slice(0, 12), version: item.version, author: item.author })}
          </div>
        </div>
      ),
    };
  });
  return [paperHead(facts), paperPatient(facts), paperTitle(t('print.kind.PRESCRIPTION')), ...items, paperSignature(facts)];
}

/** A part of a summary: its heading stays with its first line. */
export interface PaperSection {
  readonly key: string;
  readonly title: string;
  readonly items: readonly ItemPartsFragment[];
  /** How many there are; more than `items` is said. */
  readonly total: number;
  /** What stands there when there are none. */
  readonly none: string;
}

/** What a clinician elsewhere has to know first, in the sections of the International Patient Summary. */
export function summaryPaper(facts: PaperFacts, sections: readonly PaperSection[]): PaperBlock[] {
  const { t } = facts;
  return [
    paperHead(facts),
    paperPatient(facts),
    paperTitle(t('print.kind.SUMMARY')),
    ...sections.flatMap((section) => sectionBlocks(facts, section)),
    { key: 'source', content: <p className={styles.small}>{t('print.summarySource')}</p> },
  ];
}

/** Results, the newest first, each with its reference range. */
export function resultsPaper(facts: PaperFacts, results: PaperSection): PaperBlock[] {
  const { t } = facts;
  return [paperHead(facts), paperPatient(facts), paperTitle(t('print.kind.RESULTS')), ...sectionBlocks(facts, results)];
}

function sectionBlocks(facts: PaperFacts, { key, title, items, total, none }: PaperSection): PaperBlock[] {
  const { t, format } = facts;
  const heading = <h2 className={styles.heading}>{title}</h2>;
  if (items.length === 0)
    return [
      {
        key,
        content: (
          <>
            {heading}
            <div>{none}</div>
          </>
        ),
      },
    ];
  const lines = items.map(
    (item, at): PaperBlock => ({
      key: `${key} ${item.id}`,
      content: (
        <>
          {at === 0 ? heading : null}
          <ItemLine facts={facts} item={item} />
        </>
      ),
    }),
  );
  const left = total - items.length;
  const more = <p className={styles.small}>{t('print.more', { count: left, number: format.number(left) })}</p>;
  return left > 0 ? [...lines, { key: `${key} more`, content: more }] : lines;
}

function ItemLine({ facts: { t, format }, item }: { facts: PaperFacts; item: ItemPartsFragment }) {
  const { title, value, unit, low, high, date, disagreements } = item;
  return (
    <div className={styles.row}>
      <span>{plainTitle(t, title)}</span>
      <span>
        {value && unit ? <strong>{measuredWords(value, unit)}</strong> : value}
        {low || high ? (
          <span className={styles.range}>
            {t('print.range', { low: low ?? '…', high: high ?? '…', unit: shownUnit(unit ?? '') })}
          </span>
        ) : null}
      </span>
      <span>{format.recordedDay(date)}</span>
      {disagreements.map(({ record, words }) => (
        <em key={record} className={styles.against} dir="auto">
          {t('print.disagrees', { words })}
        </em>
      ))}
    </div>
  );
}

export interface LetterForm {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** A letter about the patient, line by line. */
export function letterPaper(facts: PaperFacts, { to, subject, text }: LetterForm): PaperBlock[] {
  return [
    paperHead(facts),
    ...paperLines('to', to),
    ...paperLines('gap', ''),
    paperTitle(subject),
    paperPatient(facts),
    ...paperLines('text', text),
    paperSignature(facts),
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

/** Letters of a dosage that a label has room for, beside a medicine and a lot of two lines each. */
const LONGEST_DOSAGE = 80;

/**
 * For the pack that is handed over: whose it is, how it is taken, and which lot it was. One label is one page; a dosage that is too long
 * for one goes on over the next, and each of them names patient and medicine.
 */
export function medicineLabelPaper(facts: PaperFacts, { item, resource }: PrintedRecord, count: number): PaperBlock[] {
  const { patient, clinic, t, format } = facts;
  const reader = new ResourceReader(resource);
  const lot = reader.text('contained[0].batch.lotNumber');
  const expires = reader.text('contained[0].batch.expirationDate');
  const pack = [
    item.value ? t('print.quantity', { quantity: measuredWords(item.value, item.unit) }) : '',
    lot === '' ? '' : t('print.lot', { lot }),
    expires === '' ? '' : t('print.usableUntil', { date: format.recordedDay(expires) }),
  ];
  const said = inWrittenOrder(reader.text('dosageInstruction[0].text'));
  const dosage = textBlocks(said || t('print.noDosage'), LONGEST_DOSAGE);
  const parts = dosage.map((words, at) => (
    <>
      <strong>{patient.name}</strong> · {format.recordedDay(patient.birthDate)}
      <br />
      <strong>{plainTitle(t, item.title)}</strong>
      <br />
      {words}
      <br />
      {pack.filter(Boolean).join(' · ')}
      <br />
      {[format.recordedDay(item.date), clinic, dosage.length > 1 ? t('paper.page', { page: at + 1, pages: dosage.length }) : '']
        .filter(Boolean)
        .join(' · ')}
    </>
  ));
  return Array.from({ length: count }, (_, copy) =>
    parts.map((content, at) => ({ key: `label ${copy} ${at}`, content, startsPage: true })),
  ).flat();
}
