/** The words in which somebody is named who acts for a patient, as they are read before they are signed; and the day that ends it for a child. */
import { toHex } from '../encoding/bytes.ts';
import { localMoment } from '../encoding/wall-clock.ts';
import type { GuardianAges } from './age-rules.ts';

/** At a desk the first and the last; at a kiosk all. */
export const GUARDIAN_LANGUAGES = ['en', 'es', 'fr', 'ar', 'uk', 'de'] as const;
type GuardianLanguage = (typeof GUARDIAN_LANGUAGES)[number];

/** HL7 v3 RoleCode: who somebody is to the patient. */
export const RELATIONSHIPS = ['MTH', 'FTH', 'PRN', 'GUARD', 'SPS', 'CHILD', 'SIB', 'HPOWATT', 'FRND'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];
/** On what ground somebody sees the records of a patient who has died: as executor, as next of kin, by a court's decision. */
export const REPRESENTATIVES = ['EXCEST', 'NOK', 'RESPRSN'] as const;
export type Representative = (typeof REPRESENTATIVES)[number];
export const isRepresentative = (relationship: string): relationship is Representative =>
  REPRESENTATIVES.some((code) => code === relationship);
/** Whom a patient names by themselves at a kiosk: of the others a desk looks at documents. */
export const CARERS = ['SPS', 'CHILD', 'PRN', 'SIB', 'FRND'] as const;

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
  ends === 0 ? 'This holds until it is ended.' : `This ends by itself on ${localMoment(ends)}.`,
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
  ends === 0 ? 'Das gilt, bis es beendet wird.' : `Das endet von selbst am ${localMoment(ends)}.`,
  'Patient, Vertretung und Praxis können es jederzeit beenden. Jede Handlung nennt, wer sie getan hat.',
  evidence === ''
    ? 'Die Patientin oder der Patient unterschreibt mit der Patientenkarte.'
    : `Die Praxis erklärt dies auf Grund von: ${evidence}`,
  `Nummer: ${number}`,
];

const es = ({ patientName, guardianName, clinicName, mayConsent, mayComplain, ends, number }: GuardianWords) => [
  `${guardianName} puede actuar por ${patientName} en el quiosco de ${clinicName}, con tarjeta y PIN propios.`,
  'Lee lo que el centro ha anotado, quién lo ha leído y quién puede leerlo.',
  mayConsent ? 'Da, confirma y termina consentimientos, pero no para investigación.' : 'No da ni termina consentimientos.',
  mayComplain ? 'Escribe a la persona responsable de la privacidad.' : 'No escribe a la persona responsable de la privacidad.',
  ends === 0 ? 'Vale hasta que alguien lo termine.' : `Termina por sí solo el ${localMoment(ends)}.`,
  'Paciente, representante y centro pueden terminarlo en cualquier momento. Cada acto dice quién lo hizo.',
  'La persona paciente lo firma con su tarjeta.',
  `Número: ${number}`,
];

const fr = ({ patientName, guardianName, clinicName, mayConsent, mayComplain, ends, number }: GuardianWords) => [
  `${guardianName} peut agir pour ${patientName} à la borne de ${clinicName}, avec sa propre carte et son propre code PIN.`,
  'Cette personne lit ce que le cabinet a noté, qui l’a lu et qui peut le lire.',
  mayConsent
    ? 'Elle donne, confirme et termine des consentements, mais pas pour la recherche.'
    : 'Elle ne donne ni ne termine de consentements.',
  mayComplain
    ? 'Elle écrit à la personne chargée de la protection des données.'
    : 'Elle n’écrit pas à la personne chargée de la protection des données.',
  ends === 0 ? 'Cela vaut jusqu’à ce que quelqu’un y mette fin.' : `Cela prend fin de soi-même le ${localMoment(ends)}.`,
  'Patient, représentant et cabinet peuvent y mettre fin à tout moment. Chaque acte dit qui l’a fait.',
  'La patiente ou le patient signe ceci avec sa carte.',
  `Numéro : ${number}`,
];

const uk = ({ patientName, guardianName, clinicName, mayConsent, mayComplain, ends, number }: GuardianWords) => [
  `${guardianName} може діяти за ${patientName} біля кіоску закладу ${clinicName}, з власною карткою і PIN-кодом.`,
  'Ця особа читає, що записав заклад, хто це читав і хто може читати.',
  mayConsent ? 'Вона дає, підтверджує і припиняє згоди, але не на дослідження.' : 'Вона не дає і не припиняє згод.',
  mayComplain ? 'Вона пише відповідальному за захист даних.' : 'Вона не пише відповідальному за захист даних.',
  ends === 0 ? 'Це діє, доки хтось не припинить.' : `Це припиняється само ${localMoment(ends)}.`,
  'Пацієнт, представник і заклад можуть припинити це будь-коли. Кожна дія називає того, хто її зробив.',
  'Пацієнт підписує це своєю карткою.',
  `Номер: ${number}`,
];

