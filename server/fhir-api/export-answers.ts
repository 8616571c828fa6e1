/** What an export's addresses answer: begun, how far, its manifest, its files in parts, ended. */

import { type FhirAnswer, type FhirRequest, json, refused } from '../../shared/fhir-api/exchange.ts';
import type { Interaction } from '../../shared/fhir-api/interaction.ts';
import { outcomeOf } from '../../shared/fhir-api/outcomes.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { ExportFile, ExportJob, Exports } from './exports.ts';
import type { ProgramView } from './program-view.ts';

type ExportInteraction = Extract<Interaction, { kind: `export${string}` }>;

/** @throws {Failure} as `Exports`; `fhir-api.export-async`, `fhir-api.range`. */
export async function answerExport(
  exports: Exports,
  view: ProgramView,
  { interaction, query, request }: { interaction: ExportInteraction; query: URLSearchParams; request: FhirRequest },
): Promise<FhirAnswer> {
  if (interaction.kind === 'export') {
    if (!/\brespond-async\b/.test(request.headers.prefer))
      throw new Failure('fhir-api.export-async', 'An export takes a while: ask with "Prefer: respond-async".');
    const job = exports.begin(view, query, interaction.onlyPatients, request.base + request.target);
    const begun = outcomeOf({ severity: 'information', code: 'informational', diagnostics: 'The export has begun.' });
    return json(202, JSON.stringify(begun), { 'content-location': `${request.base}/$export/${job.id}` });
  }
  const job = exports.of(view, interaction.id);
  if (interaction.kind === 'export-end') {
    exports.end(job);
    return json(202, '');
  }
  if (interaction.kind === 'export-status') return status(job, request.base);
  return fileOf(exports, view, job, interaction, request);
}

/** A file, or the part that is asked for. Its length is said where it is known: before all of it was made once, who asks for its end has it measured. */
async function fileOf(
  exports: Exports,
  view: ProgramView,
  job: ExportJob,
  { file: nth, part }: Extract<ExportInteraction, { kind: 'export-file' }>,
  { method, headers }: FhirRequest,
): Promise<FhirAnswer> {
  const file = job.state === 'done' ? job.files[nth] : undefined;
  if (!file) throw new Failure('fhir-api.unknown', 'This export has no such file.');
  const tag = `"${job.id}-${nth}"`;
  const isHead = method === 'HEAD';
  const isRange = !part && headers.range !== '' && (headers['if-range'] === '' || headers['if-range'] === tag);
  const size = isHead || isRange ? await exports.measure(view, job, file) : exports.sizeOf(file);
  const [from, until] = part ?? (isRange ? rangeOf(headers.range, size as number) : [0, size]);
  const { bytes, isLast } = isHead ? { bytes: '', isLast: true } : await exports.part(view, job, file, from, until);
  return {
    status: isRange ? 206 : 200,
    headers: {
      'content-type': 'application/fhir+ndjson',
      'accept-ranges': 'bytes',
      etag: tag,
      ...(part || until === undefined ? {} : { 'content-length': String(until - from) }),
      ...(isRange ? { 'content-range': `bytes ${from}-${(until as number) - 1}/${size}` } : {}),
    },
    body: bytes,
    next: isLast ? undefined : `/$export/${job.id}/${nth}.ndjson/${from + bytes.length}-${until ?? ''}`,
  };
}

function status({ id, state, failure, patients, files, startedAt, request }: ExportJob, base: string): FhirAnswer {
  if (state === 'failed' && failure) return refused(failure);
  if (state === 'running') return json(202, '', { 'x-progress': `${counted(patients, 'patient')}`, 'retry-after': '1' });
  const output = files.map(({ type, counts }: ExportFile, at) => {
    const count = counts.reduce((sum, each) => sum + each, 0);
    return { type, url: `${base}/$export/${id}/${at}.ndjson`, count };
  });
  const manifest = { transactionTime: new Date(startedAt).toISOString(), request, requiresAccessToken: true, output, error: [] };
  return json(200, JSON.stringify(manifest), { 'content-type': 'application/json' });
}

/** What part of a file is asked for (RFC 9110, section 14). @throws {Failure} `fhir-api.range`. */
function rangeOf(range: string, size: number): readonly [from: number, until: number] {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range) ?? [];
  const from = first === '' ? Math.max(0, size - Number(last || 0)) : Number(first);
  const until = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first + last === '' || from >= until) throw noPart();
  return [from, until];
}

const noPart = (): Failure => new Failure('fhir-api.range', 'This part of the file is not there. Ask for its size with HEAD.');
