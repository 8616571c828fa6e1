/** Uses of the broken glass as this clinic's vault has them: of its own people, and of other clinics' people on its patients. */
import { GLASS_SUITE, GLASS_TAG, type GlassDetails, glassDetails } from '../../shared/consent/glass-details.ts';
import {
  GLASS,
  type GlassRow,
  type GlassVerdict,
  glassKey,
  glassReviewedBody,
  glassReviewKey,
  glassReviewRow,
  glassRow,
} from '../../shared/consent/glass-rules.ts';
import { concat, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { NO_TAG } from '../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sha256 } from '../vault/primitives.ts';
import type { ConsentParts } from './consent-parts.ts';

const USE = 'glass-use';
const REVIEW = 'glass-review';
const TOLD = 'glass-told';

/** How long a use may wait for its review before it counts as overdue. */
const REVIEW_WITHIN = 7 * 86_400_000;

interface Review {
  readonly verdict: GlassVerdict;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly words: string;
}

/** A use with what is known of it. Ids in hexadecimal, times in milliseconds since 1970. */
export interface GlassUse {
  readonly use: string;
  readonly details: GlassDetails;
  readonly row: GlassRow;
  /** Name of the clinic whose person it was. */
  readonly clinic: string;
  readonly isOwn: boolean;
  readonly patient: string;
  readonly patientName: string;
  readonly review: Review | undefined;
  readonly isOverdue: boolean;
  /** When somebody noted that the patient has been told; undefined while nobody has. */
  readonly toldAt: number | undefined;
}

export const hashOfDetails = (details: GlassDetails): Uint8Array =>
  sha256(concat(GLASS_TAG, encode(glassDetails, { ...details, suite: GLASS_SUITE })));

/** To be committed where the use becomes known. */
export function glassUseRow({ rows }: VaultContext, details: GlassDetails): VaultRow {
  return rows.seal(USE, rows.name(USE, details.use), NO_TAG, encode(glassDetails, details));
}

/** Every use of which this clinic has the details, those that wait for a review first, the newest first. */
export async function glassUses({ context, directory }: Pick<ConsentParts, 'context' | 'directory'>): Promise<GlassUse[]> {
  const { gateway, chain } = context;
  const known = await keptUses(context);
  const ledger = new Map(
    (await gateway.stateList(GLASS)).map(({ key, value }) => [key.slice(GLASS.length), decode(glassRow, value)]),
  );
  const names = await clinicNames(
    gateway,
    [...ledger.values()].map(({ clinic }) => toHex(clinic)),
  );
  const [reviews, told, time] = await Promise.all([reviewsOf(context, known), toldOf(context, known), gateway.time()]);
  const uses = known.flatMap((details): GlassUse[] => {
    const use = toHex(details.use);
    const row = ledger.get(use);
    if (!row) return [];
    const patient = toHex(details.patient);
    const review = reviews.get(use);
    return [
      {
        use,
        details,
        row,
        clinic: names.get(toHex(row.clinic)) ?? '',
        isOwn: toHex(row.clinic) === toHex(chain),
        patient,
        patientName: directory.get(patient)?.summary.fullName ?? (onCard(details) || patient.slice(0, 8)),
        review,
        isOverdue: !review && time >= row.began + REVIEW_WITHIN,
        toldAt: told.get(use),
      },
    ];
  });
  return uses.sort((a, b) => Number(a.review !== undefined) - Number(b.review !== undefined) || b.row.began - a.row.began);
}

/**
 * Says whether a use was justified, with words that stay in this clinic's vault.
 * @throws {Failure} `glass.unknown`, `glass.own-use`, `glass.reviewed-already`, `glass.no-words`.
 */
export async function reviewUse(
  parts: Pick<ConsentParts, 'context' | 'directory'>,
  id: string,
  verdict: GlassVerdict,
  words: string,
): Promise<GlassUse> {
  const { context } = parts;
  const found = await knownUse(parts, id);
  if (toHex(found.row.person) === toHex(context.staff.id))
    throw new Failure(
      'glass.own-use',
      'Nobody judges their own use. Ask another privacy officer or administrator of your clinic.',
    );
  if (found.review) throw new Failure('glass.reviewed-already', 'This use has been reviewed. Load the list again.');
  const said = words.trim();
  if (said === '') throw new Failure('glass.no-words', 'Say in a few words why.');
  const salt = context.random(32);
  const use = fromHex(id);
  const body = { use, verdict, words: hashParts(GLASS_TAG, salt, utf8(said)) };
  const at = context.clock();
  const kept = utf8(JSON.stringify({ verdict, by: context.staff.name, at, words: said, salt: toHex(salt) }));
  await context.gateway.commit({
    events: [personalAct(context, { type: 'glass.reviewed', codec: glassReviewedBody, body })],
    rows: [context.rows.seal(REVIEW, context.rows.name(REVIEW, use), NO_TAG, kept)],
  });
  context.notify({ topics: ['glass'] });
  return knownUse(parts, id);
}

/** Notes that the patient has been told, by a letter or in person. @throws {Failure} `glass.unknown`. */
export async function notePatientTold(parts: Pick<ConsentParts, 'context' | 'directory'>, id: string): Promise<GlassUse> {
  const { context } = parts;
  await knownUse(parts, id);
  const kept = utf8(JSON.stringify({ at: context.clock(), by: context.staff.name }));
  await context.gateway.commit({ rows: [context.rows.seal(TOLD, context.rows.name(TOLD, fromHex(id)), NO_TAG, kept)] });
  context.notify({ topics: ['glass'] });
  return knownUse(parts, id);
}

/** Rows that forget what was said of this patient (hexadecimal) and whom it was about; for an erasure. That it happened stays. */
export async function forgettingUses({ context }: Pick<ConsentParts, 'context'>, patient: string): Promise<VaultRow[]> {
  const { rows } = context;
  const concerned = (await keptUses(context)).filter((details) => toHex(details.patient) === patient);
  return concerned.flatMap((details) => [
    glassUseRow(context, { ...details, patient: new Uint8Array(16), words: '' }),
    { kind: REVIEW, key: rows.name(REVIEW, details.use), tag: NO_TAG, sealed: null },
  ]);
}

/** The name in the extract of a care card. */
export const onCard = ({ reason, words }: GlassDetails): string => (reason === 'care-card' ? words : '');

async function keptUses({ reader, rows }: VaultContext): Promise<GlassDetails[]> {
  const kept: GlassDetails[] = [];
  for await (const page of everyRow(reader, USE)) for (const row of page) kept.push(decode(glassDetails, rows.open(USE, row)));
  return kept;
}

async function knownUse(parts: Pick<ConsentParts, 'context' | 'directory'>, id: string): Promise<GlassUse> {
  const found = (await glassUses(parts)).find(({ use }) => use === id);
  if (found) return found;
  throw new Failure('glass.unknown', 'There is no such use here. Load the list again.');
}

/** The ledger says that and how a use was reviewed; the words are this clinic's. */
async function reviewsOf(context: VaultContext, uses: readonly GlassDetails[]): Promise<Map<string, Review>> {
  const own = toHex(context.chain);
  const rows = await context.gateway.state(uses.map(({ use }) => glassReviewKey(toHex(use), own)));
  const kept = await keptBy<Omit<Review, 'verdict'>>(context, REVIEW, uses);
  return new Map(
    uses.flatMap(({ use }, index): [string, Review][] => {
      const row = rows[index];
      if (!row) return [];
      const { verdict, at, person } = decode(glassReviewRow, row);
      const said = kept.get(toHex(use));
      return [[toHex(use), { verdict, at, by: said?.by ?? toHex(person).slice(0, 8), words: said?.words ?? '' }]];
    }),
  );
}

async function toldOf(context: VaultContext, uses: readonly GlassDetails[]): Promise<Map<string, number>> {
  const kept = await keptBy<{ at: number }>(context, TOLD, uses);
  return new Map([...kept].map(([use, { at }]) => [use, at]));
}

async function keptBy<T>({ reader, rows }: VaultContext, kind: string, uses: readonly GlassDetails[]): Promise<Map<string, T>> {
  const names = new Map(uses.map(({ use }) => [toHex(rows.name(kind, use)), toHex(use)]));
  const found = await rowsOfKeys(reader, kind, [...names.keys()].map(fromHex));
  return new Map(found.map((row) => [names.get(toHex(row.key)) ?? '', JSON.parse(fromUtf8(rows.open(kind, row))) as T]));
}

/** The ledger's row of a use, if it has one. @param use hexadecimal */
export async function ledgerUse({ gateway }: Pick<VaultContext, 'gateway'>, use: string): Promise<GlassRow | undefined> {
  const [row] = await gateway.state([glassKey(use)]);
  return row && decode(glassRow, row);
}