const ar = ({ patientName, guardianName, clinicName, mayConsent, mayComplain, ends, number }: GuardianWords) => [
  `يجوز أن يتصرف ${guardianName} نيابةً عن ${patientName} عند كشك ${clinicName}، ببطاقته ورمزه السري الخاصين.`,
  'يقرأ ما دوّنته العيادة، ومن قرأه، ومن يجوز له ذلك.',
  mayConsent ? 'يمنح الموافقات ويؤكدها وينهيها، إلا موافقات البحث العلمي.' : 'لا يمنح موافقات ولا ينهيها.',
  mayComplain ? 'يكتب إلى مسؤول الخصوصية.' : 'لا يكتب إلى مسؤول الخصوصية.',
  ends === 0 ? 'يسري هذا حتى ينهيه أحد.' : `ينتهي هذا من تلقاء نفسه في ${localMoment(ends)}.`,
  'يستطيع المريض وممثله والعيادة إنهاءه في أي وقت. وكل تصرف يُذكر فيه من قام به.',
  'يوقّع المريض هذا ببطاقته.',
  `الرقم: ${number}`,
];

export const guardianText = (words: GuardianWords, language: GuardianLanguage): string =>
  ({ en, es, fr, ar, uk, de })[language](words).join('\n');

interface RepresentativeWords extends Omit<GuardianWords, 'isChild' | 'privateFrom'> {
  readonly ground: Representative;
}

const GROUNDS = {
  en: { EXCEST: 'executor of the estate', NOK: 'next of kin', RESPRSN: 'representative appointed by a court' },
  de: { EXCEST: 'Testamentsvollstreckung', NOK: 'nächste Angehörige', RESPRSN: 'vom Gericht bestellte Vertretung' },
} as const;

/** The words for a patient who has died: nobody signs them in their name. At a desk, in its languages. */
export function representativeText(words: RepresentativeWords, language: GuardianLanguage): string {
  const { patientName, guardianName, clinicName, mayConsent, mayComplain, ends, evidence, number, ground } = words;
  const lines =
    language === 'de'
      ? [
          `${patientName} ist verstorben. ${guardianName} darf die Akte am Kiosk von ${clinicName} einsehen, mit eigener Patientenkarte und PIN. Grund: ${GROUNDS.de[ground]}.`,
          'Sie oder er liest, was die Praxis aufgeschrieben hat und wer es gelesen hat. Besonders geschützte Einträge (etwa seelische Gesundheit, Sucht, Sexualität) werden nicht gezeigt; was davon nach Gesetz oder Urteil herauszugeben ist, gibt die Praxis selbst heraus.',
          mayConsent
            ? 'Einwilligungen der verstorbenen Person beenden: ja. Neue gibt niemand mehr.'
            : 'Einwilligungen beenden: nein. Neue gibt niemand mehr.',
          mayComplain ? 'Dem Datenschutz schreiben: ja.' : 'Dem Datenschutz schreiben: nein.',
          `Das endet von selbst am ${localMoment(ends)}. Vertretung und Praxis können es jederzeit vorher beenden. Jede Handlung nennt, wer sie getan hat.`,
          `Die Praxis erklärt dies auf Grund von: ${evidence}`,
          `Nummer: ${number}`,
        ]
      : [
          `${patientName} has died. ${guardianName} may see their records at the kiosk of ${clinicName}, with a care card and PIN of their own. Ground: ${GROUNDS.en[ground]}.`,
          'They read what the clinic has written down and who has read it. Specially protected records (such as mental health, addiction, sexual health) are not shown to them; what the law or a court orders of those the clinic hands out itself.',
          mayConsent
            ? 'They end consents of the person who has died. Nobody gives new ones.'
            : 'They end no consents. Nobody gives new ones.',
          mayComplain ? 'They write to the privacy officer.' : 'They do not write to the privacy officer.',
          `This ends by itself on ${localMoment(ends)}. Representative and clinic can each end it before. Each act names who did it.`,
          `The clinic says this on evidence: ${evidence}`,
          `Number: ${number}`,
        ];
  return lines.join('\n');
}

/** Eight digits of a card's id, which is no secret. */
export const numberOfCard = (card: Uint8Array): string => {
  const digits = toHex(card.subarray(0, 4)).toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
};

/** In the place of a name, which a kiosk does not know of who holds another card. */
export const cardHolder = (number: string, language: GuardianLanguage): string =>
  ({
    en: `The holder of the care card ${number}, which was shown here,`,
    es: `La persona titular de la tarjeta ${number}, que se mostró aquí,`,
    fr: `La personne titulaire de la carte ${number}, présentée ici,`,
    ar: `حامل البطاقة ${number} التي عُرضت هنا`,
    uk: `Власник картки ${number}, яку тут показали,`,
    de: `Wer die Patientenkarte ${number} besitzt, die hier gezeigt wurde,`,
  })[language];

/** Whether a guardian is kept from them now. Where the birth date is not known nothing tells that the patient is too young for it. */
export function keepsPrivate(birthDate: string, { majority, privateFrom }: GuardianAges, time: number): boolean {
  const [own, ofAge] = [comesOfAge(birthDate, privateFrom), comesOfAge(birthDate, majority)];
  return (own === undefined || time >= own) && (ofAge === undefined || time < ofAge);
}

/**
 * The first moment (milliseconds) of the day on which somebody is of age, by the clinic's own calendar; undefined where not even the year
 * of birth is known. Of a date that is less exact the earliest day counts: what a child's parents may do ends too early rather than too late.
 * @param birthDate FHIR date
 */
export function comesOfAge(birthDate: string, years: number): number | undefined {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(birthDate);
  if (!found) return undefined;
  const [, year, month = '01', day = '01'] = found;
  const midnight = new Date(0);
  midnight.setHours(0, 0, 0, 0);
  // Who was born on 29 February is of age on 1 March of a year without one; a midnight that the clocks leap over is the moment after it.
  midnight.setFullYear(Number(year) + years, Number(month) - 1, Number(day));
  return midnight.getTime();
}
