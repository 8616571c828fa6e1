import { beforeEach, describe, expect, test } from 'vitest';
import { entryWith } from '../../server/consent/receive-grants.ts';
import { handlesIn } from '../../server/sync/vault-context/patient-compartments.ts';
import { sealMessage } from '../../server/vault/messages.ts';
import { GRANT_KEYS_MESSAGE, grantKeysMessage } from '../../shared/consent/grant-message.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { encode } from '../../shared/encoding/codec.ts';
import { agreementKeyFor, bytesFor } from '../support/ledger-builder.ts';
import type { BenchClinic } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

let bench: RegionBench;
let [a, b, c]: BenchClinic[] = [];
let patient: string;

beforeEach(async () => {
  const found = await RegionBench.found(['A', 'B', 'C']);
  bench = found.bench;
  [a, b, c] = found.clinics;
  patient = await at(a).register('Canarybird');
  await at(a).write(patient, 'clinical', 'clinicalword');
  await at(a).share({ patient, recipient: at(b).id, categories: ['clinical'] });
});

function at(clinic: BenchClinic | undefined): BenchClinic {
  if (!clinic) throw new Error('the bench is not set up');
  return clinic;
}
const handled = async (clinic: BenchClinic, sequence: number): Promise<boolean> => {
  const row = await clinic.database.read.get<{ handled: number }>('SELECT handled FROM incoming_message WHERE sequence = ?', [
    sequence,
  ]);
  return row?.handled === 1;
};
/** The messages on their way to B, taken from the hub before it hands them over. */
async function taken() {
  const inbox = (await at(a).database.read.all<{ body: Buffer; kind: string }>('SELECT kind, body FROM outgoing_message')).map(
    ({ body, kind }) => ({
      kind,
      body: new Uint8Array(body),
      senderChain: at(a).clinic.chain,
      senderDevice: at(a).ledger.device,
    }),
  );
  await at(a).database.write((transaction) => transaction.run('UPDATE outgoing_message SET sent = 1'));
  return inbox;
}

describe('a message with keys', () => {
  test('for another clinic opens nothing at the one that gets hold of it', async () => {
    const messages = await taken();
    await bench.carry();
    for (const message of messages) await bench.inject(at(c), message);
    await at(c).vault.consents.refresh();
    expect(at(c).vault.patients.get(patient)).toBeUndefined();
    expect(await at(c).database.read.all('SELECT * FROM followed_handle')).toEqual([]);
  });

  test('altered in a single bit is none that the ledger names, and opens nothing', async () => {
    const messages = await taken();
    await bench.carry();
    for (const { body, ...message } of messages) {
      const altered = body.slice();
      altered[altered.length - 1] = (altered.at(-1) as number) ^ 1;
      await bench.inject(at(b), { ...message, body: altered });
    }
    await bench.sync();
    expect(at(b).vault.patients.get(patient)).toBeUndefined();
    // The true ones still do.
    for (const message of messages) await bench.inject(at(b), message);
    await bench.sync();
    expect(await at(b).read(patient)).toContain('clinicalword');
  });

  test('that comes before its block waits for it, and one that comes twice changes nothing', async () => {
    const messages = await taken();
    const early = await Promise.all(messages.map((message) => bench.inject(at(b), message)));
    await at(b).vault.consents.refresh();
    expect(await handled(at(b), early[0] as number)).toBe(false);
    await bench.sync();
    expect(await handled(at(b), early[0] as number)).toBe(true);
    for (const message of messages) await bench.inject(at(b), message);
    await bench.sync();
    expect(await at(b).read(patient)).toEqual(['Test Canarybird', 'clinicalword']);
    expect(at(b).vault.patients.known(patient).shared).toHaveLength(2);
  });

  test('that the hub passes off as another clinic’s is judged by the ledger, not by its cover', async () => {
    const messages = await taken();
    await bench.carry();
    for (const message of messages) await bench.inject(at(b), { ...message, senderChain: at(c).clinic.chain });
    await bench.sync();
    expect(at(b).vault.patients.known(patient).custodian).toBe(at(a).id);
  });

  test('whose grant the ledger names but whose sender’s key it does not, is dropped', async () => {
    await bench.sync();
    // C grants on a compartment of its own, but seals the message by a key that no enrolment holds for it.
    const other = await at(c).register('Otherbird');
    const keys = at(c).context.keyStore;
    await keys.destroyKeys('clinic-encryption', [new Uint8Array(0)]);
    await expect(at(c).share({ patient: other, recipient: at(b).id, categories: ['clinical'] })).rejects.toMatchObject({
      code: 'vault.clinic-key-missing',
    });
    await bench.sync();
    expect(at(b).vault.patients.get(other)).toBeUndefined();
    expect((await at(c).context.gateway.stateList('grant/')).filter(({ value }) => toHex(value).startsWith(at(c).id))).toEqual(
      [],
    );
  });

  test('with later keys is refused from anybody but the custodian, and never replaces a key', async () => {
    await bench.sync();
    const grant = at(b).vault.patients.known(patient).shared[0] as string;
    const forged = sealMessage(
      { kind: GRANT_KEYS_MESSAGE, senderChain: at(c).clinic.chain, recipientChain: at(b).clinic.chain, context: bytesFor('x') },
      agreementKeyFor('C encryption'),
      agreementKeyFor('B encryption').publicKey,
      bytesFor(grant),
    );
    const named = {
      suite: 1,
      grant: fromHex(grant),
      handle: fromHex(at(b).vault.patients.known(patient).handles.identity as string),
    };
    const noise = { epoch: 1, nonce: bytesFor('n', 12), ciphertext: bytesFor('c', 32), tag: bytesFor('t', 16) };
    const guessed = encode(grantKeysMessage, { ...named, keys: [noise] });
    for (const body of [forged, guessed, new Uint8Array(0), bytesFor('noise', 32)]) {
      const sequence = await bench.inject(at(b), {
        kind: GRANT_KEYS_MESSAGE,
        senderChain: at(c).clinic.chain,
        senderDevice: at(c).ledger.device,
        body,
      });
      await at(b).vault.consents.refresh();
      expect(await handled(at(b), sequence)).toBe(true);
    }
    expect(await at(b).read(patient)).toContain('clinicalword');
  });
});

