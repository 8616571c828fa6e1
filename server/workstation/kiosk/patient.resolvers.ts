import { Failure } from '../../../shared/outcome/failure.ts';
import type { Resolvers } from '../../graphql/generated/patient.ts';
import type { OwnRecords, StandingOwnConsent } from './own-records.ts';

export interface PatientContext {
  readonly own: OwnRecords;
}

const MOST = 200;

/** The fields of shared/kiosk/patient.graphql: all of them about the one patient whose session this is. */
export const patientResolvers: Resolvers<PatientContext> = {
  Query: {
    me: async (_, __, { own }) => {
      const { file, time } = await own.file();
      return { name: file.name, birthDate: file.birthDate, clinic: await own.home(), asOf: time };
    },
    readings: async (_, { first, after, filter }, { own }) => {
      const { readings, provedUntil } = await own.log.readings();
      const fits = readings.filter(
        ({ machine, emergency }) => !filter || (filter === 'MACHINES' ? machine : filter === 'EMERGENCY' ? emergency : !machine),
      );
      const begin = after ? fits.findIndex(({ id }) => id === after) + 1 : 0;
      const page = fits.slice(begin, begin + Math.min(Math.max(first ?? 20, 1), MOST));
      return {
        readings: page,
        next: begin + page.length < fits.length ? (page.at(-1)?.id ?? null) : null,
        total: readings.length,
        persons: readings.filter(({ machine }) => !machine).length,
        machines: readings.filter(({ machine }) => machine).length,
        emergencies: readings.filter(({ emergency }) => emergency).length,
        provedUntil: provedUntil ?? null,
      };
    },
    readingsProof: (_, __, { own }) => own.log.proof(),
    signsNew: () => false,
    consents: async (_, __, { own }) => (await own.consents()).map(shown),
    recipients: (_, __, { own }) => own.recipients(),
    consentText: () => atTheDesk(),
    offers: (_, __, { own }) => own.offers(),
    papers: async (_, __, { own }) => {
      const { file } = await own.file();
      return {
        summary: file.summary.map((section) => ({ ...section, lines: [...section.lines] })),
        export: file.export,
      };
    },
  },
  Mutation: {
    giveConsent: () => atTheDesk(),
    withdrawConsent: async (_, { id }, { own }) => shown(await own.end(id)),
    confirmConsent: async (_, { id, hash }, { own }) => shown(await own.confirm(id, hash)),
    joinOffer: () => atTheDesk(),
    leaveOffer: () => atTheDesk(),
  },
};

const shown = ({ consent, state, inRegion, isResearch, isConfirmed, hash }: StandingOwnConsent) => ({
  id: consent.id,
  recipient: consent.recipientName,
  research: isResearch,
  categories: [...consent.categories],
  purpose: consent.purpose,
  starts: consent.starts,
  ends: consent.ends === 0 ? null : consent.ends,
  state,
  reach: inRegion ? ('REGION' as const) : ('HERE' as const),
  signedByMe: isConfirmed,
  text: consent.text,
  hash,
  language: consent.language,
  recordedAt: consent.recordedAt,
  withdrawnAt: consent.withdrawnAt ?? null,
});

function atTheDesk(): never {
  throw new Failure(
    'patient.at-the-desk',
    'This kiosk confirms and ends consents and does not give new ones yet. Ask at the desk; nothing was changed.',
  );
}
