/** Threat D3: a desk whose clock is days wrong, jumps forth and back, or changes to daylight saving, with a real hub and engine. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncEngine } from '../../server/sync/engine.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import { clockSkew } from '../../shared/sync/clock-skew.ts';
import { HubBench } from '../hub/hub-bench.ts';
import { act, bytesFor, foundClinic, type TestClinic } from '../support/ledger-builder.ts';
import { openEngine } from './desk-engine.ts';
import { TestDesk } from './test-desk.ts';

const DAY = 86_400_000;

describe('the clock of a desk', () => {
  let north: TestClinic;
  let bench: HubBench;
  let desk: TestDesk;
  let pool: VerifyPool;
  let engine: SyncEngine;
  let wrongBy = 0;

  beforeEach(async () => {
    wrongBy = 0;
    north = foundClinic('North');
    bench = await HubBench.open({ founder: north });
    const device = await bench.certify(north.desk.key, { secret: bench.founderSecret, founding: north.founding.bytes });
    desk = await TestDesk.open(north, bench.region);
    pool = new VerifyPool(1);
    const hub = { address: `https://localhost:${bench.port}`, trust: { authority: bench.authority, device } };
    engine = await openEngine(desk, { hub, pool, cosignEvery: 0, clock: () => Date.now() + wrongBy });
  }, 60_000);
  afterEach(async () => {
    await engine.stop();
    await pool.close();
    await desk.close();
    await bench.close();
  });

  const write = (label: string) => {
    const time = Date.now() + wrongBy;
    const body = { staff: bytesFor(label), role: 'nurse' };
    return desk.ledger.commit({ events: [act(north, 'staff.enrolled', body, { signer: north.administrator, time })] });
  };
  /** Days by which the engine says that the clock is wrong. */
  const shown = (): number | undefined => engine.state.clockSkew && Math.round(engine.state.clockSkew / DAY);

  test('is shown when it is wrong, forth and back, and no longer when it is right; the order is the ledger’s throughout', async () => {
    for (const days of [0, 2, -2, 0]) {
      wrongBy = days * DAY;
      await write(`written ${days} days wrong, ${engine.state.replicaSize}`);
      await engine.once();
      expect(shown()).toBe(days === 0 ? undefined : days);
    }
    expect(engine.state).toMatchObject({ replicaSize: 4, pendingEvents: 0, connection: 'UP_TO_DATE', alarms: [] });
    const stored = await desk.database.read.all<{ bytes: Buffer }>('SELECT bytes FROM block ORDER BY position');
    expect(stored.map(({ bytes }) => openBlock(bytes).block.height)).toEqual([0, 1, 2, 3]);
    const members = await desk.database.read.all<{ key: string }>("SELECT key FROM state_row WHERE key LIKE 'staff/%'");
    expect(members).toHaveLength(5);
  }, 60_000);

  test('a minute apart is nobody’s concern', async () => {
    wrongBy = 60_000;
    await engine.once();
    expect(engine.state.clockSkew).toBeUndefined();
  }, 60_000);
});

describe('the hub’s time, as HTTP writes it', () => {
  test('does not move with daylight saving, and what is no time in UTC is believed to be none', () => {
    const before = process.env.TZ;
    try {
      for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
        process.env.TZ = zone;
        // The hour before and the hour after clocks change in Berlin, both ways.
        for (const iso of ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
          const own = Date.parse(iso);
          expect(clockSkew(own, new Date(own).toUTCString())).toBeUndefined();
          expect(clockSkew(own + 3_600_000, new Date(own).toUTCString())).toBe(3_600_000);
        }
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
    for (const date of [undefined, '', 'yesterday', '2026-03-29', 'Sun, 29 Mar 2026 01:30:00', '0 GMT GMT'])
      expect(clockSkew(Date.now(), date)).toBeUndefined();
  });
});
