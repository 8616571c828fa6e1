/**
 * The note of a telemedicine visit: what it says, the exact text that is signed, and its form as a FHIR R4 Composition (LOINC
 * 34109-9, "Note"). The resource carries the signed text line by line, so the ledger's commitment covers the words that the
 * person saw; on reading, text and fields must still say the same.
 */
import { divOfText, textOfDiv } from '../fhir/plain-narrative.ts';
import { Failure } from '../outcome/failure.ts';

export const MODALITIES = ['video', 'audio', 'phone', 'chat'] as const;
type Modality = (typeof MODALITIES)[number];

export interface TeleNoteContent {
  readonly participants: readonly string[];
  readonly modality: Modality;
  /** Where the patient was. */
  readonly place: string;
  readonly consentToTreatment: boolean;
  readonly assessment: string;
  readonly plan: string;
  /** FHIR dateTime of the visit, as written. */
  readonly startedAt: string;
  /** Why a signed note is amended; undefined for the first version. */
  readonly amendmentReason: string | undefined;
}

/** Whose note it is and who signs it. */
export interface TeleNoteParties {
  /** Patient id, 32 hexadecimal digits. */
  readonly patient: string;
  readonly patientName: string;
  /** FHIR date; '' when unknown. */
  readonly birthDate: string;
  readonly signer: string;
}

export interface TeleNote extends TeleNoteContent {
  /** The exact text that was signed. */
  readonly text: string;
}

const DATE_TIME =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d))?)?)?$/;
const LONGEST_LINE = 200;
const LONGEST_TEXT = 20_000;
const MOST_PARTICIPANTS = 20;

/**
 * Trims and checks what a form holds.
 * @throws {Failure} `telemedicine.incomplete` by the name of the field; `telemedicine.modality-unknown`.
 */
export function checkedNote(form: {
  readonly participants: readonly string[];
  readonly modality: string;
  readonly place: string;
  readonly consentToTreatment: boolean;
  readonly assessment: string;
  readonly plan: string;
  readonly startedAt: string;
  readonly amendmentReason?: string | null | undefined;
}): TeleNoteContent {
  const modality = MODALITIES.find((known) => known === form.modality);
  if (!modality) throw new Failure('telemedicine.modality-unknown', 'There is no such modality. Choose one.');
  if (form.participants.length === 0 || form.participants.length > MOST_PARTICIPANTS) throw incomplete('participants');
  if (!DATE_TIME.test(form.startedAt)) throw incomplete('startedAt');
  return {
    participants: form.participants.map((participant) => line(participant, 'participants')),
    modality,
    place: line(form.place, 'place'),
    consentToTreatment: form.consentToTreatment,
    assessment: lines(form.assessment, 'assessment'),
    plan: lines(form.plan, 'plan'),
    startedAt: form.startedAt,
    amendmentReason: form.amendmentReason ? line(form.amendmentReason, 'amendmentReason') : undefined,
  };
}

function line(value: string, field: string): string {
  const one = value.trim();
  if (one === '' || one.length > LONGEST_LINE || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(one) || !one.isWellFormed())
    throw incomplete(field);
  return one;
}

function lines(value: string, field: string): string {
  const text = value
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .trim();
  if (text === '' || text.length > LONGEST_TEXT || /[^\P{Cc}\n]/u.test(text) || !text.isWellFormed()) throw incomplete(field);
  return text;
}

function incomplete(field: string): Failure {
  return new Failure(
    'telemedicine.incomplete',
    `The note cannot be signed yet: look at "${field}". It is empty, too long or malformed.`,
    {
      details: { field },
    },
  );
}

/** The exact text that signing covers; lines end in U+000A. Free text is indented, so that it cannot pass for a heading. */
export function teleNoteText(note: TeleNoteContent, parties: TeleNoteParties): string {
  const born = parties.birthDate === '' ? '' : `, born ${parties.birthDate}`;
  const indented = (text: string): string[] => text.split('\n').map((each) => `  ${each}`.trimEnd());
  const written = [
    'TELEMEDICINE NOTE',
    `Patient: ${plain(parties.patientName)}${born} (${parties.patient})`,
    `Visit: ${note.startedAt}`,
    `Modality: ${note.modality}`,
    `Patient's place: ${note.place}`,
    'Participants:',
    ...note.participants.map((participant) => `  ${participant}`),
    `Consent to treatment by telemedicine: ${note.consentToTreatment ? 'given' : 'NOT given'}`,
    'Assessment:',
    ...indented(note.assessment),
    'Plan:',
    ...indented(note.plan),
    ...(note.amendmentReason === undefined ? [] : [`Amends the note before, because: ${note.amendmentReason}`]),
    `Signed by: ${plain(parties.signer)}`,
  ];
  return `${written.join('\n')}\n`;
}

