/** What the patient asks of their clinic's privacy officer: that an access was not right, or something about the records themselves. */

import { lineId } from '../../../shared/access/access-visits.ts';
import { complaintKey, complaintOpenedBody, complaintRow } from '../../../shared/access/complaint-rules.ts';
import {
  type ComplaintSubject,
  complaintHash,
  complaintText,
  MAX_COMPLAINT,
  requestLetter,
  subjectOf,
} from '../../../shared/access/complaint-text.ts';
import { equalBytes, fromHex, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import type { FiledRequest, PatientFile } from '../../../shared/kiosk/patient-file.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type AccessLine, decodeSaltedLine, encodeSaltedLine } from '../../../shared/sync/access-line.ts';
import type { ReadConnection } from '../../storage/database.ts';
import type { OutgoingDocument } from '../../sync/gateway.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { randomBytes } from '../../vault/primitives.ts';
import type { OwnLetters } from './own-letters.ts';
import type { PatientAct } from './session-verbs.ts';

interface OwnRequestsParts {
  readonly letters: OwnLetters;
  readonly reader: ReadConnection;
  /** Who speaks for the patient; '' where they do themselves. */
  readonly by: string;
  file(): Promise<PatientFile>;
  /** A line of the patient's own copy of the log, by the id of its entry. */
  line(entry: string): Promise<AccessLine | undefined>;
  time(): Promise<number>;
  /** Durable when it resolves. */
  record(acts: readonly PatientAct[], documents: readonly OutgoingDocument[]): Promise<void>;
}

export interface OwnRequest extends FiledRequest {
  /** A desk of the clinic has taken it in. */
  readonly received: boolean;
}

export class OwnRequests {
  readonly #parts: OwnRequestsParts;

  constructor(parts: OwnRequestsParts) {
    this.#parts = parts;
  }

  /** Newest first. */
  async list(): Promise<OwnRequest[]> {
    const { letters, file, reader } = this.#parts;
    const filed = (await file()).requests.map((request) => ({ ...request, about: subjectOf(request.about) }));
    const known = new Set(filed.map(({ id }) => id));
    const sent = (await letters.list()).filter(({ subject }) => subject === 'request');
    const said = sent
      .map(({ content }) => decode(requestLetter, content))
      .filter(({ complaint }) => !known.has(toHex(complaint)));
    const rows = await loadOverlaid(
      reader,
      said.map(({ complaint }) => complaintKey(toHex(complaint))),
    );
    const waiting = said.flatMap(({ complaint, text }): OwnRequest[] => {
      const id = toHex(complaint);
      const stored = rows.get(complaintKey(id));
      const row = stored && decode(complaintRow, stored);
      if (!row || !equalBytes(row.content, complaintHash(hashParts, text))) return [];
      const { about, attached, words } = decode(complaintText, text);
      const entry = about === 'access' ? lineId(decodeSaltedLine(attached)) : '';
      return [{ id, about, line: entry, words, sentAt: row.opened, answer: undefined, received: false }];
    });
    const all = [...waiting, ...filed.map((request) => ({ ...request, received: true }))];
    return all.sort((one, other) => other.sentAt - one.sentAt);
  }

  /**
   * @param of the entry of the log that was not right, or the record beside which a statement is to stand
   * @throws {Failure} `access.line-unknown`, `records.unknown`, `access.no-words`; `ledger.refused`; storage failures.
   */
  async send(
    about: ComplaintSubject,
    words: string,
    { entry, record }: { readonly entry?: string | undefined; readonly record?: string | undefined } = {},
  ): Promise<OwnRequest> {
    const { letters, file, line, time } = this.#parts;
    const said = words.trim();
    if (said === '' || utf8(said).length > MAX_COMPLAINT)
      throw new Failure('access.no-words', `Say in words what you ask for: at most ${MAX_COMPLAINT} bytes.`);
    const attached = about === 'access' && entry !== undefined ? await line(entry) : undefined;
    if ((about === 'access') !== (attached !== undefined) || about === 'other')
      throw new Failure('access.line-unknown', 'This entry is not in your own copy of the list yet. Try again in a few minutes.');
    const { patient, summary } = await file();
    const isListed = summary.some(({ lines }) => lines.some((each) => each.record === record));
    if (record !== undefined && (about !== 'disagreement' || !isListed))
      throw new Failure('records.unknown', 'There is no such record among your papers. Open them again.');
    const complaint = randomBytes(16);
    const text = encode(complaintText, {
      salt: randomBytes(32),
      patient: fromHex(patient),
      about,
      attached: attached ? encodeSaltedLine(attached) : fromHex(record ?? ''),
      words: said,
      by: this.#parts.by,
    });
    const body = encode(complaintOpenedBody, { complaint, content: complaintHash(hashParts, text) });
    const letter = letters.seal('request', encode(requestLetter, { complaint, text }), await time());
    await this.#parts.record([{ type: 'complaint.opened', handle: new Uint8Array(0), body }], [letter]);
    const found = (await this.list()).find(({ id }) => id === toHex(complaint));
    if (found) return found;
    throw new Failure('access.complaint-unknown', 'There is no such request. Open the list again.');
  }
}
