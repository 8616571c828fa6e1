/** A patient who is made up, with their records' readers, consents, offers and papers: names and numbers that try the kiosk's layout. */
import type { OwnWish } from '../../server/workstation/kiosk/own-giving.ts';
import { cardHolder, guardianText } from '../../shared/care-card/guardian-text.ts';
import { chosen } from '../../shared/consent/consent-choices.ts';
import { consentText } from '../../shared/consent/consent-text.ts';

export const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 10, 20, 9, 30);

export const CARD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const PIN = '493827';

export const consent = {
  id: '11',
  recipient: 'Clínica Rehabilitación Nuestra Señora del Pilar',
  research: false,
  categories: ['identity', 'clinical', 'medication'],
  purpose: 'TREAT',
  starts: NOW,
  ends: NOW + 30 * DAY,
  state: 'IN_FORCE',
  reach: 'REGION',
  signedBy: 'CLINIC',
  hash: 'ab',
  text: 'CONSENT TO SHARE HEALTH RECORDS\n\nConsent number: 1111 2222\n- Nothing else is shared.\n',
  language: 'en',
  recordedAt: NOW,
  withdrawnAt: null,
};
/** Just given, at a kiosk: no desk has added the keys. */
export const given = { ...consent, id: '12', state: 'WAITING', reach: 'SIGNED', signedBy: 'PATIENT' };
/** Written down at a desk that has not finished; ended by its day, and signed by who acts for the patient. */
export const otherConsents = [
  { ...consent, id: '13', recipient: 'Mountain Clinic', state: 'WAITING', reach: 'RECORDED' },
  { ...consent, id: '14', recipient: 'Hospital del Mar', ends: NOW - DAY, state: 'EXPIRED', signedBy: 'GUARDIAN' },
];
const CARE = ['TREAT', 'ETREAT', 'PATRQT', 'PUBHLTH'];
const opening = (purpose: string, categories: string[], more: object = {}) => ({
  purpose,
  categories,
  reason: 'custody',
  partial: false,
  given: [] as number[],
  ...more,
});
export const possibleReaders = [
  {
    clinic: 'Praxis am Markt',
    home: true,
    role: 'clinician',
    names: ['Dr. Ada Frey', 'Dr. Bartholomäus von Hohenzollern-Sigmaringen', 'Dr. Bo Frey'],
    count: 3,
    opens: CARE.map((purpose) => opening(purpose, ['identity', 'clinical', 'sensitive', 'medication'])),
  },
  {
    clinic: 'Praxis am Markt',
    home: true,
    role: 'nurse',
    names: ['Nina Nurse'],
    count: 1,
    opens: CARE.map((purpose) => opening(purpose, ['identity', 'clinical', 'medication'], { partial: true })),
  },
  {
    clinic: 'Praxis am Markt',
    home: true,
    role: 'reception',
    names: ['Cleo Counter'],
    count: 1,
    opens: ['TREAT', 'HOPERAT'].map((purpose) => opening(purpose, ['identity'])),
  },
  {
    clinic: consent.recipient,
    home: false,
    role: 'clinician',
    names: [],
    count: 12,
    opens: [opening('TREAT', consent.categories, { reason: 'consent', given: [NOW] })],
  },
];
export const offer = {
  id: '21',
  title: 'Asthma in the city',
  buyer: 'University institute',
  purpose: 'How often asthma is treated too late',
  reward: '20 euros',
  opens: NOW,
  expires: NOW + 60 * DAY,
  minimumGroup: 5,
  categories: ['clinical', 'medication'],
  open: true,
  joined: false,
  since: null,
  reach: 'HERE',
  needsConsent: false,
  publisher: 'ab',
  promised: { amount: 2_000, currency: 'EUR' },
  benefits: [] as object[],
};
export const benefits = [
  {
    id: '61',
    amount: 1_500,
    currency: 'EUR',
    earnedAt: NOW - 3 * DAY,
    paidAt: NOW - DAY,
    earnedFor: 'First visit and questionnaire',
    paidBy: 'Voucher 8C2F-77A1, at the desk of your clinic',
  },
  { id: '62', amount: 500, currency: 'EUR', earnedAt: NOW - DAY, paidAt: null, earnedFor: 'Second visit', paidBy: '' },
];
/** As long as a true one. */
export const RECEIPT = JSON.stringify({ careledger: 'receipt/1', block: 'QUJD'.repeat(900) });
const reading = (at: number, machine: boolean, emergency: boolean) => ({
  id: String(at),
  at: NOW - at * DAY,
  who: machine ? 'Nightly check of interactions' : 'Dr. Ada Frey',
  onWordOf: machine ? 'Dr. Ada Frey' : '',
  givenTo: machine ? 'Clínica Rehabilitación Nuestra Señora del Pilar' : '',
  proved: at > 1,
  copied: at > 1,
  role: machine ? '' : 'clinician',
  clinic: 'Praxis am Markt',
  machine,
  emergency,
  action: at === 1 ? 'card' : 'open',
  purpose: emergency ? 'ETREAT' : 'TREAT',
});
export const readings = [reading(1, false, false), reading(2, true, false), reading(3, false, true)];

