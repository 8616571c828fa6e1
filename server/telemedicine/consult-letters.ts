/** Consults by letter: asking a clinician of another clinic, and answering. Both are durable here first and go when there is a line. */
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { staffRow } from '../../shared/ledger/rows.ts';
import { staffKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  answeredMessage,
  answerLetter,
  askedMessage,
  CONSULT_ANSWER_MESSAGE,
  CONSULT_CONTEXT,
  CONSULT_MESSAGE,
  CONSULT_SUITE,
  type ConsultCase,
  type ConsultPart,
  type ConsultPicture,
  checkedPictures,
  checkedWords,
  MOST_CASE_BYTES,
  pieceBody,
} from '../../shared/telemedicine/consult.ts';
import { type IncomingMessage, waitingMessages } from '../sync/clinic.store.ts';
import { knownClinic, openLetter, sealLetter, unopened } from '../sync/clinic-mail/clinic-letters.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import {
  type AccessGate,
  type PatientDirectory,
  type PatientEntry,
  type RecordStore,
  staffId,
  type VaultContext,
} from '../sync/vault-context/vault-context.ts';
import { sha256, sign, verifySignature } from '../vault/primitives.ts';
import { ConsultRows, cut, type StoredConsult } from './consult-rows.ts';
import type { OpenedCharts } from './telemedicine.ts';

/** Sections of a chart that can go along. */
const CONSULT_SECTIONS = [
  'problem',
  'allergy',
  'medication',
  'immunization',
  'result',
  'vital',
  'procedure',
  'encounter',
] as const;
/** Of each section, the newest. */
const MOST_OF_SECTION = 60;

export interface ConsultWish {
  readonly patient: string;
  /** Chain, hexadecimal. */
  readonly clinic: string;
  readonly question: string;
  readonly sections: readonly string[];
  readonly pictures: readonly ConsultPicture[];
}

export interface ShownConsult {
  readonly stored: StoredConsult;
  /** Undefined while letters are on their way. */
  readonly content: ConsultCase | undefined;
}

interface LetterParts {
  readonly context: VaultContext;
  readonly directory: PatientDirectory;
  readonly records: RecordStore;
  readonly charts: OpenedCharts;
  readonly access: AccessGate;
}

type Reception = readonly VaultRow[] | 'waiting' | 'dropped';

export class ConsultLetters {
  readonly #parts: LetterParts;
  readonly #rows: ConsultRows;