const plain = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim();

const SECTION_SYSTEM = 'urn:careledger:tele-note';
const PARTS = ['modality', 'participants', 'place', 'consent', 'assessment', 'plan', 'amendment'] as const;
type Part = (typeof PARTS)[number];
const TITLES: Readonly<Record<Part, string>> = {
  modality: 'Modality',
  participants: 'Participants',
  place: "Patient's place",
  consent: 'Consent to treatment by telemedicine',
  assessment: 'Assessment',
  plan: 'Plan',
  amendment: 'Reason for the amendment',
};

/**
 * The note as a FHIR R4 Composition: the value that JSON.stringify writes.
 * @param signedAt milliseconds
 * @param encounter reference to the encounter during which it was written
 */
export function writeComposition(note: TeleNoteContent, parties: TeleNoteParties, signedAt: number, encounter?: string): object {
  const said: Readonly<Record<Part, string>> = {
    modality: note.modality,
    participants: note.participants.join('\n'),
    place: note.place,
    consent: note.consentToTreatment ? 'given' : 'not given',
    assessment: note.assessment,
    plan: note.plan,
    amendment: note.amendmentReason ?? '',
  };
  return {
    resourceType: 'Composition',
    text: { status: 'generated', div: divOfText(teleNoteText(note, parties)) },
    status: note.amendmentReason === undefined ? 'final' : 'amended',
    type: { coding: [{ system: 'http://loinc.org', code: '34109-9', display: 'Note' }], text: 'Telemedicine note' },
    subject: { reference: `Patient/${parties.patient}` },
    ...(encounter === undefined ? {} : { encounter: { reference: encounter } }),
    date: new Date(signedAt).toISOString(),
    author: [{ display: parties.signer }],
    title: 'Telemedicine note',
    event: [{ period: { start: note.startedAt } }],
    section: PARTS.filter((part) => said[part] !== '').map((part) => ({
      title: TITLES[part],
      code: { coding: [{ system: SECTION_SYSTEM, code: part }] },
      text: { status: 'generated', div: divOfText(said[part]) },
    })),
  };
}

/**
 * Reads a Composition that this program wrote, and holds its fields to the text that was signed. The patient's name is the one
 * of that day; the id is what must fit.
 * @param patient id of the patient in whose chart it lies
 * @throws {Failure} `telemedicine.note-altered` when it is none, or says another thing than its text.
 */
export function readComposition(value: unknown, patient: string): TeleNote {
  const composition = value as {
    resourceType?: unknown;
    text?: { div?: unknown };
    event?: ReadonlyArray<{ period?: { start?: unknown } }>;
    section?: ReadonlyArray<{
      code?: { coding?: ReadonlyArray<{ system?: unknown; code?: unknown }> };
      text?: { div?: unknown };
    }>;
  } | null;
  const text = textOfDiv(composition?.text?.div);
  const said = new Map<unknown, string>();
  for (const section of Array.isArray(composition?.section) ? composition.section : []) {
    const coding = section?.code?.coding?.[0];
    if (coding?.system === SECTION_SYSTEM) said.set(coding.code, textOfDiv(section.text?.div));
  }
  const modality = MODALITIES.find((known) => known === said.get('modality'));
  const startedAt = composition?.event?.[0]?.period?.start;
  if (composition?.resourceType !== 'Composition' || !modality || typeof startedAt !== 'string') throw altered();
  const note: TeleNoteContent = {
    participants: (said.get('participants') ?? '').split('\n'),
    modality,
    place: said.get('place') ?? '',
    consentToTreatment: said.get('consent') === 'given',
    assessment: said.get('assessment') ?? '',
    plan: said.get('plan') ?? '',
    startedAt,
    amendmentReason: said.get('amendment'),
  };
  const wanted = linesOf(teleNoteText(note, { patient, patientName: '', birthDate: '', signer: '' }));
  const signed = linesOf(text);
  const fits = signed.named[0]?.endsWith(` (${patient})`) && signed.rest.join('\n') === wanted.rest.join('\n');
  if (!fits) throw altered();
  return { ...note, text };
}

/** The lines that name patient and signer, and the others. */
function linesOf(text: string): { named: string[]; rest: string[] } {
  const all = text.split('\n');
  const isNamed = (at: number): boolean => at === 1 || at === all.length - 2;
  return { named: all.filter((_, at) => isNamed(at)), rest: all.filter((_, at) => !isNamed(at)) };
}

function altered(): Failure {
  return new Failure(
    'telemedicine.note-altered',
    'This note does not say what its signed text says. It was altered, or written by another program; look at its history.',
  );
}
