/** Which FHIR interaction a request asks for (R4 http.html): read from its method and target alone, before anything is looked up. */
import { Failure } from '../outcome/failure.ts';

export type Interaction =
  | { readonly kind: 'capabilities' }
  | { readonly kind: 'smart-configuration' }
  | { readonly kind: 'read'; readonly type: string; readonly id: string }
  | { readonly kind: 'vread'; readonly type: string; readonly id: string; readonly version: number }
  | { readonly kind: 'history'; readonly type: string; readonly id: string }
  | { readonly kind: 'search'; readonly type: string; readonly inBody: boolean }
  | { readonly kind: 'everything' | 'summary'; readonly id: string; readonly inBody: boolean }
  | { readonly kind: 'create'; readonly type: string }
  | { readonly kind: 'update'; readonly type: string; readonly id: string }
  | { readonly kind: 'patch'; readonly type: string; readonly id: string }
  /** What one resource is that a query finds, or is to be made. */
  | { readonly kind: 'update-where'; readonly type: string }
  | { readonly kind: 'patch-where'; readonly type: string }
  /** `type`: '' at the base. */
  | { readonly kind: 'validate'; readonly type: string }
  | { readonly kind: 'bundle' }
  | { readonly kind: 'export'; readonly onlyPatients: boolean }
  | { readonly kind: 'export-status'; readonly id: string }
  | { readonly kind: 'export-end'; readonly id: string }
  | {
      readonly kind: 'export-file';
      readonly id: string;
      readonly file: number;
      /** Which bytes, where a file goes on: the host asks so. Without an end up to the file's. */
      readonly part: readonly [from: number, until: number | undefined] | undefined;
    };

interface Target {
  readonly interaction: Interaction;
  /** As asked for, in order. */
  readonly query: URLSearchParams;
}

/** Longest target, in characters. */
const MOST_TARGET = 4_096;
const TYPE = /^[A-Z][A-Za-z]{1,63}$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const VERSION = /^[1-9]\d{0,8}$/;

/**
 * @param target what comes after the base: `/Patient/1?_format=json`
 * @throws {Failure} `fhir-api.target-too-long`, `fhir-api.no-such-address`; `fhir-api.no-such-interaction`, `fhir-api.delete`, which say
 * what the address does take (`allow`; RFC 9110, section 15.5.6).
 */
export function interactionOf(method: string, target: string): Target {
  if (target.length > MOST_TARGET)
    throw new Failure('fhir-api.target-too-long', 'This address is too long. Search by POST with _search.');
  const [path = '', ...rest] = target.split('?');
  // Nothing is decoded: ids and types have no character that would need it, and a path that climbs is no address here.
  const steps = path.split('/').slice(1);
  if (steps.at(-1) === '') steps.pop();
  const interaction = named(method, steps);
  if (interaction) return { interaction, query: new URLSearchParams(rest.join('?')) };
  const allow = METHODS.filter((each) => named(each, steps)).join(', ');
  if (allow === '') throw noSuchAddress();
  throw method === 'DELETE' ? neverDeleted(allow) : notDone(allow);
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Undefined where this address does not take the method. */
function named(method: string, steps: readonly string[]): Interaction | undefined {
  const [type = '', id = '', third, fourth] = steps;
  const reads = method === 'GET' || method === 'HEAD';
  if (steps.length === 1 && type === 'metadata' && reads) return { kind: 'capabilities' };
  if (steps.length === 2 && type === '.well-known' && id === 'smart-configuration' && reads)
    return { kind: 'smart-configuration' };
  if (steps.length === 0 && method === 'POST') return { kind: 'bundle' };
  if (steps.length === 1 && type === '$validate' && method === 'POST') return { kind: 'validate', type: '' };
  if (type === '$export') return exported(method, steps);
  if (!TYPE.test(type)) return undefined;
  if (steps.length === 1 && method === 'POST') return { kind: 'create', type };
  if (steps.length === 2 && id === '$validate' && method === 'POST') return { kind: 'validate', type };
  if (steps.length === 1 && method === 'PUT') return { kind: 'update-where', type };
  if (steps.length === 1 && method === 'PATCH') return { kind: 'patch-where', type };
  if (steps.length === 1 && reads) return { kind: 'search', type, inBody: false };
  if (steps.length === 2 && id === '_search' && method === 'POST') return { kind: 'search', type, inBody: true };
  if (steps.length === 2 && type === 'Patient' && id === '$export' && method === 'GET')
    return { kind: 'export', onlyPatients: true };
  if (!ID.test(id)) return undefined;
  if (steps.length === 2 && reads) return { kind: 'read', type, id };
  if (steps.length === 2 && method === 'PUT') return { kind: 'update', type, id };
  if (steps.length === 2 && method === 'PATCH') return { kind: 'patch', type, id };
  if (steps.length === 3 && third === '_history' && reads) return { kind: 'history', type, id };
  const ofChart = steps.length === 3 && type === 'Patient' && (reads || method === 'POST') ? third : undefined;
  if (ofChart === '$everything') return { kind: 'everything', id, inBody: method === 'POST' };
  if (ofChart === '$summary') return { kind: 'summary', id, inBody: method === 'POST' };
  if (steps.length === 4 && third === '_history' && VERSION.test(fourth ?? '') && reads)
    return { kind: 'vread', type, id, version: Number(fourth) };
  return undefined;
}

function exported(method: string, [, id, file, part]: readonly string[]): Interaction | undefined {
  const reads = method === 'GET' || method === 'HEAD';
  if (id === undefined && method === 'GET') return { kind: 'export', onlyPatients: false };
  if (id === undefined || !/^[0-9a-f]{32}$/.test(id)) return undefined;
  if (file === undefined && method === 'DELETE') return { kind: 'export-end', id };
  if (file === undefined && reads) return { kind: 'export-status', id };
  const number = /^(\d{1,6})\.ndjson$/.exec(file ?? '')?.[1];
  const [, from, until] = /^(\d{1,15})-(\d{0,15})$/.exec(part ?? '') ?? [];
  if (number === undefined || !reads || (part !== undefined && from === undefined)) return undefined;
  const rest = from === undefined ? undefined : ([Number(from), until ? Number(until) : undefined] as const);
  return { kind: 'export-file', id, file: Number(number), part: rest };
}

const noSuchAddress = (): Failure =>
  new Failure(
    'fhir-api.no-such-address',
    'There is nothing at this address. The CapabilityStatement (/metadata) says what there is.',
  );

const notDone = (allow: string): Failure =>
  new Failure('fhir-api.no-such-interaction', `This is not done at this address, which takes ${allow}. See /metadata.`, {
    details: { allow },
  });

const neverDeleted = (allow: string): Failure =>
  new Failure(
    'fhir-api.delete',
    'Records are never deleted here. Update the resource with the status entered-in-error, which stays in its history.',
    { details: { allow } },
  );
