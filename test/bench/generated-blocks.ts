/**
 * A region's traffic, made up: clinics with several devices and people each, who put versions of records into some hundreds
 * of compartments. Keys come from labels, so that every process of a run knows the same ones.
 */
import { sign } from '../../server/vault/primitives.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { act, bytesFor, foundClinic, signingKeyFor, type TestClinic, TestDevice } from '../support/ledger-builder.ts';

const CLINICS = ['North', 'South', 'East', 'West', 'Harbour'];
const DEVICES_OF_CLINIC = 4;
const HANDLES_OF_CLINIC = 60;
/** One in so many events is a new version of a record that is there. */
const AMENDS = 5;

export interface Desk {
  readonly clinic: TestClinic;
  readonly device: TestDevice;
  readonly person: ReturnType<typeof signingKeyFor>;
}

export const clinics = (): TestClinic[] => CLINICS.map((name) => foundClinic(name));

/** The desks of a clinic: its founding device and administrator, then further devices each with a clinician. */
export function desksOf(clinic: TestClinic): Desk[] {
  return Array.from({ length: DEVICES_OF_CLINIC }, (_, at) => {
    const label = `${clinic.label} desk ${at}`;
    if (at === 0) return { clinic, device: clinic.desk, person: clinic.administrator };
    const device = new TestDevice(clinic.chain, signingKeyFor(`${label} device`), bytesFor(`${label} epoch`, 8));
    return { clinic, device, person: signingKeyFor(`${label} person`) };
  });
}

/** One block of each clinic's founding device, which enrols the clinic's other devices and people. */
export function enrolments(desks: readonly Desk[]): Uint8Array[] {
  const byClinic = Map.groupBy(desks, ({ clinic }) => clinic);
  return [...byClinic].map(([clinic, [, ...others]]) =>
    clinic.desk.write(
      ...others.flatMap(({ device, person }) => {
        const encryptionKey = bytesFor(`${device.id} encryption`);
        const clinicSignature = sign(
          clinic.clinicKey,
          deviceMessage(clinic.chain, { device: device.key.publicKey, encryptionKey }),
        );
        return [
          act(
            clinic,
            'device.enrolled',
            { device: device.key.publicKey, encryptionKey, kind: 'workstation', clinicSignature },
            { signer: clinic.administrator },
          ),
          act(clinic, 'staff.enrolled', { staff: person.publicKey, role: 'clinician' }, { signer: clinic.administrator }),
        ];
      }),
    ),
  );
}

interface PutRecord {
  readonly handle: Uint8Array;
  readonly record: Uint8Array;
  version: number;
  document: Uint8Array;
}

/** Record events in the order of the ledger; each version follows the one before. */
export class Records {
  readonly #known = new Map<TestClinic, PutRecord[]>();
  #made = 0;

  next({ clinic, person }: Desk): SignedEvent {
    const at = this.#made++;
    const known = this.#known.get(clinic) ?? [];
    this.#known.set(clinic, known);
    const amended = at % AMENDS === 0 ? known[(at * 7919) % known.length] : undefined;
    const document = bytesFor(`document ${at}`);
    const previous = amended?.document ?? new Uint8Array(0);
    const put = amended ?? {
      handle: bytesFor(`${clinic.label} handle ${at % HANDLES_OF_CLINIC}`, 16),
      record: bytesFor(`record ${at}`, 16),
      version: 0,
      document,
    };
    put.version += 1;
    put.document = document;
    if (!amended) known.push(put);
    const body = { record: put.record, version: put.version, previous, document };
    return act(clinic, 'record.put', body, { handle: put.handle, signer: person, commitment: bytesFor(`commitment ${at}`) });
  }
}

/** How many events each next block has, over and over: `[1, 2, 2, 2]` makes blocks of 600 bytes on average. */
export type Rhythm = readonly number[];

/** `count` blocks of all desks in turn, as the ledger would hold them. */
export function* recordBlocks(desks: readonly Desk[], records: Records, rhythm: Rhythm, count: number): Generator<Uint8Array> {
  for (let at = 0; at < count; at++) {
    const desk = desks[at % desks.length] as Desk;
    const events = Array.from({ length: rhythm[at % rhythm.length] as number }, () => records.next(desk));
    yield desk.device.write(...events);
  }
}