  constructor(parts: LetterParts) {
    this.#parts = parts;
    this.#rows = new ConsultRows(parts.context);
    parts.context.hooks.alsoErased.push((patient) => this.#rows.removed(patient));
  }

  /**
   * Signs and posts a question. The access line says which clinic was told what, and is durable first.
   * @throws {Failure} `telemedicine.not-ours`, `consult.no-words`, `consult.too-long`, `consult.pictures`, `consult.too-large`,
   * `records.clinic-unknown`, `vault.passphrase-wrong`, `access.chart-not-open`; storage failures.
   */
  async ask(wish: ConsultWish, passphrase: string): Promise<ShownConsult> {
    const { context, directory, access } = this.#parts;
    const patient = directory.known(wish.patient);
    const content = await this.caseOf(patient, wish);
    const whole = utf8(JSON.stringify(content));
    if (whole.length > MOST_CASE_BYTES)
      throw new Failure(
        'consult.too-large',
        'That is too much for one consult. Choose fewer pictures or fewer parts of the record.',
      );
    const { chain: to } = await knownClinic(context, wish.clinic);
    await context.keyStore.confirm(passphrase);
    const consult = context.random(16);
    const hash = sha256(whole);
    const place = { from: context.chain, to, consult, hash };
    const signature = sign(context.keyStore.signingKey, askedMessage(place));
    const pieces = cut(whole);
    const letters = await Promise.all(
      pieces.map((bytes, index) =>
        sealLetter(
          context,
          CONSULT_MESSAGE,
          wish.clinic,
          CONSULT_CONTEXT,
          encode(pieceBody, {
            suite: CONSULT_SUITE,
            consult,
            hash,
            author: context.staff.id,
            signature,
            index,
            count: pieces.length,
            bytes,
          }),
        ),
      ),
    );
    const stored: StoredConsult = {
      id: toHex(consult),
      patient: patient.id,
      clinic: wish.clinic,
      hash: toHex(hash),
      author: staffId(context),
      signature: toHex(signature),
      pieces: pieces.length,
      at: content.askedAt,
      answer: undefined,
      filed: undefined,
    };
    const categories = [...new Set(['identity', ...(content.parts.length > 0 ? ['clinical'] : [])])];
    await access.note(patient, 'consult', 'TREAT', { recipient: wish.clinic, categories });
    const rows = [this.#rows.row(stored), ...this.#rows.pieces(stored.id, patient.id, whole)];
    await context.gateway.commit({ messages: letters, rows });
    context.notify({ patients: [patient.id], topics: ['consults'] });
    return { stored, content };
  }

  /**
   * What was asked about a patient whose chart is open, the newest first. A case was made of what its author may see: whoever else looks is
   * shown those parts of which the record is open to them.
   * @throws {Failure} `access.chart-not-open`.
   */
  async of(patient: string): Promise<ShownConsult[]> {
    const chart = await this.#parts.charts.chart(patient);
    const open = new Set(chart.all().map(partName));
    const own = staffId(this.#parts.context);
    const all = await this.#shown(await this.#rows.of(patient));
    return all.map((shown) =>
      shown.stored.author === own || !shown.content
        ? shown
        : { ...shown, content: { ...shown.content, parts: shown.content.parts.filter((part) => open.has(partName(part))) } },
    );
  }

  /** What other clinics asked here, the newest first. */
  async received(): Promise<ShownConsult[]> {
    return this.#shown(await this.#rows.of(''));
  }

  /** Of a question that came here, or of one about a patient whose chart is open. @throws {Failure} `consult.unknown`, `access.chart-not-open`. */
  async picture(id: string, index: number): Promise<ConsultPicture> {
    const stored = await this.#known(id);
    if (stored.patient !== '') await this.#parts.charts.chart(stored.patient);
    const picture = (await this.#rows.content(stored))?.pictures[index];
    if (picture) return picture;
    throw unknown();
  }

  /** Signs and posts the answer to a question that came here. @throws {Failure} `consult.unknown`, `consult.answered`, as `ask`. */
  async answer(id: string, words: string, passphrase: string): Promise<ShownConsult> {
    const { context } = this.#parts;
    const stored = await this.#known(id);
    const content = await this.#rows.content(stored);
    if (stored.patient !== '' || !content) throw unknown();
    if (stored.answer)
      throw new Failure(
        'consult.answered',
        'This question has been answered from this clinic already. Ask a new one if something is missing.',
      );
    const text = checkedWords(words);
    await context.keyStore.confirm(passphrase);
    const place = { from: context.chain, to: fromHex(stored.clinic), consult: fromHex(id), hash: fromHex(stored.hash) };
    const authorName = context.staff.name;
    const signature = sign(context.keyStore.signingKey, answeredMessage(place, authorName, text));
    const letter = encode(answerLetter, {
      suite: CONSULT_SUITE,
      consult: place.consult,
      hash: place.hash,
      author: context.staff.id,
      authorName,
      signature,
      answer: text,
    });
    const answer = { text, author: staffId(context), by: authorName, at: context.clock(), signature: toHex(signature) };
    const next = { ...stored, answer };
    await context.gateway.commit({
      messages: [await sealLetter(context, CONSULT_ANSWER_MESSAGE, stored.clinic, CONSULT_CONTEXT, letter)],
      rows: [this.#rows.row(next)],
    });
    context.notify({ topics: ['consults'] });
    return { stored: next, content };
  }

  /** Puts the answer into the chart, as a record of who files it. @throws {Failure} `consult.unknown`, `consult.not-answered`; storage failures. */
  async file(patient: string, id: string): Promise<ShownConsult> {
    const { context, records } = this.#parts;
    const stored = await this.#known(id);
    if (stored.patient !== patient) throw unknown();
    const content = await this.#rows.content(stored);
    if (!stored.answer || !content)
      throw new Failure(
        'consult.not-answered',
        'No answer has come yet. It comes with the next sync after the other clinic has sent it.',
      );
    if (stored.filed) return { stored, content };
    const clinic = (await clinicNames(context.gateway, [stored.clinic])).get(stored.clinic) ?? stored.clinic;
    const resource = communicationOf(stored, content, patient, clinic);
    const draft = {
      patient,
      category: 'telemedicine',
      kind: 'fhir',
      content: utf8(JSON.stringify(resource)),
      summary: summarize(resource),
      fhirId: '',
    } as const;
    const next = { ...stored, filed: toHex(context.random(16)) };
    // In one commit: an answer is in the chart once.
    await records.put({ ...draft, newId: next.filed }, { rows: [this.#rows.row(next)] });
    context.notify({ patients: [patient], topics: ['consults'] });
    return { stored: next, content };
  }

  /** Takes in the letters that have come. */
  async refresh(): Promise<void> {
    const { context } = this.#parts;
    let changed = false;
    for (const message of await waitingMessages(context.reader)) {
      if (message.kind !== CONSULT_MESSAGE && message.kind !== CONSULT_ANSWER_MESSAGE) continue;
      const received = await this.#receive(message).catch((error: unknown) => unopened(context, message, error));
      if (received === 'waiting') continue;
      await context.gateway.commit({ handledMessages: [message.sequence], rows: received === 'dropped' ? [] : received });
      changed ||= received !== 'dropped';
    }
    if (changed) context.notify({ topics: ['consults'] });
  }

  async #receive(message: IncomingMessage): Promise<Reception> {
    const opened = await openLetter(this.#parts.context, message, CONSULT_CONTEXT);
    return message.kind === CONSULT_MESSAGE ? this.#takePiece(message, opened) : this.#takeAnswer(message, opened);
  }

  async #takePiece({ senderChain }: IncomingMessage, opened: Uint8Array): Promise<Reception> {
    const { context } = this.#parts;
    const { suite, consult, hash, author, signature, index, count, bytes } = decode(pieceBody, opened);
    const clinic = toHex(senderChain);
    const id = toHex(consult);
    if (suite !== CONSULT_SUITE || index >= count || count > Math.ceil(MOST_CASE_BYTES / 1_000)) return 'dropped';
    const place = { from: senderChain, to: context.chain, consult, hash };
    if (!(await this.#isOf(clinic, author)) || !verifySignature(author, askedMessage(place), signature)) return 'dropped';
    const before = await this.#rows.find(id);
    // An id is one clinic's, for one case.
    if (before && (before.clinic !== clinic || before.hash !== toHex(hash) || before.patient !== '')) return 'dropped';
    const stored: StoredConsult = before ?? {
      id,
      patient: '',
      clinic,
      hash: toHex(hash),
      author: toHex(author),
      signature: toHex(signature),
      pieces: count,
      at: context.clock(),
      answer: undefined,
      filed: undefined,
    };
    return [this.#rows.row(stored), this.#rows.piece(id, '', index, bytes)];
  }

  async #takeAnswer({ senderChain }: IncomingMessage, opened: Uint8Array): Promise<Reception> {
    const { context } = this.#parts;
    const { suite, consult, hash, author, authorName, signature, answer } = decode(answerLetter, opened);
    const stored = await this.#rows.find(toHex(consult));
    const clinic = toHex(senderChain);
    if (suite !== CONSULT_SUITE || stored?.clinic !== clinic || stored.patient === '' || stored.answer) return 'dropped';
    const place = { from: senderChain, to: context.chain, consult, hash };
    const isRight =
      equalBytes(hash, fromHex(stored.hash)) &&
      (await this.#isOf(clinic, author)) &&
      verifySignature(author, answeredMessage(place, authorName, answer), signature);
    if (!isRight) return 'dropped';
    context.notify({ patients: [stored.patient] });
    const taken = { text: answer, author: toHex(author), by: authorName, at: context.clock(), signature: toHex(signature) };
    return [this.#rows.row({ ...stored, answer: taken })];
  }

  /** Whether the ledger has this person as one of that clinic. */
  async #isOf(clinic: string, author: Uint8Array): Promise<boolean> {
    const [row] = await this.#parts.context.gateway.state([staffKey(toHex(author))]);
    const staff = row && decode(staffRow, row);
    return staff !== undefined && !staff.revoked && toHex(staff.chain) === clinic;
  }

  /** What would be sent: the words, chosen records of the open chart, pictures. @throws {Failure} as `ask`. */
  async caseOf(patient: PatientEntry, wish: Omit<ConsultWish, 'clinic'>): Promise<ConsultCase> {
    const { context } = this.#parts;
    if (patient.custodian !== toHex(context.chain)) throw notOurs();
    const { fullName, birthDate, gender } = patient.summary;
    return {
      version: 1,
      patient: { name: fullName, birthDate, gender },
      question: checkedWords(wish.question),
      parts: await this.#chosen(patient, wish.sections),
      pictures: checkedPictures(wish.pictures),
      askedBy: context.staff.name,
      askedAt: context.clock(),
    };
  }

  async #chosen(patient: PatientEntry, sections: readonly string[]): Promise<ConsultPart[]> {
    const { charts, records } = this.#parts;
    const all = await charts.handedOn(patient.id);
    const parts: ConsultPart[] = [];
    for (const section of CONSULT_SECTIONS.filter((name) => sections.includes(name))) {
      const entries = all
        .filter((entry) => entry.section === section && entry.kind === 'fhir')
        .sort((one, other) => (one.date < other.date ? 1 : -1))
        .slice(0, MOST_OF_SECTION);
      for (const entry of entries) {
        const [version] = await records.versions(patient, entry);
        if (version)
          parts.push({
            section,
            title: entry.title,
            date: entry.date,
            // Of what has no value the state counts: a problem of long ago is not one of today.
            value: entry.value?.text ?? entry.status,
            json: fromUtf8(version.content),
          });
      }
    }
    return parts;
  }

  #shown(stored: readonly StoredConsult[]): Promise<ShownConsult[]> {
    return Promise.all(stored.map(async (each) => ({ stored: each, content: await this.#rows.content(each) })));
  }

  async #known(id: string): Promise<StoredConsult> {
    const stored = /^[0-9a-f]{32}$/.test(id) ? await this.#rows.find(id) : undefined;
    if (stored) return stored;
    throw unknown();
  }
}

/** By what a part of a case is known to be of a record. */
const partName = ({ section, title, date }: Pick<ConsultPart, 'section' | 'title' | 'date'>): string =>
  JSON.stringify([section, title, date]);

/** The answer as a record: question, answer, and who signed it. */
function communicationOf(
  { answer, at, hash }: StoredConsult,
  { question, askedBy }: ConsultCase,
  patient: string,
  clinic: string,
): FhirResource {
  return {
    resourceType: 'Communication',
    status: 'completed',
    topic: { text: `Consult: answer of ${answer?.by ?? ''}, ${clinic}` },
    subject: { reference: `Patient/${patient}` },
    sent: new Date(at).toISOString(),
    received: new Date(answer?.at ?? at).toISOString(),
    sender: { type: 'Practitioner', display: `${answer?.by ?? ''}, ${clinic}` },
    recipient: [{ type: 'Practitioner', display: askedBy }],
    payload: [{ contentString: question }, { contentString: answer?.text ?? '' }],
    note: [
      { text: `Signed answer to the case with SHA-256 ${hash}; signature ${answer?.signature ?? ''} by ${answer?.author ?? ''}` },
    ],
  };
}

const notOurs = (): Failure => new Failure('telemedicine.not-ours', 'Another clinic keeps these records and alone shares them.');
const unknown = (): Failure => new Failure('consult.unknown', 'There is no such consult here. Load the list again.');