/** The true words, so that their length is looked at. */
export const textOf = (wish: OwnWish): string =>
  consentText(
    chosen({ ...wish, recipient: 'bb'.repeat(32), patient: '00'.repeat(16), starts: NOW, ends: wish.ends, verification: 'x' }),
    {
      patientName: 'María del Carmen Canary',
      birthDate: '1948-03-05',
      custodianName: 'Praxis am Markt',
      recipientName: 'University institute',
      consent: '11'.repeat(16),
    },
  );

export const answered = {
  id: '31',
  about: 'CORRECTION',
  entry: null,
  words: 'A medicine or an allergy\nI am not allergic to penicillin.',
  sentAt: NOW - 5 * DAY,
  received: true,
  answer: { words: 'Corrected today. Thank you for telling us.', by: 'Dr. Bo Frey', at: NOW - DAY },
};

export const ward = { id: '41', name: 'Inés Canary', mayConsent: true, mayComplain: false, ends: NOW + 900 * DAY };
const mayComplain = { mayConsent: false, mayComplain: true, ends: null };
export const guardian = {
  id: '42',
  name: 'Rosa Canary',
  number: '0F21-77AC',
  isWaiting: false,
  relationship: 'CHILD',
  ...mayComplain,
};
export const carer = { id: '43', name: '', number: '3B9D-0142', isWaiting: true, relationship: 'FRND', ...mayComplain };

export const link = {
  id: '51',
  code: `shlink:/${'eyJ1cmwiOiJodHRwczovL2xpbmtzLmV4YW1wbGUub3JnL20v'.repeat(6)}`,
  parts: ['allergies'],
  ends: NOW + DAY,
  passcode: true,
  state: 'OPEN',
  opened: 2,
  lastOpened: NOW,
  recipient: 'Hospital de la Santa Creu',
  triesLeft: 10,
  madeBy: null,
};
/** Made by who acts for the patient. */
export const guardiansLink = { ...link, id: '52', parts: ['medications', 'problems'], passcode: false, madeBy: 'Rosa Canary' };

/** The true words with which a carer is named. */
export const carerTextIn = (language: 'en'): string =>
  guardianText(
    {
      patientName: 'María del Carmen Canary',
      guardianName: cardHolder(carer.number, language),
      clinicName: 'Praxis am Markt',
      mayConsent: false,
      mayComplain: true,
      ends: 0,
      isChild: false,
      privateFrom: 0,
      evidence: '',
      number: 'ab'.repeat(16),
    },
    language,
  );

export const readingsProof = {
  verdict: 'BROKEN',
  provedUntil: NOW - 2 * DAY,
  proved: 2,
  unproved: 1,
  logs: [
    {
      clinic: 'Praxis am Markt',
      computer: '3fa2c41b',
      standing: 'EARLIER',
      entries: 3,
      counted: 1_204,
      missing: [{ from: 2, to: 3 }],
      altered: [{ number: 4, at: NOW - 3 * DAY }],
    },
  ],
};

export const papers = {
  summary: [
    {
      name: 'allergies',
      leftOut: 1_204,
      lines: [
        {
          record: 'ab',
          text: 'Penicillin',
          date: '2019-04',
          disagreements: [{ words: 'It was only a rash from the sun.', date: '2026-11-02' }],
        },
      ],
    },
  ],
  export: '{}',
  exportLeftOut: 1_204,
  internationalSummary: '{}',
  certificates: [{ erasedAt: NOW - 40 * DAY, json: RECEIPT }],
};
