import { describe, expect, test } from 'vitest';
import { type AdminAct, adminChanges, isAdminAct, type LedgerAct } from '../../shared/access/admin-changes.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decodeEvent } from '../../shared/ledger/event.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { act, bytesFor, foundClinic, signingKeyFor } from '../support/ledger-builder.ts';

const a = foundClinic('A');
const founder = { staff: toHex(a.administrator.publicKey), device: a.desk.id };
const person = signingKeyFor('a colleague').publicKey;

const asAct = (type: AdminAct, body: object, at: number): LedgerAct => {
  const event = decodeEvent(act(a, type, body, { signer: a.administrator }).event);
  return { type, body: event.body, chain: toHex(a.chain), author: toHex(event.author), at, position: at };
};
const values = (acts: readonly LedgerAct[]) =>
  adminChanges(acts, undefined, founder).map(({ what, before, after }) => `${what}: ${before.join()} -> ${after.join()}`);

describe('each change has its old and its new value', () => {
  test('people and their roles, until they leave', () => {
    expect(
      values([
        asAct('staff.enrolled', { staff: person, role: 'nurse' }, 1),
        asAct('staff.enrolled', { staff: person, role: 'clinician' }, 2),
        asAct('staff.enrolled', { staff: person, role: 'clinician' }, 3),
        asAct('staff.revoked', { staff: person }, 4),
        asAct('staff.revoked', { staff: a.administrator.publicKey }, 5),
      ]),
    ).toEqual([
      'person:  -> nurse',
      'person: nurse -> clinician',
      'person: clinician -> revoked',
      'person: administrator -> revoked',
    ]);
  });

  test('computers and a copy that was retired', () => {
    const device = bytesFor('a kiosk');
    const enrolled = { device, encryptionKey: bytesFor('its key'), kind: 'kiosk', clinicSignature: new Uint8Array(64) };
    const retired = { device, epoch: bytesFor('epoch', 8), height: 1, head: bytesFor('head') };
    expect(
      values([
        asAct('device.enrolled', enrolled, 1),
        asAct('epoch.retired', retired, 2),
        asAct('device.revoked', { device: a.desk.key.publicKey }, 3),
      ]),
    ).toEqual(['device:  -> kiosk', `copy: ${toHex(bytesFor('epoch', 8))} -> revoked`, 'device: workstation -> revoked']);
  });

  test('cover that an administrator gave to a colleague, and took back; what people hand over themselves is none', () => {
    const colleague = signingKeyFor('another colleague').publicKey;
    const named = (id: string, covered: Uint8Array) => ({
      cover: bytesFor(id, 16),
      covered,
      covering: colleague,
      from: 1,
      until: 9,
    });
    expect(
      values([
        asAct('cover.named', named('given', person), 1),
        asAct('cover.named', named('own', a.administrator.publicKey), 2),
        asAct('cover.withdrawn', { cover: bytesFor('own', 16) }, 3),
        asAct('cover.withdrawn', { cover: bytesFor('given', 16) }, 4),
      ]),
    ).toEqual([`cover:  -> ${toHex(colleague)},9`, `cover: ${toHex(colleague)},9 -> revoked`]);
  });

  test('nothing that is no administrative act is one', () => {
    expect(['record.put', 'access.sealed', 'consent.granted', '__proto__'].filter(isAdminAct)).toEqual([]);
  });
});

test('the list is the ledger: who enrolled whom stands there at once, for who may review', async () => {
  const desk = await ClinicDesk.open({ staff: { name: 'Ada Frey', role: 'administrator' } });
  const { request } = await desk.unlock();
  const event = act(desk.clinic, 'staff.enrolled', { staff: person, role: 'nurse' }, { signer: desk.clinic.administrator });
  await request.vault.gateway.commit({ events: [event] });
  const CHANGES = '{ adminChanges { what subject before after author own position } }';
  const { adminChanges: all } = await desk.ask<{ adminChanges: Array<Record<string, unknown>> }>(CHANGES);
  expect(all[0]).toEqual({
    what: 'PERSON',
    subject: toHex(person),
    before: [],
    after: ['nurse'],
    author: toHex(desk.clinic.administrator.publicKey),
    own: true,
    position: null,
  });
  (request.vault.staff as { role: string }).role = 'clinician';
  await expect(desk.ask(CHANGES)).rejects.toMatchObject({ code: 'access.not-allowed' });
});
