import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, opaque, struct } from '../../shared/encoding/codec.ts';
import { TAG } from '../../shared/ledger/tags.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  decodeAdmissionRequest,
  encodeAdmissionRequest,
  openReceipt,
  readInvitation,
  signReceipt,
  writeInvitation,
} from '../../shared/sync/wire.ts';
import { admissionOf, bytesFor, foundClinic, foundRegion, MORNING, signingKeyFor } from '../support/ledger-builder.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'opened';
};

describe('an invitation', () => {
  const invitation = {
    kind: 'clinic' as const,
    address: 'https://hub.example:8443',
    authority: bytesFor('authority'),
    region: bytesFor('region'),
    chain: new Uint8Array(32),
    secret: bytesFor('secret', 16),
    expires: MORNING,
  };
  const written = writeInvitation(invitation);

  test('is one word for messages and QR codes, and comes back', () => {
    expect(written).toMatch(/^careledger-invitation-1\.[A-Za-z0-9_-]+$/);
    expect(readInvitation(written)).toEqual({ version: 1, ...invitation });
  });

  test('survives line breaks and spaces that a mail program puts in', () => {
    expect(readInvitation(`  ${written.replaceAll(/(.{20})/g, '$1\r\n ')}\n`)).toEqual({ version: 1, ...invitation });
  });

  test('for any address and kind comes back', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ size: 'small' }).filter((url) => url.length <= 200),
        fc.constantFrom('found' as const, 'clinic' as const, 'device' as const),
        (address, kind) => {
          expect(readInvitation(writeInvitation({ ...invitation, address, kind }))).toEqual({
            version: 1,
            ...invitation,
            address,
            kind,
          });
        },
      ),
    );
  });

  test('that is cut short, of another version, or in another alphabet is refused with a word of advice', () => {
    const refused = (text: string): void => expect(codeOf(() => readInvitation(text))).toBe('sync.invitation-malformed');
    for (let length = 0; length < written.length; length++) refused(written.slice(0, length));
    refused(`${written}A`);
    refused(written.replace('invitation-1', 'invitation-2'));
    const bytes = Buffer.from(written.slice(written.indexOf('.') + 1), 'base64url');
    refused(`careledger-invitation-1.${bytes.toString('base64')}`);
    bytes[0] = 2;
    refused(`careledger-invitation-1.${bytes.toString('base64url')}`);
    refused('');
  });
});

describe("the hub's receipt for a block", () => {
  const hub = signingKeyFor('hub');
  const receipt = {
    region: bytesFor('region'),
    block: bytesFor('block'),
    index: 41,
    time: MORNING,
    documents: [bytesFor('one'), bytesFor('two')],
  };
  const bytes = signReceipt(receipt, (message) => sign(hub, message));
  const open = (value: Uint8Array, key = hub.publicKey) => openReceipt(verifySignature, key, value);

  test('says what the hub signed', () => expect(open(bytes)).toEqual({ version: 1, ...receipt }));

  test('does not open after any change of one byte, cut short, or under another key', () => {
    for (let at = 0; at < bytes.length; at++) {
      expect(
        codeOf(() => open(bytes.with(at, bytes[at]! ^ 2))),
        `byte ${at}`,
      ).not.toBe('opened');
      expect(codeOf(() => open(bytes.slice(0, at)))).not.toBe('opened');
    }
    expect(codeOf(() => open(bytes, signingKeyFor('another hub').publicKey))).toBe('sync.receipt-forged');
  });

  test('of another wire version is refused though it is signed', () => {
    const outer = struct({ receipt: opaque(40_000), signature: fixed(64) });
    const inner = decode(outer, bytes).receipt.with(0, 2);
    expect(codeOf(() => open(encode(outer, { receipt: inner, signature: sign(hub, concat(TAG.receipt, inner)) })))).toBe(
      'sync.version-unknown',
    );
  });

  test('lists up to 1,000 documents', () => {
    const many = { ...receipt, documents: Array<Uint8Array>(1000).fill(bytesFor('one')) };
    expect(open(signReceipt(many, (message) => sign(hub, message))).documents).toHaveLength(1000);
    expect(
      codeOf(() => signReceipt({ ...many, documents: [...many.documents, bytesFor('one')] }, () => new Uint8Array(64))),
    ).toBe('encoding.malformed');
  });
});

test('an admission request comes back, whole or not at all', () => {
  const [a, b] = [foundClinic('A'), foundClinic('B')];
  const { approvals: _, ...request } = admissionOf(foundRegion('north', [a]).region, b, []);
  const bytes = encodeAdmissionRequest(request);
  expect(decodeAdmissionRequest(bytes)).toEqual(request);
  expect(codeOf(() => decodeAdmissionRequest(bytes.slice(1)))).toBe('encoding.malformed');
  expect(codeOf(() => decodeAdmissionRequest(bytes.slice(0, -1)))).toBe('encoding.malformed');
});
