/** The built kiosk page before services that are made up: every screen can be reached, with names that try its layout. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildGraphql, type GraphqlRequest } from '../../server/graphql/apollo.ts';
import { projectFiles } from '../../server/storage/project-file.ts';
import { Topic } from '../../server/sync/vault-context/topic.ts';
import type { OwnWish } from '../../server/workstation/kiosk/own-giving.ts';
import { type BrowserHost, startBrowserHost } from '../../server/workstation/page/browser-host.ts';
import type { PageDoor } from '../../server/workstation/page/page-door.ts';
import { cardHolder, guardianText } from '../../shared/care-card/guardian-text.ts';
import { chosen } from '../../shared/consent/consent-choices.ts';
import { consentText } from '../../shared/consent/consent-text.ts';
import { Failure } from '../../shared/outcome/failure.ts';

const project = resolve(import.meta.dirname, '../..');
const LIMITS = { characters: 20_000, tokens: 2_000, depth: 12, aliases: 30, cost: 50_000 };
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20, 9, 30);

export const CARD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const PIN = '493827';

const consent = {
  id: '11',
  recipient: 'Clínica Rehabilitación Nuestra Señora del Pilar',
  research: false,
  categories: ['identity', 'clinical', 'medication'],
  purpose: 'TREAT',
  starts: NOW,
  ends: NOW + 30 * DAY,
  state: 'IN_FORCE',
  reach: 'REGION',
  signedByMe: false,
  hash: 'ab',
  text: 'CONSENT TO SHARE HEALTH RECORDS\n\nConsent number: 1111 2222\n- Nothing else is shared.\n',
  language: 'en',
  recordedAt: NOW,
  withdrawnAt: null,
};
const CARE = ['TREAT', 'ETREAT', 'PATRQT', 'PUBHLTH'];
const opening = (purpose: string, categories: string[], more: object = {}) => ({
  purpose,
  categories,
  reason: 'custody',
  partial: false,
  given: [] as number[],
  ...more,
});
const possibleReaders = [
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
const offer = {
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
const benefits = [
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
const RECEIPT = JSON.stringify({ careledger: 'receipt/1', block: 'QUJD'.repeat(900) });
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
  action: 'open',
  purpose: emergency ? 'ETREAT' : 'TREAT',
});
const readings = [reading(1, false, false), reading(2, true, false), reading(3, false, true)];

/** The true words, so that their length is looked at. */
const textOf = (wish: OwnWish): string =>
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

const answered = {
  id: '31',
  about: 'CORRECTION',
  entry: null,
  words: 'A medicine or an allergy\nI am not allergic to penicillin.',
  sentAt: NOW - 5 * DAY,
  received: true,
  answer: { words: 'Corrected today. Thank you for telling us.', by: 'Dr. Bo Frey', at: NOW - DAY },
};

const ward = { id: '41', name: 'Inés Canary', mayConsent: true, mayComplain: false, ends: NOW + 900 * DAY };
const mayComplain = { mayConsent: false, mayComplain: true, ends: null };
const guardian = { id: '42', name: 'Rosa Canary', number: '0F21-77AC', isWaiting: false, relationship: 'CHILD', ...mayComplain };
const carer = { id: '43', name: '', number: '3B9D-0142', isWaiting: true, relationship: 'FRND', ...mayComplain };

const link = {
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
};

export interface KioskStand extends AsyncDisposable {
  readonly host: BrowserHost;
  /** Cards that were tried with their PINs, and how often somebody said that they are there. */
  readonly seen: { readonly tried: string[]; stays: number; ends: number };
  /** Whoever counts tries is away; later papers are on their way here. */
  readonly outside: { isAway: boolean; areLate: boolean };
}

