import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** A refusal with a stable code, from a service or on the way to it. */
export class ServiceError extends Error {
  readonly code: string;
  readonly details: Details;

  constructor(code: string, message: string, details: Details = {}) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
    this.details = details;
  }
}

/** A refusal that a state of the workstation names, for screens as if it had just been met. */
export function problemError({ code, message, details }: Problem): ServiceError {
  return new ServiceError(code, message, Object.fromEntries(details.map(({ name, value }) => [name, value])));
}

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly details: ReadonlyArray<{ readonly name: string; readonly value: string }>;
}

type Details = Readonly<Record<string, string | number>>;

export interface Refusal {
  readonly code: string;
  /** In English, as the service said it. */
  readonly message: string;
  /** Values that a sentence of another language names as well. */
  readonly details?: Details;
}

const codeOf = (error: object): string | undefined => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
};

/** The code and the sentence of whatever was thrown; the first one of several GraphQL errors. */
export function refusalOf(error: unknown): Refusal {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    const { code = 'internal.unexpected', details = {} } = first?.extensions ?? {};
    return { code: String(code), message: first?.message ?? error.message, details: details as Details };
  }
  if (error instanceof ServiceError) return { code: error.code, message: error.message, details: error.details };
  if (ServerError.is(error)) return { code: `http.${error.statusCode}`, message: error.message };
  if (error instanceof Error) return { code: codeOf(error) ?? 'page.unexpected', message: error.message };
  return { code: 'page.unexpected', message: String(error) };
}
