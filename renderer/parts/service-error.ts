import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** A refusal with a stable code, from a service or on the way to it. */
export class ServiceError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ServiceError';
    this.code = code;
  }
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

const codeOf = (error: object): string | undefined => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
};

/** The code and the sentence of whatever was thrown; the first one of several GraphQL errors. */
export function refusalOf(error: unknown): Refusal {
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    return { code: String(first?.extensions?.code ?? 'internal.unexpected'), message: first?.message ?? error.message };
  }
  if (ServerError.is(error)) return { code: `http.${error.statusCode}`, message: error.message };
  if (error instanceof Error) return { code: codeOf(error) ?? 'page.unexpected', message: error.message };
  return { code: 'page.unexpected', message: String(error) };
}
