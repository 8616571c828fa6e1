import type { ComplaintSubject } from '../../../shared/access/complaint-text.ts';
import { internationalSummary } from '../../../shared/fhir/international-summary.ts';
import type { FiledSection } from '../../../shared/kiosk/patient-file.ts';
import type { Resolvers } from '../../graphql/generated/patient.ts';
import type { StandingOwnConsent } from './own-consents.ts';
import type { OwnLink } from './own-links.ts';
import type { OwnBenefit, OwnOffer } from './own-offers.ts';
import type { OwnPossibleReaders } from './own-openings.ts';
import type { OwnRecords } from './own-records.ts';
import type { OwnRequest } from './own-requests.ts';
import type { OwnGuardian, OwnWard, OwnWards } from './own-wards.ts';

export interface PatientContext {
  /** The records that are shown: of who is checked in, or of somebody for whom they act. */
  readonly own: OwnRecords;
  readonly wards: OwnWards;
}

const MOST = 200;

/** The fields of shared/kiosk/patient/*.graphql: all of them about the one patient whose session this is. */
export const patientResolvers: Resolvers<PatientContext> = {
  Query: {
    me: async (_, __, { own }) => shownMe(own),
    wards: async (_, __, { wards }) => (await wards.list()).map(shownWard),
    guardians: async (_, __, { own, wards }) => (own.guardian ? [] : (await wards.guardians()).map(shownGuardian)),
    carerText: (_, { wish }, { own, wards }) => {
      if (own.guardian) own.require('research');
      return wards.naming.text(wish);
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
    readingsReceipt: (_, __, { own }) => own.log.receipt(),
    consents: async (_, __, { own }) => (await own.consents.list()).map(shown),
    // What the patient keeps from people of the clinic shows in it.
    whoCouldOpen: async (_, __, { own }) => (await own.require('own-wishes').possibleReaders()).map(shownReaders),
    recipients: (_, __, { own }) => own.recipients(),
    consentProof: (_, { id }, { own }) => own.consents.proof(id),
    benefitReceipt: (_, { id }, { own }) => own.require('research').offers.receipt(id),
    consentText: (_, { wish }, { own }) => own.giving.text(wish),
    offers: async (_, __, { own }) => (await own.require('research').offers.list()).map(shownOffer),
    healthLinks: async (_, __, { own }) => shownLinks(own),
    videoVisit: async (_, __, { own }) => (await own.calls.waiting()) ?? null,
    visitSignals: (_, { room, seat, after }, { own }) => own.calls.hear(room, seat, after),
    requests: async (_, __, { own }) => (await own.requests.list()).map(shownRequest),
    papers: async (_, __, { own }) => {
      const { file } = await own.file();
      return {
        summary: file.summary.map(shownSection),
        export: file.export,
        exportLeftOut: file.exportLeftOut ?? 0,
        internationalSummary: internationalSummary(file.international.subject, file.international.resources),
        certificates: [...(file.certificates ?? [])],
      };
    },
  },
  Mutation: {
    giveConsent: async (_, { wish, hash }, { own }) => shown(await own.require('consent').consents.give(wish, hash)),
    withdrawConsent: async (_, { id }, { own }) => shown(await own.require('consent').consents.end(id)),
    confirmConsent: async (_, { id, hash }, { own }) => shown(await own.require('consent').consents.confirm(id, hash)),
    sendRequest: async (_, { about, words, entry, record }, { own }) => {
      const subject = about.toLowerCase() as ComplaintSubject;
      const of = { entry: entry ?? undefined, record: record ?? undefined };
      return shownRequest(await own.require('complain').requests.send(subject, words, of));
    },
    makeHealthLink: async (_, { parts, hours, passcode }, { own }) => {
      const made = await own.require('consent').links.make({ parts, hours, withPasscode: passcode });
      return { link: shownLink(made.link), passcode: made.passcode };
    },
    joinVisit: (_, { room, token }, { own }) => own.calls.join(room, token),
    sayInVisit: async (_, { room, seat, body }, { own }) => {
      await own.calls.say(room, seat, body);
      return true;
    },
    endHealthLink: async (_, { link }, { own }) => {
      await own.require('consent').links.end(link);
      return shownLinks(own);
    },
    joinOffer: async (_, { offer }, { own }) => shownOffer(await own.require('research').offers.join(offer)),
    actFor: async (_, { ward }, { wards }) => shownMe(await wards.actFor(ward ?? undefined)),
    leaveWard: async (_, { ward }, { wards }) => {
      await wards.leave(ward);
      return (await wards.list()).map(shownWard);
    },
    nameCarer: async (_, { wish, hash }, { own, wards }) => {
      if (own.guardian) own.require('research');
      await wards.naming.name(wish, hash);
      return (await wards.guardians()).map(shownGuardian);
    },
    endGuardian: async (_, { guardian }, { own, wards }) => {
      // Nobody who acts for a patient decides who else does.
      if (own.guardian) own.require('research');
      await wards.dismiss(guardian);
      return (await wards.guardians()).map(shownGuardian);
    },
    leaveOffer: async (_, { offer }, { own }) => shownOffer(await own.require('research').offers.leave(offer)),
  },
};

const shown = ({ consent, state, reach, isResearch, signedBy, hash }: StandingOwnConsent) => ({
  id: consent.id,
  recipient: consent.recipientName,
  research: isResearch,
  categories: [...consent.categories],
  purpose: consent.purpose,
  starts: consent.starts,
  ends: consent.ends === 0 ? null : consent.ends,
  state,
  reach,
  signedBy,
  text: consent.text,
  hash,
  language: consent.language,
  recordedAt: consent.recordedAt,
  withdrawnAt: consent.withdrawnAt ?? null,
});

const shownReaders = ({ isHome, names, openings, ...rest }: OwnPossibleReaders) => ({
  ...rest,
  home: isHome,
  names: [...names],
  opens: openings.map(({ purpose, categories, reason, isPartial, given }) => ({
    purpose,
    categories: [...categories],
    reason,
    partial: isPartial,
    given: [...given],
  })),
});

const shownSection = ({ name, lines, leftOut = 0 }: FiledSection) => ({
  name,
  leftOut,
  lines: lines.map(({ disagreements, ...line }) => ({ ...line, disagreements: [...disagreements] })),
});

async function shownMe(own: OwnRecords) {
  const { file, time, isNewest } = await own.file();
  const { guardian } = own;
  return {
    name: file.name,
    birthDate: file.birthDate,
    clinic: await own.home(),
    asOf: time,
    newerOnItsWay: !isNewest,
    actedForBy: guardian?.name ?? null,
    mayConsent: guardian?.mayConsent ?? true,
    mayGive: (guardian?.mayConsent ?? true) && !file.deceased,
    mayComplain: guardian?.mayComplain ?? true,
  };
}

const shownWard = ({ ends, ...ward }: OwnWard) => ({ ...ward, ends: ends ?? null });
const shownGuardian = ({ ends, ...guardian }: OwnGuardian) => ({ ...guardian, ends: ends ?? null });

async function shownLinks(own: OwnRecords) {
  const { isOffered, links } = await own.links.list();
  return { offered: isOffered, links: links.map(shownLink) };
}

const shownLink = ({
  link,
  madeBy,
  code,
  sections,
  ends,
  hasPasscode,
  state,
  opened,
  lastOpened,
  recipient,
  triesLeft,
}: OwnLink) => ({
  id: link,
  madeBy: madeBy ?? null,
  code,
  parts: [...sections],
  ends,
  passcode: hasPasscode,
  state,
  opened,
  lastOpened: lastOpened ?? null,
  recipient,
  triesLeft,
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

const shownBenefit = ({ handle: _, paidAt, ...benefit }: OwnBenefit) => ({ ...benefit, paidAt: paidAt ?? null });

const shownOffer = ({ id, terms, buyer, isOpen, joined, since, reach, ...rest }: OwnOffer) => ({
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
  needsConsent: rest.needsConsent,
  promised: rest.promised ?? null,
  benefits: rest.benefits.map(shownBenefit),
});
