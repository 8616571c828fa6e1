import type { ConsentException, ConsentWish } from '../../shared/consent/consent-choices.ts';
import type {
  Category,
  Consent,
  ConsentInput,
  ExceptionKind,
  Resolvers,
  ConsentException as ShownException,
} from '../graphql/generated/vault.ts';
import { documentProgress } from '../sync/progress.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import type { Consents, StandingConsent } from './consent.ts';

export interface ConsentRequest {
  readonly vault: VaultContext;
  readonly consents: Consents;
}

export const consentResolvers: Resolvers<ConsentRequest> = {
  Query: {
    consents: async (_, { patient }, { vault, consents }) => shown(vault, await consents.list(patient)),
    consentExceptions: async (_, { patient }, { consents }) => (await consents.exceptionsOffered(patient)).map(shownException),
    consentText: (_, { input }, { consents }) => consents.text(wishOf(input)),
  },
  Mutation: {
    grantConsent: async (_, { input, textHash, passphrase }, { vault, consents }) =>
      shownOne(vault, await consents.give(wishOf(input), textHash, passphrase)),
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

async function shownOne(vault: VaultContext, consent: StandingConsent): Promise<Consent> {
  const [one] = await shown(vault, [consent]);
  return one as Consent;
}

async function shown(vault: VaultContext, consents: readonly StandingConsent[]): Promise<Consent[]> {
  const documents = consents.flatMap(({ document }) => document ?? []);
  const progress = await documentProgress(vault.reader, documents);
  return consents.map(({ record, state, recordedBy, document, resource, purges, recipientDesks }) => ({
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
    withdrawnAt: record.withdrawnAt ?? null,
    // What another clinic recorded came through the hub.
    progress: document === undefined ? 'ACCEPTED' : (progress.get(document) ?? 'SAVED'),
    resource,
    purges: [...purges],
    recipientDesks,
  }));
}