export async function startKioskStand(times = { idleSeconds: 60, graceSeconds: 15 }): Promise<KioskStand> {
  const seen = { tried: [] as string[], stays: 0, ends: 0 };
  const outside = { isAway: false, areLate: false };
  const changed = new Topic<true>();
  let state = 'READY';
  let confirmed = false;
  let withdrawn = false;
  let joined = false;
  const offered = () => (joined ? { ...offer, joined, since: NOW - 10 * DAY, benefits } : offer);
  const requests: object[] = [answered];
  const links: Array<typeof link> = [];
  let acting = false;
  let dismissed = false;
  let named = false;
  const me = () => ({
    name: acting ? ward.name : 'María del Carmen Canary',
    birthDate: '1948-03-05',
    clinic: 'Praxis am Markt',
    asOf: outside.areLate ? NOW - 10 * DAY : NOW,
    newerOnItsWay: outside.areLate,
    actedForBy: acting ? 'María del Carmen Canary' : null,
    mayConsent: true,
    // Who is acted for has died.
    mayGive: !acting,
    mayComplain: true,
  });
  const now = () => ({
    state,
    clinic: 'Praxis am Markt',
    canCheckIn: !outside.isAway,
    ...times,
    device: 'ab'.repeat(32),
  });
  const move = (to: string) => {
    state = to;
    changed.publish(true);
    return now();
  };
  const kiosk = await buildGraphql<object>({
    typeDefs: readFileSync(resolve(project, 'shared/kiosk/kiosk.graphql'), 'utf8'),
    limits: LIMITS,
    report: (incident) => process.stderr.write(`${JSON.stringify(incident)}\n`),
    resolvers: {
      Query: { kiosk: now },
      Mutation: {
        checkIn: (_: unknown, { card, pin }: { card: string; pin: string }) => {
          seen.tried.push(`${card} ${pin}`);
          if (pin !== PIN) throw new Failure('card.pin-wrong', 'Wrong.', { details: { left: 9 } });
          return move('OPEN');
        },
        prepare: () => true,
        stay: () => {
          seen.stays += 1;
          return true;
        },
        endSession: () => {
          seen.ends += 1;
          return move('READY');
        },
      },
      Subscription: {
        kioskChanged: {
          subscribe: async function* () {
            for await (const _ of changed.follow()) yield { kioskChanged: now() };
          },
        },
      },
    },
  });
  const patient = await buildGraphql<object>({
    typeDefs: await projectFiles('shared/kiosk/patient'),
    limits: LIMITS,
    report: (incident) => process.stderr.write(`${JSON.stringify(incident)}\n`),
    resolvers: {
      Query: {
        me: () => me(),
        wards: () => [ward],
        guardians: () => [...(dismissed ? [] : [guardian]), ...(named ? [carer] : [])],
        carerText: (_: unknown, { wish }: { wish: { language: string } }) => ({
          text: guardianText(
            {
              patientName: 'María del Carmen Canary',
              guardianName: cardHolder(carer.number, wish.language as 'en'),
              clinicName: 'Praxis am Markt',
              mayConsent: false,
              mayComplain: true,
              ends: 0,
              isChild: false,
              privateFrom: 0,
              evidence: '',
              number: 'ab'.repeat(16),
            },
            wish.language as 'en',
          ),
          language: wish.language,
          hash: 'cd'.repeat(32),
        }),
        readings: (_: unknown, { filter }: { filter?: string }) => ({
          readings: readings.filter(
            ({ machine, emergency }) =>
              !filter || (filter === 'MACHINES' ? machine : filter === 'EMERGENCY' ? emergency : !machine),
          ),
          next: null,
          total: 3,
          persons: 2,
          machines: 1,
          emergencies: 1,
          provedUntil: NOW - 2 * DAY,
        }),
        readingsProof: () => ({
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
        }),
        consents: () => [
          { ...consent, signedByMe: confirmed, ...(withdrawn && { state: 'WITHDRAWN', reach: 'HERE', withdrawnAt: NOW }) },
        ],
        whoCouldOpen: () => possibleReaders,
        recipients: () => [
          { chain: 'aa', name: consent.recipient, research: false },
          { chain: 'bb', name: 'University institute', research: true },
        ],
        consentText: (_: unknown, { wish }: { wish: OwnWish }) => ({ ...consent, language: wish.language, text: textOf(wish) }),
        offers: () => [offered()],
        readingsReceipt: () => RECEIPT,
        consentProof: () => RECEIPT,
        benefitReceipt: () => RECEIPT,
        requests: () => requests,
        healthLinks: () => ({ offered: true, links }),
        videoVisit: () => null,
        papers: () => ({
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
        }),
      },
      Mutation: {
        actFor: (_: unknown, { ward: chosenWard }: { ward: string | null }) => {
          acting = chosenWard !== null;
          return me();
        },
        leaveWard: () => [],
        nameCarer: () => {
          named = true;
          return [carer];
        },
        endGuardian: () => {
          dismissed = true;
          return [];
        },
        giveConsent: () => ({ ...consent, id: '12', reach: 'SIGNED', signedByMe: true }),
        withdrawConsent: () => {
          withdrawn = true;
          return { ...consent, state: 'WITHDRAWN', reach: 'HERE', withdrawnAt: NOW };
        },
        confirmConsent: (_: unknown, { hash }: { hash: string }) => {
          confirmed = hash === consent.hash;
          return { ...consent, reach: 'HERE', signedByMe: confirmed };
        },
        sendRequest: (_: unknown, { about, words }: { about: string; words: string }) => {
          const request = { ...answered, id: String(requests.length), about, words, received: false, answer: null };
          requests.unshift(request);
          return request;
        },
        makeHealthLink: (_: unknown, { parts, passcode }: { parts: string[]; passcode: boolean }) => {
          links.unshift({ ...link, parts, passcode });
          return { link: links[0], passcode: passcode ? '048271' : '' };
        },
        endHealthLink: () => {
          for (const each of links) each.state = 'ENDED';
          return { offered: true, links };
        },
        joinOffer: () => {
          joined = true;
          return offered();
        },
        leaveOffer: () => offer,
      },
    },
  });
  const door: PageDoor = {
    execute: (tier, request) => (tier === 'kiosk' ? kiosk : patient).execute(request, {}),
    follow: (_tier, request: GraphqlRequest, next) => {
      const started = kiosk.subscribe(request, {});
      const done = started.then(async (answers) => {
        if (!(Symbol.asyncIterator in answers)) return next(answers);
        for await (const answer of answers) next(answer);
      });
      return {
        done,
        stop: () => void started.then((answers) => (Symbol.asyncIterator in answers ? answers.return?.() : undefined)),
      };
    },
  };
  const host = await startBrowserHost(door, resolve(project, 'out/renderer'), 0, 'kiosk.html');
  return {
    host,
    seen,
    outside,
    [Symbol.asyncDispose]: async () => {
      await host.close();
      await kiosk.stop();
      await patient.stop();
    },
  };
}
