import type { ConsentException, ConsentWish } from '../../shared/consent/consent-choices.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type {
  CardShareInput,
  Category,
  Consent,
  ConsentInput,
  ExceptionKind,
  Resolvers,
  Restriction,
  ConsentException as ShownException,
  PossibleReader as ShownReader,
} from '../graphql/generated/vault.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { documentProgress } from '../sync/vault-context/progress.ts';
import { NOBODY, type PatientEntry, type VaultContext } from '../sync/vault-context/vault-context.ts';
import type { CardShare } from './card-visits.ts';
import type { Consents, StandingConsent } from './consent.ts';
import type { ForeignConsent, ForeignRule } from './foreign-consents.ts';
import type { PossibleReader } from './possible-readers.ts';
import type { StandingRestriction } from './restrictions.ts';

export interface ConsentRequest {
  readonly vault: VaultContext;
  readonly consents: Consents;
  /** The access log; its domain stands beside this one. */
  readonly access: { note(patient: PatientEntry, action: string, purpose: string, details: object): Promise<unknown> };
  /** Names of colleagues; their domain stands above this one. */
  readonly staff: { members(): Promise<ReadonlyArray<{ readonly id: string; readonly name: string }>> };
}

export const consentResolvers: Resolvers<ConsentRequest> = {
  Query: {
    consents: async (_, { patient }, { vault, consents }) => shown(vault, await consents.list(patient)),
    consentProof: (_, { patient, id }, { consents }) => consents.proof(patient, id),
    restrictions: async (_, { patient }, { vault, consents }) =>
      shownRestrictions(vault, await consents.restrictions.list(patient)),
    whoCouldOpen: async (_, { patient }, request) => shownReaders(request, await request.consents.possibleReaders(patient)),
    consentExceptions: async (_, { patient }, { consents }) => (await consents.exceptionsOffered(patient)).map(shownException),
    foreignConsents: async (_, { patient }, { vault, consents }) => {
      const found = await consents.foreign(patient);
      const clinics = found.flatMap(({ rules }) => rules.flatMap(({ readers = [] }) => readers.map(({ id }) => id)));
      const names = await clinicNames(
        vault.gateway,
        clinics.filter((id) => /^[0-9a-f]{64}$/.test(id)),
      );
      return found.map((each) => shownForeign(each, names));
    },
    cardNews: (_, __, { consents }) => consents.cardNews(),
    consentText: (_, { input }, { consents }) => consents.text(wishOf(input)),
    cardShareText: (_, { share }, { consents }) => consents.visits.text(shareOf(share)),
  },
  Mutation: {
    restrict: async (_, { input, passphrase }, { vault, consents }) => {
      const categories = input.categories.map((category) => category.toLowerCase());
      const restriction = await consents.restrictions.restrict({ ...input, categories }, passphrase);
      return (await shownRestrictions(vault, [restriction]))[0] as Restriction;
    },
    liftRestriction: async (_, { patient, id, passphrase }, { vault, consents }) => {
      const restriction = await consents.restrictions.lift(patient, id, passphrase);
      return (await shownRestrictions(vault, [restriction]))[0] as Restriction;
    },
    giveConsent: async (_, { input, textHash, passphrase, card }, { vault, consents }) =>
      shownOne(vault, await consents.give(wishOf(input), textHash, passphrase, card ?? undefined)),
    noteCardNews: async (_, { id }, { consents }) => {
      await consents.noteCardNews(id);
      return true;
    },
    showCareCard: async (_, { card }, { consents }) => {
      const visitor = await consents.visits.show(card);
      return visitor
        ? { ...visitor, categories: visitor.categories.map((category) => category.toUpperCase() as Category) }
        : null;
    },
    openCardEmergency: async (_, { code }, { consents, access }) => {
      const opened = await consents.visits.emergency(code);
      if (!opened) return null;
      const { patient, name, birthDate, sections } = opened.extract;
      await consents.glass.openedByCard({ patient, custodian: opened.custodian, name });
      const details = { categories: ['emergency'], detail: 'the care card, without its PIN' };
      await access.note(visitorEntry(patient, opened.custodian, name), 'break-glass', 'ETREAT', details);
      return {
        name,
        birthDate,
        sections: sections.map(({ name: section, lines }) => ({
          name: section,
          lines: lines.map((line) => ({ ...line, disagreements: [...(line.disagreements ?? [])] })),
        })),
      };
    },
    shareByCard: (_, { share, textHash, card, passphrase }, { consents }) =>
      consents.visits.share(shareOf(share), textHash, card, passphrase),
    withdrawConsent: async (_, { id, passphrase }, { vault, consents }) =>
      shownOne(vault, await consents.withdraw(id, passphrase)),
  },
};

const shownException = (each: ConsentException): ShownException => ({ ...each, kind: each.kind.toUpperCase() as ExceptionKind });

