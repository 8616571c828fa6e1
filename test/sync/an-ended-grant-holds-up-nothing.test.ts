import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchDocuments } from '../../server/sync/download/fetch-relayed.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { sha256 } from '../../server/vault/primitives.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { bytesFor, foundClinic, foundRegion, hash } from '../support/ledger-builder.ts';
import { TestDesk } from './test-desk.ts';

const ended = bytesFor('ended', 16);
const open = bytesFor('open', 16);
const sealed = bytesFor('sealed');

/** Serves one compartment and says of every other what `code` says. */
class OneCompartment extends HubClient {
  readonly #code: string;

  constructor(code: string) {
    super('https://localhost', { authority: '' });
    this.#code = code;
  }

  protected override async post(_path: string, body: Buffer): Promise<Buffer> {
    const { handle } = JSON.parse(body.toString('utf8')).variables;
    const document = { sequence: 1, name: toHex(sha256(sealed)), handle, sealed: toBase64(sealed), wrap: '' };
    const answer =
      handle === toHex(open)
        ? { data: { documents: { documents: [document], last: 1, more: false } } }
        : { errors: [{ message: 'No.', extensions: { code: this.#code } }] };
    return Buffer.from(JSON.stringify(answer));
  }
}

let desk: TestDesk;
beforeEach(async () => {
  const north = foundClinic('North');
  desk = await TestDesk.open(north, foundRegion('sync', [north]).region);
  await desk.ledger.commit({ followHandles: [ended, open] });
});
afterEach(() => desk.close());

const fetched = (code: string): Promise<number> => fetchDocuments({ database: desk.database, hash }, new OneCompartment(code));

test('a compartment that the hub no longer serves holds up no other', async () => {
  expect(await fetched('relay.not-available')).toBe(1);
});

test('any other refusal is told', async () => {
  await expect(fetched('hub.device-revoked')).rejects.toMatchObject({ code: 'hub.device-revoked' });
});