test('a grant adds to nobody whom another clinic keeps: not to our patient, and not to one that somebody else has shared', async () => {
  await bench.sync();
  const theirs = {
    consent: bytesFor('consent', 16),
    handle: bytesFor('a compartment of C', 16),
    category: 'clinical' as const,
    patient: fromHex(patient),
    other: at(c).clinic.chain,
    grantKey: bytesFor('grant key'),
    keys: [],
    resource: new Uint8Array(0),
  };
  for (const clinic of [at(a), at(b)]) {
    const entry = clinic.vault.patients.known(patient);
    const added = () => entryWith(entry, toHex(bytesFor('grant', 16)), theirs, 'Clinic C');
    expect(added).toThrowError(expect.objectContaining({ code: 'consent.message-refused' }));
  }
  const own = { ...theirs, other: at(a).clinic.chain };
  expect(handlesIn(entryWith(at(b).vault.patients.known(patient), 'ab', own, 'Clinic A'))).toContain(toHex(theirs.handle));
});

test('another clinic cannot add to a patient of ours, or speak of accesses that concern it not', async () => {
  await bench.sync();
  await at(b).read(patient);
  // C knows the patient's id by some leak, and tells A of an access of its own.
  const line = {
    patient,
    staff: toHex(bytesFor('C staff')),
    who: 'Dr. C',
    role: 'clinician' as const,
    purpose: 'TREAT',
    action: 'open',
    at: bench.time,
    chain: at(c).id,
    device: toHex(at(c).ledger.device),
    sequence: 1,
    suite: 2 as const,
    ofPatient: 1,
    process: '',
    recipient: '',
    categories: [],
    detail: '',
    salt: '00'.repeat(32),
  };
  const entry = at(b).vault.patients.known(patient);
  const messages = await at(c).context.hooks.onAccessLine(line, entry);
  await at(c).context.gateway.commit({ messages });
  await bench.sync();
  const chains = (await at(a).vault.access.linesOf(patient)).map(({ chain }) => chain);
  expect(chains).toContain(at(b).id);
  expect(chains).not.toContain(at(c).id);
});
