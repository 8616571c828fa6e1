import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newAgreementKey, sign } from '../../server/vault/primitives.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { act, bytesFor, foundClinic, hash, signingKeyFor, TestDevice } from '../support/ledger-builder.ts';
import type { SubmissionResult } from '../support/submission-results.ts';
import { HubBench, type Line } from './hub-bench.ts';

const codes = (results: readonly SubmissionResult[]): string[] => results.map(({ refusal }) => refusal?.code ?? 'accepted');
const broken = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at < 0 ? copy.length + at : at] = (copy.at(at) as number) ^ 1;
  return copy;
};

describe('the hub refuses one block by its code and holds up nobody else', () => {
  let bench: HubBench;
  let line: Line;
  let count = 0;
  const anchor = () => act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: ++count });
  const offer = (label: string) => ({
    offer: bytesFor(label, 16),
    title: 'Offer',
    description: '',
    purposes: ['DUO:0000042'],
    categories: [],
    criteria: '',
    reward: '',
    minimumGroup: 5,
    opens: 1,
    expires: 2,
  });

  beforeAll(async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  test('submitting a block again gives the same receipt, at once and later', async () => {
    const block = bench.founder.desk.write(anchor());
    const [first, second] = await bench.submit(line, block, block);
    expect(codes([first, second] as SubmissionResult[])).toEqual(['accepted', 'accepted']);
    expect(second?.receipt).toBe(first?.receipt);
    await bench.submit(line, bench.founder.desk.write(anchor()));
    expect((await bench.submit(line, block))[0]?.receipt).toBe(first?.receipt);
    expect((await bench.checkpoint(line)).size).toBe(2);
  });

  test('a forged device signature, and the blocks behind it, while the one before it enters', async () => {
    const { desk } = bench.founder;
    const good = desk.write(anchor());
    const position = desk.position;
    const forged = broken(desk.write(anchor()), -1);
    const behind = desk.write(anchor());
    expect(codes(await bench.submit(line, good, forged, behind))).toEqual([
      'accepted',
      'ledger.block-signature-invalid',
      'ledger.height-gap',
    ]);
    desk.position = position;
  });

  test("a forged signature of a person, under a device's good one", async () => {
    const { founder } = bench;
    const signed = act(founder, 'offer.published', offer('forged'), { signer: founder.administrator });
    const block = founder.desk.seal({ events: [{ event: signed.event, signature: broken(signed.signature, 3) }] });
    expect(codes(await bench.submit(line, block))).toEqual(['ledger.event-signature-invalid']);
  });

  test("a forged signature of the clinic inside a person's act", async () => {
    const { founder } = bench;
    const device = signingKeyFor('uninvited').publicKey;
    const encryptionKey = newAgreementKey().publicKey;
    const clinicSignature = broken(sign(founder.clinicKey, deviceMessage(founder.chain, { device, encryptionKey })), 40);
    const enrolled = act(
      founder,
      'device.enrolled',
      { device, encryptionKey, kind: 'workstation', clinicSignature },
      { signer: founder.administrator },
    );
    expect(codes(await bench.submit(line, founder.desk.seal({ events: [enrolled] })))).toEqual([
      'ledger.event-signature-invalid',
    ]);
  });

  test('a gap, a wrong link, an unknown device, garbage and another clinic', async () => {
    const { desk } = bench.founder;
    const stranger = new TestDevice(bench.founder.chain, signingKeyFor('stranger'), bytesFor('stranger', 8));
    const other = foundClinic('Elsewhere');
    expect(
      codes(
        await bench.submit(
          line,
          desk.seal({ events: [anchor()], height: desk.position.height + 1 }),
          desk.seal({ events: [anchor()], previous: bytesFor('nothing') }),
          stranger.write(anchor()),
          bytesFor('garbage'),
          other.desk.write(act(other, 'access.sealed', { root: bytesFor('root'), count: 1 })),
          desk.write(anchor()),
        ),
      ),
    ).toEqual([
      'ledger.height-gap',
      'ledger.previous-mismatch',
      'ledger.device-unknown',
      'ledger.suite-unknown',
      'hub.block-of-another-clinic',
      'accepted',
    ]);
  });

  test('a second block at a height is evidence: the epoch closes, its accepted blocks keep their receipts, a new one goes on', async () => {
    const { desk } = bench.founder;
    const before = desk.position;
    const accepted = desk.write(anchor());
    const [first] = await bench.submit(line, accepted);
    const second = desk.seal({ ...before, events: [anchor()] });
    expect(codes(await bench.submit(line, second))).toEqual(['ledger.equivocation']);
    expect(codes(await bench.submit(line, desk.seal({ events: [anchor()] })))).toEqual(['hub.epoch-quarantined']);
    expect((await bench.submit(line, accepted))[0]?.receipt).toBe(first?.receipt);
    await bench.restart();
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    expect(codes(await bench.submit(line, desk.seal({ events: [anchor()] })))).toEqual(['hub.epoch-quarantined']);
    desk.position = { epoch: bytesFor('new epoch', 8), height: 0, previous: blockHash(hash, accepted) };
    expect(codes(await bench.submit(line, desk.write(anchor())))).toEqual(['accepted']);
  });
});
