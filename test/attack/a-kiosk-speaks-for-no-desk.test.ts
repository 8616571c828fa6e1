/**
 * A kiosk stands where anybody can carry it away. It is a device of its clinic, and whoever has it has its keys: desks take nothing from it
 * that only another desk may say.
 */
import { beforeEach, expect, test } from 'vitest';
import { waitingMessages } from '../../server/sync/clinic.store.ts';
import { ClinicMail } from '../../server/sync/clinic-mail/clinic-mail.ts';
import { ClinicDevices } from '../../server/sync/clinic-mail/clinic-mail-devices.ts';
import { readClinicMail } from '../../server/sync/clinic-mail/clinic-mail-receiving.ts';
import { addIncomingMessages } from '../../server/sync/transfer.store.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import type { VaultContext } from '../../server/sync/vault-context/vault-context.ts';
import { sealMessage } from '../../server/vault/messages.ts';
import { sha256, sign } from '../../server/vault/primitives.ts';
import { readAnnouncements } from '../../server/workstation/clinic-host/announcement.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';
import { deviceEnrolledBody, deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { DeviceRow } from '../../shared/ledger/rows.ts';
import { announcementContext, CLINIC_HOST_MAIL, encodeAnnouncement } from '../../shared/sync/clinic-host.ts';
import { CLINIC_UPDATE, encodeClinicUpdate, fragmentsOf, updateContext } from '../../shared/sync/device-joining.ts';
import type { BenchClinic } from '../consent/bench-clinic.ts';
import { RegionBench } from '../consent/region-bench.ts';
import { agreementKeyFor, bytesFor, signingKeyFor } from '../support/ledger-builder.ts';

const KNOWN_TO_A_THIEF = bytesFor('a key that a thief has chosen');
const agreement = agreementKeyFor('Harbour device encryption');

let bench: RegionBench;
let clinic: BenchClinic;
let context: VaultContext;
let mail: ClinicMail;
let handle: Uint8Array;
let sequence = 0;

beforeEach(async () => {
  const found = await RegionBench.found(['Harbour', 'Mountain']);
  bench = found.bench;
  clinic = found.clinics[0] as BenchClinic;
  const patient = await clinic.register('Okonkwo');
  await clinic.write(patient, 'clinical', 'before');
  handle = fromHex(clinic.vault.patients.known(patient).handles.clinical ?? '');
  await enrol('kiosk', 'kiosk');
  await enrol('other desk', 'workstation');
  await bench.sync();
  const { keyStore, reader, chain, device, gateway } = clinic.context;
  mail = await ClinicMail.open({ keyStore, gateway, reader, chain, device, agreement });
  context = { ...clinic.context, gateway: mail.gateway };
});

async function enrol(label: string, kind: DeviceRow['kind']): Promise<void> {
  const { clinicKey, chain } = clinic.clinic;
  const asked = { device: signingKeyFor(label).publicKey, encryptionKey: agreementKeyFor(label).publicKey };
  const body = { ...asked, kind, clinicSignature: sign(clinicKey, deviceMessage(chain, asked)) };
  const event = personalAct(clinic.context, { type: 'device.enrolled', codec: deviceEnrolledBody, body });
  await clinic.context.gateway.commit({ events: [event] });
}

/** Sealed by a device of the clinic for this desk, as the hub hands it over. */
async function arrives(label: string, kind: string, bound: Uint8Array, plaintext: Uint8Array): Promise<void> {
  const { chain } = context;
  const parties = { kind, senderChain: chain, recipientChain: chain, context: bound };
  const body = sealMessage(parties, agreementKeyFor(label), agreement.publicKey, plaintext);
  const senderDevice = signingKeyFor(label).publicKey;
  const message = { sequence: ++sequence, id: sha256(body), kind, senderChain: chain, senderDevice, body };
  await clinic.database.write((transaction) => addIncomingMessages(transaction, [message]));
}

/** A newer key of the compartment, as desks tell each other; gives the epoch under which the next record would be sealed. */
async function toldNewKey(label: string): Promise<number | undefined> {
  const keys = [{ kind: 'compartment', id: handle, epoch: 1_000, value: KNOWN_TO_A_THIEF }];
  const update = encodeClinicUpdate({ told: [], documents: [], rows: [], keys });
  for (const fragment of fragmentsOf(bytesFor(label, 16), update))
    await arrives(label, CLINIC_UPDATE, updateContext(signingKeyFor(label).publicKey, context.device), fragment);
  const { patients: directory, records } = clinic.vault;
  const receiving = { mail, context, directory, records, areOver: async () => false, lookAnew: () => undefined };
  await readClinicMail(receiving, new ClinicDevices(context, mail));
  expect((await waitingMessages(context.reader)).filter(({ kind }) => kind === CLINIC_UPDATE)).toEqual([]);
  return context.keyStore.currentCompartmentKey(handle)?.epoch;
}

test('what a kiosk sends as if it were a desk gives no compartment a key that its thief knows', async () => {
  expect(await toldNewKey('kiosk')).toBe(1);
  // The same words of a desk are believed.
  expect(await toldNewKey('other desk')).toBe(1_000);
});

test('a kiosk announces itself to no desk as the computer that serves the clinic', async () => {
  const own = { chain: context.chain, device: context.device, agreement };
  const announced = async (label: string) => {
    const device = signingKeyFor(label).publicKey;
    const announcement = encodeAnnouncement({ addresses: ['https://192.168.7.20:7450'], time: bench.time });
    await arrives(label, CLINIC_HOST_MAIL, announcementContext(device, context.device), announcement);
    const { newest, handled } = await readAnnouncements(context.reader, own);
    await context.gateway.commit({ handledMessages: handled });
    return newest?.addresses;
  };
  expect(await announced('kiosk')).toBeUndefined();
  expect(await announced('other desk')).toEqual(['https://192.168.7.20:7450']);
});
