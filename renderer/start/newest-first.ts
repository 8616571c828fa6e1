import { ApolloLink } from '@apollo/client';
import { map } from 'rxjs';

/** What says of itself when it was true: of one `run` of the service, the higher `revision` is the newer. */
interface Dated {
  readonly __typename: string;
  readonly run: string;
  readonly revision: number;
  readonly [field: string]: unknown;
}

interface Seen {
  readonly run: string;
  readonly fields: Map<string, { readonly revision: number; readonly value: unknown }>;
}

/**
 * Keeps what a screen shows the newest that was said: answers and subscriptions come by different ways, and an answer that was made
 * earlier may arrive later. What is older of it gives way, field by field, to what is known already.
 */
export function newestFirst(): ApolloLink {
  const seen = new Map<string, Seen>();
  return new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      map((result) => {
        if (!result.data) return result;
        const fields = Object.entries(result.data).map(([name, value]) => [name, isDated(value) ? renewed(seen, value) : value]);
        return { ...result, data: Object.fromEntries(fields) };
      }),
    ),
  );
}

function isDated(value: unknown): value is Dated {
  return typeof value === 'object' && value !== null && 'run' in value && 'revision' in value && '__typename' in value;
}

function renewed(seen: Map<string, Seen>, said: Dated): Record<string, unknown> {
  const before = seen.get(said.__typename);
  // A service that was started again counts anew.
  const known = before?.run === said.run ? before : { run: said.run, fields: new Map() };
  seen.set(said.__typename, known);
  for (const [field, value] of Object.entries(said)) {
    if (said.revision < (known.fields.get(field)?.revision ?? 0)) continue;
    known.fields.set(field, { revision: said.revision, value });
  }
  return Object.fromEntries(Object.keys(said).map((field) => [field, known.fields.get(field)?.value]));
}
