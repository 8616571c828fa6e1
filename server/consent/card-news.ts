/**
 * Care cards that changed under a grant. Who has a patient's card acts in their name, and the clinic that keeps the records alone binds one,
 * so every clinic with a grant is told of it until somebody there has noted it. What changed the ledger says each time; a desk keeps the
 * card that it met first and the one that came last, and the clinic what was noted.
 */
import { type CardRow, cardKey, cardRow, patientCardKey, patientCardRow } from '../../shared/care-card/card-rules.ts';
import { grantHolds } from '../../shared/consent/consent-rules.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import type { ConsentParts } from './consent-parts.ts';
import { heldGrants } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';

/** One for each desk and patient: a desk that was away must not take a newer card for the one that was there before. */
const MET = 'card-met';
const NOTED = 'card-noted';

/** In place of a card's id where there is none. */
const NO_CARD = '';

interface Met {
  readonly patient: string;
  /** Id of the card, hexadecimal; empty where the patient had none. */
  readonly card: string;
  /** Hexadecimal. */
  readonly desk: string;
  /** The newest card at that time, and at the last look, living or not; an earlier version did not keep them. */
  readonly past?: string;
  readonly last?: string;
}

/** Ids in hexadecimal. */
export interface CardNews {
  readonly patient: string;
  readonly patientName: string;
  readonly clinicName: string;
  /** The last: given and ended again since anybody here looked. */
  readonly change: 'BOUND' | 'ENDED' | 'BOUND_AND_ENDED';
  /** Milliseconds: the time that the change bears on the ledger. */
  readonly at: number;
  /** What `noteCardNews` is told, so that nobody notes what they were not shown. */
  readonly id: string;
}

type Parts = Pick<ConsentParts, 'context' | 'directory'>;

/** Patients of other clinics, with a grant in force on who they are: their compartment of identity by their id. */
async function sharedIdentities({ context }: Parts): Promise<Map<string, string>> {
  const time = await context.gateway.time();
  const rows = [...(await grantsAs(context.gateway, 'recipient', context.chain))].filter(([, row]) => grantHolds(row, time));
  const held = await heldGrants(
    context.keyStore,
    rows.map(([id]) => id),
  );
  const identities = [...held.values()].filter(({ category }) => category === 'identity');
  return new Map(identities.map(({ patient, handle }) => [toHex(patient), toHex(handle)]));
}

/** The card that each compartment of identity has now. */
async function cardsOf({ gateway }: VaultContext, handles: readonly string[]): Promise<Map<string, string>> {
  const rows = await gateway.state(handles.map(patientCardKey));
  return new Map(
    handles.map((handle, at) => {
      const row = rows[at];
      return [handle, row ? toHex(decode(patientCardRow, row).card) : NO_CARD];
    }),
  );
}

async function everyMet({ reader, rows }: VaultContext): Promise<Array<Met & Pick<VaultRow, 'key'>>> {
  const found: Array<Met & Pick<VaultRow, 'key'>> = [];
  for await (const page of everyRow(reader, MET))
    for (const row of page) found.push({ ...(JSON.parse(fromUtf8(rows.open(MET, row))) as Met), key: row.key.slice() });
  return found;
}

/** By patient. */
async function metHere(context: VaultContext): Promise<Map<string, Met>> {
  const own = (await everyMet(context)).filter(({ desk }) => desk === toHex(context.device));
  return new Map(own.map((met) => [met.patient, met]));
}

/** The newest card that each of these compartments of identity had, where none lives: one that came and went between two looks shows so. */
async function endedCardsOf({ gateway }: VaultContext, handles: readonly string[]): Promise<Map<string, string>> {
  if (handles.length === 0) return new Map();
  const wanted = new Set(handles);
  const newest = new Map<string, CardRow>();
  for (const { value } of await gateway.stateList(cardKey(''))) {
    const row = decode(cardRow, value);
    const handle = toHex(row.handle);
    if (wanted.has(handle) && row.issued > (newest.get(handle)?.issued ?? -1)) newest.set(handle, row);
  }
  return new Map([...newest].map(([handle, { card }]) => [handle, toHex(card)]));
}

