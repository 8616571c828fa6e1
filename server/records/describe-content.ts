/** What lists show of a content that another clinic wrote: it was checked there, and nothing in it is taken for granted. */
import { isResource } from '../../shared/fhir/fhir-resource.ts';
import { STATEMENT_KIND, statementIn } from '../../shared/fhir/statement.ts';
import { readStrictJsonBytes } from '../../shared/fhir/strict-json.ts';
import { type ResourceSummary, summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';

export function describe(kind: string, content: Uint8Array): ResourceSummary & { readonly fhirId: string } {
  try {
    const { value, text } = readStrictJsonBytes(content);
    if (isResource(value)) {
      const about = kind === STATEMENT_KIND ? statementIn(value) : undefined;
      return { ...summarize(value, text), ...(about && { about }), fhirId: typeof value.id === 'string' ? value.id : '' };
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  // Not FHIR: a form of a later program. It is listed by its kind, and its text can be looked at.
  return { resourceType: kind, title: kind, date: '', status: '', section: 'other', fhirId: '' };
}
