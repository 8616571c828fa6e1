/** A draft while somebody types: kept when the typing pauses, at once when the form goes, and never after it was discarded. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DraftSaver } from '../../renderer/parts/drafts/draft-saver.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function saver(save: (content: string) => Promise<number>) {
  const told: unknown[] = [];
  return {
    told,
    draft: new DraftSaver(
      save,
      (at) => told.push(at),
      (error) => told.push(error),
    ),
  };
}

test('a pause keeps what was typed last, once', async () => {
  const save = vi.fn(async () => 7);
  const { draft, told } = saver(save);
  for (const content of ['p', 'pa', 'pai', 'pain']) draft.type(content);
  await vi.runAllTimersAsync();
  expect(save.mock.calls).toEqual([['pain']]);
  expect(told).toEqual([7, null]);
});

test('a form that goes is kept without waiting, and what was discarded is not kept afterwards', async () => {
  const save = vi.fn(async () => 7);
  const { draft } = saver(save);
  draft.type('pain');
  await draft.flush();
  draft.type('pain since');
  await draft.stop();
  await vi.runAllTimersAsync();
  expect(save.mock.calls).toEqual([['pain']]);
});

test('a refusal is told, and taken back when saving works again', async () => {
  const refused = new Error('the disk is full');
  const save = vi.fn(async () => 7).mockRejectedValueOnce(refused);
  const { draft, told } = saver(save);
  draft.type('pain');
  await draft.flush();
  draft.type('pain since');
  await draft.flush();
  expect(told).toEqual([refused, 7, null]);
});
