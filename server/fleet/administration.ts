/** What was done about a region's hub, as this replica has it: acts of the hub's administrators, and what the quorum of its clinics changed. */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import type { ListedAct } from '../../shared/fleet/act-history.ts';
import { isNewer } from '../../shared/fleet/administration.ts';
import { versionOfSubject } from '../../shared/fleet/release.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import type { HeldPolicy } from '../../shared/ledger/policy-book.ts';
import { deviceRow } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import type { AdministrationKind, HubActReason } from '../graphql/generated/vault.ts';
import { readBlocks } from '../ledger/blocks.store.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { type HubActs, type KnownRegion, knownRegion } from './hub-acts.ts';

/** The newest of each kind: what is older stands on the ledger. */
const SHOWN = 1000;

/** The newest first. Needs no hub. @throws {Failure} `fleet.no-region`. */
export async function administration(context: VaultContext, acts: HubActs) {
  const region = await knownRegion(context);
  const { acts: listed, forkedAt } = await acts.onLedger(region);
  const about = await clinicsOf(context, listed.slice(-SHOWN));
  const changes = await policyChanges(context, region);
  const entries = [...listed.slice(-SHOWN).map((each) => hubEntry(each, region, about)), ...changes];
  entries.sort((one, other) => other.time - one.time || (other.number ?? 0) - (one.number ?? 0));
  return { forkedAt: forkedAt ?? null, acts: entries };
}

function hubEntry({ act, hash }: ListedAct, { hubKeys }: KnownRegion, about: ReadonlyMap<string, string>) {
  const subject = toHex(act.subject);
  const author = toHex(act.author);
  return {
    id: hash,
    number: act.sequence,
    kind: wordOf(act.kind) as AdministrationKind,
    subject,
    clinic: about.get(subject) ?? null,
    version: act.kind === 'release' ? versionOfSubject(act.subject) : null,
    before: [String(act.before)],
    after: [String(act.after)],
    reason: wordOf(act.reason) as HubActReason,
    time: act.time,
    author,
    by: hubKeys.has(author) ? ('MACHINE' as const) : ('ADMINISTRATOR' as const),
  };
}

/** As GraphQL has it: what a newer version has added is all one to this one. */
export const wordOf = (word: string): string => (isNewer(word) ? 'NEWER' : word.toUpperCase().replaceAll('-', '_'));

/** Names of the clinics that acts are about, by the subject: the clinic itself or one of its devices. */
async function clinicsOf({ gateway }: VaultContext, acts: readonly ListedAct[]): Promise<ReadonlyMap<string, string>> {
  const ofKind = (...kinds: string[]) => [
    ...new Set(acts.filter(({ act }) => kinds.includes(act.kind)).map(({ act }) => toHex(act.subject))),
  ];
  const devices = ofKind('certificate');
  const rows = await gateway.state(devices.map(deviceKey));
  const chainOf = new Map(ofKind('quarantine', 'rebaseline', 'ring').map((chain) => [chain, chain]));
  for (const [at, device] of devices.entries()) if (rows[at]) chainOf.set(device, toHex(decode(deviceRow, rows[at]).chain));
  const names = await clinicNames(gateway, chainOf.values());
  return new Map([...chainOf].map(([subject, chain]) => [subject, names.get(chain) ?? chain.slice(0, 12)]));
}

/** Each change of the policy that the quorum has made, with what held before. */
async function policyChanges({ gateway, reader }: VaultContext, { id, policies }: KnownRegion) {
  const { all } = policies;
  const chains = all.flatMap(({ witnesses }) => witnesses.map(({ chain }) => toHex(chain)));
  const names = await clinicNames(gateway, chains);
  const witnesses = (policy: HeldPolicy): string[] =>
    policy.witnesses.map(({ kind, name, chain }) => (kind === 'outside' ? name : (names.get(toHex(chain)) ?? toHex(chain))));
  const entries = [];
  for (const [at, after] of all.slice(1).entries()) {
    const before = all[at] as HeldPolicy;
    const [block] = await readBlocks(reader, after.size - 1, 1);
    entries.push({
      id: `policy ${after.sequence}`,
      number: null,
      ...changeOf(before, after, witnesses),
      subject: toHex(id),
      clinic: null,
      version: null,
      reason: null,
      time: block ? openBlock(block.bytes).block.time : 0,
      author: toHex(id),
      by: 'QUORUM' as const,
    });
  }
  return entries.slice(-SHOWN);
}

interface Change {
  readonly kind: AdministrationKind;
  readonly before: string[];
  readonly after: string[];
}

function changeOf(before: HeldPolicy, after: HeldPolicy, witnesses: (policy: HeldPolicy) => string[]): Change {
  const change = (kind: AdministrationKind, of: (policy: HeldPolicy) => string[]): Change => ({
    kind,
    before: of(before),
    after: of(after),
  });
  if (!equalBytes(before.activeHubKey, after.activeHubKey))
    return change('HUB_KEY_TAKEN', ({ activeHubKey }) => [toHex(activeHubKey)]);
  return before.rules === after.rules ? change('WITNESSES', witnesses) : change('RULES', ({ rules }) => [String(rules)]);
}
