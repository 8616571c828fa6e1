/**
 * "This was not right": a complaint about an access, with its line attached, for the clinic's privacy officer; and the answer in
 * words. The texts are sealed rows that each desk of the clinic has; that there is one, and an answer, stands on the ledger.
 */

import { lineId } from '../../shared/access/access-visits.ts';
import { complaintAnsweredBody, complaintKey, complaintOpenedBody, complaintRow } from '../../shared/access/complaint-rules.ts';
import { type ComplaintSubject, complaintHash, complaintText, MAX_COMPLAINT } from '../../shared/access/complaint-text.ts';
import { mayDo } from '../../shared/access/permissions.ts';
import { equalBytes, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, opaque, struct, text, u64 } from '../../shared/encoding/codec.ts';
import { encodeEvent } from '../../shared/ledger/event.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type AccessLine, decodeSaltedLine, encodeSaltedLine } from '../../shared/sync/access-line.ts';
import type { LocalWrite, VaultRow } from '../sync/gateway.ts';
import { workingStaffOf } from '../sync/vault-context/clinic-people.ts';
import { personalAct } from '../sync/vault-context/personal-act.ts';
import { type PatientDirectory, staffId, type VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import type { AccessLog } from './access.ts';

const KIND = 'access-complaint';
const answerText = struct({ salt: fixed(32), words: text(MAX_COMPLAINT), by: text(200) });
const rowCodec = struct({ complaint: fixed(16), opened: u64, text: opaque(40_000), answered: u64, answer: opaque(8_000) });

export interface Complaint {
  /** Hexadecimal. */
  readonly id: string;
  readonly patient: string;
  readonly about: ComplaintSubject;
  /** The access that it is about. */
  readonly line: AccessLine | undefined;
  /** The record beside which a statement stands, hexadecimal; '' where it is about none. */
  readonly record: string;
  readonly words: string;
  readonly by: string;
  readonly openedAt: number;
  readonly answer: { readonly words: string; readonly by: string; readonly at: number } | undefined;
  /** Whether the ledger holds exactly this complaint and this answer. */
  readonly isAsAnchored: boolean;
}

export class Complaints {
  readonly #context: VaultContext;
  readonly #directory: PatientDirectory;
  readonly #log: AccessLog;

  constructor(context: VaultContext, directory: PatientDirectory, log: AccessLog) {
    this.#context = context;
    this.#directory = directory;
    this.#log = log;
  }

  /** On the patient's behalf, about one line of their log. @throws {Failure} `access.line-unknown`, `access.no-words`. */
  async open(patient: string, line: string, words: string): Promise<Complaint> {
    const { id } = this.#directory.known(patient);
    const about = (await this.#log.linesOf(id)).find((each) => lineId(each) === line);
    if (!about) throw new Failure('access.line-unknown', 'This line is not in the log of this patient. Load the log again.');
    const said = { about: 'access', attached: encodeSaltedLine(about), words } as const;
    return this.#write(id, said, (write) => this.#context.gateway.commit(write));
  }

  /**
   * A patient's statement of disagreement with one record, which came to the desk on paper.
   * @param record hexadecimal @param commit lays the statement beside its record with the request
   * @throws {Failure} `access.no-words`; what `commit` throws.
   */
  disagree(
    patient: string,
    { record, words }: { readonly record: string; readonly words: string },
    commit: (write: LocalWrite, said: Complaint) => Promise<unknown>,
  ): Promise<Complaint> {
    return this.#write(this.#directory.known(patient).id, { about: 'disagreement', attached: fromHex(record), words }, commit);
  }

  async #write(
    patient: string,
    {
      about,
      attached,
      words,
    }: { readonly about: 'access' | 'disagreement'; readonly attached: Uint8Array; readonly words: string },
    commit: (write: LocalWrite, said: Complaint) => Promise<unknown>,
  ): Promise<Complaint> {
    const { random, clock, staff, device, notify } = this.#context;
    const complaint = random(16);
    const content = encode(complaintText, {
      salt: random(32),
      patient: fromHex(patient),
      about,
      attached,
      words: said(words),
      by: staff.name,
    });
    const opened = clock();
    const event = encodeEvent({
      type: 'complaint.opened',
      handle: new Uint8Array(0),
      body: encode(complaintOpenedBody, { complaint, content: nameOf(content) }),
      author: device,
      time: opened,
      commitment: new Uint8Array(0),
    });
    const row = { complaint, opened, text: content, answered: 0, answer: new Uint8Array(0) };
    await commit({ events: [{ event, signature: new Uint8Array(0) }], rows: [this.#sealed(row)] }, await this.#shown(row));
    notify({ patients: [patient], topics: ['complaints'] });
    return this.#shown(row);
  }

  /**
   * What a patient said at a kiosk, which the ledger has already. Once; false when it is here already, or is not what the ledger counts.
   * @param written as shared/access/complaint-text.ts encodes it @param commit writes it, where it goes along with something else
   */
  async receive(
    patient: string,
    complaint: Uint8Array,
    written: Uint8Array,
    isByGuardian = false,
    commit = (rows: readonly VaultRow[], _: Complaint): Promise<unknown> => this.#context.gateway.commit({ rows }),
  ): Promise<boolean> {
    const { gateway, chain, reader, rows, notify } = this.#context;
    const [stored] = await gateway.state([complaintKey(toHex(complaint))]);
    const anchored = stored && decode(complaintRow, stored);
    const said = decode(complaintText, written);
    const isTheirs = toHex(said.patient) === patient && (said.by !== '') === isByGuardian;
    if (!anchored || !equalBytes(anchored.clinic, chain) || !equalBytes(anchored.content, nameOf(written)) || !isTheirs)
      return false;
    if ((await rowsOfKeys(reader, KIND, [rows.name(KIND, complaint)])).length > 0) return false;
    const row = { complaint, opened: anchored.opened, text: written, answered: 0, answer: new Uint8Array(0) };
    await commit([this.#sealed(row)], await this.#shown(row));
    notify({ patients: [patient], topics: ['complaints'] });
    return true;
  }

  /** Ids of this clinic's complaints of which the ledger knows and this desk has no words, with when they were made. */
  async missing(): Promise<Map<string, number>> {
    const { gateway, chain, reader, rows } = this.#context;
    const ours = (await gateway.stateList(complaintKey(''))).flatMap(({ key, value }) => {
      const row = decode(complaintRow, value);
      return equalBytes(row.clinic, chain) ? [[key.slice(complaintKey('').length), row.opened] as const] : [];
    });
    const names = new Map(ours.map(([id]) => [toHex(rows.name(KIND, fromHex(id))), id]));
    const here = await rowsOfKeys(reader, KIND, [...names.keys()].map(fromHex));
    const known = new Set(here.map(({ key }) => names.get(toHex(key))));
    return new Map(ours.filter(([id]) => !known.has(id)));
  }

  /**
   * By the privacy officer, in words that the patient sees with the entry.
   * @throws {Failure} `access.complaint-unknown`, `access.answered-already`, `access.own-reading`.
   */
  async answer(id: string, words: string): Promise<Complaint> {
    const { random, clock, staff, gateway, notify } = this.#context;
    const row = await this.#row(id);
    // Another desk's answer stands on the ledger before its words arrive.
    const [stored] = await gateway.state([complaintKey(id)]);
    if (row.answered > 0 || (stored && decode(complaintRow, stored).answered > 0))
      throw new Failure('access.answered-already', 'This complaint has an answer already; what was said stays as it is.');
    await this.#refuseOwnReading(row);
    const answer = encode(answerText, { salt: random(32), words: said(words), by: staff.name });
    const event = personalAct(this.#context, {
      type: 'complaint.answered',
      codec: complaintAnsweredBody,
      body: { complaint: row.complaint, answer: nameOf(answer) },
    });
    const answered = { ...row, answered: clock(), answer };
    await gateway.commit({ events: [event], rows: [this.#sealed(answered)] });
    const shown = await this.#shown(answered);
    notify({ patients: [shown.patient], topics: ['complaints'] });
    return shown;
  }

  /** Those without an answer first, the longest waiting first; then what was answered, the newest first. @param patient one patient's alone */
  async list(patient?: string): Promise<Complaint[]> {
    const found: Complaint[] = [];
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page) found.push(await this.#shown(decode(rowCodec, this.#context.rows.open(KIND, row))));
    return found.filter((complaint) => patient === undefined || complaint.patient === patient).sort(inTurn);
  }

  /** Nobody judges their own reading, where the clinic has somebody else who may. */
  async #refuseOwnReading({ text: written }: ComplaintRow): Promise<void> {
    const { gateway, chain } = this.#context;
    const { about, attached } = decode(complaintText, written);
    const own = staffId(this.#context);
    if (about !== 'access' || attached.length === 0 || decodeSaltedLine(attached).staff !== own) return;
    const people = await workingStaffOf(gateway, toHex(chain));
    if (people.every(({ id, role }) => id === own || !mayDo(role, 'access.review'))) return;
    throw new Failure(
      'access.own-reading',
      'This complaint is about your own reading. Somebody else of the clinic who looks at complaints answers it.',
    );
  }

  async #row(id: string) {
    const { reader, rows } = this.#context;
    const key = /^[0-9a-f]{32}$/.test(id) ? [rows.name(KIND, fromHex(id))] : [];
    const [stored] = await rowsOfKeys(reader, KIND, key);
    if (!stored) throw new Failure('access.complaint-unknown', 'There is no such complaint. Load the list again.');
    return decode(rowCodec, rows.open(KIND, stored));
  }

  #sealed(row: ComplaintRow): VaultRow {
    const { rows } = this.#context;
    const { patient } = decode(complaintText, row.text);
    return rows.seal(KIND, rows.name(KIND, row.complaint), rows.name('complaints-of', patient), encode(rowCodec, row));
  }

  async #shown({ complaint, opened, text: written, answered, answer }: ComplaintRow): Promise<Complaint> {
    const { patient, about, attached, words, by } = decode(complaintText, written);
    const replied = answered > 0 ? decode(answerText, answer) : undefined;
    const [stored] = await this.#context.gateway.state([complaintKey(toHex(complaint))]);
    const anchored = stored && decode(complaintRow, stored);
    return {
      id: toHex(complaint),
      patient: toHex(patient),
      about,
      line: about === 'access' && attached.length > 0 ? decodeSaltedLine(attached) : undefined,
      record: about === 'disagreement' ? toHex(attached) : '',
      words,
      by,
      openedAt: opened,
      answer: replied && { words: replied.words, by: replied.by, at: answered },
      isAsAnchored:
        anchored !== undefined &&
        equalBytes(anchored.content, nameOf(written)) &&
        (replied === undefined || equalBytes(anchored.answer, nameOf(answer))),
    };
  }
}

type ComplaintRow = { complaint: Uint8Array; opened: number; text: Uint8Array; answered: number; answer: Uint8Array };

const nameOf = (written: Uint8Array): Uint8Array => complaintHash(hashParts, written);

function said(words: string): string {
  const trimmed = words.trim();
  if (trimmed !== '' && new TextEncoder().encode(trimmed).length <= MAX_COMPLAINT) return trimmed;
  throw new Failure('access.no-words', `Say in words what was not right, or what the answer is: at most ${MAX_COMPLAINT} bytes.`);
}

/** Whoever waits longest is due first. */
function inTurn(one: Complaint, other: Complaint): number {
  const isAnswered = one.answer !== undefined;
  if (isAnswered !== (other.answer !== undefined)) return isAnswered ? 1 : -1;
  return isAnswered ? other.openedAt - one.openedAt : one.openedAt - other.openedAt;
}
