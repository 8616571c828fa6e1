/**
 * Care cards that changed under a grant. Who has a patient's card acts in their name, and the clinic that keeps the records alone binds one,
 * so every clinic with a grant is told of it until somebody there has noted it. What changed the ledger says each time; a desk keeps the
 * card that it met first, and the clinic what was noted.
 */
import { cardKey, cardRow, patientCardKey, patientCardRow } from '../../shared/care-card/card-rules.ts';
import { grantHolds } from '../../shared/consent/consent-rules.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { clinicNames } from '../sync/clinic-names.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-rows.store.ts';
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
}

/** Ids in hexadecimal. */
export interface CardNews {
  readonly patient: string;
  readonly patientName: string;
  readonly clinicName: string;
  readonly change: 'BOUND' | 'ENDED';
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

/** What unlocking and every notice ask for: of who was shared since, this desk keeps which card they have. */
export async function meetCards(parts: Parts): Promise<void> {
  const { context } = parts;
  const { rows, device } = context;
  const met = await metHere(context);
  const fresh = [...(await sharedIdentities(parts))].filter(([patient]) => !met.has(patient));
  if (fresh.length === 0) return;
  const cards = await cardsOf(
    context,
    fresh.map(([, handle]) => handle),
  );
  const kept = fresh.map(([patient, handle]): VaultRow => {
    const said: Met = { patient, card: cards.get(handle) ?? NO_CARD, desk: toHex(device) };
    return rows.seal(MET, rows.name(MET, fromHex(patient), device), NO_TAG, utf8(JSON.stringify(said)));
  });
  await context.gateway.commit({ rows: kept });
}

/** Nobody has noted these here, the newest first. */
export async function cardNews(parts: Parts): Promise<CardNews[]> {
  const { context, directory } = parts;
  const { gateway, reader, rows } = context;
  const [met, identities] = await Promise.all([metHere(context), sharedIdentities(parts)]);
  const cards = await cardsOf(context, [...identities.values()]);
  const changed = [...identities].flatMap(([patient, handle]) => {
    const before = met.get(patient)?.card;
    const now = cards.get(handle) ?? NO_CARD;
    const entry = directory.get(patient);
    if (!entry || before === undefined || before === now) return [];
    return [{ patient, entry, before, now, name: notedName(context, { patient, before, now }) }];
  });
  const noted = await rowsOfKeys(
    reader,
    NOTED,
    changed.map(({ name }) => name),
  );
  // What does not open was put there by somebody else.
  for (const row of noted) rows.open(NOTED, row);
  const isNoted = new Set(noted.map(({ key }) => toHex(key)));
  const open = changed.filter(({ name }) => !isNoted.has(toHex(name)));
  const names = await clinicNames(
    gateway,
    open.map(({ entry }) => entry.custodian),
  );
  const news = open.map(async ({ patient, entry: { summary, custodian }, before, now, name }): Promise<CardNews> => {
    const [row] = await gateway.state([cardKey(now === NO_CARD ? before : now)]);
    const card = row && decode(cardRow, row);
    return {
      patient,
      patientName: summary.fullName,
      clinicName: names.get(custodian) ?? '',
      change: now === NO_CARD ? 'ENDED' : 'BOUND',
      at: (now === NO_CARD ? card?.ended : card?.issued) ?? 0,
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
