/** The words in which somebody is named who acts for a patient, as they are read before they are signed; and the day that ends it for a child. */
import type { GuardianAges } from './age-rules.ts';

export const GUARDIAN_LANGUAGES = ['en', 'de'] as const;
type GuardianLanguage = (typeof GUARDIAN_LANGUAGES)[number];

/** HL7 v3 RoleCode: who somebody is to the patient. */
export const RELATIONSHIPS = ['MTH', 'FTH', 'PRN', 'GUARD', 'SPS', 'CHILD', 'SIB', 'HPOWATT', 'FRND'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

interface GuardianWords {
  readonly patientName: string;
  readonly guardianName: string;
  readonly clinicName: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  /** Milliseconds; 0: until it is ended. */
  readonly ends: number;
  /** Under age now. */
  readonly isChild: boolean;
  /** Years: from then on a child's specially protected records are the child's own. */
  readonly privateFrom: number;
  /** On what the clinic relies where the patient does not sign; '' where they do. */
  readonly evidence: string;
  /** Drawn for this naming, so that nobody finds the hash of the text by trying names. */
  readonly number: string;
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

const en = ({
  patientName,
  guardianName,
  clinicName,
  mayConsent,
  mayComplain,
  ends,
  isChild,
  privateFrom,
  evidence,
  number,
}: GuardianWords) => [
  `${guardianName} may act for ${patientName} at the kiosk of ${clinicName}, with a care card and PIN of their own.`,
  'They read what the clinic has written down, who has read it, and who may.',
  ...(isChild
    ? [
        `From the age of ${privateFrom} on, specially protected records (such as mental health, addiction, sexual health) are the child’s own and are not shown to them.`,
      ]
    : []),
  mayConsent ? 'They give, confirm and end consents, but not to research.' : 'They do not give or end consents.',
  mayComplain ? 'They write to the privacy officer.' : 'They do not write to the privacy officer.',
  ends === 0 ? 'This holds until it is ended.' : `This ends by itself on ${day(ends)} (UTC).`,
  'Patient, guardian and clinic can each end it at any time. Each act names who did it.',
  evidence === '' ? 'The patient signs this with their care card.' : `The clinic says this on evidence: ${evidence}`,
  `Number: ${number}`,
];

const de = ({
  patientName,
  guardianName,
  clinicName,
  mayConsent,
  mayComplain,
  ends,
  isChild,
  privateFrom,
  evidence,
  number,
}: GuardianWords) => [
  `${guardianName} darf für ${patientName} am Kiosk von ${clinicName} handeln, mit eigener Patientenkarte und PIN.`,
  'Sie oder er liest, was die Praxis aufgeschrieben hat, wer es gelesen hat und wer es darf.',
  ...(isChild
    ? [
        `Ab ${privateFrom} Jahren gehören besonders geschützte Einträge (etwa seelische Gesundheit, Sucht, Sexualität) dem Kind selbst und werden ihnen nicht gezeigt.`,
      ]
    : []),
  mayConsent
    ? 'Einwilligungen geben, bestätigen und beenden: ja, aber nicht zur Forschung.'
    : 'Einwilligungen geben oder beenden: nein.',
  mayComplain ? 'Dem Datenschutz schreiben: ja.' : 'Dem Datenschutz schreiben: nein.',
  ends === 0 ? 'Das gilt, bis es beendet wird.' : `Das endet von selbst am ${day(ends)} (UTC).`,
  'Patient, Vertretung und Praxis können es jederzeit beenden. Jede Handlung nennt, wer sie getan hat.',
  evidence === ''
    ? 'Die Patientin oder der Patient unterschreibt mit der Patientenkarte.'
    : `Die Praxis erklärt dies auf Grund von: ${evidence}`,
  `Nummer: ${number}`,
];

export const guardianText = (words: GuardianWords, language: GuardianLanguage): string =>
  ({ en, de })[language](words).join('\n');

/** Whether a guardian is kept from them now. Where the birth date is not known nothing tells that the patient is too young for it. */
export function keepsPrivate(birthDate: string, { majority, privateFrom }: GuardianAges, time: number): boolean {
  const [own, ofAge] = [comesOfAge(birthDate, privateFrom), comesOfAge(birthDate, majority)];
  return (own === undefined || time >= own) && (ofAge === undefined || time < ofAge);
}

/**
 * The first moment (UTC, milliseconds) at which somebody is of age; undefined where not even the year of birth is known. Of a date that is
 * less exact the earliest day counts: what a child's parents may do ends too early rather than too late.
 * @param birthDate FHIR date
 */
export function comesOfAge(birthDate: string, years: number): number | undefined {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(birthDate);
  if (!found) return undefined;
  const [, year, month = '01', day = '01'] = found;
  // Who was born on 29 February is of age on 1 March of a year without one.
  return Date.UTC(Number(year) + years, Number(month) - 1, Number(day));
}