const wishOf = (input: ConsentInput): ConsentWish => ({
  ...input,
  ends: input.ends ?? null,
  categories: input.categories.map((category) => category.toLowerCase()),
  exceptions: (input.exceptions ?? []).map(({ kind, value }) => ({ kind: kind.toLowerCase(), value })),
});

/** Whom a line of the access log is about, where this clinic may have no chart of them. */
const visitorEntry = (id: string, custodian: string, fullName: string): PatientEntry => ({
  id,
  custodian,
  handles: {},
  shared: [],
  record: '',
  summary: { ...NOBODY, fullName },
  terms: '',
});

const shareOf = (share: CardShareInput): CardShare => ({
  ...share,
  categories: share.categories.map((category) => category.toLowerCase()),
});

async function shownRestrictions(vault: VaultContext, standing: readonly StandingRestriction[]): Promise<Restriction[]> {
  const progress = await documentProgress(
    vault.reader,
    standing.map(({ document }) => document),
  );
  return standing.map(({ record: { id, choices, recordedAt, liftedAt }, recordedBy, document }) => ({
    id,
    people: choices.readers.filter(({ kind }) => kind === 'person').map((reader) => reader.id),
    roles: choices.readers.filter(({ kind }) => kind === 'role').map((reader) => reader.id),
    categories: choices.categories.map((category) => category.toUpperCase() as Category),
    labels: [...choices.labels],
    verification: choices.verification,
    recordedBy,
    recordedAt,
    liftedAt: liftedAt ?? null,
    progress: progress.get(document) ?? 'SAVED',
  }));
}

async function shownReaders({ vault, staff }: ConsentRequest, readers: readonly PossibleReader[]): Promise<ShownReader[]> {
  const own = toHex(vault.chain);
  const names = new Map((await staff.members()).map(({ id, name }) => [id, name]));
  const clinics = await clinicNames(vault.gateway, [own, ...readers.map(({ clinic }) => clinic)]);
  return readers.map(({ clinic, person, role, count, openings }) => ({
    clinicName: clinics.get(clinic) ?? clinic,
    own: clinic === own,
    name: person === undefined ? null : (names.get(person) ?? person.slice(0, 8)),
    role,
    count,
    opens: openings.map(({ purpose, categories, reason, isPartial }) => ({
      purpose,
      categories: categories.map((category) => category.toUpperCase() as Category),
      reason,
      partial: isPartial,
    })),
  }));
}

async function shownOne(vault: VaultContext, consent: StandingConsent): Promise<Consent> {
  const [one] = await shown(vault, [consent]);
  return one as Consent;
}

async function shown(vault: VaultContext, consents: readonly StandingConsent[]): Promise<Consent[]> {
  const documents = consents.flatMap(({ document }) => document ?? []);
  const progress = await documentProgress(vault.reader, documents);
  return consents.map(({ record, state, recordedBy, document, resource, confirmedAt, purges, recipientDesks }) => ({
    id: record.id,
    patient: record.choices.patient,
    recipient: record.choices.recipient,
    recipientName: record.recipientName,
    categories: record.choices.categories.map((category) => category.toUpperCase() as Category),
    exceptions: record.choices.exceptions.map(shownException),
    purpose: record.choices.purpose,
    starts: record.choices.starts,
    ends: record.choices.ends || null,
    state,
    verification: record.choices.verification,
    language: record.choices.language,
    text: record.text,
    recordedBy,
    recordedAt: record.recordedAt,
    confirmedAt: confirmedAt ?? null,
    withdrawnAt: record.withdrawnAt ?? null,
    // What another clinic recorded came through the hub.
    progress: document === undefined ? 'ACCEPTED' : (progress.get(document) ?? 'SAVED'),
    resource,
    purges: purges.map(({ at }) => ({ at })),
    recipientDesks,
  }));
}

const shownForeign = (
  { entry, isActive, base, rules, notEnforced, fault }: ForeignConsent,
  names: ReadonlyMap<string, string>,
) => ({
  record: entry.record,
  title: entry.title,
  date: entry.date,
  active: isActive,
  permitsOtherwise: base === 'permit',
  rules: rules.map((rule) => shownForeignRule(rule, names)),
  notEnforced: [...notEnforced],
  fault,
});

const SINGLE = ['verbs', 'authors', 'encounters', 'codes', 'records', 'dataPeriod'] as const;

function shownForeignRule(rule: ForeignRule, names: ReadonlyMap<string, string>) {
  const { depth, type, readers, purposes, categories, labels, period, emergencyOnly, beyond } = rule;
  return {
    depth,
    permits: type === 'permit',
    readers: readers?.map(({ id, name }) => names.get(id) ?? name ?? id) ?? null,
    purposes: purposes ? [...purposes] : null,
    categories: categories?.map((category) => category.toUpperCase() as Category) ?? null,
    labels: labels ? [...labels] : null,
    starts: period?.starts ?? null,
    ends: period?.ends || null,
    emergencyOnly: emergencyOnly === true,
    alsoNames: [...SINGLE.filter((name) => rule[name] !== undefined), ...Object.keys(beyond ?? {})],
  };
}
