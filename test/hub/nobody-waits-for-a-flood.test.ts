import { expect, test } from 'vitest';
import { FairTurns } from '../../server/hub/line/fair-turns.ts';
import { FairQueue } from '../../server/hub/sequencer/fair-queue.ts';
import { underLoad } from '../load/load.ts';

/** Everything that may begin has begun. */
const settled = async (): Promise<void> => {
  for (let round = 0; round < 50; round += 1) await new Promise(setImmediate);
};

/** Devices in the order in which their requests began, and what ends each of them. */
function asking() {
  const turns = new FairTurns();
  const begun: string[] = [];
  const ends: Array<(answered: number) => void> = [];
  const ask = (clinic: string, device: string, bytes = 1_000): void =>
    void turns.take({ clinic, device, bytes }).then((end) => {
      begun.push(device);
      ends.push(end);
    });
  return { begun, ends, ask };
}

test('who asks for much waits behind themselves: the next to ask begins at once', async () => {
  const { begun, ends, ask } = asking();
  for (let at = 0; at < 100; at += 1) ask('flood', `f${at % 5}`, 450_000);
  await settled();
  // Four of the clinic, each device in its turn.
  expect(begun).toEqual(['f0', 'f1', 'f2', 'f3']);
  ask('quiet', 'q');
  await settled();
  expect(begun.at(-1)).toBe('q');
  ends.shift()?.(0);
  await settled();
  expect(begun.slice(5)).toEqual(['f4']);
});

test('a clinic that is alone has more at work as long as that is small, and no more than others as soon as another asks', async () => {
  const { begun, ends, ask } = asking();
  for (let at = 0; at < 40; at += 1) ask('one', `d${at % 10}`, 90_000);
  await settled();
  expect(begun).toHaveLength(8);
  ask('other', 'o');
  await settled();
  expect(begun.slice(8)).toEqual(['o']);
  for (let at = 0; at < 4; at += 1) ends.shift()?.(0);
  await settled();
  expect(begun).toHaveLength(9);
  ends.shift()?.(0);
  await settled();
  expect(begun).toHaveLength(10);
});

test('a share is counted in what is brought: who brings five hundred times as much comes once in five hundred times', () => {
  const queue = new FairQueue<number>();
  for (let at = 0; at < 4; at += 1) queue.push('flood', at, 500);
  for (let at = 0; at < 1_200; at += 1) queue.push(at % 2 ? 'one' : 'other', at, 1);
  const order = Array.from({ length: 1_204 }, () => queue.take()?.owner ?? 'nobody');
  const floods = order.flatMap((owner, at) => (owner === 'flood' ? [at] : []));
  // Two others have five hundred each before it comes again, and it has the hub to itself once they are done.
  expect(floods).toEqual([0, 1_001, 1_202, 1_203]);
  expect(order).not.toContain('nobody');
  expect(queue.take()).toBeUndefined();
});

test('nobody saves up shares: who was away has no more than who was there', () => {
  const queue = new FairQueue<string>();
  for (let at = 0; at < 100; at += 1) {
    queue.push('there', 'a', 1);
    queue.take();
  }
  for (let at = 0; at < 10; at += 1) for (const owner of ['there', 'away']) queue.push(owner, owner, 1);
  const order = Array.from({ length: 20 }, () => queue.take()?.owner);
  expect(order.slice(0, 10).filter((owner) => owner === 'away').length).toBeLessThanOrEqual(6);
});

test('a share is counted in what is answered too: who reads large pages comes behind who reads small ones', async () => {
  const turns = new FairTurns();
  const order: string[] = [];
  const ask = (clinic: string, answered: number): void =>
    void turns.take({ clinic, device: clinic, bytes: 1_000 }).then((end) => {
      order.push(clinic);
      end(answered);
    });
  for (let at = 0; at < 40; at += 1) {
    ask('large', 2_700_000);
    ask('small', 1_000);
  }
  await settled();
  await settled();
  // Each has begun once before anything was known of its answers; then small ones alone until they are through.
  expect(order.slice(0, 2).toSorted()).toEqual(['large', 'small']);
  expect(order.slice(2, 41)).toEqual(Array.from({ length: 39 }, () => 'small'));
  expect(order.slice(41)).toEqual(Array.from({ length: 39 }, () => 'large'));
});

test('a device that attacks takes two of its clinic’s places, and what nobody can keep waiting is told to come back', async () => {
  const turns = new FairTurns();
  let begun = 0;
  const refused: unknown[] = [];
  for (let at = 0; at < 300; at += 1)
    void turns.take({ clinic: 'c', device: 'attacker', bytes: 1_000 }).then(
      () => {
        begun += 1;
      },
      (error) => refused.push(error),
    );
  await settled();
  expect(begun).toBe(2);
  // The first began before the others came.
  expect(refused).toHaveLength(300 - 1 - 256);
  expect(refused[0]).toMatchObject({ code: 'hub.busy', retry: true });
});

test('under a flood and an attack a real hub loses nothing and doubles nothing', async () => {
  const { written, lost, doubled, hostile } = await underLoad({
    clinics: 4,
    desksOfClinic: 2,
    ms: 2_000,
    everyMs: 250,
    hostile: 'beside',
  });
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  // Each desk has got in at least what it began with; how many beats fit depends on the machine.
  expect(written.length).toBeGreaterThanOrEqual(5);
  expect(hostile?.attacks).toBeGreaterThan(0);
}, 120_000);
