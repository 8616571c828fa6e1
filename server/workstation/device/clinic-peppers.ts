/**
 * This desk as a keeper of the clinic's peppers: `card-peppers.sealed`, a file of the device tier, so that it answers while everybody is
 * signed out. It counts tries in clinic.db and tells the hub its counts, and hears the others', whenever they meet. Kiosks have
 * no such file: what a desk of their clinic or the hub answers is all that they get.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEnvelope } from '../../../shared/care-card/card-envelope.ts';
import { CARD_TAG } from '../../../shared/care-card/card-tags.ts';
import { cardAnswerCodec, cardAskCodec, cardCountsCodec, cardOpenedCodec } from '../../../shared/care-card/card-tries.ts';
import { equalBytes, fromBase64, toBase64, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list, struct } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { TryCounter, unknownCard } from '../../care-card/try-counter.ts';
import { readSetting } from '../../sync/clinic.store.ts';
import { writeSetting } from '../../sync/clinic-writes.store.ts';
import type { CardGateway, ClinicPepper } from '../../sync/gateway.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { type DeviceTierLock, readTierFile, writeTierFile } from '../../vault/device-tier.ts';
import type { Installation } from '../folder/installation.ts';
import type { DeviceKeys } from './device-keys.ts';

const peppersCodec = list(struct({ id: fixed(16), key: fixed(32) }), 1000);
/** Up to where the hub has this desk's counts, and this desk the hub's. */
const TOLD = 'card-counts-told';
const HEARD = 'card-counts-heard';
const EVERY_MINUTE = 60_000;
const AWAY: ReadonlySet<string> = new Set(['sync.hub-unreachable', 'sync.no-region']);

interface ClinicPepperParts {
  readonly installation: Installation;
  readonly keys: DeviceKeys;
  readonly clock: () => number;
  /** @throws {Failure} `sync.no-region`. */
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
}

export class ClinicPeppers {
  readonly counter: TryCounter;
  readonly #parts: ClinicPepperParts;
  readonly #path: string;
  #peppers: Map<string, Uint8Array> | undefined;
  #met = 0;
  readonly #turns = new Turns();

  constructor(parts: ClinicPepperParts) {
    const { installation } = parts;
    this.#parts = parts;
    this.#path = join(installation.folder, 'card-peppers.sealed');
    this.counter = new TryCounter({
      database: installation.database,
      keeper: () => this.#device,
      hub: () => installation.region?.id,
      state: async (keys) => {
        const rows = await loadOverlaid(installation.database.read, [...keys]);
        return keys.map((key) => rows.get(key));
      },
      pepper: async (_transaction, _card, row) => {
        const key = row && this.#peppers?.get(toHex(decodeEnvelope(row.envelope).pepper));
        if (!key) throw unknownCard();
        return key;
      },
    });
  }

  /** For the vault process. */
  readonly gateway: CardGateway = {
    keep: (peppers) => this.#keep(peppers),
    left: (card) => this.counter.left(card),
    ask: async (keeper, ask) => {
      const text = toBase64(ask);
      if (keeper === 'clinic') return fromBase64(await this.answer(text));
      const { cardPepper } = await this.#atHub<{ cardPepper: string }>('CardPepper', { ask: text });
      return fromBase64(cardPepper);
    },
    opened: async (keeper, opened) => {
      const text = toBase64(opened);
      if (keeper === 'clinic') await this.opened(text);
      else await this.#atHub('CardOpened', { opened: text });
    },
  };

  /** The field `cardPepper` of the sync schema, for devices of this clinic. @throws {Failure} as `TryCounter.ask`. */
  async answer(ask: string): Promise<string> {
    await this.#load();
    const answer = await this.counter.ask(decode(cardAskCodec, fromBase64(ask)));
    this.#exchangeSoon();
    return toBase64(encode(cardAnswerCodec, answer));
  }

  /** The field `cardOpened` of the sync schema. @throws {Failure} as `TryCounter.opened`. */
  async opened(opened: string): Promise<boolean> {
    await this.counter.opened(decode(cardOpenedCodec, fromBase64(opened)));
    this.#exchangeSoon();
    return true;
  }

