/** A file on its way through the page: the page holds no more of it than a few pieces, however large it is. */
import { ApolloLink, Observable } from '@apollo/client';
import { expect, test } from 'vitest';
import { attachFile, readFile } from '../../renderer/staff/records/attachments/attachment-files.ts';
import { makeClient } from '../../renderer/start/client.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { ATTACHMENT_PIECE } from '../../shared/records/attachment.ts';
import { heldMemory } from '../support/held-memory.ts';

const PIECES = 160;
/** A page that keeps each piece once grows by three times as much. */
const MOST_GROWTH = (PIECES * ATTACHMENT_PIECE) / 3;

/** A client whose vault answers, and what the page held by the piece that was asked about. */
function pageOf(answer: (index: number) => Record<string, unknown>) {
  const held: number[] = [];
  const link = new ApolloLink(({ variables }) => {
    const index = Number(variables.index ?? 0);
    return new Observable((observer) => {
      const tell = async (): Promise<void> => {
        if (index % 50 === 10) held.push(await heldMemory());
        observer.next({ data: answer(index) });
        observer.complete();
      };
      void tell();
    });
  });
  return { client: makeClient(link), held };
}
const growth = ([first = 0, ...later]: readonly number[]): number => Math.max(...later) - first;

test('a file that is attached leaves nothing of itself behind in the page', async () => {
  const upload = (next: number) => ({ __typename: 'AttachmentUpload', id: 'u1', next, of: PIECES });
  const { client, held } = pageOf((index) => ({
    beginAttachment: upload(0),
    putAttachmentPiece: upload(index + 1),
    finishAttachment: 'r1',
  }));
  const file = Object.defineProperties(new File([], 'film.pdf', { type: 'application/pdf' }), {
    size: { value: PIECES * ATTACHMENT_PIECE },
    slice: { value: (from: number) => new Blob([new Uint8Array(ATTACHMENT_PIECE).fill(from)]) },
  });
  expect(await attachFile(client, 'p1', file, () => undefined)).toBe('r1');
  expect(held).toHaveLength(3);
  expect(growth(held)).toBeLessThan(MOST_GROWTH);
});

test('a file that is read goes into the browser’s own keeping, whole', async () => {
  const { client } = pageOf((index) => ({ attachmentPiece: toBase64(Uint8Array.of(index, 255)) }));
  const facts = { __typename: 'Attachment', id: 'a1', name: 'film.pdf', type: 'application/pdf', size: 4, pieces: 2 } as const;
  const blob = await readFile(client, { patient: 'p1', record: 'r1' }, facts, () => undefined);
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 1, 255));
});
