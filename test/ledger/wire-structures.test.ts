import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../shared/outcome/failure.ts';
import { readInvitation, writeInvitation } from '../../shared/sync/wire.ts';
import { bytesFor, MORNING } from '../support/ledger-builder.ts';

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
