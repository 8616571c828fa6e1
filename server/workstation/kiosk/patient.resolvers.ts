import type { ComplaintSubject } from '../../../shared/access/complaint-text.ts';
import type { Resolvers } from '../../graphql/generated/patient.ts';
import type { OwnOffer } from './own-offers.ts';
import type { OwnRecords, StandingOwnConsent } from './own-records.ts';
import type { OwnRequest } from './own-requests.ts';

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
    consents: async (_, __, { own }) => (await own.consents()).map(shown),
    recipients: (_, __, { own }) => own.recipients(),
    consentText: (_, { wish }, { own }) => own.giving.text(wish),
    offers: async (_, __, { own }) => (await own.offers.list()).map(shownOffer),
    requests: async (_, __, { own }) => (await own.requests.list()).map(shownRequest),
    papers: async (_, __, { own }) => {
      const { file } = await own.file();
      return {
        summary: file.summary.map((section) => ({ ...section, lines: [...section.lines] })),
        export: file.export,
        internationalSummary: file.internationalSummary,
      };
    },
  },
  Mutation: {
    giveConsent: async (_, { wish, hash }, { own }) => shown(await own.give(wish, hash)),
    withdrawConsent: async (_, { id }, { own }) => shown(await own.end(id)),
    confirmConsent: async (_, { id, hash }, { own }) => shown(await own.confirm(id, hash)),
    sendRequest: async (_, { about, words, entry }, { own }) =>
      shownRequest(await own.requests.send(about.toLowerCase() as ComplaintSubject, words, entry ?? undefined)),
    joinOffer: async (_, { offer }, { own }) => shownOffer(await own.offers.join(offer)),
    leaveOffer: async (_, { offer }, { own }) => shownOffer(await own.offers.leave(offer)),
  },
};

const shown = ({ consent, state, reach, isResearch, isConfirmed, hash }: StandingOwnConsent) => ({
  id: consent.id,
  recipient: consent.recipientName,
  research: isResearch,
  categories: [...consent.categories],
  purpose: consent.purpose,
  starts: consent.starts,
  ends: consent.ends === 0 ? null : consent.ends,
  state,
  reach,
  signedByMe: isConfirmed,
  text: consent.text,
  hash,
  language: consent.language,
  recordedAt: consent.recordedAt,
  withdrawnAt: consent.withdrawnAt ?? null,
});

const shownRequest = ({ id, about, line, words, sentAt, received, answer }: OwnRequest) => ({
  id,
  about: about.toUpperCase() as Uppercase<ComplaintSubject>,
  entry: line || null,
  words,
  sentAt,
  received,
  answer: answer ?? null,
});

const shownOffer = ({ id, terms, publisher, buyer, isOpen, joined, since, reach, needsConsent }: OwnOffer) => ({
  id,
  title: terms.title,
  buyer,
  purpose: terms.description,
  reward: terms.reward,
  opens: terms.opens,
  expires: terms.expires,
  minimumGroup: terms.minimumGroup,
  categories: [...terms.categories],
  open: isOpen,
  joined,
  since: since ?? null,
  reach,
  needsConsent,
  publisher,
});
