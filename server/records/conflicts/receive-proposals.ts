/**
 * What other clinics write about records, opened as the ledger names it: a proposal only as the one that its event names, by the
 * clinic whose device wrote that; an answer only from the clinic that keeps the record. Cut off anywhere, it is done again.
 */
import { equalBytes, fromHex, fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import { isResource } from '../../../shared/fhir/fhir-resource.ts';
import { readStrictJsonBytes } from '../../../shared/fhir/strict-json.ts';
import {
  AMENDMENT_MESSAGE,
  ANSWER_MESSAGE,
  ANSWER_SUITE,
  amendmentContext,
  answerBody,
  answerContext,
} from '../../../shared/records/amendment-message.ts';
import { isDeclined } from '../../../shared/records/amendment-rules.ts';
import { decodeEnvelope } from '../../../shared/vault/document.ts';
import { type IncomingMessage, waitingMessages } from '../../sync/clinic.store.ts';
import { openLetter, unopened } from '../../sync/clinic-mail/clinic-letters.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { PatientDirectory, PatientEntry, VaultContext } from '../../sync/vault-context/vault-context.ts';
import { sha256Hex } from '../../vault/primitives.ts';
import { metaOf } from '../writing/seal-record.ts';
import type { ProposalRows } from './proposal-rows.ts';
import { categoryOf, type NamedProposal } from './proposals.ts';

interface Parts {
  readonly context: VaultContext;
  readonly patients: PatientDirectory;
  readonly rows: ProposalRows;
}

/** The rows to keep and whose they are; `waiting` for the block that names the message, `dropped` when it is none of ours. */
type Reception = { readonly patient: PatientEntry; readonly row: VaultRow } | 'waiting' | 'dropped';
type Receiver = (parts: Parts, message: IncomingMessage, named: readonly NamedProposal[]) => Promise<Reception>;

const RECEIVERS: ReadonlyMap<string, Receiver> = new Map([
  [AMENDMENT_MESSAGE, receiveProposal],
  [ANSWER_MESSAGE, receiveAnswer],
]);

/** Gives the patients of whom something was received. */
export async function receiveProposals(parts: Parts, named: readonly NamedProposal[]): Promise<string[]> {
  const { context } = parts;
  const patients = new Set<string>();
  for (const message of await waitingMessages(context.reader)) {
    const receive = RECEIVERS.get(message.kind);
    const received = receive
      ? await receive(parts, message, named).catch((error: unknown) => unopened(context, message, error))
      : 'waiting';
    if (received === 'waiting') continue;
    const rows = received === 'dropped' ? [] : [received.row];
    await context.gateway.commit({ handledMessages: [message.sequence], rows });
    if (received !== 'dropped') patients.add(received.patient.id);
  }
  return [...patients];
}

async function receiveProposal(
  { context, patients, rows }: Parts,
  message: IncomingMessage,
  named: readonly NamedProposal[],
): Promise<Reception> {
  const document = sha256Hex(message.body);
  const found = named.find((each) => each.document === document);
  // Messages travel beside the ledger, so this one may simply be early.
  if (!found) return 'waiting';
  const { handle, record, row, from } = found;
  const [patient] = patients.holding(new Set([handle]));
  if (!patient || from !== toHex(message.senderChain) || patient.custodian !== toHex(context.chain)) return 'dropped';
  const associated = encode(amendmentContext, { handle: fromHex(handle), record: fromHex(record), version: row.version });
  const envelope = decodeEnvelope(await openLetter(context, message, associated));
  const { recordId, version, previous, author, time, kind, content } = envelope;
  const isNamed = toHex(recordId) === record && version === row.version && equalBytes(author, row.author);
  if (!isNamed || kind !== 'fhir' || !isResource(readStrictJsonBytes(content).value)) return 'dropped';
  const { authorName, reason } = metaOf(envelope);
  const proposal = {
    document,
    patient: patient.id,
    record,
    category: categoryOf(patient, handle),
    handle,
    clinic: from,
    version,
    previous: previous.length > 0 ? toHex(previous) : undefined,
    kind,
    author: toHex(author),
    authorName,
    time,
    reason,
    content: fromUtf8(content),
    destroyed: false,
  };
  return { patient, row: rows.row(proposal) };
}

async function receiveAnswer(
  { context, rows, patients }: Parts,
  message: IncomingMessage,
  named: readonly NamedProposal[],
): Promise<Reception> {
  // The event that names the answer does not stay in the state: what opens in the context of a declined proposal is its answer.
  const own = toHex(context.chain);
  const declined = named.filter(({ from, row, document }) => from === own && isDeclined(fromHex(document), row.settled));
  const stored = await rows.find(declined.map(({ document }) => document));
  for (const proposal of stored.values()) {
    const patient = patients.get(proposal.patient);
    if (patient?.custodian !== toHex(message.senderChain)) continue;
    const { handle, record, document, category } = proposal;
    const place = { handle: fromHex(handle), record: fromHex(record), proposal: fromHex(document) };
    const opened = await openLetter(context, message, encode(answerContext, place)).catch(() => undefined);
    if (!opened) continue;
    const { suite, by, reason } = decode(answerBody, opened);
    if (suite !== ANSWER_SUITE) return 'dropped';
    const answer = { document, category, by, reason, at: context.clock(), message: sha256Hex(message.body) };
    return { patient, row: rows.answerRow(patient.id, answer) };
  }
  return 'waiting';
}

/** What has been decided need not lie at the hub any longer: it is told to destroy our messages. */
export async function destroyDecided({ context, rows }: Parts, named: readonly NamedProposal[]): Promise<void> {
  const own = toHex(context.chain);
  const decided = named.filter(({ from, row }) => from === own && row.settled.length > 0);
  const stored = await rows.find(decided.map(({ document }) => document));
  const left = [...stored.values()].filter(({ destroyed }) => !destroyed);
  if (left.length === 0) return;
  await context.gateway.commit({
    withdrawMessages: left.map(({ document }) => fromHex(document)),
    rows: left.map((proposal) => rows.row({ ...proposal, destroyed: true })),
  });
}
