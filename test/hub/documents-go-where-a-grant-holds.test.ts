import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256, sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { act, admissionOf, bytesFor, foundClinic, MORNING } from '../support/ledger-builder.ts';
import { HubBench, type Line, sealedDocument } from './hub-bench.ts';

describe('sealed documents go to their custodian and where a grant holds', () => {
  let now = MORNING;
  let bench: HubBench;
  let north: Line;
  let south: Line;
  const neighbour = foundClinic('Neighbour');
  const handle = bytesFor('compartment', 16);
  const unknown = toHex(bytesFor('no compartment', 16));
  const documents = [sealedDocument('one', handle), sealedDocument('two', handle, 4000)];

  const fetchAs = (line: Line, of = toHex(handle), after = 0, limit = 10) =>
    line.ask<{
      documents: { documents: Array<{ name: string; sealed: string; sequence: number }>; last: number; more: boolean };
    }>('Documents', {
      handle: of,
      after,
      limit,
    });
  const grantTo = (label: string, ends = 0) => {
    const grant = { grant: bytesFor(label, 16), recipient: neighbour.chain, agreement: bytesFor('agreement') };
    const attestation = sign(bench.founder.clinicKey, attestationMessage(bench.founder.chain, handle, grant));
    const body = { ...grant, purpose: 'TREAT', starts: MORNING, ends, wrap: bytesFor('wrap'), attestation };
    return act(bench.founder, 'consent.granted', body, { handle, signer: bench.founder.administrator });
  };
  const write = async (...events: Parameters<typeof bench.founder.desk.write>) => {
    const [result] = await bench.submit(north, bench.founder.desk.write(...events));
    expect(result?.refusal).toBeNull();
  };

  beforeAll(async () => {
    bench = await HubBench.open({ clock: () => now });
    north = await bench.join(bench.founder);
    south = await bench.join(neighbour);
    await write(
      act(bench.founder, 'chain.admitted', admissionOf(bench.region, neighbour, [bench.founder]), {
        signer: bench.founder.administrator,
      }),
    );
    await north.ask('PutDocuments', { documents: documents.map(({ upload }) => upload) });
    const puts = documents.map(({ name }, at) =>
      act(
        bench.founder,
        'record.put',
        { record: bytesFor(`record ${at}`, 16), version: 1, previous: new Uint8Array(0), document: name },
        { handle },
      ),
    );
    await write(...puts);
  });
  afterAll(() => bench.close());

  test('the custodian gets its documents back, page by page', async () => {
    const { documents: first } = await fetchAs(north, toHex(handle), 0, 1);
    expect(first).toMatchObject({
      more: true,
      documents: [{ name: toHex(documents[0]?.name as Uint8Array), sealed: documents[0]?.upload.sealed }],
    });
    const { documents: second } = await fetchAs(north, toHex(handle), first.last, 10);
    expect(second).toMatchObject({ more: false, documents: [{ name: toHex(documents[1]?.name as Uint8Array) }] });
    expect(await fetchAs(north, toHex(handle), second.last)).toEqual({
      documents: { documents: [], last: second.last, more: false },
    });
  });

  test('another clinic gets the same answer for them as for a compartment that there is not', async () => {
    const answers = await Promise.all(
      [toHex(handle), unknown].map((of) =>
        south.graphql(
          'query Documents($handle: String!, $after: Float!, $limit: Int!) { documents(handle: $handle, after: $after, limit: $limit) { documents { sequence name handle sealed wrap } last more } }',
          { handle: of, after: 0, limit: 10 },
        ),
      ),
    );
    expect(answers[0]?.body.errors?.[0]?.extensions.code).toBe('relay.not-available');
    // When it was asked, and the request's own number, say nothing of what was asked.
    const [one, other] = answers.map(({ headers, ...rest }) => ({
      ...rest,
      headers: { ...headers, date: '', 'x-careledger-trace': '' },
    }));
    expect(one).toEqual(other);
  });

  test('another clinic cannot put into the compartment', async () => {
    await expect(south.ask('PutDocuments', { documents: [sealedDocument('planted', handle).upload] })).rejects.toThrow(
      'relay.not-yours',
    );
    expect((await fetchAs(north)).documents.documents).toHaveLength(2);
  });

  test('whoever puts first under a new handle keeps it, until the ledger says otherwise', async () => {
    const fresh = bytesFor('fresh', 16);
    await south.ask('PutDocuments', { documents: [sealedDocument('fresh', fresh).upload] });
    await expect(north.ask('PutDocuments', { documents: [sealedDocument('intruder', fresh).upload] })).rejects.toThrow(
      'relay.not-yours',
    );
  });

  test('a grant opens them, and its withdrawal closes them', async () => {
    await write(grantTo('grant'));
    expect((await fetchAs(south)).documents.documents).toHaveLength(2);
    await write(
      act(bench.founder, 'consent.withdrawn', { grant: bytesFor('grant', 16) }, { handle, signer: bench.founder.administrator }),
    );
    await expect(fetchAs(south)).rejects.toThrow('relay.not-available');
  });

  test('a grant for a period holds in it only', async () => {
    await write(grantTo('for a day', MORNING + 86_400_000));
    expect((await fetchAs(south)).documents.documents).toHaveLength(2);
    now = MORNING + 86_400_000;
    await expect(fetchAs(south)).rejects.toThrow('relay.not-available');
  });

  test('messages reach the clinic or the device they are for, once, until their sender withdraws them', async () => {
    const message = (text: string, recipientDevice = '') => ({
      recipientChain: neighbour.id,
      recipientDevice,
      kind: 'grant.key',
      body: toBase64(utf8(text)),
    });
    const messages = [
      message('to all'),
      message('to the desk', neighbour.desk.id),
      message('to another', toHex(bytesFor('another'))),
    ];
    await north.ask('SendMessages', { messages });
    await north.ask('SendMessages', { messages });
    const read = async (line: Line) =>
      (
        await line.ask<{ messages: Array<{ body: string; senderChain: string; id: string }> }>('Messages', {
          after: 0,
          limit: 50,
        })
      ).messages;
    expect((await read(south)).map(({ body }) => body)).toEqual([messages[0]?.body, messages[1]?.body]);
    expect((await read(south))[0]).toMatchObject({ senderChain: bench.founder.id, id: toHex(sha256(utf8('to all'))) });
    expect(await read(north)).toEqual([]);
    expect(await south.ask('WithdrawMessages', { ids: [toHex(sha256(utf8('to all')))] })).toEqual({ withdrawMessages: 0 });
    expect(await north.ask('WithdrawMessages', { ids: [toHex(sha256(utf8('to all')))] })).toEqual({ withdrawMessages: 1 });
    expect((await read(south)).map(({ body }) => body)).toEqual([messages[1]?.body]);
    await expect(
      north.ask('SendMessages', { messages: [{ ...message('x'), recipientChain: toHex(bytesFor('nobody')) }] }),
    ).rejects.toThrow('relay.recipient-unknown');
  });
});
