/** What a clinic host answers, looked at before anything is made of it: the host may be broken, or lie. */
import { Failure } from '../../../shared/outcome/failure.ts';

export interface WireHost {
  readonly feed: string;
  /** Hexadecimal. */
  readonly device: string;
  readonly size: number;
  readonly newest: number;
}

interface WireArrival {
  readonly sequence: number;
  readonly kind: string;
  readonly name: string;
  readonly device: string;
  readonly detail: string;
  readonly bytes: string;
  readonly wrap: string;
}

export interface WirePage {
  readonly arrivals: readonly WireArrival[];
  readonly last: number;
  readonly more: boolean;
}

const KEY = /^[0-9a-f]{64}$/;
const HANDLE = /^[0-9a-f]{32}$/;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** @throws {Failure} `clinic-host.nonsense`. */
export function hostOf(answer: unknown): WireHost {
  const host = partOf<Partial<WireHost>>(answer, 'clinicHost');
  const { feed, device, size, newest } = host;
  if (typeof feed !== 'string' || feed.length > 200 || typeof device !== 'string' || !KEY.test(device)) throw NONSENSE;
  if (!isCount(size) || !isCount(newest)) throw NONSENSE;
  return { feed, device, size, newest };
}

/** A page of the feed behind `after`, in its order. @throws {Failure} `clinic-host.nonsense`, also when it leads nowhere. */
export function pageOf(answer: unknown, after: number): WirePage {
  const { arrivals, last, more } = partOf<Partial<WirePage>>(answer, 'arrivals');
  if (!Array.isArray(arrivals) || !isCount(last) || typeof more !== 'boolean' || last < after) throw NONSENSE;
  if (more && last === after) throw NONSENSE;
  let before = after;
  for (const arrival of arrivals) {
    const sequence = sequenceOf(arrival);
    if (sequence <= before || sequence > last) throw NONSENSE;
    before = sequence;
  }
  return { arrivals, last, more };
}

function sequenceOf(arrival: Partial<WireArrival> | null): number {
  const { sequence, kind, name, device, detail, bytes, wrap } = arrival ?? {};
  const texts = [kind, name, device, detail, bytes, wrap];
  if (!isCount(sequence) || texts.some((text) => typeof text !== 'string')) throw NONSENSE;
  if (!KEY.test(name as string) || !KEY.test(device as string)) throw NONSENSE;
  if (kind === 'DOCUMENT' && !HANDLE.test(detail as string)) throw NONSENSE;
  return sequence;
}

function partOf<T extends object>(answer: unknown, name: string): T {
  const part = (answer as Record<string, unknown> | null)?.[name];
  if (typeof part !== 'object' || part === null) throw NONSENSE;
  return part as T;
}

export const NONSENSE = new Failure(
  'clinic-host.nonsense',
  'The clinic host answers with something that makes no sense. Nothing of it was used; what you write is kept here and goes to the hub. Have your administrator look at that computer, or choose another one to serve the clinic.',
  { retry: true },
);

/** What a host was seen at that goes on: it is shown for as long as this computer follows it. */
export const ALTERED = new Failure(
  'clinic-host.altered',
  'The clinic host has sent entries that are not what their authors signed. They were left out, and nothing is lost: all of it comes by the hub. Have your administrator look at that computer, or choose another one to serve the clinic.',
);
export const NOT_KEPT = new Failure(
  'clinic-host.not-kept',
  'The clinic host does not hand on what was written here, though it said that it keeps it. It is kept on this computer and goes to the hub; until then the clinic’s other desks do not see it. Have your administrator look at the computer that serves the clinic, or choose another one.',
  { retry: true },
);
