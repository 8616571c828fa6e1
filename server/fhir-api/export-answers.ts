/** What an export's addresses answer: begun, how far, its manifest, its files in parts, ended. */

import { type FhirAnswer, type FhirRequest, json, refused } from '../../shared/fhir-api/exchange.ts';
import type { Interaction } from '../../shared/fhir-api/interaction.ts';
import { outcomeOf } from '../../shared/fhir-api/outcomes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { ExportFile, ExportJob, Exports } from './exports.ts';
import type { ProgramView } from './program-view.ts';

export type ExportInteraction = Extract<Interaction, { kind: `export${string}` }>;

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
  const file = job.state === 'done' ? job.files[interaction.file] : undefined;
  if (!file) throw new Failure('fhir-api.unknown', 'This export has no such file.');
  const tag = `"${job.id}-${interaction.file}"`;
  const size = file.lengths.reduce((sum, length) => sum + length, 0);
  const [from, until] = interaction.part ? within(interaction.part, size) : rangeOf(request, tag, size);
  const body = await exports.part(view, job, file, from, until);
  const reached = from + body.length;
  const next = reached < until ? `/$export/${job.id}/${interaction.file}.ndjson/${reached}-${until}` : undefined;
  const isPart = until - from < size;
  return {
    status: isPart ? 206 : 200,
    headers: {
      'content-type': 'application/fhir+ndjson',
      'content-length': String(until - from),
      'accept-ranges': 'bytes',
      etag: tag,
      ...(isPart ? { 'content-range': `bytes ${from}-${until - 1}/${size}` } : {}),
    },
    body,
    next,
  };
}

function status({ id, state, failure, patients, files, startedAt, request }: ExportJob, base: string): FhirAnswer {
  if (state === 'failed' && failure) return refused(failure);
  if (state === 'running') return json(202, '', { 'x-progress': `${patients} patients`, 'retry-after': '1' });
  const output = files.map(({ type, count }: ExportFile, at) => ({ type, url: `${base}/$export/${id}/${at}.ndjson`, count }));
  const manifest = { transactionTime: new Date(startedAt).toISOString(), request, requiresAccessToken: true, output, error: [] };
  return json(200, JSON.stringify(manifest), { 'content-type': 'application/json' });
}

/** What part of a file is asked for (RFC 9110, section 14); all of it when the range is of another export's. @throws {Failure} `fhir-api.range`. */
function rangeOf({ headers }: FhirRequest, tag: string, size: number): readonly [from: number, until: number] {
  if (headers.range === '' || (headers['if-range'] !== '' && headers['if-range'] !== tag)) return [0, size];
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range) ?? [];
  const from = first === '' ? Math.max(0, size - Number(last || 0)) : Number(first);
  const until = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first + last === '') throw noPart();
  return within([from, until], size);
}

function within([from, until]: readonly [number, number], size: number): readonly [from: number, until: number] {
  if (from < until && until <= size) return [from, until];
  throw noPart();
}

const noPart = (): Failure => new Failure('fhir-api.range', 'This part of the file is not there. Ask for its size with HEAD.');
