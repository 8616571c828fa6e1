/**
 * Generated histories of a small region: a few clinics, devices and people act on a few handles, records, grants and
 * offers, so that they often meet. What the rules say to an act is their matter; the history only keeps to admission.
 */
import fc from 'fast-check';
import { sign } from '../../server/vault/primitives.ts';
import { attestationMessage } from '../../shared/consent/consent-rules.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { deviceRow, ROLES } from '../../shared/ledger/rows.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  act,
  admissionOf,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  MORNING,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';

const TYPES = [
  'record.put',
  'record.put',
  'record.put',
  'note.signed',
  'consent.granted',
  'consent.withdrawn',
  'access.sealed',
  'offer.published',
  'offer.withdrawn',
  'participation.joined',
  'participation.left',
  'staff.enrolled',
  'staff.revoked',
  'device.enrolled',
  'device.revoked',
  'chain.admitted',
] as const;

/** One act: who does what to which of the few things. */
export const acts = fc.record({
  type: fc.constantFrom(...TYPES),
  clinic: fc.nat(3),
  second: fc.boolean(),
  signer: fc.nat(4),
  handle: fc.nat(2),
  thing: fc.nat(2),
  number: fc.nat(3),
  newBlock: fc.boolean(),
});
type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;

interface History {
  readonly region: Region;
  readonly blocks: readonly Uint8Array[];
  /** Verdicts with reasons, in the order of the events. */
  readonly verdicts: readonly string[];
}

const NONE = new Uint8Array(0);

/** Who writes a history: three founders and one who asks to join, each with a second desk, and a nurse of the first. */
class Cast {
  readonly founders = ['A', 'B', 'C'].map((label) => foundClinic(label));
  readonly joiner = foundClinic('joiner');
  readonly clinics = [...this.founders, this.joiner];
  readonly seconds = this.clinics.map(
    ({ chain, label }) => new TestDevice(chain, signingKeyFor(`${label} second`), bytesFor(label, 8)),
  );
  readonly people = [...this.clinics.map(({ administrator }) => administrator), signingKeyFor('A nurse')];
  readonly region = foundRegion('generated', this.founders).region;

  /** The device that writes: the second desk where it is enrolled and asked for, the first where its clinic is admitted. */
  writerOf(step: Act, rows: MemoryLedger['rows']): { clinic: TestClinic; device: TestDevice } {
    const clinic = this.clinics[step.clinic] as TestClinic;
    const second = this.seconds[step.clinic] as TestDevice;
    const row = rows.get(`device/${second.id}`);
    if (step.second && row && !decode(deviceRow, row).revoked) return { clinic, device: second };
    const first = this.founders[0] as TestClinic;
    return rows.has(`chain/${clinic.id}`) ? { clinic, device: clinic.desk } : { clinic: first, device: first.desk };
  }

  eventOf(step: Act, clinic: TestClinic, device: TestDevice): SignedEvent {
    const mayBeUnsigned = step.type === 'record.put' || step.type === 'access.sealed';
    const own = this.people[this.clinics.indexOf(clinic)] as (typeof this.people)[0];
    const signer =
      step.signer === 4 ? signingKeyFor('A nurse') : step.signer === 3 ? (this.people[step.number] as typeof own) : own;
    const by = mayBeUnsigned && step.thing !== 1 ? { author: device.key.publicKey } : { signer };
    const handle = HANDLED.has(step.type) && { handle: handleOf(step) };
    return act(clinic, step.type, bodyOf(step, clinic, this), { ...by, ...handle });
  }
}

const HANDLED = new Set<string>([
  'record.put',
  'note.signed',
  'consent.granted',
  'consent.withdrawn',
  'participation.joined',
  'participation.left',
]);
const handleOf = (step: Act): Uint8Array => bytesFor(`handle ${step.handle}`, 16);

function bodyOf(step: Act, clinic: TestClinic, { clinics, seconds, people, region, founders, joiner }: Cast): unknown {
  const offer = bytesFor(`offer ${step.thing}`, 16);
  const grant = bytesFor(`grant ${step.thing}`, 16);
  const second = seconds[clinics.indexOf(clinic)] as TestDevice;
  const device = { device: second.key.publicKey, encryptionKey: bytesFor('encryption') };
  const person = (people[step.signer] as { publicKey: Uint8Array }).publicKey;
  const consent = { grant, recipient: (clinics[step.number] as TestClinic).chain, agreement: bytesFor('agreement') };
  switch (step.type) {
    case 'record.put':
    case 'note.signed': {
      const previous = step.number === 0 ? NONE : bytesFor(`document ${step.thing} ${step.number}`);
      const document = bytesFor(`document ${step.thing} ${step.number + 1}`);
      return { record: bytesFor(`record ${step.thing}`, 16), version: step.number + 1, previous, document };
    }
    case 'consent.granted': {
      const attestation = sign(clinic.clinicKey, attestationMessage(clinic.chain, handleOf(step), consent));
      const period = { starts: MORNING, ends: step.second ? 0 : MORNING + step.number };
      return {
        ...consent,
        ...period,
        purpose: step.thing === 0 ? 'HRESCH' : PURPOSES[step.number],
        wrap: bytesFor('wrap'),
        attestation,
      };
    }
    case 'consent.withdrawn':
      return { grant };
    case 'access.sealed':
      return { root: bytesFor(`root ${step.thing}`), count: step.number };
    case 'offer.published': {
      const terms = { title: 'Study', description: '', purposes: ['DUO:0000042'], categories: [], criteria: '', reward: '' };
      return { offer, ...terms, minimumGroup: 3 + step.number, opens: MORNING - 1 + step.thing, expires: MORNING + 1000 };
    }
    case 'offer.withdrawn':
    case 'participation.left':
      return { offer };
    case 'participation.joined':
      return { offer, grant };
    case 'staff.enrolled':
      return { staff: person, role: ROLES[step.number] };
    case 'staff.revoked':
      return { staff: person };
    case 'device.enrolled':
      return { ...device, kind: 'workstation', clinicSignature: sign(clinic.clinicKey, deviceMessage(clinic.chain, device)) };
    case 'device.revoked':
      return { device: device.device };
    case 'chain.admitted':
      return admissionOf(region, joiner, founders.slice(0, step.number));
  }
}

export function play(script: readonly Act[]): History {
  const cast = new Cast();
  const { region } = cast;
  const ledger = new MemoryLedger(region);
  const blocks: Uint8Array[] = [];
  const verdicts: string[] = [];
  let open: { device: TestDevice; events: SignedEvent[] } | undefined;
  const close = (): void => {
    if (!open) return;
    const { device, events } = open;
    const before = device.position;
    const block = device.write(...events);
    open = undefined;
    try {
      verdicts.push(
        ...ledger
          .append(block)
          .flat()
          .map(({ verdict, reason }) => (reason ? `${verdict}: ${reason}` : verdict)),
      );
      blocks.push(block);
    } catch (error) {
      // The device was revoked since the block was begun: it stays out of the history.
      if (!(error instanceof Failure) || error.code !== 'ledger.device-revoked') throw error;
      device.position = before;
    }
  };
  for (const step of script) {
    const { clinic, device } = cast.writerOf(step, ledger.rows);
    if (step.newBlock || open?.device !== device) close();
    const event = cast.eventOf(step, clinic, device);
    open ??= { device, events: [] };
    open.events.push(event);
  }
  close();
  return { region, blocks, verdicts };
}
