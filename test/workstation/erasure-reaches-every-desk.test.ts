/** Two desks of one clinic and a hub, with real processes: an erasure at one reaches the other, also when it was away. */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { bytesOf, ClinicBench, type Desk, PASSPHRASE } from './further-device-bench.ts';

interface Erasure {
  readonly id: string;
  readonly state: string;
  readonly confirmations: ReadonlyArray<{ party: string; here: boolean; at: number | null; count: number }>;
}

const erase = async (desk: Desk, patient: string): Promise<Erasure> => {
  const { erase: erasure } = await desk.ask<{ erase: Erasure }>(
    'mutation Erase($input: ErasureInput!, $passphrase: String!) { erase(input: $input, passphrase: $passphrase) { id state } }',
    { input: { patient, ground: 'OBJECTION' }, passphrase: PASSPHRASE },
  );
  return erasure;
};
const erasures = async (desk: Desk): Promise<Erasure[]> =>
  (await desk.ask<{ erasures: Erasure[] }>('{ erasures { id state confirmations { party here at count } } }')).erasures;
const noRetention = (desk: Desk) =>
  desk.ask(
    'mutation Set($passphrase: String!) { setRetention(jurisdiction: "NONE", years: 0, passphrase: $passphrase) { years } }',
    { passphrase: PASSPHRASE },
  );

/** The sealed bytes of everything that a desk holds now, each cut to what no other document begins with. */
const sealedAt = async ({ service }: Desk): Promise<Buffer[]> =>
  (await service.installation.database.read.all<{ sealed: Buffer }>('SELECT sealed FROM document')).map(({ sealed }) =>
    sealed.subarray(0, 64),
  );
const stillIn = async (folder: string, sealed: readonly Buffer[]): Promise<number> => {
  const bytes = await bytesOf(folder);
  return sealed.filter((each) => bytes.includes(each)).length;
};

describe('an erasure at one desk', () => {
  let bench: ClinicBench;
  let first: Desk;
  let second: Desk;

  beforeAll(async () => {
    bench = await ClinicBench.open();
    first = bench.first;
    second = await bench.desk('second', 'Bo Lindqvist', 'privacy-officer');
    await noRetention(first);
  }, 120_000);
  afterAll(() => bench.close());

  test('takes keys, documents, rows and names from the other and from the hub, and all of them say so', async () => {
    const patient = await first.register('Quillfeather', 'Marisol');
    await first.open(patient);
    await first.observe(patient, '37.50');
    await until(
      'the other desk has it',
      async () => (await second.find('quillf')).length === 1 && (await sealedAt(second)).length >= 2,
    );
    const sealed = await sealedAt(first);
    expect(await stillIn(bench.hubFolder, sealed)).toBe(sealed.length);

    const { id } = await erase(first, patient);

    await until(
      'everybody has confirmed',
      async () => (await erasures(first)).some((each) => each.id === id && each.state === 'CONFIRMED'),
      60_000,
    );
    expect(await second.find('quillf')).toEqual([]);
    for (const folder of [first.folder, second.folder, bench.hubFolder]) expect(await stillIn(folder, sealed)).toBe(0);
    const [erasure] = await erasures(first);
    expect(erasure?.confirmations.map(({ party }) => party)).toEqual(['DESK', 'DESK', 'HUB']);
    expect(erasure?.confirmations.map(({ count }) => count)).toEqual([sealed.length, sealed.length, sealed.length]);
    await until('the other desk lists it', async () => (await erasures(second))[0]?.state === 'CONFIRMED', 60_000);
  }, 120_000);

  test('reaches a desk that was away before anything of it can be opened there, and holds up no mail', async () => {
    const gone = await first.register('Brambleworth', 'Tobias');
    await until('the other desk has it', async () => (await second.find('brambl')).length === 1);
    const sealed = await sealedAt(second);
    await second.service.close();
    await first.open(gone);
    await first.observe(gone, '38.2');
    const kept = await first.register('Thistlewood', 'Ines');
    await first.service.syncOnce();
    await erase(first, gone);
    await first.service.syncOnce();

    await second.start();
    await until('it folds and purges', async () => (await second.find('brambl')).length === 0, 60_000);
    expect(await stillIn(second.folder, sealed)).toBe(0);
    await until('later mail arrives', async () => (await second.find('thistle')).includes(kept), 60_000);
    await until('everybody has confirmed', async () => (await erasures(first))[0]?.state === 'CONFIRMED', 60_000);
    expect(await second.find('brambl')).toEqual([]);
  }, 180_000);

  test('leaves replicas that hold when every block and document is checked again', async () => {
    for (const { service } of [first, second]) {
      await service.syncOnce();
      expect((await verifyReplica(service.installation)).faults).toEqual([]);
    }
  }, 60_000);
});

test('a clinic that erased before it joined a region joins it all the same', async () => {
  const bench = await ClinicBench.open();
  try {
    const alone = await bench.machine('alone');
    await alone.service.entrance.createClinic({
      name: 'Mountain Practice',
      kind: 'clinic',
      administrator: 'Ana Ferreira',
      passphrase: PASSPHRASE,
    });
    await noRetention(alone);
    const patient = await alone.register('Quillfeather', 'Marisol');
    const sealed = await sealedAt(alone);
    await erase(alone, patient);
    expect(await stillIn(alone.folder, sealed)).toBe(0);
    await alone.service.entrance.joinRegion(await bench.inviteClinic());
    await until('the request arrives', async () => alone.service.sync?.connection === 'ADMISSION_PENDING');
    const chain = Buffer.from(alone.service.installation.founding?.chain ?? []).toString('hex');
    await bench.first.ask('mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain });
    await until(
      'its acts are in the ledger',
      async () => alone.service.sync?.connection === 'UP_TO_DATE' && alone.service.sync.pendingEvents === 0,
      60_000,
    );
    await until('the hub has said so', async () => (await erasures(alone))[0]?.state === 'CONFIRMED', 60_000);
  } finally {
    await bench.close();
  }
}, 120_000);