/** What unlocking and every notice ask for: of who is shared this desk keeps which card they had first, and which came last. */
export async function meetCards(parts: Parts): Promise<void> {
  const { context } = parts;
  const { rows, device } = context;
  const identities = await sharedIdentities(parts);
  const [met, living] = await Promise.all([metHere(context), cardsOf(context, [...identities.values()])]);
  const bare = [...identities.values()].filter((handle) => !living.get(handle));
  const ended = await endedCardsOf(context, bare);
  const changed = [...identities].flatMap(([patient, handle]): VaultRow[] => {
    const card = living.get(handle) ?? NO_CARD;
    const last = card || (ended.get(handle) ?? NO_CARD);
    const before = met.get(patient);
    // Of an earlier version: what came and went until now nobody can tell.
    const said: Met = before
      ? { ...before, past: before.past ?? (card === before.card ? last : before.card), last }
      : { patient, card, desk: toHex(device), past: last, last };
    if (before && before.past === said.past && before.last === last) return [];
    return [rows.seal(MET, rows.name(MET, fromHex(patient), device), NO_TAG, utf8(JSON.stringify(said)))];
  });
  if (changed.length > 0) await context.gateway.commit({ rows: changed });
}

interface Change {
  readonly change: CardNews['change'];
  /** Whose row has the time. */
  readonly card: string;
  /** Under this it is noted. */
  readonly name: Uint8Array;
  /** When this is noted, that it was bound is known. */
  readonly bound: Uint8Array;
}

/** What of a patient's cards is another than this desk met. @param now the living one */
function changeOf(context: VaultContext, { patient, card: before, past, last = NO_CARD }: Met, now: string): Change | undefined {
  const bound = notedName(context, { patient, before, now: now || last });
  if (now !== NO_CARD) return now === before ? undefined : { change: 'BOUND', card: now, name: bound, bound };
  if (before !== NO_CARD && (last === before || past === undefined))
    return { change: 'ENDED', card: before, name: notedName(context, { patient, before, now }), bound };
  if (last === NO_CARD || past === undefined || last === past) return undefined;
  return { change: 'BOUND_AND_ENDED', card: last, name: notedName(context, { patient, before: last, now }), bound };
}

/** Nobody has noted these here, the newest first. */
export async function cardNews(parts: Parts): Promise<CardNews[]> {
  const { context, directory } = parts;
  const { gateway, reader, rows } = context;
  const [met, identities] = await Promise.all([metHere(context), sharedIdentities(parts)]);
  const cards = await cardsOf(context, [...identities.values()]);
  const changed = [...identities].flatMap(([patient, handle]) => {
    const [entry, known] = [directory.get(patient), met.get(patient)];
    const change = known && changeOf(context, known, cards.get(handle) ?? NO_CARD);
    return entry && change ? [{ patient, entry, ...change }] : [];
  });
  const noted = await rowsOfKeys(
    reader,
    NOTED,
    changed.flatMap(({ name, bound }) => [name, bound]),
  );
  // What does not open was put there by somebody else.
  for (const row of noted) rows.open(NOTED, row);
  const isNoted = new Set(noted.map(({ key }) => toHex(key)));
  const open = changed.filter(({ name }) => !isNoted.has(toHex(name)));
  const names = await clinicNames(
    gateway,
    open.map(({ entry }) => entry.custodian),
  );
  const news = open.map(async ({ patient, entry: { summary, custodian }, change, card: id, name, bound }): Promise<CardNews> => {
    const [row] = await gateway.state([cardKey(id)]);
    const card = row && decode(cardRow, row);
    return {
      patient,
      patientName: summary.fullName,
      clinicName: names.get(custodian) ?? '',
      change: change === 'BOUND_AND_ENDED' && isNoted.has(toHex(bound)) ? 'ENDED' : change,
      at: (change === 'BOUND' ? card?.issued : card?.ended) ?? 0,
      id: toHex(name),
    };
  });
  return (await Promise.all(news)).sort((a, b) => b.at - a.at);
}

/** The clinic knows of it: no desk shows it any more. @throws {Failure} `card.no-news`. */
export async function noteCardNews(parts: Parts, id: string): Promise<void> {
  const { context } = parts;
  const { rows, staff } = context;
  const news = (await cardNews(parts)).find((each) => each.id === id);
  if (!news)
    throw new Failure(
      'card.no-news',
      'Somebody here has noted this already, or the card has changed again. Load the list again.',
    );
  const said = utf8(JSON.stringify({ by: toHex(staff.id), at: context.clock() }));
  await context.gateway.commit({ rows: [rows.seal(NOTED, fromHex(id), NO_TAG, said)] });
  context.notify({ patients: [news.patient], topics: ['cards'] });
}

/** Rows that forget which card the desks of this clinic met; for who is shared no more. */
export async function forgettingCards(context: VaultContext, patient: string): Promise<VaultRow[]> {
  const met = await everyMet(context);
  return met.filter((each) => each.patient === patient).map(({ key }) => ({ kind: MET, key, tag: NO_TAG, sealed: null }));
}

function notedName(
  { rows }: VaultContext,
  { patient, before, now }: { patient: string; before: string; now: string },
): Uint8Array {
  return rows.name(NOTED, fromHex(patient), fromHex(before), fromHex(now));
}
