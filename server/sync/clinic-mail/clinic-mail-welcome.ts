/** What a device that was let in receives: the clinic's founding statement, its keys, and its sealed rows, some at a time. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { chainIdOf } from '../../../shared/ledger/founding.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import {
  type ClinicUpdate,
  DEVICE_WELCOME,
  type DeviceWelcome,
  decodeClinicUpdate,
  decodeDeviceWelcome,
  decodeFragment,
  encodeClinicUpdate,
  encodeDeviceWelcome,
  type Fragment,
  fragmentsOf,
  joinFragments,
  welcomeContext,
} from '../../../shared/sync/device-joining.ts';
import type { KeyKind } from '../../../shared/vault/key-entry.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { openMessageFrom, sealMessage } from '../../vault/messages.ts';
import { type AgreementKey, randomBytes } from '../../vault/primitives.ts';
import type { KeyEntry, UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import { type IncomingMessage, waitingMessages } from '../clinic.store.ts';
import type { DeviceGateway, VaultRow } from '../gateway.ts';
import type { VaultContext } from '../vault-context/vault-context.ts';
import { everyRow, kindsOfRows } from '../vault-context/vault-rows.store.ts';
import { encryptionKeysOf, ownSealingPair } from './clinic-key-book.ts';
import { type Desk, isSharedRow, toWire } from './clinic-mail.ts';

const NOTHING_CHANGED: ClinicUpdate = { told: [], documents: [], keys: [], rows: [] };
/** About as much goes into one piece of the welcome, so that neither side holds a whole clinic in memory. */
const PIECE_BYTES = 1_000_000;
/** Keys that the new device makes for itself, or that are of one device only. */
const NOT_GIVEN: ReadonlySet<string> = new Set(['joining', 'file-pair', 'enrolling', 'recovery-begun']);

/** Commits the welcome in pieces, to go out before the enrolment does. Only inside `ClinicMail.alone`. */
export async function sendWelcome(context: VaultContext, desk: Desk, commit: DeviceGateway['commit']): Promise<void> {
  const { chain, gateway } = context;
  const own = await ownSealingPair(context);
  const { founding } = await gateway.identity();
  if (!founding)
    throw new Failure('vault.clinic-key-missing', 'This desk does not hold the clinic’s key, so it can let nobody in.');
  const parties = { kind: DEVICE_WELCOME, senderChain: chain, recipientChain: chain, context: welcomeContext(desk.device) };
  const set = randomBytes(16);
  let at = 0;
  const send = async (update: ClinicUpdate, last: boolean): Promise<void> => {
    const piece = encodeDeviceWelcome({ founding, set, at: at++, last, update: encodeClinicUpdate(update) });
    const messages = fragmentsOf(randomBytes(16), piece).map((fragment) => ({
      recipientChain: chain,
      recipientDevice: desk.device,
      kind: DEVICE_WELCOME,
      body: sealMessage(parties, own, desk.encryptionKey, fragment),
    }));
    await commit({ messages });
  };
  for await (const update of everything(context)) await send(update, false);
  await send(NOTHING_CHANGED, true);
}

async function* everything({ keyStore, reader }: VaultContext): AsyncGenerator<ClinicUpdate, void, undefined> {
  for await (const page of keyStore.everyKey()) {
    const keys = page.filter(({ kind }) => !NOT_GIVEN.has(kind));
    for (const part of pieces(keys, ({ value }) => value.length + 100)) yield { ...NOTHING_CHANGED, keys: part };
  }
  for (const kind of (await kindsOfRows(reader)).filter(isSharedRow)) {
    for await (const page of everyRow(reader, kind)) {
      const rows = page.map((row) => toWire({ kind, ...row }));
      for (const part of pieces(rows, ({ sealed }) => sealed.length + 100)) yield { ...NOTHING_CHANGED, rows: part };
    }
  }
}