  async #atHub<T>(operation: 'CardPepper' | 'CardOpened', variables: Record<string, unknown>): Promise<T> {
    try {
      return await this.#parts.askHub((client) => client.ask<T>(operation, variables));
    } catch (error) {
      if (!(error instanceof Failure) || !AWAY.has(error.code)) throw error;
      throw new Failure('card.no-keeper', 'The region’s hub, which counts the tries of this card, cannot be reached now.', {
        retry: true,
        cause: error,
      });
    }
  }

  /** The replica has moved, so the hub is there: counts are exchanged, once a minute at most. */
  meetHub(): void {
    if (this.#parts.clock() - this.#met >= EVERY_MINUTE) this.#exchangeSoon();
  }

  /** What fails is done at the next meeting. A desk that keeps no pepper has nothing to say. */
  #exchangeSoon(): void {
    if (!this.#parts.installation.region || !existsSync(this.#path)) return;
    this.#met = this.#parts.clock();
    void this.exchange().catch(() => undefined);
  }

  /** @throws {Failure} `sync.no-region`; when the hub is out of reach. */
  exchange(): Promise<void> {
    return this.#turns.take(async () => {
      const { database, chain } = this.#parts.installation;
      if (!chain) return;
      const told = await this.#mark(TOLD);
      const heard = await this.#mark(HEARD);
      const { counts, last } = await this.counter.changes(chain, told);
      const own = counts.filter(({ keeper }) => equalBytes(keeper, this.#device));
      const { cardCounts: answer } = await this.#parts.askHub((client) =>
        client.ask<{ cardCounts: { counts: string; last: number } }>('CardCounts', {
          counts: toBase64(encode(cardCountsCodec, own)),
          after: heard,
        }),
      );
      await this.counter.take(decode(cardCountsCodec, fromBase64(answer.counts)));
      await database.write(async (transaction) => {
        // A hub that was put back counts from lower on: it is told everything again.
        await writeSetting(transaction, TOLD, utf8(String(answer.last < heard ? 0 : last)));
        await writeSetting(transaction, HEARD, utf8(String(answer.last)));
      });
    });
  }

  /** Under the keychain's next secret: see DeviceKeys.renewSecret. */
  reseal(lock: DeviceTierLock): Promise<void> {
    return this.#turns.take(async () => {
      if (existsSync(this.#path)) await this.#write(await this.#load(), lock);
    });
  }

  #keep(peppers: readonly ClinicPepper[]): Promise<void> {
    return this.#turns.take(async () => {
      const known = await this.#load();
      const next = new Map([...known, ...peppers.map(({ id, key }) => [toHex(id), key] as const)]);
      if (next.size === known.size) return;
      await this.#write(next, await this.#parts.keys.lock());
      this.#peppers = next;
    });
  }

  async #load(): Promise<Map<string, Uint8Array>> {
    if (this.#peppers) return this.#peppers;
    const bytes = existsSync(this.#path)
      ? await readTierFile(this.#path, CARD_TAG.file, await this.#parts.keys.opening())
      : encode(peppersCodec, []);
    this.#peppers = new Map(decode(peppersCodec, bytes).map(({ id, key }) => [toHex(id), key]));
    return this.#peppers;
  }

  async #write(peppers: ReadonlyMap<string, Uint8Array>, lock: DeviceTierLock): Promise<void> {
    const entries = [...peppers].map(([id, key]) => ({ id: Buffer.from(id, 'hex'), key }));
    await writeTierFile(this.#path, CARD_TAG.file, encode(peppersCodec, entries), lock);
  }

  async #mark(name: string): Promise<number> {
    return Number((await readSetting(this.#parts.installation.database.read, name))?.toString('utf8') ?? 0);
  }

  get #device(): Uint8Array {
    const { tier } = this.#parts.keys;
    if (tier) return tier.signing.publicKey;
    throw new Failure(
      'vault.device-tier-locked',
      'This computer has no keychain, so it answers when somebody has signed in. Unlock it and try again.',
      {
        retry: true,
      },
    );
  }
}
