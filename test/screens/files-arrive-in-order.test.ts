import { describe, expect, test } from 'vitest';
import { chosenFiles, type FilePart, readParts } from '../../renderer/staff/records/import/read-files.ts';

async function partsOf(...files: File[]): Promise<FilePart[]> {
  const parts: FilePart[] = [];
  for await (const part of readParts(chosenFiles(files))) parts.push(part);
  return parts;
}

const line = (index: number): string => `{"resourceType":"Patient","id":"${index}","name":[{"family":"Čech ${'x'.repeat(60)}"}]}`;

describe('files that the page reads', () => {
  test('are the same text again when the parts are put together, each part beginning at its line', async () => {
    const text = Array.from({ length: 12_000 }, (_, index) => line(index)).join('\n');
    const parts = await partsOf(new File([text], 'big.ndjson'));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    const lines = text.split('\n');
    for (const part of parts) expect(part.text.startsWith(lines[part.firstLine - 1] as string)).toBe(true);
    expect(parts.filter((part) => part.last)).toEqual([parts.at(-1)]);
  });

  test('say which part ends a file and which ends the job', async () => {
    const parts = await partsOf(new File(['{}'], 'one.json'), new File([''], 'empty.ndjson'), new File(['{}\n'], 'two.ndjson'));
    expect(parts.map(({ file, last, finish }) => [file, last, finish])).toEqual([
      ['one.json', true, false],
      ['empty.ndjson', true, false],
      ['two.ndjson', true, true],
    ]);
    expect(parts.at(-1)?.bytesRead).toBe(5);
  });

  test('travel as their own bytes when these are no UTF-8, instead of turning into other characters', async () => {
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d]);
    const parts = await partsOf(new File([bytes], 'broken.json'));
    expect(parts.map(({ base64, last, finish }) => [base64, last, finish])).toEqual([[true, true, true]]);
    expect(Uint8Array.from(atob(parts[0]?.text ?? ''), (character) => character.charCodeAt(0))).toEqual(bytes);
  });
});
