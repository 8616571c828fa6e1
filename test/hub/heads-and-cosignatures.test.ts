import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HeadSignal, HeadStream } from '../../server/hub/sequencer/head-stream.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { toBase64, utf8 } from '../../shared/encoding/bytes.ts';
import { witnessing } from '../../shared/ledger/checkpoint.ts';
import { encodeAdmissionRequest } from '../../shared/sync/wire.ts';
import { act, admissionOf, bytesFor, cosign, foundClinic, hash, type TestClinic } from '../support/ledger-builder.ts';
import { subscribeToHead } from './head-subscription.ts';
import { HubBench, type Line } from './hub-bench.ts';

describe('heads, cosignatures and requests to join', () => {
  let bench: HubBench;
  let north: Line;
  let east: Line;
  const [second, outsider] = [foundClinic('East'), foundClinic('Outside')];
  let count = 0;
  const anchor = () => bench.founder.desk.write(act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: ++count }));

  beforeAll(async () => {
    bench = await HubBench.open({ others: [second] });
    north = await bench.join(bench.founder);
    east = await bench.join(second);
    await bench.submit(north, anchor());
  });
  afterAll(() => bench.close());

  test('witnesses cosign the newest checkpoint, and the note carries their lines, after a restart too', async () => {
    const { note, size } = await bench.checkpoint(north);
    expect(witnessing(hash, verifySignature, note, bench.region.genesis.witnesses)).toMatchObject({
      witnessed: false,
      needed: 2,
    });
    const line = cosign(bench.founder, note);
    await north.ask('Cosign', { size, line });
    await north.ask('Cosign', { size, line });
    const { cosign: signed } = await east.ask<{ cosign: string }>('Cosign', { size, line: cosign(second, note) });
    expect(witnessing(hash, verifySignature, signed, bench.region.genesis.witnesses)).toMatchObject({ witnessed: true });
    expect(signed.match(/careledger\/witness/g)).toHaveLength(2);
    await bench.restart();
    [north, east] = [north, east].map(({ agent }) =>
      bench.line({ privateKey: agent.options.key as string, certificate: agent.options.cert as string }),
    ) as [Line, Line];
    expect(
      witnessing(hash, verifySignature, (await bench.checkpoint(north)).note, bench.region.genesis.witnesses).witnessed,
    ).toBe(true);
  });

  test('while the ledger goes on, whoever asks sees the newest that each witness has cosigned', async () => {
    const signNewest = async (line: Line, clinic: TestClinic): Promise<string> => {
      await bench.submit(north, anchor());
      const { note, size } = await bench.checkpoint(line);
      return (await line.ask<{ cosign: string }>('Cosign', { size, line: cosign(clinic, note) })).cosign;
    };
    const [first, second_] = [await signNewest(north, bench.founder), await signNewest(east, second)];
    await bench.submit(north, anchor());
    expect((await bench.checkpoint(north)).note, 'the newest is too new').not.toMatch('careledger/witness');
    const shown = async () =>
      (await east.ask<{ cosignedCheckpoints: string[] }>('CosignedCheckpoints')).cosignedCheckpoints.toSorted();
    expect(await shown()).toEqual([first, second_].toSorted());
    const third = await signNewest(north, bench.founder);
    expect(await shown(), 'its older word says no more').toEqual([second_, third].toSorted());
  });

  test('a line of nobody, of another clinic, or on another text is refused', async () => {
    const { note, size } = await bench.checkpoint(north);
    await expect(east.ask('Cosign', { size, line: cosign(bench.founder, note) })).rejects.toThrow('hub.cosignature-invalid');
    await expect(north.ask('Cosign', { size, line: cosign(bench.founder, note.replace('effects', 'effectz')) })).rejects.toThrow(
      'hub.cosignature-invalid',
    );
    await expect(north.ask('Cosign', { size, line: `${cosign(bench.founder, note)}— x AAAAAAAA\n` })).rejects.toThrow(
      'hub.cosignature-invalid',
    );
    await expect(north.ask('Cosign', { size: size + 7, line: cosign(bench.founder, note) })).rejects.toThrow(
      'hub.checkpoint-past',
    );
  });

  test('a clinic asks to join; witnesses see it until the ledger has admitted the clinic', async () => {
    const outside = await bench.join(outsider);
    const wish = admissionOf(bench.region, outsider, []);
    await expect(outside.ask('AdmissionRequests')).rejects.toThrow('hub.not-allowed');
    await expect(north.ask('RequestAdmission', { request: toBase64(encodeAdmissionRequest(wish)) })).rejects.toThrow(
      'hub.not-allowed',
    );
    await expect(
      outside.ask('RequestAdmission', { request: toBase64(encodeAdmissionRequest({ ...wish, head: bytesFor('other') })) }),
    ).rejects.toThrow('hub.admission-request');
    await outside.ask('RequestAdmission', { request: toBase64(encodeAdmissionRequest(wish)) });
    const { admissionRequests } = await east.ask<{ admissionRequests: object[] }>('AdmissionRequests');
    expect(admissionRequests).toMatchObject([{ chain: outsider.id, name: 'Clinic Outside', kind: 'clinic' }]);
    const admitted = act(bench.founder, 'chain.admitted', admissionOf(bench.region, outsider, [bench.founder, second]), {
      signer: bench.founder.administrator,
    });
    expect((await bench.submit(north, bench.founder.desk.write(admitted)))[0]?.refusal).toBeNull();
    expect(await east.ask('AdmissionRequests')).toEqual({ admissionRequests: [] });
    // A clinic of the region that is no witness is asked for nothing, and says nothing in the quorum's matters.
    const { note, size } = await bench.checkpoint(outside);
    await expect(outside.ask('AdmissionRequests')).rejects.toThrow('hub.not-allowed');
    await expect(outside.ask('Cosign', { size, line: cosign(outsider, note) })).rejects.toThrow('hub.not-allowed');
  });

  test('the subscription gives the head now, each later one, and the mail that came', async () => {
    const { agent } = north;
    const head = await subscribeToHead(bench, {
      privateKey: agent.options.key as string,
      certificate: agent.options.cert as string,
    });
    const first = await head.next();
    await bench.submit(north, anchor());
    const next = await head.next();
    expect(next.checkpoint).not.toBe(first.checkpoint);
    expect(next.checkpoint).toBe((await bench.checkpoint(north)).note);
    await east.ask('SendMessages', {
      messages: [{ recipientChain: bench.founder.id, recipientDevice: '', kind: 'hello', body: toBase64(utf8('hello')) }],
    });
    expect((await head.next()).messages).toBeGreaterThan(next.messages);
    await head.stop();
  });

  test('a stream that waits ends when its reader leaves', async () => {
    const signal = new HeadSignal();
    const stream = new HeadStream(signal, async () => ({ checkpoint: 'one', messages: 0 }));
    expect((await stream.next()).value).toEqual({ checkpoint: 'one', messages: 0 });
    const waiting = stream.next();
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
