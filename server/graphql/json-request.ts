/** One GraphQL request out of an HTTP body: bounded, whole, exactly JSON of the known form. */
import type { IncomingMessage } from 'node:http';
import { Failure } from '../../shared/outcome/failure.ts';
import type { GraphqlRequest } from './apollo.ts';

/** Bytes of request bodies that the hub holds at once, over all connections. */
const HELD_BYTES = 256 * 1024 * 1024;

/** @throws {Failure} `http.body-too-large`, `http.body-cut-short`, `http.body-malformed`, `hub.busy`. */
export class RequestReader {
  #held = 0;

  async read(request: IncomingMessage, maxBytes: number): Promise<GraphqlRequest> {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw TOO_LARGE;
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        this.#held += chunk.length;
        if (length > maxBytes) throw TOO_LARGE;
        if (this.#held > HELD_BYTES) throw BUSY;
        chunks.push(chunk);
      }
      return parseRequest(Buffer.concat(chunks, length));
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('http.body-cut-short', 'The request ended before its body was whole. Send it again.', {
        retry: true,
        cause: error,
      });
    } finally {
      this.#held -= length;
    }
  }
}

const FIELDS = new Set(['query', 'variables', 'operationName', 'extensions']);

/** One operation, never a list of them; a field of another name is refused. */
export function parseRequest(body: Uint8Array): GraphqlRequest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw MALFORMED;
  }
  if (!isObject(value) || !Object.keys(value).every((name) => FIELDS.has(name))) throw MALFORMED;
  const { query, variables, operationName } = value;
  if (typeof query !== 'string') throw MALFORMED;
  if (variables !== undefined && variables !== null && !isObject(variables)) throw MALFORMED;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') throw MALFORMED;
  return { query, variables: variables ?? undefined, operationName: operationName ?? undefined };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TOO_LARGE = new Failure('http.body-too-large', 'The request is larger than this service takes. Send it in parts.');
const MALFORMED = new Failure('http.body-malformed', 'The body of the request is not one GraphQL operation in JSON.');
const BUSY = new Failure('hub.busy', 'The hub has as much work waiting as it can keep. Try again in a moment.', { retry: true });
