/** For whom the holder of a card acts: opened with their own key, while the ledger says so and no longer than that. */
import { type CardRow, cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../../shared/care-card/card-tags.ts';
import {
  guardianKey,
  guardianLeftBody,
  guardianRow,
  isGuardianNow,
  leavingMessage,
  type Ward,
} from '../../../shared/care-card/guardian-rules.ts';
import { numberOfCard } from '../../../shared/care-card/guardian-text.ts';
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { boxContext } from '../../care-card/make-card.ts';
import { cardHolderOf } from '../../care-card/open-box.ts';
import type { OpenedCard } from '../../care-card/open-card.ts';
import { cardEnded } from '../../care-card/try-counter.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { hpkeOpen } from '../../vault/hpke.ts';
import { sign } from '../../vault/primitives.ts';
import { OwnNaming } from './own-naming.ts';
import { OwnRecords, type OwnRecordsParts } from './own-records.ts';

const NOTHING = new Uint8Array(0);

/** Somebody for whom who is checked in acts. */
export interface OwnWard {
  /** Their compartment of identity; of a guardian the card. Hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly mayConsent: boolean;
  readonly mayComplain: boolean;
  /** Milliseconds; undefined: until somebody ends it. */
  readonly ends: number | undefined;
}

/** Somebody who acts for who is checked in, or will once a desk has added the keys. */
export interface OwnGuardian extends OwnWard {
  readonly relationship: string;
  readonly number: string;
  readonly isWaiting: boolean;
}

export class OwnWards {
  readonly #parts: OwnRecordsParts;
  readonly #own: OwnRecords;
  /** Naming who acts for who is checked in. */
  readonly naming: OwnNaming;
  #acting: { readonly id: string; readonly epoch: number; readonly records: OwnRecords } | undefined;

  /** @param own the records of who is checked in */
  constructor(parts: OwnRecordsParts, own: OwnRecords) {
    this.#parts = parts;
    this.#own = own;
    this.naming = new OwnNaming(parts, own);
  }

  /**
   * Whose records are shown: asked before each answer, since what was ended or is over by the later of both clocks opens nothing more.
   * @throws {Failure} `card.ended` when the card of who is checked in was replaced meanwhile; `guardian.over`.
   */
  async shown(): Promise<OwnRecords> {
    await this.#checkCard();
    const acting = this.#acting;
    if (!acting) return this.#own;
    const ward = await this.#ward(acting.id).catch((error: unknown) => {
      this.#acting = undefined;
      throw error;
    });
    if (ward.boxEpoch !== acting.epoch) this.#acting = await this.#opened(acting.id);
    return (this.#acting ?? acting).records;
  }

  /** Whoever goes on with a card that somebody else has reported as lost. */
  async #checkCard(): Promise<void> {
    const key = cardKey(toHex(this.#parts.row.card));
    const stored = (await loadOverlaid(this.#parts.reader, [key])).get(key);
    if (!stored || decode(cardRow, stored).ended !== 0) throw cardEnded();
  }

  get acting(): string | undefined {
    return this.#acting?.id;
  }

  /**
   * That they read is durable before anything is shown: a desk writes it into the patient's access log.
   * @throws {Failure} `guardian.over`; `card.keys-missing`; storage failures. @param id undefined: oneself again
   */
  async actFor(id: string | undefined): Promise<OwnRecords> {
    this.#acting = undefined;
    if (id === undefined) return this.#own;
    const opened = await this.#opened(id);
    await this.#noteReading(opened.records);
    this.#acting = opened;
    return opened.records;
  }

  /** Those for whom they act now and whose box has arrived here. */
  async list(): Promise<OwnWard[]> {
    const found: OwnWard[] = [];
    for (const ward of await this.#wards()) {
      const { mayConsent, mayComplain, ends, handle } = ward;
      const holder = await cardHolderOf(this.#parts.reader, this.#rowOf(ward), this.#boxKey(ward)).catch(() => undefined);
      if (holder) found.push({ id: toHex(handle), name: holder.name, mayConsent, mayComplain, ends: ends || undefined });
    }
    return found;
  }

  /** Who acts for who is checked in, as the clinic's file names them and the ledger says it, and whom they have named since. */
  async guardians(): Promise<OwnGuardian[]> {
    const { row, time } = this.#parts;
    const { file } = await this.#own.file();
    const now = await time();
    const found: OwnGuardian[] = [];
    for (const { card, name, relationship } of file.guardians) {
      const ward = (await this.#wardsOf(card)).find(({ handle }) => toHex(handle) === toHex(row.handle));
      if (!ward || !isGuardianNow(ward, now)) continue;
      const { mayConsent, mayComplain, ends } = ward;
      const number = numberOfCard(fromHex(card));
      found.push({ id: card, name, number, relationship, mayConsent, mayComplain, ends: ends || undefined, isWaiting: false });
    }
    for (const { card, isNamed, ends, ...said } of await this.naming.signed())
      if (!found.some(({ id }) => id === card))
        found.push({
          ...said,
          id: card,
          name: '',
          number: numberOfCard(fromHex(card)),
          ends: ends || undefined,
          isWaiting: !isNamed,
        });
    return found;
  }

  /** They act for this person no longer. @throws {Failure} `guardian.over`; `ledger.refused`. */
  async leave(id: string): Promise<void> {
    await this.#end(await this.#ward(id), this.#parts.row.card);
    if (this.#acting?.id === id) this.#acting = undefined;
  }

  /** This person acts for who is checked in no longer. @param card hexadecimal @throws {Failure} `guardian.over`; `ledger.refused`. */
  async dismiss(card: string): Promise<void> {
    const own = toHex(this.#parts.row.handle);
    const ward = (await this.#wardsOf(card)).find(({ handle }) => toHex(handle) === own);
    const isWaiting = (await this.naming.signed()).some((each) => each.card === card && !each.isNamed);
    if (isWaiting) await this.naming.takeBack(card);
    if (ward?.ended === 0) await this.#end(ward, fromHex(card));
    else if (!isWaiting) throw over();
  }

  async #end({ handle, starts }: Ward, card: Uint8Array): Promise<void> {
    const { row, opened, record } = this.#parts;
    const said = { card, starts, by: row.card };
    const proof = sign(opened.signing, leavingMessage(row.custodian, handle, said));
    await record([{ type: 'guardian.left', handle, body: encode(guardianLeftBody, { ...said, proof }) }]);
  }

  async #opened(id: string): Promise<{ id: string; epoch: number; records: OwnRecords }> {
    const ward = await this.#ward(id);
    const { file } = await this.#own.file();
    const opened: OpenedCard = { ...this.#parts.opened, boxKey: this.#boxKey(ward), complete: undefined };
    const { mayConsent, mayComplain, starts, ends } = ward;
    const handle = toHex(this.#parts.row.handle);
    const records = new OwnRecords({
      ...this.#parts,
      time: () => this.#parts.time(),
      askLinks: (asked) => this.#parts.askLinks(asked),
      record: (acts, documents) => this.#parts.record(acts, documents),
      opened,
      row: this.#rowOf(ward),
      guardian: { name: file.name, handle, starts, ends, mayConsent, mayComplain },
    });
    return { id, epoch: ward.boxEpoch, records };
  }

  async #noteReading({ letters }: OwnRecords): Promise<void> {
    const { record, time } = this.#parts;
    await record([], [letters.seal('reading', NOTHING, await time())]);
  }

  /** The guardian's card, over the patient's box. */
  #rowOf({ handle, box, boxEpoch }: Ward): CardRow {
    return { ...this.#parts.row, handle, box, boxEpoch };
  }

  #boxKey({ box, boxEpoch, boxKey }: Ward): Uint8Array {
    const { row, opened } = this.#parts;
    const from = { recipient: opened.encryption, info: CARD_TAG.box };
    return hpkeOpen(from, boxKey.subarray(0, 32), boxContext(row.card, box, boxEpoch), boxKey.subarray(32));
  }

  async #ward(id: string): Promise<Ward> {
    const found = (await this.#wards()).find(({ handle }) => toHex(handle) === id);
    if (found) return found;
    throw over();
  }

  async #wards(): Promise<Ward[]> {
    const { row, time } = this.#parts;
    const now = await time();
    return (await this.#wardsOf(toHex(row.card))).filter((ward) => isGuardianNow(ward, now));
  }

  async #wardsOf(card: string): Promise<readonly Ward[]> {
    const key = guardianKey(card);
    const stored = (await loadOverlaid(this.#parts.reader, [key])).get(key);
    return stored ? decode(guardianRow, stored).wards : [];
  }
}

const over = (): Failure => new Failure('guardian.over', 'You do not act for this person any more. Nothing of them is shown.');