function* pieces<T>(items: readonly T[], sizeOf: (item: T) => number): Generator<T[], void, undefined> {
  let piece: T[] = [];
  let bytes = 0;
  for (const item of items) {
    if (piece.length > 0 && bytes + sizeOf(item) > PIECE_BYTES) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(item);
    bytes += sizeOf(item);
  }
  if (piece.length > 0) yield piece;
}

interface Newcomer {
  readonly keyStore: UnlockedKeyStore;
  readonly gateway: DeviceGateway;
  readonly reader: VaultContext['reader'];
  /** The chain that the invitation named. */
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly agreement: AgreementKey;
}

/**
 * Takes a welcome in once all of it has arrived, and gives the clinic's founding bytes; undefined until then. The caller has
 * seen in the ledger that this device is enrolled. Cut off before the caller has kept them, it is done again from the start.
 */
export async function takeWelcome(newcomer: Newcomer): Promise<Uint8Array | undefined> {
  const { keyStore, gateway, reader } = newcomer;
  const messages = (await waitingMessages(reader)).filter(({ kind }) => kind === DEVICE_WELCOME);
  // The clinic may have rolled its key between sealing the welcome and now.
  const senderKeys = (await encryptionKeysOf(reader, toHex(newcomer.chain)))?.all ?? [];
  const pieces = wholeSet(openedPieces(newcomer, senderKeys, messages));
  const founding = pieces?.[0]?.founding;
  // The chain id is the statement's hash: nobody can give another one.
  if (!pieces || !founding || !equalBytes(chainIdOf(hashParts, founding), newcomer.chain)) return undefined;
  for (const { update } of pieces) {
    const { keys, rows } = decodeClinicUpdate(update);
    const entries = keys.map((key): KeyEntry => ({ ...key, kind: key.kind as KeyKind }));
    if (entries.length > 0) await keyStore.putKeys(entries);
    const given = rows.map((row): VaultRow => ({ ...row, sealed: row.sealed.length > 0 ? row.sealed : null }));
    if (given.length > 0) await gateway.commit({ rows: given });
  }
  return founding;
}

/** This device is in: the welcome is needed no more, here or at the hub. */
export async function settleWelcome({ gateway, reader }: Pick<VaultContext, 'gateway' | 'reader'>): Promise<void> {
  const messages = (await waitingMessages(reader)).filter(({ kind }) => kind === DEVICE_WELCOME);
  if (messages.length === 0) return;
  await gateway.commit({
    handledMessages: messages.map(({ sequence }) => sequence),
    withdrawMessages: messages.map(({ id }) => id),
  });
}

function openedPieces(
  { chain, device, agreement }: Newcomer,
  senderKeys: readonly Uint8Array[],
  messages: readonly IncomingMessage[],
): DeviceWelcome[] {
  const parties = { kind: DEVICE_WELCOME, senderChain: chain, recipientChain: chain, context: welcomeContext(device) };
  const ownKey = (key: Uint8Array) => (equalBytes(key, agreement.publicKey) ? agreement : undefined);
  const fragments: Fragment[] = [];
  for (const { body } of messages) {
    try {
      fragments.push(decodeFragment(openMessageFrom(body, parties, senderKeys, ownKey)));
    } catch (error) {
      // Not from this clinic, or not for this device: it is none of the welcome.
      if (!(error instanceof Failure)) throw error;
    }
  }
  const wholes = Map.groupBy(fragments, ({ whole }) => toHex(whole)).values();
  return [...wholes].flatMap((parts) => {
    const bytes = joinFragments(parts);
    return bytes ? [decodeDeviceWelcome(bytes)] : [];
  });
}

/** The newest set that is here from its first to its last piece, in order. */
function wholeSet(pieces: readonly DeviceWelcome[]): DeviceWelcome[] | undefined {
  const sets = [...Map.groupBy(pieces, ({ set }) => toHex(set)).values()].reverse();
  return sets
    .map((set) => set.sort((one, other) => one.at - other.at))
    .find((set) => set.at(-1)?.last === true && set.every(({ at }, place) => at === place));
}
