/** A region of many clinics with several desks each, all admitted, enrolled and certified over the real line. */
import { randomBytes, sha256 } from '../../server/vault/primitives.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { ChainPosition } from '../../shared/ledger/admission.ts';
import { MAX_WITNESSES } from '../../shared/ledger/founding.ts';
import { type Desk, desksOf, enrolments } from '../bench/generated-blocks.ts';
import { HubBench, type Line } from '../hub/hub-bench.ts';
import { act, admissionOf, bytesFor, foundClinic, type TestClinic } from '../support/ledger-builder.ts';

const AN_HOUR_MS = 3_600_000;

/** What a device shows on the line, PEM. */
export interface Certificate {
  readonly privateKey: string;
  readonly certificate: string;
}

/** One desk as another process of the run has to know it: keys come from labels. */
export interface DeskPaper {
  readonly clinic: string;
  /** Which of the clinic's desks. */
  readonly number: number;
  readonly position: ChainPosition;
  readonly certificate: Certificate;
}

export interface LoadedRegion {
  readonly bench: HubBench;
  /** The desks of each clinic behind each other. */
  readonly papers: readonly DeskPaper[];
}

/** @param database URL of an empty PostgreSQL database; left out, a file */
export async function foundLoadedRegion(clinicCount: number, desksOfClinic: number, database?: string): Promise<LoadedRegion> {
  const clinics = Array.from({ length: clinicCount }, (_, at) => foundClinic(`Clinic ${at}`));
  const [founder, ...others] = clinics.slice(0, MAX_WITNESSES) as [TestClinic, ...TestClinic[]];
  const bench = await HubBench.open({ founder, others, database });
  const admitting = await bench.certify(founder.desk.key, { secret: bench.founderSecret, founding: founder.founding.bytes });
  const founders = bench.line(admitting);
  const papers: DeskPaper[] = [];
  for (const [at, clinic] of clinics.entries()) {
    const first =
      clinic === founder
        ? admitting
        : await bench.certify(clinic.desk.key, { secret: await bench.invite(), founding: clinic.founding.bytes });
    if (at >= MAX_WITNESSES)
      await mustEnter(
        bench,
        founders,
        founder.desk.write(
          act(founder, 'chain.admitted', admissionOf(bench.region, clinic, [founder, ...others]), {
            signer: founder.administrator,
          }),
        ),
      );
    const desks = desksOf(clinic).slice(0, desksOfClinic);
    const line = bench.line(first);
    if (desks.length > 1) await mustEnter(bench, line, ...enrolments(desks));
    for (const [number, desk] of desks.entries()) {
      const certificate = number === 0 ? first : await certified(bench, line, desk);
      papers.push({ clinic: clinic.label, number, position: desk.device.position, certificate });
    }
    line.close();
  }
  // The founder's desk has admitted clinics since.
  papers[0] = { ...(papers[0] as DeskPaper), position: founder.desk.position };
  return { bench, papers };
}

/** The desk of a paper, where its chain stands. */
export function deskOf({ clinic: label, number, position }: DeskPaper): Desk {
  const desk = desksOf(foundClinic(label))[number] as Desk;
  desk.device.position = position;
  return desk;
}

const TERMS = {
  title: 'Offer '.repeat(12),
  description: 'Terms '.repeat(20),
  purposes: ['DUO:0000042'],
  categories: [],
  criteria: '',
  reward: '',
  minimumGroup: 5,
  opens: 1,
  expires: 2,
};

/** The next block of a desk: an act of 600 bytes that a person has signed and that needs no document. @param label unlike any other */
export function nextBlock({ device, clinic }: Desk, label: string): Uint8Array {
  const body = { ...TERMS, offer: bytesFor(label, 16) };
  return device.write(act(clinic, 'offer.published', body, { signer: clinic.administrator }));
}

async function certified(bench: HubBench, line: Line, { device, clinic }: Desk): Promise<Certificate> {
  const secret = randomBytes(16);
  await line.ask('InviteDevice', { secretHash: toHex(sha256(secret)), expires: Date.now() + AN_HOUR_MS });
  return bench.certify(device.key, { secret, chain: clinic.id });
}

async function mustEnter(bench: HubBench, line: Line, ...blocks: Uint8Array[]): Promise<void> {
  for (const { refusal } of await bench.submit(line, ...blocks)) if (refusal) throw new Error(refusal.message);
}
